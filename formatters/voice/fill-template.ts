import { findBareUrls } from '../text/bare-urls.ts';
import { type Prose, plainProse, type Span, trimProse } from '../text/prose.ts';
import { readTokens, SEPARATORS, type Token } from './template-tokens.ts';

/** What a placeholder stands for: words with their links; empty where there is nothing to say. */
export type Values = Readonly<Record<string, Prose>>;

/** A stretch that is written. Of what was asked and not filled, nothing is shown. */
type Filled = { readonly prose: Prose; readonly isAsked: boolean; readonly isFilled: boolean };

const NOTHING = plainProse('');

/**
 * Fills a template of one line: `{name}` becomes its prose, spans and all; nothing in a value is
 * read as a template. What surrounds an empty placeholder goes with it:
 * - its part of the line, from separator to separator (" · ", " | ", " — ", " – ", ", "), when
 *   nothing else fills it; of the separators that meet, the one that this list names first stays;
 * - the brackets around it, when nothing else fills them;
 * - otherwise the blank beside it, and a colon that then ends or begins its part.
 * A line of which every placeholder is empty is empty. Addresses on the line become links.
 */
export function fillTemplate(template: string, values: Values): Prose {
  const line = fillLine(readTokens(template), values);
  return isGap(line) ? NOTHING : linkUrls(line.prose);
}

const isGap = ({ isAsked, isFilled }: Filled): boolean => isAsked && !isFilled;

function fillLine(tokens: readonly Token[], values: Values): Filled {
  const parts: Filled[] = [];
  const joined: Prose[] = [];
  let separator: string | undefined;
  let from = 0;
  const endPart = (end: number): void => {
    const part = fillPart(tokens.slice(from, end), values);
    parts.push(part);
    if (isGap(part) || part.prose.text === '') return;
    if (joined.length > 0) joined.push(plainProse(separator ?? ''));
    joined.push(part.prose);
    separator = undefined;
  };
  for (const at of findSeparators(tokens)) {
    endPart(at);
    separator = pickStronger(separator, tokens[at]?.text ?? '');
    from = at + 1;
  }
  endPart(tokens.length);
  return {
    prose: joinProse(joined),
    isAsked: parts.some(({ isAsked }) => isAsked),
    isFilled: parts.some(({ isFilled }) => isFilled),
  };
}

/** The separators that stand in no brackets. */
function findSeparators(tokens: readonly Token[]): number[] {
  const found: number[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    if (tokens[i]?.kind === 'open') i = findClose(tokens, i);
    else if (tokens[i]?.kind === 'separator') found.push(i);
  }
  return found;
}

/** Where the brackets that open at a token close; where they never do, they are a word. */
function findClose(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i += 1) {
    if (tokens[i]?.kind === 'open') depth += 1;
    if (tokens[i]?.kind === 'close') depth -= 1;
    if (depth === 0) return i;
  }
  return open;
}

function pickStronger(one: string | undefined, other: string): string {
  if (one === undefined) return other;
  return SEPARATORS.indexOf(one) <= SEPARATORS.indexOf(other) ? one : other;
}

function fillPart(tokens: readonly Token[], values: Values): Filled {
  const pieces: Filled[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const { kind, text } = tokens[i] ?? { kind: 'words', text: '' };
    const close = kind === 'open' ? findClose(tokens, i) : i;
    if (kind === 'placeholder') {
      const value = trimProse((Object.hasOwn(values, text) ? values[text] : undefined) ?? NOTHING);
      pieces.push({ prose: value, isAsked: true, isFilled: value.text !== '' });
    } else if (close > i) {
      const inner = fillLine(tokens.slice(i + 1, close), values);
      const closer = plainProse(tokens[close]?.text ?? '');
      pieces.push({ ...inner, prose: joinProse([plainProse(text), inner.prose, closer]) });
      i = close;
    } else {
      pieces.push({ prose: plainProse(text), isAsked: false, isFilled: false });
    }
  }
  const shown = pieces.map((piece, i): Prose => {
    if (isGap(piece)) return NOTHING;
    return piece.isAsked ? piece.prose : plainProse(closeGaps(pieces, i));
  });
  return {
    prose: trimProse(joinProse(shown)),
    isAsked: pieces.some(({ isAsked }) => isAsked),
    isFilled: pieces.some(({ isFilled }) => isFilled),
  };
}

/** The words of a template without what led to an empty placeholder beside them, or from it. */
function closeGaps(pieces: readonly Filled[], i: number): string {
  let text = pieces[i]?.prose.text ?? '';
  const [before, previous, next, after] = [i - 2, i - 1, i + 1, i + 2].map((at) => pieces[at]);
  if (previous !== undefined && isGap(previous)) {
    if (before === undefined) text = text.replace(/^[:;]?\s+/, '');
    else if (/\s$/.test(before.prose.text)) text = text.trimStart();
  }
  const isLast = next !== undefined && isGap(next) && after === undefined;
  return isLast ? text.trimEnd().replace(/[:;]$/, '') : text;
}

/** Proses one after the other, each with its spans. */
function joinProse(proses: readonly Prose[]): Prose {
  let text = '';
  const spans: Span[] = [];
  for (const prose of proses) {
    for (const span of prose.spans) {
      spans.push({ ...span, start: span.start + text.length, end: span.end + text.length });
    }
    text += prose.text;
  }
  return { text, spans };
}

/** Links the addresses that no span touches. */
function linkUrls({ text, spans }: Prose): Prose {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  let next = 0;
  let takenUntil = 0;
  const links = findBareUrls(text).flatMap(({ start, end }): Span[] => {
    for (; (sorted[next]?.start ?? Infinity) < end; next += 1) {
      takenUntil = Math.max(takenUntil, sorted[next]?.end ?? 0);
    }
    return takenUntil > start ? [] : [{ kind: 'link', url: text.slice(start, end), start, end }];
  });
  return links.length === 0 ? { text, spans } : { text, spans: [...spans, ...links] };
}
