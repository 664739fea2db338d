import { listContentWords } from './content-words.ts';
import { findRule, POINTS_AHEAD, POINTS_BACK, STANDS_ALONE } from './leaning-rules.ts';

/** A sentence of a body, and where it stands. */
export type Sentence = {
  readonly text: string;
  /** The index of its paragraph or list item among the pieces. */
  readonly piece: number;
  readonly isFirstOfPiece: boolean;
  /** Set in a list: `bulleted` items stand side by side, `numbered` ones follow each other. */
  readonly list?: 'bulleted' | 'numbered';
  /** True in the first item of a list. */
  readonly isFirstItem?: boolean;
};

/** "this method" among the first words; "this paper" is the paper. */
const EARLY_THIS =
  /^(?:\S+\s+){1,8}?(?:this|these|those)\s(?!(?:paper|work|study|week|year|days)\b)([^\s,.;:]+(?:\s[^\s,.;:]+)?)?/iu;
/** "this works", "this caused": no noun follows. */
const VERB_FIRST = /^\S+(?:ed|[^s]s|means|is|was)\b/iu;
const DEFINITE =
  /^["“]?(?:(?:once|after|when|while|because|since|as|by|with|without|in|on|at|for|from)\s)?the\s+(?!past|future|end|meantime)(.{0,60})/iu;
/** Who did the work needs no introduction under the title of a paper. */
const AGENT =
  /^(?:(?:\p{Lu}|new|same)\S*\s)?(?:teams?|researchers?|authors?|paper|study|work|groups?|scientists?|engineers?|developers?|people|colleagues|world|internet|web)\b/iu;
const SUPERLATIVE = /^(?:\p{L}+est|most|least|best|worst|more|less|larger|smaller)\b/iu;
/** "The recipe, simple distillation, …" says itself what it is. */
const APPOSED = /^\S+,|^\S+(?:\s\S+)?\s(?:\(|(?:that|of|to)\s)/u;
const OBJECT_PRONOUN = /^(.{0,80}?)\s(it|them|they)\b/iu;
const ACTING =
  /(?:\b(?:an?|the|our|many|some|most|several)\s+)?(?:\b\p{Lu}\S*\s(?:and\s)?)?\b(?:teams?|researchers?|authors?|people|groups?|scientists|colleagues)\b/giu;
const SINGULAR = /\b(?:[Aa]n?|[Tt]he|[Ee]very|[Ee]ach|[Oo]ne|[Nn]o)\s\p{L}|\p{L}[\p{Lu}\d]/u;
const PLURAL = /\p{Ll}{3}s\b/u;
/** A further step, which the one before is waiting for. */
const NEXT_STEP = /^(?:then|next|finally|second|secondly|third|thirdly),?\s/iu;
const FEW_WORDS = 4;
/** In UTF-16 units. */
const OPENING_MOST = 200;
/** "skips the rerun", "speeds up the choosing": what is acted on, as if the reader knew it. */
const ACTED_ON =
  /(?<=\s\S{1,40})(?<!\b(?:of|in|on|at|to|for|from|by|with|as|than|and|or|into|over|under|through|across|behind|before|after|that|is|was|are|were))\sthe\s(\p{Ll}+)(?=[.,;:]|\s(?:and|or|but)\b)/u;

/**
 * For each sentence, the others that it can't be read without, which can't be read without others
 * in turn. English in its words; in other languages only what punctuation and lists show.
 *
 * - One that opens with a pronoun or a joining word, or has one early, needs the sentence before.
 * - "The copy …" needs the last sentence that spoke of a copy, or else the sentence before.
 * - A colon, a question or "two kinds of …" needs the sentence after.
 * - A list item needs the sentence before the list; a numbered one also the item before it.
 */
export function findNeeds(sentences: readonly Sentence[], title: string): number[][] {
  const titleWords = new Set(listContentWords(title));
  const lastMention = new Map<string, number>();
  let beforeList = -1;
  let beforeItem = -1;
  return sentences.map((sentence, index) => {
    const needs: number[] = [];
    if (sentence.isFirstItem && sentence.isFirstOfPiece) beforeList = index - 1;
    if (sentence.list !== undefined && sentence.isFirstOfPiece) {
      if (beforeList >= 0) needs.push(beforeList);
      if (sentence.list === 'numbered' && !sentence.isFirstItem) needs.push(beforeItem);
      beforeItem = index;
    } else if (sentence.list !== undefined) {
      needs.push(index - 1);
    } else if (index > 0 && leansBack(sentence.text, titleWords)) {
      needs.push(index - 1);
    } else if (index > 0) {
      const meant = findMeant(sentence.text, index, titleWords, lastMention);
      if (meant !== undefined) needs.push(meant);
    }
    const next = sentences[index + 1];
    if (next !== undefined && pointsAhead(sentence, next)) needs.push(index + 1);
    const before = sentences[index - 1];
    if (before !== undefined && isParallel(before, sentence)) needs.push(index - 1);
    for (const word of listContentWords(sentence.text)) lastMention.set(word, index);
    return needs;
  });
}

/** True for a sentence that means little without the one before it. */
export function leansBack(text: string, titleWords: ReadonlySet<string> = new Set()): boolean {
  const opening = text.slice(0, OPENING_MOST);
  if (findRule(opening, STANDS_ALONE) !== undefined) return false;
  if (findRule(text, POINTS_BACK) !== undefined) return true;
  if (lacksAntecedent(opening, titleWords)) return true;
  return /^\P{Lo}*$/u.test(text) && text.split(/\s+/u).length < FEW_WORDS;
}

function pointsAhead(sentence: Sentence, next: Sentence): boolean {
  if (findRule(sentence.text, POINTS_AHEAD) !== undefined || isParallel(sentence, next))
    return true;
  return sentence.piece === next.piece && NEXT_STEP.test(next.text);
}

/** "At a lock, …" and "At a fork, …", side by side: one half would mislead. */
function isParallel(one: Sentence, other: Sentence): boolean {
  if (one.piece !== other.piece) return false;
  const [first = '', second = ''] = one.text.toLowerCase().split(/\s+/u, 2);
  const rest = other.text.toLowerCase();
  return first !== 'the' && second !== '' && rest.startsWith(`${first} ${second} `);
}

/** "Smith and colleagues put it to use": before "it" there is only who did so. */
function lacksAntecedent(opening: string, titleWords: ReadonlySet<string>): boolean {
  const [, before = '', pronoun] = OBJECT_PRONOUN.exec(opening) ?? [];
  if (pronoun === undefined || /[,;:]/u.test(before)) return false;
  const rest = before.replace(ACTING, ' ');
  if (listContentWords(rest).some((word) => titleWords.has(word))) return false;
  return pronoun.toLowerCase() === 'it' ? !SINGULAR.test(rest) : !PLURAL.test(rest);
}

/** The sentence that "The copy …" or "For each of these copies …" refers to. */
function findMeant(
  text: string,
  index: number,
  titleWords: ReadonlySet<string>,
  lastMention: ReadonlyMap<string, number>,
): number | undefined {
  const shown = EARLY_THIS.exec(text.slice(0, 200));
  if (shown !== null) {
    const [phrase, noun = ''] = [shown[0], shown[1]];
    const isPronoun = /\sthis\s\S+(?:\s\S+)?$/iu.test(phrase) && VERB_FIRST.test(noun);
    return findMention(isPronoun ? '' : noun, lastMention) ?? index - 1;
  }
  return (
    findOpened(text, index, titleWords, lastMention) ?? findActedOn(text, titleWords, lastMention)
  );
}

/** The sentence that "The copy …" at the beginning refers to. */
function findOpened(
  text: string,
  index: number,
  titleWords: ReadonlySet<string>,
  lastMention: ReadonlyMap<string, number>,
): number | undefined {
  const phrase = DEFINITE.exec(text)?.[1];
  if (phrase === undefined || AGENT.test(phrase) || SUPERLATIVE.test(phrase)) return undefined;
  if (/^["“]?the\s/iu.test(text) && APPOSED.test(phrase)) return undefined;
  const nouns = phrase.split(/\s+/u).slice(0, 3).join(' ');
  if (listContentWords(nouns).some((word) => titleWords.has(word))) return undefined;
  return findMention(nouns, lastMention) ?? index - 1;
}

/** The last sentence that spoke of what this one acts on: "speeds up the choosing". */
function findActedOn(
  text: string,
  titleWords: ReadonlySet<string>,
  lastMention: ReadonlyMap<string, number>,
): number | undefined {
  const [, noun = ''] = ACTED_ON.exec(text) ?? [];
  if (AGENT.test(noun) || listContentWords(noun).some((word) => titleWords.has(word))) {
    return undefined;
  }
  return findMention(noun, lastMention);
}

/** The last sentence that has one of the words. */
function findMention(nouns: string, lastMention: ReadonlyMap<string, number>): number | undefined {
  const mentions = listContentWords(nouns).map((word) => lastMention.get(word) ?? -1);
  const last = Math.max(-1, ...mentions);
  return last >= 0 ? last : undefined;
}
