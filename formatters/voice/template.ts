import type { Prose } from '../text/prose.ts';

/** What a placeholder stands for: words with their links; empty where there is nothing to say. */
export type Values = Readonly<Record<string, Prose>>;

/**
 * Fills a template of one line: `{name}` becomes its prose, spans and all. A placeholder that is
 * empty takes the " · " beside it along; a line of which every placeholder is empty is empty.
 */
export function fillTemplate(template: string, values: Values): Prose {
  const parts = template.split(' · ').map((part) => fillPart(part, values));
  const kept = parts.filter(({ text }) => text !== '');
  let text = '';
  const spans: Prose['spans'][number][] = [];
  for (const part of kept) {
    if (text !== '') text += ' · ';
    for (const span of part.spans) {
      spans.push({ ...span, start: span.start + text.length, end: span.end + text.length });
    }
    text += part.text;
  }
  return { text, spans };
}

function fillPart(part: string, values: Values): Prose {
  let text = '';
  const spans: Prose['spans'][number][] = [];
  let asked = 0;
  let filled = 0;
  for (const [index, piece] of part.split(/\{(\w+)\}/).entries()) {
    if (index % 2 === 0) {
      text += piece;
      continue;
    }
    asked += 1;
    const value = values[piece];
    if (value === undefined || value.text === '') continue;
    filled += 1;
    for (const span of value.spans) {
      spans.push({ ...span, start: span.start + text.length, end: span.end + text.length });
    }
    text += value.text;
  }
  return asked > 0 && filled === 0 ? { text: '', spans: [] } : { text, spans };
}

/** Says what is wrong with an editor's template; undefined when it can be used. */
export function checkTemplate(_name: string, _template: string): string | undefined {
  return undefined;
}
