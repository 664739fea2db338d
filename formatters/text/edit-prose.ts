import type { Prose } from './prose.ts';

/** A stretch of a text that gives way to another text; where it is empty, that is put in. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string };

/**
 * Makes edits, which are in order and do not overlap, and moves the spans with their words. What is
 * put in between two spans belongs to neither; a span with an edge inside an edited stretch covers
 * all of what stands there now.
 */
export function editProse({ text, spans }: Prose, edits: readonly Edit[]): Prose {
  if (edits.length === 0) return { text, spans };
  const parts: string[] = [];
  /** Where each edit's text begins and ends in the new text. */
  const placed: { readonly start: number; readonly end: number }[] = [];
  let from = 0;
  let length = 0;
  for (const edit of edits) {
    const kept = text.slice(from, edit.start);
    parts.push(kept, edit.text);
    const start = length + kept.length;
    length = start + edit.text.length;
    placed.push({ start, end: length });
    from = edit.end;
  }
  parts.push(text.slice(from));

  const move = (offset: number, isStart: boolean): number => {
    const index = countBefore(edits, offset, isStart) - 1;
    const edit = edits[index];
    const place = placed[index];
    if (edit === undefined || place === undefined) return offset;
    if (offset >= edit.end) return place.end + offset - edit.end;
    return isStart ? place.start : place.end;
  };
  const moved = spans.map((span) => ({
    ...span,
    start: move(span.start, true),
    end: move(span.end, false),
  }));
  return { text: parts.join(''), spans: moved.filter((span) => span.start < span.end) };
}

/** How many edits begin before an offset; those put in at a span's start stand before it. */
function countBefore(edits: readonly Edit[], offset: number, isStart: boolean): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const edit = edits[middle];
    if (edit === undefined) break;
    const isBefore =
      edit.start < offset || (isStart && edit.start === offset && edit.end === offset);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}
