import { AUTHORS, type Catalog, GAP, PARTS, TITLE } from './catalog.ts';
import type { Group, Phrase } from './expand-query.ts';

/** Where a document matched best. */
export type Field = 'title' | 'topics' | 'organizations' | 'authors' | 'body';
const FIELDS: readonly Field[] = ['title', 'topics', 'organizations', 'authors'];

/** What a match of full quality counts, by the part of the document. */
const PART_WEIGHT = [1, 0.8, 0.8, 0.8];
const BODY_WEIGHT = 0.3;
/** Where all words of a document are only like those of the query, its text counts this much. */
const LOOSE_BODY = 0.55;
/** What a second place adds to the best: title and topic say more than the title alone. */
const SECOND_WEIGHT = 0.15;
const ORDER_WEIGHT = 0.12;
const NAME_BONUS = 0.4;
const WHOLE_TITLE_BONUS = 1;
/** What density of the words in the text, and their standing together there, can add. */
const DENSITY_WEIGHT = 0.06;
const TOGETHER_WEIGHT = 0.06;
/** An issue's number beside other words. */
const ISSUE_WEIGHT = 0.8;

/** What is known of a document beyond its head. */
export type BodyMatch = {
  /** Which groups it has anywhere, as bits. */
  readonly groups: number;
  /** True when each of them is there as it was asked for. */
  readonly isStrict: boolean;
  /** From 0 to 1. */
  readonly density: number;
  readonly isTogether: boolean;
};

export type Ranker = {
  /** How well a document answers: 1 for all words in a title; whole titles and names above that. */
  score(place: number, body: BodyMatch): number;
  /** Where it matches best. */
  tellField(place: number, body: BodyMatch): Field;
};

/** Tables of the quality of each word by its id, one a group; kept, as they are large. */
export type Tables = { take(index: number, lastWord: number): Uint8Array };

/** Makes tables that are used again. What a ranker wrote into them, the next one clears. */
export function makeTables(): Tables {
  const tables: Uint8Array[] = [];
  return {
    take: (index, lastWord) => {
      const known = tables[index];
      if (known !== undefined && known.length > lastWord) return known.fill(0);
      const table = new Uint8Array(lastWord + 1024);
      tables[index] = table;
      return table;
    },
  };
}

/** Scores documents of a catalogue against the groups of a query and its whole words. */
export function makeRanker(
  catalog: Catalog,
  groups: readonly Group[],
  whole: readonly (number | undefined)[],
  tables: Tables,
): Ranker {
  const qualities = groups.map(({ variants }, index) => {
    const table = tables.take(index, catalog.lastWord);
    for (const { term, quality } of variants) table[term.id] = quality;
    return table;
  });
  const raw = groups.map(({ documents }) => Math.log(1 + catalog.count / (1 + documents)) + 0.3);
  const sum = raw.reduce((total, weight) => total + weight, 0);
  const weights = raw.map((weight) => weight / sum);
  const scores = new Float64Array(FIELDS.length + 1);
  const { words, parts } = catalog;

  const score = (place: number, body: BodyMatch): number => {
    scores.fill(0);
    let total = 0;
    let inOrder = 0;
    let isInText = false;
    let previous = -2;
    const bodyWeight = BODY_WEIGHT * (body.isStrict ? 1 : LOOSE_BODY);
    for (let g = 0; g < groups.length; g += 1) {
      const table = qualities[g];
      const group = groups[g];
      const weight = weights[g] ?? 0;
      if (table === undefined || group === undefined) continue;
      let best = 0;
      let second = 0;
      let titleAt = -2;
      for (let part = TITLE; part <= AUTHORS; part += 1) {
        const from = parts[place * PARTS + part] ?? 0;
        const to = parts[place * PARTS + part + 1] ?? 0;
        let quality = 0;
        let at = -2;
        for (let index = from; index < to; index += 1) {
          const found = table[words[index] ?? GAP] ?? 0;
          if (found > quality || (found === quality && found > 0 && index === previous + 1)) {
            quality = found;
            at = index;
          }
        }
        for (const phrase of group.phrases) {
          if (phrase.quality <= quality) continue;
          const start = findPhrase(words, from, to, phrase);
          if (start < 0) continue;
          quality = phrase.quality;
          at = start + phrase.terms.length - 1;
        }
        if (quality === 0) continue;
        const worth = ((PART_WEIGHT[part] ?? 0) * quality) / 100;
        scores[part] = (scores[part] ?? 0) + worth * weight;
        if (part === TITLE) titleAt = at;
        if (worth > best) {
          second = best;
          best = worth;
        } else if (worth > second) second = worth;
      }
      // The number of an issue says something where the other words are there as they were asked
      // for: "gemma 4" does not mean issue 4.
      const isOfIssue = group.issue !== undefined && group.issue === catalog.issues[place];
      if (isOfIssue && body.isStrict && best < ISSUE_WEIGHT) {
        best = ISSUE_WEIGHT;
      }
      if (best === 0 && (body.groups >>> g) & 1) {
        best = bodyWeight;
        isInText = true;
        scores[FIELDS.length] = (scores[FIELDS.length] ?? 0) + best * weight;
      }
      total += weight * (best + SECOND_WEIGHT * second);
      // Stop words of the query stand between the groups, so a small step is one too.
      if (titleAt >= 0 && previous >= 0 && titleAt > previous && titleAt <= previous + 3)
        inOrder += 1;
      previous = titleAt;
    }
    if (groups.length > 1) total += (ORDER_WEIGHT * inOrder) / (groups.length - 1);
    // Where the head says it all, the text tells nothing apart: newness and likes do.
    if (isInText) {
      total += DENSITY_WEIGHT * body.density + (body.isTogether ? TOGETHER_WEIGHT : 0);
    }
    return total + scoreWhole(catalog, place, whole);
  };

  return {
    score,
    tellField: (place, body) => {
      score(place, body);
      let best = FIELDS.length;
      for (let field = FIELDS.length - 1; field >= 0; field -= 1) {
        if ((scores[field] ?? 0) > 0 && (scores[field] ?? 0) >= (scores[best] ?? 0)) best = field;
      }
      return FIELDS[best] ?? 'body';
    },
  };
}

/** More for a title that is the query, or that begins with it as a name before a colon. */
function scoreWhole(
  { words, parts }: Catalog,
  place: number,
  whole: readonly (number | undefined)[],
): number {
  if (whole.length === 0) return 0;
  const from = parts[place * PARTS] ?? 0;
  const to = parts[place * PARTS + 1] ?? 0;
  let asked = 0;
  let index = from;
  for (; index < to; index += 1) {
    const word = words[index];
    if (word === GAP) {
      if (asked === whole.length) return NAME_BONUS;
      continue;
    }
    if (word !== whole[asked]) return 0;
    asked += 1;
  }
  return asked === whole.length && to > from ? WHOLE_TITLE_BONUS : 0;
}

function findPhrase(words: Int32Array, from: number, to: number, { terms }: Phrase): number {
  for (let start = from; start + terms.length <= to; start += 1) {
    if (terms.every(({ id }, offset) => words[start + offset] === id)) return start;
  }
  return -1;
}
