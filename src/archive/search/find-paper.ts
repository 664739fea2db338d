import { type Catalog, GAP, PARTS, TITLE } from './catalog.ts';
import { find, findLinked } from './find.ts';
import { findLinkKeys } from './link-keys.ts';
import type { Index } from './open-index.ts';
import { type Hit, readHits } from './read-hits.ts';
import { readWords } from './read-words.ts';
import { isStopWord } from './stop-words.ts';

/** A paper that a message is about, and how sure that is: 1 for its own address or whole title. */
export type PaperMatch = {
  readonly hit: Hit;
  readonly confidence: number;
  readonly by: 'link' | 'title' | 'name' | 'words';
};

const LONGEST_MESSAGE = 6_000;
const MOST_CORRECTED = 40;
/** The text of a paper links to the address, which may be another's. */
const LINKED_CONFIDENCE = 0.8;
/** So many telling words make a title certain. */
const SURE_WORDS = 3;
/** Of the words of a title, those that a message must have, by what they tell. */
const LEAST_SHARE = 0.7;
/** A message as short as this is a query. */
const SHORT_MESSAGE = 8;
/** A name before a colon must be as rare as this to be one. */
const MOST_NAMED = 5;

/**
 * The paper that a message speaks of: by an id or address in it, by a title in it, by most of the
 * words of a title, or, where it is a few words, as a search finds it. Undefined where none is near.
 */
export function findPaper(index: Index, message: string): PaperMatch | undefined {
  const text = message.slice(0, LONGEST_MESSAGE).toWellFormed();
  return index.read((catalog) => {
    const read = (place: number): Hit | undefined =>
      readHits(index.readDocument, catalog, [{ place, score: 1, field: 'title' }], [])[0];
    for (const key of findLinkKeys(text)) {
      const place = findLinked(index, catalog, [key]).find((one) => catalog.isPaper[one] === 1);
      const hit = place === undefined ? undefined : read(place);
      if (hit === undefined) continue;
      const isOwn = index.readLinked(key).some(({ isOwn: own }) => own === 1);
      return { hit, confidence: isOwn ? 1 : LINKED_CONFIDENCE, by: 'link' };
    }
    const terms = readWords(text.replace(/https?:\/\/\S+/g, ' ')).map(({ term }) => term);
    const titled = findTitle(index, catalog, terms);
    const hit = titled === undefined ? undefined : read(titled.place);
    if (titled !== undefined && hit !== undefined) {
      return { hit, confidence: titled.confidence, by: titled.by };
    }
    if (terms.length === 0 || terms.length > SHORT_MESSAGE) return undefined;
    const [best] = find(index, terms.join(' '), { kind: 'paper', limit: 1 }).hits;
    if (best === undefined || best.field === 'body') return undefined;
    return {
      hit: best,
      confidence: Math.round(Math.min(0.6, best.score * 0.6) * 100) / 100,
      by: 'words',
    };
  });
}

type Titled = Pick<PaperMatch, 'confidence' | 'by'> & { readonly place: number };

/** The best title by its words in the message: whole and in order, its name, or most of it. */
function findTitle(
  { vocabulary }: Index,
  catalog: Catalog,
  terms: readonly string[],
): Titled | undefined {
  const known = terms.map((term) => vocabulary.find(term));
  const order = known.map((term) => term?.id ?? -1);
  const worth = new Map<number, number>();
  const positions = new Map<number, number[]>();
  let corrected = 0;
  const note = (id: number, at: number, value: number): void => {
    worth.set(id, Math.max(worth.get(id) ?? 0, value));
    positions.set(id, [...(positions.get(id) ?? []), at]);
  };
  known.forEach((term, at) => {
    if (term !== undefined) note(term.id, at, isStopWord(term.term) ? 0 : 1);
    else if (corrected < MOST_CORRECTED) {
      corrected += 1;
      for (const near of vocabulary.findNear(terms[at] ?? '')) note(near.id, -2, 0.8);
    }
  });
  let best: Titled | undefined;
  let bestRank = 0;
  for (let place = 0; place < catalog.count; place += 1) {
    if (catalog.isPaper[place] !== 1) continue;
    const from = catalog.parts[place * PARTS + TITLE] ?? 0;
    const to = catalog.parts[place * PARTS + TITLE + 1] ?? 0;
    const title = catalog.words.subarray(from, to);
    let telling = 0;
    let found = 0;
    for (const id of title) {
      if (id === GAP) continue;
      const value = worth.get(id);
      telling += value === 0 ? 0 : 1;
      found += value ?? 0;
    }
    if (found === 0) continue;
    const words = title.filter((id) => id !== GAP);
    const isWhole = standsIn(words, order, positions);
    const share = telling === 0 ? 0 : found / telling;
    const gap = title.indexOf(GAP);
    const name = gap > 0 ? title.subarray(0, gap) : undefined;
    const isNamed =
      name !== undefined &&
      standsIn(name, order, positions) &&
      [...name].some((id) => known.some((term) => term?.id === id && term.documents <= MOST_NAMED));
    // A longer title that stands there whole is the better one; then a name; then most of a title.
    const rank = isWhole
      ? 1_000 + words.length
      : isNamed
        ? 500 + share
        : share >= LEAST_SHARE && found >= SURE_WORDS - 0.5
          ? share * 10 + found
          : 0;
    if (rank <= bestRank) continue;
    const isSure =
      telling >= SURE_WORDS || words.length > SURE_WORDS || words.length === terms.length;
    bestRank = rank;
    best = isWhole
      ? {
          place,
          by: 'title',
          confidence: isSure ? 1 : 0.7,
        }
      : isNamed
        ? { place, by: 'name', confidence: 0.85 }
        : { place, by: 'title', confidence: Math.round(Math.min(0.9, share * 0.9) * 100) / 100 };
  }
  return best;
}

/** True when words stand in a message in this order, next to each other. */
function standsIn(
  words: Int32Array,
  order: readonly number[],
  positions: ReadonlyMap<number, readonly number[]>,
): boolean {
  const starts = positions.get(words[0] ?? -1) ?? [];
  return (
    words.length > 0 &&
    starts.some((start) => start >= 0 && words.every((id, offset) => order[start + offset] === id))
  );
}
