import { type Edit, editProse } from './text/edit-prose.ts';
import type { Prose, Span } from './text/prose.ts';

/**
 * U+2060 WORD JOINER behind an "@": it has no width, allows no line break, and is neither letter
 * nor mark, so that neither Mastodon nor X reads a name behind it. A zero-width space would allow a
 * break between the sign and the name, and is taken out by some programs.
 */
const WORD_JOINER = '\u2060';
const BEFORE_NAME = /[@＠](?=[\p{L}\p{N}_])/gu;

/**
 * Keeps text from mentioning anybody, on platforms that read "@name" in it. Every "@" is muted, an
 * e-mail address's too: a cut through a hard word could begin a post with it. In an address, where
 * nothing can be put in, it is written as "%40", which leads to the same page, and a user's name
 * before the host is left out.
 * https://github.com/mastodon/mastodon/blob/main/app/models/account.rb (MENTION_RE)
 * https://github.com/twitter/twitter-text/blob/master/js/src/regexp/validMentionOrList.js
 */
export function muteMentions(prose: Prose): Prose {
  const { text } = prose;
  const spans = prose.spans.map(muteLink);
  if (!/[@＠]/u.test(text)) return { text, spans };
  const edits: Edit[] = [];
  let from = 0;
  for (const { start, end, url } of listAddresses(prose)) {
    edits.push(...muteWords(text, from, start), { start, end, text: muteUrl(url) });
    from = end;
  }
  edits.push(...muteWords(text, from, text.length));
  return editProse({ text, spans }, edits);
}

type Address = { readonly start: number; readonly end: number; readonly url: string };

/** Where an address with an "@" stands as the words of its link. */
function listAddresses({ text, spans }: Prose): Address[] {
  let last = 0;
  return spans
    .filter((span) => span.kind === 'link')
    .filter(({ start, end, url }) => /[@＠]/u.test(url) && text.slice(start, end) === url)
    .sort((a, b) => a.start - b.start)
    .filter(({ start, end }) => {
      if (start < last) return false;
      last = end;
      return true;
    });
}

function muteWords(text: string, start: number, end: number): Edit[] {
  // A name may stand in the address that follows: "@https://…".
  const words = text.slice(start, end + 2);
  return [...words.matchAll(BEFORE_NAME)].flatMap(({ index }): Edit[] => {
    const at = start + index + 1;
    return at > end ? [] : [{ start: at, end: at, text: WORD_JOINER }];
  });
}

function muteLink(span: Span): Span {
  return span.kind === 'link' ? { ...span, url: muteUrl(span.url) } : span;
}

function muteUrl(url: string): string {
  return url
    .replace(/^(https?:\/\/)[^/?#\\]*[@＠]/iu, '$1')
    .replaceAll('@', '%40')
    .replaceAll('＠', '%EF%BC%A0');
}
