import { type Edit, editProse } from './edit-prose.ts';
import type { Prose, Span } from './prose.ts';
import { type Range, trimRange } from './sentences.ts';

type Link = Extract<Span, { kind: 'link' }>;

/** An address as it will be written: what its edit puts in, or words that are there already. */
type Address = Range & { readonly url: string; readonly edit?: Edit };

/**
 * For platforms whose text has no links on words: each link is written out behind its words,
 * "words (https://…)", unless its words are its address. An address is written once, the first
 * time; afterwards its words are words. Every link that is left lies on its address.
 */
export function spellLinks(prose: Prose): Prose {
  const { text, spans } = prose;
  if (!spans.some(({ kind }) => kind === 'link')) return prose;
  const written = new Set<string>();
  const sealed = new Set(spans.filter(isSealed).map(({ end }) => end));
  const addresses: Address[] = [];
  for (const link of listLinks(spans)) {
    const { url } = link;
    const range = trimRange(text, link.start, link.end);
    const words = text.slice(range.start, range.end);
    if (words === url) {
      addresses.push({ url, ...range });
    } else if (!written.has(url)) {
      const edit = isAbbreviated(words, url)
        ? { ...range, text: url }
        : writeBehind(text, range, url, sealed);
      addresses.push({ url, start: edit.start, end: edit.end, edit });
    }
    written.add(url);
  }
  const edits = addresses.flatMap(({ edit }) => edit ?? []);
  const others = editProse({ text, spans: spans.filter(({ kind }) => kind !== 'link') }, edits);
  return { text: others.text, spans: [...others.spans, ...placeLinks(addresses)] };
}

/** Code, a hashtag or a formula: nothing may be written into it. */
function isSealed({ kind }: Span): boolean {
  return kind === 'code' || kind === 'tag' || kind === 'atom';
}

/** Links in order; of those that overlap, the first. */
function listLinks(spans: readonly Span[]): Link[] {
  const sorted = spans.filter((span) => span.kind === 'link').sort((a, b) => a.start - b.start);
  const links: Link[] = [];
  for (const link of sorted) {
    if (link.start >= (links.at(-1)?.end ?? 0)) links.push(link);
  }
  return links;
}

/** True where the words are the address but for "https://", "www." or a slash at its end. */
function isAbbreviated(words: string, url: string): boolean {
  return words !== '' && url.includes(words) && strip(words) === strip(url);
}

function strip(address: string): string {
  return address.replace(/^(?:https?:\/\/)?(?:www\.)?/i, '').replace(/\/$/, '');
}

/** Behind the words; a full stop that ends them ends the sentence, and stays behind the address. */
function writeBehind(text: string, { start, end }: Range, url: string, sealed: Set<number>): Edit {
  const words = text.slice(start, end);
  const isWhole = words.length === text.trim().length;
  const hasStop = /[^.!?,;:\s][.!?,;:]$/.test(words) && !/\bal\.$/.test(words);
  const at = hasStop && !isWhole && !sealed.has(end) ? end - 1 : end;
  return { start: at, end: at, text: ` (${url})` };
}

/** The links on their addresses, moved by what is written before them. */
function placeLinks(addresses: readonly Address[]): Link[] {
  let by = 0;
  return addresses.map(({ url, start: from, end: until, edit }) => {
    const start = from + by + (edit?.text.indexOf(url) ?? 0);
    if (edit !== undefined) by += edit.text.length - (until - from);
    return { kind: 'link', url, start, end: start + url.length };
  });
}
