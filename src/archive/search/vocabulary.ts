import type { SqliteConnection } from '../../database/open-sqlite.ts';
import { editDistance } from './edit-distance.ts';

/** A word of the index. */
export type Term = { readonly id: number; readonly term: string; readonly documents: number };

/** A word that may have been meant, and by how many letters it differs. */
export type NearTerm = Term & { readonly distance: number };

/** The words of the index. */
export type Vocabulary = {
  find(term: string): Term | undefined;
  /** The words of the same stem. */
  findFamily(stem: string): Term[];
  /** Words that begin so, the most frequent first. */
  findBeginning(prefix: string, most: number): Term[];
  /** The ids of all words that begin so, in no order, words that no document has any more too. */
  listBeginning(prefix: string): number[];
  /** Words that differ by a typing error or two, the nearest first; of those the most frequent. */
  findNear(term: string, isPrefix?: boolean): NearTerm[];
};

/** Typing errors that are forgiven, by the length of the word. */
const LONG_FOR_ONE = 4;
const LONG_FOR_TWO = 8;
const LONG_FOR_PREFIX = 5;
const MOST_NEAR = 5;
/** A short beginning is near to many words. */
const MOST_LOOKED_UP = 100;
/** People type the same misspelling letter by letter, and page by page. */
const MOST_KEPT = 500;

type Near = { readonly other: string; readonly distance: number };
type Packed = {
  readonly terms: readonly string[];
  readonly letters: Uint32Array;
  readonly lengths: Uint8Array;
};

/** Reads the words of the index as they are asked for; all of them when first one is misspelt. */
export function makeVocabulary(sqlite: SqliteConnection): Vocabulary & { forget(): void } {
  const columns = 'SELECT id, term, documents FROM search_terms WHERE documents > 0';
  const one = sqlite.prepare<[string], Term>(`${columns} AND term = ?`);
  const family = sqlite.prepare<[string], Term>(
    `${columns} AND stem = ? ORDER BY documents DESC, id LIMIT 24`,
  );
  const beginning = sqlite.prepare<[string, string, number], Term>(
    `${columns} AND term > ? AND term < ? ORDER BY documents DESC, id LIMIT ?`,
  );
  // The index of terms has all that this asks for: no row is read.
  const begun = sqlite
    .prepare<[string, string], number>('SELECT id FROM search_terms WHERE term >= ? AND term < ?')
    .pluck();
  // One long text is read many times faster than as many rows; no word has a blank in it.
  const all = sqlite
    .prepare<[], string | null>(
      "SELECT group_concat(term, ' ') FROM search_terms WHERE documents > 0",
    )
    .pluck();
  const near = new Map<string, NearTerm[]>();
  let packed: Packed | undefined;
  const pack = (): Packed => {
    const terms = (all.get() ?? '').split(' ');
    const letters = Uint32Array.from(terms, listLetters);
    return { terms, letters, lengths: Uint8Array.from(terms, (term) => term.length) };
  };
  return {
    find: (term) => one.get(term),
    findFamily: (stem) => family.all(stem),
    findBeginning: (prefix, most) => beginning.all(prefix, `${prefix}\u{10ffff}`, most),
    listBeginning: (prefix) => begun.all(prefix, `${prefix}\u{10ffff}`),
    findNear: (term, isPrefix = false) => {
      if (term.length < (isPrefix ? LONG_FOR_PREFIX : LONG_FOR_ONE)) return [];
      const key = `${term}${isPrefix ? '*' : ''}`;
      const known = near.get(key);
      if (known !== undefined) return known;
      packed ??= pack();
      const found = findNear(packed, term, isPrefix)
        .flatMap(({ other, distance }) => {
          const found = one.get(other);
          return found === undefined ? [] : [{ ...found, distance }];
        })
        .sort((a, b) => b.documents - a.documents || a.id - b.id)
        .slice(0, MOST_NEAR);
      if (near.size >= MOST_KEPT) near.clear();
      near.set(key, found);
      return found;
    },
    forget: () => {
      near.clear();
      packed = undefined;
    },
  };
}

function findNear({ terms, letters, lengths }: Packed, term: string, isPrefix: boolean): Near[] {
  const most = term.length >= LONG_FOR_TWO ? 2 : 1;
  const own = listLetters(term);
  const digits = term.replace(/\D+/g, '');
  const found: Near[] = [];
  for (let index = 0; index < terms.length; index += 1) {
    const longer = (lengths[index] ?? 0) - term.length;
    if (longer < -most || (!isPrefix && longer > most)) continue;
    // One error changes at most one letter on each side: a cheap test that few words pass.
    const other = letters[index] ?? 0;
    if (countBits(own & ~other) > most) continue;
    if (!isPrefix && countBits(other & ~own) > most) continue;
    const candidate = terms[index];
    if (candidate === undefined || candidate === term) continue;
    const distance = editDistance(term, candidate, most, isPrefix);
    if (distance > most) continue;
    // Another number is not a typing error: it is another model.
    if (candidate.replace(/\D+/g, '') === digits) found.push({ other: candidate, distance });
  }
  const nearest = Math.min(...found.map(({ distance }) => distance));
  return found.filter(({ distance }) => distance === nearest).slice(0, MOST_LOOKED_UP);
}

/** Which letters a word has, as a set of bits: a to z, then the rest. */
function listLetters(term: string): number {
  let set = 0;
  for (let index = 0; index < term.length; index += 1) {
    const code = term.charCodeAt(index);
    set |= 1 << (code >= 97 && code <= 122 ? code - 97 : 26 + (code % 6));
  }
  return set >>> 0;
}

function countBits(set: number): number {
  let bits = set - ((set >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
