import type { Line } from '../text/line.ts';
import { collapseRuns, dropStart, flattenInline, type Run } from './flatten-inline.ts';
import type { Inline } from './outline.ts';
import { joinWords, writeRuns } from './write-inline.ts';

/** A stretch of inline text, read once. */
export type Passage = {
  readonly line: number;
  readonly column?: number | undefined;
  /** With blanks collapsed. */
  readonly runs: readonly Run[];
  readonly words: string;
  /** The words with their blanks, and more of them around code: topics are told apart by them. */
  readonly label: string;
};

type Place = { readonly line: number; readonly column?: number | undefined };

/** Reads inline text that begins at a place of the source. */
export function makePassage(inline: readonly Inline[], place: Place): Passage {
  return fromRuns(flattenInline(inline), place);
}

/** A passage of runs as the source has them. */
export function fromRuns(source: readonly Run[], { line, column }: Place): Passage {
  const runs = collapseRuns(source);
  const label = source
    .map(({ isCode, text }) => (isCode ? `  ${text}  ` : text))
    .join('')
    .replace(/\n/g, ' ')
    .trim();
  return { line, column, runs, words: joinWords(runs), label };
}

/** The passage without its first `count` UTF-16 units. */
export function withoutStart(passage: Passage, count: number): Passage {
  return fromRuns(dropStart(passage.runs, count), passage);
}

/** As CommonMark inline. */
export function writePassage({ runs }: Passage): string {
  return writeRuns(runs);
}

/** As the rules for plain text take it. */
export function toLine({ line, words }: Passage, isAfterGap = false): Line {
  return { number: line, text: words, isAfterGap };
}

/** True when every word is bold. */
export function isAllStrong({ runs }: Passage): boolean {
  return runs.length > 0 && runs.every(({ isStrong, text }) => isStrong || text === ' ');
}

/** True when every word is italic. */
export function isAllEmphasis({ runs }: Passage): boolean {
  return runs.length > 0 && runs.every(({ isEmphasis, text }) => isEmphasis || text === ' ');
}

/** The passage without italics: those of a caption or a byline are its dress. */
export function withoutEmphasis(passage: Passage): Passage {
  return { ...passage, runs: collapseRuns(passage.runs.map((r) => ({ ...r, isEmphasis: false }))) };
}
