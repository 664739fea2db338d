import type { Sentence } from './leaning.ts';
import type { Prose } from './prose.ts';
import { firstEndingAfter, type Range, splitSentences } from './sentences.ts';
import type { Piece } from './split-thread.ts';

/** A sentence, and its range in the text of its piece. */
export type Located = Sentence & Range;

/** The sentences of paragraphs and list items; headings are no sentences. */
export function listSentences(pieces: readonly Piece[]): Located[] {
  let isListBefore = false;
  return pieces.flatMap(({ prose, separator, keepWithNext }, piece): Located[] => {
    if (keepWithNext) {
      isListBefore = false;
      return [];
    }
    const marker = /^(?:•|\d+\.) /u.exec(prose.text)?.[0];
    const isFirstItem = marker !== undefined && !(isListBefore && separator === '\n');
    isListBefore = marker !== undefined;
    return splitWhole(prose).map(
      (range, index): Located => ({
        ...range,
        text: prose.text.slice(range.start, range.end),
        piece,
        isFirstOfPiece: index === 0,
        ...(marker === undefined
          ? {}
          : { list: marker === '• ' ? 'bulleted' : 'numbered', isFirstItem }),
      }),
    );
  });
}

/** Sentences, joined where a link or code runs on from one into the next. */
function splitWhole({ text, spans }: Prose): Range[] {
  const joined = new Set<number>();
  const ranges = splitSentences(text);
  for (const span of spans) {
    if (span.kind === 'strong' || span.kind === 'emphasis' || span.kind === 'figure') continue;
    for (
      let k = firstEndingAfter(ranges, span.start);
      (ranges[k + 1]?.start ?? Infinity) < span.end;
      k += 1
    ) {
      joined.add(k + 1);
    }
  }
  const whole: Range[] = [];
  ranges.forEach((range, index) => {
    const last = whole.at(-1);
    if (last !== undefined && joined.has(index)) {
      whole[whole.length - 1] = { start: last.start, end: range.end };
    } else whole.push(range);
  });
  return whole;
}
