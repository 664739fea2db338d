import type { Catalog } from './catalog.ts';
import { expandQuery, type Group } from './expand-query.ts';
import type { Matches } from './match-texts.ts';
import type { Index } from './open-index.ts';
import { parseQuery, type Query } from './parse-query.ts';
import { type BodyMatch, makeRanker, type Ranker } from './rank.ts';
import { type Hit, readHits } from './read-hits.ts';
import { foldName } from './read-words.ts';

/** What a search is narrowed to, and which part of the answer is wanted. */
export type FindOptions = {
  /** As printed, or in any spelling of it. */
  readonly topic?: string;
  readonly organization?: string;
  /** The first and the last issue. */
  readonly from?: number;
  readonly to?: number;
  /** The editor's picks alone. */
  readonly pick?: boolean;
  readonly kind?: 'paper' | 'news';
  /** How many hits are left out, and how many are wanted at most (10; never more than 100). */
  readonly offset?: number;
  readonly limit?: number;
  /** False where no snippets are shown: they are half of the work for a long page. */
  readonly snippets?: boolean;
};

/** A page of an answer, and how many hits there are in all. */
export type Found = { readonly hits: readonly Hit[]; readonly total: number };

const USUAL_LIMIT = 10;
const MOST_HITS = 100;
/** Matches this close to each other are equals: newness and likes decide between them. */
const STEPS = 40;
const ALL: BodyMatch = { groups: 0, isStrict: true, density: 0, isTogether: false };

type Answer = {
  readonly groups: readonly Group[];
  readonly ranker: Ranker | undefined;
  readonly matches: Matches;
};

/** Finds papers and news. Never throws for what was asked; deterministic. */
export function find(index: Index, text: string, options: FindOptions = {}): Found {
  const { offset = 0, limit = USUAL_LIMIT } = options;
  const query = parseQuery(text);
  const isBlank = text.trim() === '';
  return index.read((catalog) => {
    const isWanted = makeFilter(index, catalog, options, query.issue);
    const { groups, ranker, matches } = answer(index, catalog, query, isBlank, options);
    const keys = new Float64Array(matches.places.length);
    let total = 0;
    for (let n = 0; n < matches.places.length; n += 1) {
      const place = matches.places[n] ?? 0;
      if (!isWanted(place)) continue;
      const score = ranker === undefined ? 1 : ranker.score(place, matches.read(place));
      keys[total] = makeKey(catalog, place, score, ranker !== undefined);
      total += 1;
    }
    const sorted = keys.subarray(0, total).sort();
    const from = Math.max(0, Math.trunc(offset));
    const to = Math.min(total, from + Math.min(MOST_HITS, Math.max(0, Math.trunc(limit))));
    const page: { place: number; score: number; field: ReturnType<Ranker['tellField']> }[] = [];
    for (let rank = from; rank < to; rank += 1) {
      const place = readPlace(sorted[total - 1 - rank] ?? 0);
      const body = matches.read(place);
      const score = (ranker?.score(place, body) ?? 1) + (catalog.bonus[place] ?? 0) / 255 / STEPS;
      page.push({
        place,
        score: Math.round(score * 10_000) / 10_000,
        field: ranker?.tellField(place, body) ?? 'body',
      });
    }
    return { hits: readHits(index.readDocument, catalog, page, groups, options.snippets), total };
  });
}

function answer(
  index: Index,
  catalog: Catalog,
  query: Query,
  isBlank: boolean,
  options: FindOptions,
): Answer {
  const listed = (places: ArrayLike<number>): Answer => ({
    groups: [],
    ranker: undefined,
    matches: { places, read: () => ALL },
  });
  if (query.links.length > 0) {
    const linked = findLinked(index, catalog, query.links);
    const hasMore = query.parts.some(({ isQuoted }) => isQuoted);
    if (linked.length > 0 || (/^\s*https?:/.test(query.links[0] ?? '') && !hasMore))
      return listed(linked);
  }
  if (query.parts.length === 0) {
    const { topic, organization, from, to, pick, kind } = options;
    const isNarrowed =
      pick === true || [topic, organization, from, to, kind].some((o) => o !== undefined);
    // Signs that mean nothing are no list of everything; "#93" is.
    const isList = query.issue !== undefined || (isBlank && isNarrowed);
    return listed(isList ? catalog.all : []);
  }
  const numbers = new Set<number>();
  const hasIssue = (number: number): boolean => {
    if (numbers.size === 0) for (const issue of catalog.issues) numbers.add(issue);
    return numbers.has(number);
  };
  const groups = expandQuery(query, index.vocabulary, hasIssue, index.texts.hasPhrase);
  const whole = query.terms.map((term) => index.vocabulary.find(term)?.id);
  const isKnown = whole.every((id) => id !== undefined);
  const matches = index.texts.match(groups, catalog, isKnown ? query.terms : []);
  return { groups, ranker: makeRanker(catalog, groups, whole, index.tables), matches };
}

/** The documents that link to one of them, the papers that it is the address of first. */
export function findLinked(index: Index, catalog: Catalog, keys: readonly string[]): number[] {
  const rows = keys.flatMap(index.readLinked);
  const own = rows.filter(({ isOwn }) => isOwn === 1);
  const documents = (own.length > 0 ? own : rows).map(({ document }) => document);
  return [...new Set(documents)]
    .map((id) => catalog.places[id] ?? -1)
    .filter((place) => place >= 0);
}

function makeFilter(
  { readNamed }: Index,
  catalog: Catalog,
  { topic, organization, from, to, pick, kind }: FindOptions,
  issue: number | undefined,
): (place: number) => boolean {
  const wanted = [
    ...(topic === undefined ? [] : [['topic', topic] as const]),
    ...(organization === undefined ? [] : [['organization', organization] as const]),
  ].map(([of, name]) => new Set(readNamed(of, foldName(name))));
  const first = Math.max(from ?? 0, issue ?? 0);
  const last = Math.min(to ?? Infinity, issue ?? Infinity);
  return (place) => {
    const number = catalog.issues[place] ?? 0;
    if (number < first || number > last) return false;
    if (pick === true && catalog.isPick[place] !== 1) return false;
    if (kind !== undefined && (catalog.isPaper[place] === 1) !== (kind === 'paper')) return false;
    if (wanted.length === 0) return true;
    return wanted.every((documents) => documents.has(catalog.ids[place] ?? 0));
  };
}

/** One number that sorts: the match, then its bonus, then the order. */
function makeKey({ bonus }: Catalog, place: number, score: number, isRanked: boolean): number {
  const match = Math.min(2047, Math.round(score * STEPS));
  return (match * 256 + (isRanked ? (bonus[place] ?? 0) : 0)) * 2 ** 22 + (2 ** 22 - 1 - place);
}

function readPlace(key: number): number {
  return 2 ** 22 - 1 - (key % 2 ** 22);
}
