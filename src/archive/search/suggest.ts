import { type Catalog, GAP, PARTS, TITLE } from './catalog.ts';
import type { NameKind } from './make-documents.ts';
import type { NameCount } from './names.ts';
import type { Index } from './open-index.ts';
import { readTerms } from './read-words.ts';
import { isStopWord } from './stop-words.ts';

/** What may be meant by what somebody has typed so far. */
export type Suggestion = {
  readonly kind: 'paper' | NameKind;
  /** For people: a title with its issue, or a name with its count, is the caller's to make of it. */
  readonly label: string;
  /** Of a paper its issue; of a name undefined. */
  readonly issue: number | undefined;
  /** Of a name how many papers have it; of a paper 1. */
  readonly count: number;
  /** Stays the same for the same thing: "p:93/tensorlens", "t:quantization"; at most 100 characters. */
  readonly value: string;
};

/** No list has room for more: https://discord.com/developers/docs/interactions/application-commands#autocomplete */
export const MOST_SUGGESTIONS = 25;
const LONGEST_VALUE = 100;
const LONGEST_TYPED = 100;

const LETTER: Readonly<Record<Suggestion['kind'], string>> = {
  paper: 'p',
  topic: 't',
  organization: 'o',
  author: 'a',
};

type Scored = { readonly suggestion: () => Suggestion | undefined; readonly score: number };

/** Suggests papers, topics, organizations and authors, the best first; for every letter typed. */
export function suggest(index: Index, typed: string, most = MOST_SUGGESTIONS): Suggestion[] {
  const limit = Math.min(MOST_SUGGESTIONS, Math.max(0, Math.trunc(most)));
  const terms = readTerms(typed.slice(0, LONGEST_TYPED).toWellFormed());
  return index.read((catalog) => {
    const scored = collect(index, catalog, terms, false);
    // "tensor l" may be meant for "TensorLens".
    if (scored.length === 0 && terms.length > 1) {
      scored.push(...collect(index, catalog, [terms.join('')], false));
    }
    if (scored.length === 0) scored.push(...collect(index, catalog, terms, true));
    const suggestions = new Map<string, Suggestion>();
    for (const { suggestion } of scored.sort((a, b) => b.score - a.score)) {
      if (suggestions.size >= limit) break;
      const made = suggestion();
      if (made !== undefined && !suggestions.has(made.value)) suggestions.set(made.value, made);
    }
    return [...suggestions.values()];
  });
}

function collect(
  index: Index,
  catalog: Catalog,
  terms: readonly string[],
  isForgiving: boolean,
): Scored[] {
  const words = terms.filter((term, at) => at === terms.length - 1 || !isStopWord(term));
  const prefixes = isForgiving
    ? words.map((word) => correct(index, word))
    : words.map((word) => [word]);
  const isPrefix = (word: number): boolean => word === words.length - 1 || isForgiving;
  return [
    ...collectNames(index, prefixes, isForgiving),
    ...collectPapers(index, catalog, words, prefixes, isPrefix, isForgiving),
  ];
}

/** The word itself, and those that may have been meant. */
function correct({ vocabulary }: Index, word: string): string[] {
  const near = vocabulary.findNear(word).map(({ term }) => term);
  const begun = near.length > 0 ? near : vocabulary.findNear(word, true).map(({ term }) => term);
  return [word, ...begun];
}

/** Names in which every word that was typed begins a word. */
function collectNames(
  index: Index,
  prefixes: readonly (readonly string[])[],
  isForgiving: boolean,
): Scored[] {
  if (prefixes.length === 0)
    return index.names.list('topic').map((name) => scoreName('topic', name, 1));
  const found: Scored[] = [];
  for (const kind of ['topic', 'organization', 'author'] as const) {
    for (const name of index.names.list(kind)) {
      const has = (prefix: string): boolean =>
        name.words.includes(` ${prefix}`) || name.key.startsWith(prefix);
      if (!prefixes.every((some) => some.some(has))) continue;
      const isBegin = (prefixes[0] ?? []).some((prefix) => name.key.startsWith(prefix));
      const isWhole = prefixes.map(([word = '']) => ` ${word}`).join('') === name.words;
      const base = (isBegin ? 2 : 1) + (isWhole ? 2 : 0) - (isForgiving ? 1.5 : 0);
      found.push(scoreName(kind, name, base + KIND_WEIGHT[kind]));
    }
  }
  return found;
}

const KIND_WEIGHT = { topic: 0.6, organization: 0.3, author: 0.1 } as const;

function scoreName(kind: NameKind, { key, label, count }: NameCount, base: number): Scored {
  const value = `${LETTER[kind]}:${key}`;
  return {
    score: base + Math.min(0.3, Math.log10(1 + count) / 10),
    suggestion: () =>
      [...value].length > LONGEST_VALUE
        ? undefined
        : { kind, label, issue: undefined, count, value },
  };
}

/** Papers in whose titles, topics, organizations or authors all words stand, the last one begun. */
function collectPapers(
  index: Index,
  catalog: Catalog,
  words: readonly string[],
  prefixes: readonly (readonly string[])[],
  isPrefix: (word: number) => boolean,
  isForgiving: boolean,
): Scored[] {
  const { vocabulary, tables } = index;
  const marks = prefixes.map((some, word) => {
    const table = tables.take(word, catalog.lastWord);
    for (const prefix of some) {
      if (isPrefix(word)) {
        for (const id of vocabulary.listBeginning(prefix)) table[id] = 1;
      }
      const exact = vocabulary.find(prefix);
      if (exact !== undefined) table[exact.id] = 2;
    }
    return table;
  });
  const { parts, words: heads } = catalog;
  const best: { place: number; score: number }[] = [];
  let least = -1;
  for (let place = 0; place < catalog.count; place += 1) {
    if (catalog.isPaper[place] !== 1) continue;
    const from = parts[place * PARTS + TITLE] ?? 0;
    const titleEnd = parts[place * PARTS + TITLE + 1] ?? 0;
    const end = parts[(place + 1) * PARTS] ?? 0;
    let score = (catalog.bonus[place] ?? 0) / 255;
    let previous = -2;
    for (let word = 0; word < marks.length; word += 1) {
      let quality = 0;
      let foundAt = -2;
      for (let at = from; at < end; at += 1) {
        const id = heads[at] ?? GAP;
        const mark = marks[word]?.[id] ?? 0;
        if (mark === 0) continue;
        const isNext = at === previous + 1 || at === from + word;
        const worth = mark / 2 + (at < titleEnd ? 1 : 0) + (isNext ? 0.7 : 0);
        if (worth <= quality) continue;
        quality = worth;
        foundAt = at;
      }
      if (quality === 0) {
        score = -Infinity;
        break;
      }
      score += quality / words.length;
      previous = foundAt;
    }
    if (score === -Infinity || (best.length >= MOST_SUGGESTIONS && score <= least)) continue;
    best.push({ place, score });
    if (best.length < MOST_SUGGESTIONS * 4) continue;
    best.sort((a, b) => b.score - a.score).splice(MOST_SUGGESTIONS);
    least = best.at(-1)?.score ?? -1;
  }
  best.sort((a, b) => b.score - a.score || a.place - b.place).splice(MOST_SUGGESTIONS);
  return best.map(({ place, score }) => ({
    score: score - (isForgiving ? 1.5 : 0),
    suggestion: () => {
      const row = index.readName(catalog.ids[place] ?? 0);
      if (row === undefined) return undefined;
      const value = `${LETTER.paper}:${row.issue}/${row.slug}`;
      if ([...value].length > LONGEST_VALUE) return undefined;
      return { kind: 'paper', label: row.title, issue: row.issue, count: 1, value };
    },
  }));
}
