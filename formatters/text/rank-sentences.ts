import { listContentWords } from './content-words.ts';
import { findNeeds, type Sentence } from './leaning.ts';
import { findRule, POOR_ENDS } from './leaning-rules.ts';

/**
 * What a sentence can carry. A content word is worth 1, and more the more sentences speak of it; the
 * others are set beside that. Each counts less every time that a chosen sentence has said it before.
 */
const WEIGHTS = {
  /** For a word in `k` sentences, `k` to this power. */
  recurring: 0.5,
  /** A word of the title, times its own worth. */
  titleWord: 1.5,
  /** The first sentence of the body: the question that the paper answers. */
  opening: 6,
  /** Each quarter of the body: where it starts, what is tried, what comes of it. */
  quarter: 4,
  /** What the paper does: "introduces", "a method called", its name in capitals. */
  does: 20,
  /** What it found: a number, "better", "fewer", "beat". */
  found: 22,
  /** Taken off where the last sentence only names the method. */
  poorEnd: 20,
  /** The second time a word is said is worth this much of the first, the third of the second. */
  again: 0.35,
  /** Taken off, as a share of its own words: an aside ("Imagine", "Think of", "like a"). */
  aside: 0.6,
  /** The same, for "this" and the like far into the sentence, which can't be looked up. */
  vague: 0.3,
} as const;

const DOES =
  /\b(?:introduc|present|propos|develop|design|invent|releas|unveil|reformulat)(?:e[sd]?|ing|s|ed)\b|\b(?:called|named|short for|builds? on|does away|skips?|sets? up|a new)\b|\b(?:team|researchers|authors|colleagues|we) (?:\p{L}+ly )?(?:asked|trained|retrained|tested|tried|tackled|turned|started?|built|set|made|use[sd]|took|takes?|hires?|show(?:s|ed))\b/iu;
/** "TensorLens", or an abbreviation where it is explained. */
const NAME = /\p{Ll}\p{Lu}|\(\p{Lu}{2,}\)/u;
const FOUND =
  /\b(?:found|reveal(?:s|ed)|discovered|show(?:s|ed) that|gains?|gained|rose|beats?|outperform\p{L}*|improve[sd]|improvements?|faster|quicker|sooner|cheaper|fewer|more accurate|percent|it works|almost level|kept up|drops? sharply|restores?|achieves?|yields?|demonstrated)\b|\d\s?[%×x]|\b(?:two|three|four|five|ten|\d+) times\b|\b(?:half|third|quarter) (?:of|the|as)\b/iu;
const ASIDE =
  /^(?:imagine|think of|picture|suppose|consider|(?:if |when )?you|nothing|it(?:’|')?s? is (?:much )?like)\b|\b(?:much|just|bit) like\b|\bfeels? like\b|, it (?:turns out|seems)\b/iu;
const VAGUE = /^.{0,120}\s(?:this|these|such)\s/iu;

/** Stand for a word in the count; no text has them, as their first letter is no letter. */
const OPENING = '\0opening';
const QUARTER = '\0quarter';
const DOING = '\0does';
const FINDING = '\0found';

/** Sentences with what each needs and carries, ready to be chosen from. */
export type Ranking = {
  /** Sentences in the order to be taken when there is room. */
  readonly order: readonly number[];
  /** The sentence and all that it can't be read without, but for what is in `chosen`. */
  complete(index: number, chosen: ReadonlySet<number>): readonly number[] | undefined;
  /** How much the sentences carry together. */
  value(chosen: ReadonlySet<number>): number;
};

type Carried = { readonly words: readonly string[]; readonly penalty: number };

/** More than so many that lean on each other are told as one or not at all. */
const CHAIN_MOST = 64;
/** Each pass over the sentences takes those worth this share of what the pass before asked for. */
const STEP = 0.9;
/** What is worth less than this share of the best is taken in the order of the text. */
const LEAST = 0.02;

/**
 * Ranks sentences by what each adds to those before it, per letter: the greedy choice for a
 * coverage with diminishing returns (Lin & Bilmes 2011, https://aclanthology.org/P11-1052), by
 * falling thresholds, which takes near-linear time (Badanidiyuru & Vondrák 2014). Pure.
 */
export function rankSentences(sentences: readonly Sentence[], title: string): Ranking {
  const needs = findNeeds(sentences, title);
  const titleWords = new Set(listContentWords(title));
  const carried = sentences.map((sentence, index) =>
    listCarried(sentence, index, index / sentences.length),
  );
  const worth = weighWords(carried, titleWords);
  const ids = new Map([...worth.keys()].map((word, id) => [word, id]));
  const worths = Float64Array.from(worth.values());
  const words = carried.map((one) => Int32Array.from(one.words, (word) => ids.get(word) ?? 0));
  const said = new Uint32Array(worths.length);
  const follow = (index: number, chosen: ReadonlySet<number>): number[] | undefined => {
    const found = new Set([index]);
    for (const one of found) {
      if (found.size > CHAIN_MOST) return undefined;
      for (const other of needs[one] ?? []) if (!chosen.has(other)) found.add(other);
    }
    return [...found].sort((a, b) => a - b);
  };
  // What is chosen has all that it needs, so that no chain leads through it to something else.
  const chains = sentences.map((_, index) => follow(index, new Set()));
  const complete = (index: number, chosen: ReadonlySet<number>): readonly number[] | undefined =>
    chains[index]?.filter((one) => !chosen.has(one)) ?? follow(index, chosen);
  const say = (indexes: Iterable<number>): number => {
    let sum = 0;
    for (const index of indexes) {
      let own = 0;
      for (const word of words[index] ?? []) {
        own += (worths[word] ?? 0) * WEIGHTS.again ** (said[word] ?? 0);
        said[word] = (said[word] ?? 0) + 1;
      }
      sum += own * (1 - (carried[index]?.penalty ?? 0));
    }
    return sum;
  };
  const unsay = (indexes: Iterable<number>): void => {
    for (const index of indexes) {
      for (const word of words[index] ?? []) said[word] = (said[word] ?? 1) - 1;
    }
  };
  const order = orderByGain(sentences, needs, complete, say, unsay);
  said.fill(0);
  const isPoorEnd = sentences.map(({ text }) => findRule(text, POOR_ENDS) !== undefined);
  const value = (chosen: ReadonlySet<number>): number => {
    const sorted = [...chosen].sort((a, b) => a - b);
    const sum = say(sorted);
    unsay(sorted);
    return isPoorEnd[sorted.at(-1) ?? -1] === true ? sum - WEIGHTS.poorEnd : sum;
  };
  return { order, complete, value };
}

function listCarried({ text }: Sentence, index: number, place: number): Carried {
  const words = listContentWords(text);
  words.push(`${QUARTER}${Math.floor(4 * place)}`);
  if (index === 0) words.push(OPENING);
  if (DOES.test(text) || (NAME.test(text) && index > 0)) words.push(DOING);
  if (FOUND.test(text) && index > 0) words.push(FINDING);
  const penalty = (ASIDE.test(text) ? WEIGHTS.aside : 0) + (VAGUE.test(text) ? WEIGHTS.vague : 0);
  return { words, penalty };
}

function weighWords(
  carried: readonly Carried[],
  titleWords: ReadonlySet<string>,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { words } of carried) {
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const worth = new Map<string, number>();
  for (const [word, count] of counts) {
    worth.set(word, count ** WEIGHTS.recurring * (titleWords.has(word) ? WEIGHTS.titleWord : 1));
  }
  for (let k = 0; k < 4; k += 1) worth.set(`${QUARTER}${k}`, WEIGHTS.quarter);
  worth.set(OPENING, WEIGHTS.opening);
  worth.set(DOING, WEIGHTS.does);
  worth.set(FINDING, WEIGHTS.found);
  return worth;
}

function orderByGain(
  sentences: readonly Sentence[],
  needs: readonly (readonly number[])[],
  complete: Ranking['complete'],
  say: (indexes: readonly number[]) => number,
  unsay: (indexes: readonly number[]) => void,
): number[] {
  const chosen = new Set<number>();
  const dependents = new Map<number, number[]>();
  needs.forEach((list, index) => {
    for (const other of list) dependents.set(other, [...(dependents.get(other) ?? []), index]);
  });
  const lengthOf = (indexes: readonly number[]): number =>
    indexes.reduce((sum, index) => sum + (sentences[index]?.text.length ?? 0) + 1, 0);
  const density = (index: number): number => {
    const group = complete(index, chosen);
    if (group === undefined) return 0;
    const gain = say(group);
    unsay(group);
    return gain / lengthOf(group);
  };
  // Gains only fall as more is chosen, save where what a sentence needs has come in.
  const densities = sentences.map((_, index) => density(index));
  const best = densities.reduce((most, one) => Math.max(most, one), 0);
  for (let threshold = best; threshold > best * LEAST; threshold *= STEP) {
    for (let index = 0; index < sentences.length; index += 1) {
      if (chosen.has(index) || (densities[index] ?? 0) < threshold) continue;
      densities[index] = density(index);
      if ((densities[index] ?? 0) < threshold) continue;
      const group = complete(index, chosen) ?? [];
      say(group);
      for (const one of group) {
        chosen.add(one);
        for (const other of dependents.get(one) ?? []) densities[other] = Infinity;
      }
    }
  }
  sentences.forEach((_, index) => {
    chosen.add(index);
  });
  return [...chosen];
}
