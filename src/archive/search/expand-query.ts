import { ABBREVIATIONS } from './abbreviations.ts';
import type { Query, QueryPart } from './parse-query.ts';
import { stem } from './stem.ts';
import type { Term, Vocabulary } from './vocabulary.ts';

/** How well a word of the index answers a word of the query, of 100. */
export const QUALITY = {
  exact: 100,
  abbreviation: 90,
  joined: 88,
  prefix: 70,
  stem: 60,
  typo: 45,
  /** A typing error in the beginning of a word, or in a word that a few documents do have. */
  guess: 35,
} as const;
/** At least this is what was asked for, only written differently. */
export const STRICT = QUALITY.joined;

export type Variant = { readonly term: Term; readonly quality: number };
/** Words in this order, next to each other. */
export type Phrase = { readonly terms: readonly Term[]; readonly quality: number };

/** One thing that was asked for, and all the ways in which the index may have it. */
export type Group = {
  readonly variants: readonly Variant[];
  readonly phrases: readonly Phrase[];
  /** In about how many documents it stands. */
  readonly documents: number;
  /** A bare number may be that of an issue. */
  readonly issue: number | undefined;
};

const SHORTEST_PREFIX = 3;
const MOST_BEGINNINGS = 40;
const FEW_DOCUMENTS = 2;
const FAR_MORE = 20;
const MOST_SPLITS = 3;

const SHORT = new Map(ABBREVIATIONS.map(([short, ...long]) => [short, long.map(splitWords)]));
const LONG = ABBREVIATIONS.flatMap(([short, ...long]) =>
  long.map((words) => ({ short, stems: splitWords(words).map(stem) })),
);

/** What the words of a query may stand for. `hasPhrase` tells whether any document has it. */
export function expandQuery(
  query: Query,
  vocabulary: Vocabulary,
  hasIssue: (number: number) => boolean,
  hasPhrase: (terms: readonly string[]) => boolean,
): Group[] {
  const together = findTogether(query.terms, vocabulary);
  return query.parts.map((part) => {
    if (part.isQuoted) return expandQuoted(part, vocabulary);
    const [word = ''] = part.terms;
    const group = expandWord(word, together.get(word) ?? [], vocabulary, hasPhrase);
    const number = /^\d{1,6}$/.test(word) ? Number(word) : undefined;
    return number !== undefined && hasIssue(number) ? { ...group, issue: number } : group;
  });
}

/** Words that stand for several words of the query at once: abbreviations, and words run together. */
function findTogether(
  terms: readonly string[],
  vocabulary: Vocabulary,
): Map<string, readonly Variant[]> {
  const found = new Map<string, Variant[]>();
  const give = (words: readonly string[], term: string, quality: number): void => {
    const known = vocabulary.find(term);
    if (known === undefined) return;
    for (const word of words)
      found.set(word, [...(found.get(word) ?? []), { term: known, quality }]);
  };
  for (let index = 0; index + 1 < terms.length; index += 1) {
    const pair = terms.slice(index, index + 2);
    give(pair, pair.join(''), QUALITY.joined);
  }
  const stems = terms.map(stem);
  for (const { short, stems: long } of LONG) {
    const at = stems.findIndex((_, index) => long.every((one, n) => stems[index + n] === one));
    if (at < 0) continue;
    const words = terms.slice(at, at + long.length);
    give(words, short, QUALITY.abbreviation);
    give(words, `${short}s`, QUALITY.abbreviation);
  }
  return found;
}

function expandQuoted({ terms }: QueryPart, vocabulary: Vocabulary): Group {
  const known = terms.map((term) => vocabulary.find(term)).filter((term) => term !== undefined);
  const isKnown = known.length === terms.length && known.length > 0;
  return {
    variants: [],
    phrases: isKnown ? [{ terms: known, quality: QUALITY.exact }] : [],
    documents: isKnown ? Math.min(...known.map(({ documents }) => documents)) : 0,
    issue: undefined,
  };
}

function expandWord(
  word: string,
  together: readonly Variant[],
  vocabulary: Vocabulary,
  hasPhrase: (terms: readonly string[]) => boolean,
): Group {
  const variants = new Map<number, Variant>();
  const add = (terms: readonly Term[], quality: number): void => {
    for (const term of terms) {
      if ((variants.get(term.id)?.quality ?? 0) < quality) variants.set(term.id, { term, quality });
    }
  };
  const exact = vocabulary.find(word);
  if (exact !== undefined) add([exact], QUALITY.exact);
  for (const { term, quality } of together) add([term], quality);
  const short = SHORT.has(word)
    ? word
    : SHORT.has(word.replace(/s$/, ''))
      ? word.slice(0, -1)
      : undefined;
  const phrases = (SHORT.get(short ?? '') ?? []).flatMap((long) => spellOut(long, vocabulary));
  if (short !== undefined) {
    const forms = [vocabulary.find(short), vocabulary.find(`${short}s`)];
    add(
      forms.filter((form) => form !== undefined),
      QUALITY.abbreviation,
    );
  } else if (word.length >= SHORTEST_PREFIX) {
    add(vocabulary.findBeginning(word, MOST_BEGINNINGS), QUALITY.prefix);
  }
  add(vocabulary.findFamily(stem(word)), QUALITY.stem);
  const direct = exact?.documents ?? 0;
  if (variants.size === 0 && phrases.length === 0) {
    const splits = splitWord(word, vocabulary, hasPhrase);
    phrases.push(...splits);
    if (splits.length === 0) {
      add(vocabulary.findNear(word), QUALITY.typo);
      if (variants.size === 0) add(vocabulary.findNear(word, true), QUALITY.guess);
    }
  } else if (direct > 0 && direct <= FEW_DOCUMENTS && phrases.length === 0) {
    const near = vocabulary.findNear(word);
    add(
      near.filter(({ documents, distance }) => distance === 1 && documents >= direct * FAR_MORE),
      QUALITY.guess,
    );
  }
  const all = [...variants.values()];
  const strict = all.filter(({ quality }) => quality >= STRICT);
  return {
    variants: all,
    phrases,
    documents: Math.max(0, ...(strict.length > 0 ? strict : all).map(({ term }) => term.documents)),
    issue: undefined,
  };
}

/** The phrases that an abbreviation stands for, the last word in each of its forms. */
function spellOut(long: readonly string[], vocabulary: Vocabulary): Phrase[] {
  const terms = long.map((word) => vocabulary.find(word));
  const first = terms.slice(0, -1).filter((term) => term !== undefined);
  if (first.length < long.length - 1) return [];
  const lasts = vocabulary.findFamily(stem(long.at(-1) ?? '')).slice(0, 4);
  return lasts.map((last) => ({ terms: [...first, last], quality: QUALITY.abbreviation }));
}

/** Two words that were run together: "selfdistillation", "4bit". */
function splitWord(
  word: string,
  vocabulary: Vocabulary,
  hasPhrase: (terms: readonly string[]) => boolean,
): Phrase[] {
  const phrases: Phrase[] = [];
  for (let at = 1; at < word.length && phrases.length < MOST_SPLITS; at += 1) {
    const left = vocabulary.find(word.slice(0, at));
    const right = left === undefined ? undefined : vocabulary.find(word.slice(at));
    if (left === undefined || right === undefined) continue;
    if (!hasPhrase([left.term, right.term])) continue;
    phrases.push({ terms: [left, right], quality: QUALITY.joined });
  }
  return phrases;
}

function splitWords(text: string): string[] {
  return text.split(' ');
}
