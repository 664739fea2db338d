import { splitGraphemes } from 'unicode-segmenter/grapheme';
import type { Prose } from './text/prose.ts';

/** The longest beginning of a line that fits, ended with "…" where something was taken off. */
export function clipLine(line: Prose, fits: (line: Prose) => boolean): Prose {
  if (fits(line)) return line;
  const ends = [0];
  for (const cluster of splitGraphemes(line.text)) ends.push((ends.at(-1) ?? 0) + cluster.length);
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(clip(line, ends[middle] ?? 0))) low = middle;
    else high = middle - 1;
  }
  return clip(line, ends[low] ?? 0);
}

function clip({ text, spans }: Prose, end: number): Prose {
  const shown = `${text.slice(0, end).trimEnd()}…`;
  const kept = spans
    .filter((span) => span.start < shown.length - 1)
    .map((span) => ({ ...span, end: Math.min(span.end, shown.length) }));
  return { text: shown, spans: kept };
}
