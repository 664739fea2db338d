import type { Prose, Span } from './prose.ts';

const SPECIAL = /[\\*_~`|<>[\]]|:(?=\/\/|[\w+-]+:)|@(?=everyone|here)|(?<=\])\(/g;
const LINE_START = /^([^\S\n]*)(?:#{1,3}(?=\s|$)|-#|[-+](?=\s|$)|(\d+)[.)](?=\s|$))/gm;
/** A longer address is left out: the link's words stay. */
const URL_MOST = 512;

/** Text of ours or anybody's as Discord Markdown that shows it letter for letter. */
export function escapeDiscord(text: string): string {
  return escapeRange(text, 0, text.length, findEscapes(text));
}

/** Writes prose as Discord Markdown: links, emphasis and code kept, all else escaped. */
export function renderDiscord({ text, spans }: Prose): string {
  const silent = ['tag', 'atom', 'figure'];
  const marked = spans.filter(({ kind }) => !silent.includes(kind)).sort(byNesting);
  const queue: Queue = { text, escapes: findEscapes(text), spans: marked, next: 0, stress: 0 };
  return renderRange(queue, 0, text.length);
}

/** 1 at each character that needs a backslash, told by the whole text around it. */
function findEscapes(text: string): Uint8Array {
  const escapes = new Uint8Array(text.length);
  for (const { index } of text.matchAll(SPECIAL)) escapes[index] = 1;
  for (const { index, 1: blank = '', 2: digits = '' } of text.matchAll(LINE_START)) {
    escapes[index + blank.length + digits.length] = 1;
  }
  return escapes;
}

function escapeRange(text: string, from: number, to: number, escapes: Uint8Array): string {
  let out = '';
  let at = from;
  for (let i = from; i < to; i += 1) {
    if (escapes[i] !== 1) continue;
    out += `${text.slice(at, i)}\\`;
    at = i;
  }
  return out + text.slice(at, to);
}

/** A text and its spans in the order of reading, an outer one before those in it. */
type Queue = {
  readonly text: string;
  readonly escapes: Uint8Array;
  readonly spans: readonly Span[];
  next: number;
  /** How many spans of emphasis are open: a bare asterisk would close them, even in an address. */
  stress: number;
};

function renderRange(queue: Queue, from: number, to: number): string {
  const { text, escapes } = queue;
  let out = '';
  let last = ''; // Asked of `out`, it would be copied again for each span.
  let at = from;
  for (let span = queue.spans[queue.next]; span !== undefined; span = queue.spans[queue.next]) {
    if (span.start >= to) break;
    queue.next += 1;
    if (span.start < at || span.end > to) continue; // Inside one that is already written.
    const between = escapeRange(text, at, span.start, escapes);
    last = (between || last).slice(-1);
    const written = renderSpan(queue, span, last);
    out += between + written;
    last = (written || last).slice(-1);
    at = span.end;
  }
  return out + escapeRange(text, at, to, escapes);
}

/** Markers that touch those of the span before would be read together: the words then go bare. */
function renderSpan(queue: Queue, span: Span, left: string): string {
  const { start, end } = span;
  const raw = queue.text.slice(start, end);
  const bare = (): string => escapeRange(queue.text, start, end, queue.escapes);
  const content = (): string => renderRange(queue, start, end);
  const stress = (mark: string): string => {
    if (left === '*') return content();
    queue.stress += 1;
    const written = `${mark}${content()}${mark}`;
    queue.stress -= 1;
    return written;
  };
  const wouldClose = queue.stress > 0 && raw.includes('*');
  switch (span.kind) {
    case 'strong':
      return stress('**');
    case 'emphasis':
      return stress('*');
    case 'code':
      return left === '`' || wouldClose || /`|\]\(/.test(raw) ? bare() : `\`${raw}\``;
    case 'link':
      if (span.url.length > URL_MOST) return bare();
      // Discord links no words that look like another address: these go to what they say.
      // A bracket in them would be read with those of a link before: then they are words alone.
      if (/^https?:\/\/[^\s<>]+$/i.test(raw) && URL.canParse(raw)) {
        return wouldClose || /[[\]]/.test(raw) ? content() : `<${raw}>`;
      }
      return isBalanced(raw) ? `[${content()}](${encodeUrl(span.url)})` : content();
    case 'tag':
    case 'atom':
    case 'figure':
      return bare();
  }
}

/** Discord reads the words of a link only if each bracket in them has its partner. */
function isBalanced(words: string): boolean {
  let depth = 0;
  for (const character of words) {
    if (character === '[') depth += 1;
    if (character === ']') depth -= 1;
    if (depth < 0 || depth > 1) return false;
  }
  return depth === 0;
}

/** Inside `[…](…)` a bracket or a blank would end the address, and an asterisk what is around it. */
function encodeUrl(url: string): string {
  return url.replace(
    /[()<>\\*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
}

function byNesting(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}
