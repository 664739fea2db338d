import type { Prose, Span } from './prose.ts';

/** All of a prose emphasized. */
export function stress({ text, spans }: Prose, kind: 'emphasis' | 'strong'): Prose {
  const whole: Span = { kind, start: 0, end: text.length };
  return { text, spans: [whole, ...spans] };
}
