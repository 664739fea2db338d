import type { SqliteConnection } from '../../database/open-sqlite.ts';
import type { Catalog } from './catalog.ts';
import { type Group, STRICT } from './expand-query.ts';
import type { BodyMatch } from './rank.ts';

/** So many documents are worth being told apart by how dense the words are in their text. */
const MOST_DENSE = 300;
/** Of more documents the heads alone decide which come first. */
const MOST_TOLD_APART = 2_000;
/** A bm25 of this much is half of the way to the densest. */
const HALF_DENSITY = 8;

/** Which documents have which words, by the full-text index. */
export type Texts = {
  hasPhrase(terms: readonly string[]): boolean;
  /** The documents that have all groups; where none has, those that have most of them. */
  match(groups: readonly Group[], catalog: Catalog, whole: readonly string[]): Matches;
};

/** Documents by their place in the catalogue, in no order. */
export type Matches = { readonly places: ArrayLike<number>; read(place: number): BodyMatch };

type Part = {
  readonly bit: number;
  readonly loose: string;
  readonly strict: string;
  readonly group: Group;
};

/** Prepares the questions to the full-text index. */
export function makeTexts(sqlite: SqliteConnection): Texts {
  const match = 'FROM search_texts WHERE search_texts MATCH ?';
  const all = sqlite.prepare<[string], number>(`SELECT rowid ${match}`).pluck();
  const any = sqlite.prepare<[string], number>(`SELECT rowid ${match} LIMIT 1`).pluck();
  const dense = sqlite
    .prepare<[string], [number, number]>(`SELECT rowid, bm25(search_texts) ${match}`)
    .raw();

  /** Sets a bit for every document that has a part; of some documents only, where asked. */
  const mark = (part: Part, { places, issues }: Catalog, bits: Uint16Array, among = 0): void => {
    const set = (place: number): void => {
      const known = bits[place] ?? 0;
      if ((known & among) === among) bits[place] = known | part.bit;
    };
    if (part.loose !== '') for (const id of all.all(part.loose)) set(places[id] ?? -1);
    const { issue } = part.group;
    if (issue === undefined) return;
    for (let place = 0; place < issues.length; place += 1) if (issues[place] === issue) set(place);
  };

  const markAll = (parts: readonly Part[], catalog: Catalog, bits: Uint16Array): void => {
    // A number may be an issue's, which the index of texts does not know.
    const plain = parts.filter(({ group }) => group.issue === undefined);
    const plainBits = plain.reduce((set, { bit }) => set | bit, 0);
    if (plain.length > 0) {
      const ids = all.all(plain.map(({ loose }) => `(${loose})`).join(' AND '));
      for (const id of ids) bits[catalog.places[id] ?? -1] = plainBits;
    }
    for (const part of parts) {
      if (part.group.issue !== undefined) mark(part, catalog, bits, plainBits);
    }
  };

  /** How well the texts of some documents match. */
  const readBodies = (
    parts: readonly Part[],
    catalog: Catalog,
    bits: Uint16Array,
    count: number,
    whole: readonly string[],
  ): ((place: number) => BodyMatch) => {
    const texts = parts.filter(({ group }) => group.issue === undefined);
    const isStrictable = texts.length > 0 && texts.every(({ strict }) => strict !== '');
    const hasLoose = texts.some(({ loose, strict }) => loose !== strict);
    const densities = new Map<number, number>();
    const strictPlaces = new Set<number>();
    const together = new Set<number>();
    const placeOf = (id: number): number => catalog.places[id] ?? -1;
    if (count > 1 && count <= MOST_TOLD_APART) {
      const strict = texts.map((part) => `(${part.strict})`).join(' AND ');
      if (isStrictable && count <= MOST_DENSE) {
        for (const [id, rank] of dense.all(strict)) {
          densities.set(placeOf(id), -rank / (HALF_DENSITY - rank));
          strictPlaces.add(placeOf(id));
        }
      } else if (isStrictable && hasLoose) {
        for (const id of all.all(strict)) strictPlaces.add(placeOf(id));
      }
      if (whole.length > 1) for (const id of all.all(quote(whole))) together.add(placeOf(id));
    }
    const isSure = !hasLoose || (isStrictable && (count <= 1 || count > MOST_TOLD_APART));
    return (place) => ({
      groups: bits[place] ?? 0,
      isStrict: isSure || strictPlaces.has(place),
      density: densities.get(place) ?? 0,
      isTogether: together.has(place),
    });
  };

  return {
    hasPhrase: (terms) => any.get(quote(terms)) !== undefined,
    match: (groups, catalog, whole) => {
      const bits = new Uint16Array(catalog.count);
      const parts = groups
        .map((group, index) => ({
          bit: 1 << index,
          loose: write(group, 0),
          strict: write(group, STRICT),
          group,
        }))
        .filter(({ loose, group }) => loose !== '' || group.issue !== undefined);
      let places: ArrayLike<number> = [];
      if (parts.length > 0 && parts.length * 2 >= groups.length) {
        const full = parts.reduce((set, { bit }) => set | bit, 0);
        markAll(parts, catalog, bits);
        places = collect(bits, (having) => having === full);
        if (places.length === 0 && parts.length > 1) {
          bits.fill(0);
          for (const part of parts) mark(part, catalog, bits);
          const most = bits.reduce((best, having) => Math.max(best, countBits(having)), 0);
          const least = Math.max(most - 1, Math.ceil(groups.length / 2));
          places = collect(bits, (having) => countBits(having) >= least);
        }
      }
      return { places, read: readBodies(parts, catalog, bits, places.length, whole) };
    },
  };
}

function collect(bits: Uint16Array, isWanted: (having: number) => boolean): Int32Array {
  const places = new Int32Array(bits.length);
  let count = 0;
  for (let place = 0; place < bits.length; place += 1) {
    const having = bits[place] ?? 0;
    if (having === 0 || !isWanted(having)) continue;
    places[count] = place;
    count += 1;
  }
  return places.subarray(0, count);
}

/** One group as an expression. Words are letters, digits and "+#." alone: nothing can break out. */
function write({ variants, phrases }: Group, least: number): string {
  const terms = variants.filter(({ quality }) => quality >= least).map(({ term }) => [term.term]);
  const sequences = phrases
    .filter(({ quality }) => quality >= least)
    .map((phrase) => phrase.terms.map(({ term }) => term));
  return [...terms, ...sequences].map(quote).join(' OR ');
}

function quote(terms: readonly string[]): string {
  return `"${terms.join(' ')}"`;
}

function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
