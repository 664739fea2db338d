import type { Located } from './list-sentences.ts';
import type { Prose, Span } from './prose.ts';
import { firstEndingAfter, type Range } from './sentences.ts';
import type { Piece } from './split-thread.ts';

/** The pieces with nothing but the chosen sentences, and the headings of what is left. */
export function keepSentences(
  pieces: readonly Piece[],
  sentences: readonly Located[],
  chosen: ReadonlySet<number>,
): Piece[] {
  const runs = new Map<number, Range[]>();
  let before = -2;
  sentences.forEach(({ piece, start, end }, index) => {
    if (!chosen.has(index)) return;
    const kept = runs.get(piece) ?? [];
    const last = kept.at(-1);
    if (last !== undefined && before === index - 1) kept.splice(-1, 1, { start: last.start, end });
    else kept.push({ start, end });
    runs.set(piece, kept);
    before = index;
  });
  const headings = findHeadings(pieces, runs);
  let list = -1;
  let listBefore = -1;
  return pieces.flatMap((piece, index): Piece[] => {
    if (piece.separator === '\n\n') list = index;
    const kept = runs.get(index);
    if (kept === undefined && !headings.has(index)) return [];
    const separator = list === listBefore ? piece.separator : '\n\n';
    listBefore = list;
    return [
      {
        ...piece,
        separator,
        prose: kept === undefined ? piece.prose : keepRanges(piece.prose, kept),
      },
    ];
  });
}

/** The headings with something left under them, if that makes two sections or more. */
function findHeadings(
  pieces: readonly Piece[],
  kept: ReadonlyMap<number, unknown>,
): ReadonlySet<number> {
  const sections = new Set<number>();
  let heading = -1;
  pieces.forEach(({ keepWithNext }, index) => {
    if (keepWithNext) heading = index;
    else if (kept.has(index)) sections.add(heading);
  });
  return sections.size < 2 ? new Set() : sections;
}

/** Stretches of a prose, each with the blank before it, and the spans that lie in them. */
function keepRanges({ text, spans }: Prose, ranges: readonly Range[]): Prose {
  let kept = '';
  const offsets: number[] = [];
  for (const { start, end } of ranges) {
    const blank = /\s*$/u.exec(text.slice(Math.max(0, start - 8), start))?.[0] ?? '';
    if (kept !== '') kept += blank;
    offsets.push(kept.length - start);
    kept += text.slice(start, end);
  }
  const moved = spans.flatMap((span): Span[] => {
    const parts: Span[] = [];
    for (
      let k = firstEndingAfter(ranges, span.start);
      (ranges[k]?.start ?? Infinity) < span.end;
      k += 1
    ) {
      const { start, end } = ranges[k] ?? span;
      const by = offsets[k] ?? 0;
      parts.push({
        ...span,
        start: Math.max(span.start, start) + by,
        end: Math.min(span.end, end) + by,
      });
    }
    return parts;
  });
  return { text: kept, spans: moved };
}
