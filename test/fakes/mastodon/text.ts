const URL_PATTERN = /https?:\/\/[^\s<>"]+/giu;
const REMOTE_MENTION = /(?<![\w@/])@([\w.-]*\w)@[\w.-]+\w/gu;
const HASHTAG = /(?<![\w/&])#(\w*[\p{L}_]\w*)/gu;
const SHOWN_OF_URL = 30;

/**
 * How many characters a server counts: grapheme clusters, an address as so many, a mention without
 * its host.
 * https://github.com/mastodon/mastodon/blob/main/app/validators/status_length_validator.rb
 * https://docs.joinmastodon.org/user/posting/#text
 */
export function countCharacters(text: string, charactersPerUrl: number): number {
  const countable = text
    .replace(URL_PATTERN, (found) => {
      const url = trimUrl(found);
      return 'x'.repeat(charactersPerUrl) + found.slice(url.length);
    })
    .replace(REMOTE_MENTION, '@$1');
  return [...new Intl.Segmenter().segment(countable)].length;
}

/**
 * A text as HTML: paragraphs at empty lines, breaks, anchors that hide the beginning and end of an
 * address, hashtags.
 * https://github.com/mastodon/mastodon/blob/main/app/lib/text_formatter.rb
 */
export function renderContent(text: string, server: string): string {
  const html: string[] = [];
  let from = 0;
  for (const match of text.matchAll(URL_PATTERN)) {
    const url = trimUrl(match[0]);
    html.push(renderWords(text.slice(from, match.index), server), renderUrl(url));
    from = match.index + url.length;
  }
  html.push(renderWords(text.slice(from), server));
  // Rails' simple_format, after which Mastodon takes the line feeds out.
  return html
    .join('')
    .replace(/\r\n?/g, '\n')
    .split(/\n\n+/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`)
    .join('');
}

function renderWords(text: string, server: string): string {
  return escapeHtml(text).replace(
    HASHTAG,
    (_all, tag: string) =>
      `<a href="${server}/tags/${encodeURIComponent(tag.toLowerCase())}" class="mention hashtag" rel="tag">#<span>${tag}</span></a>`,
  );
}

function renderUrl(url: string): string {
  const prefix = /^https?:\/\/(?:www\.)?/i.exec(url)?.[0] ?? '';
  const rest = url.slice(prefix.length);
  const kind = rest.length > SHOWN_OF_URL ? 'ellipsis' : '';
  return [
    `<a href="${escapeHtml(url)}" target="_blank" rel="nofollow noopener" translate="no">`,
    `<span class="invisible">${escapeHtml(prefix)}</span>`,
    `<span class="${kind}">${escapeHtml(rest.slice(0, SHOWN_OF_URL))}</span>`,
    `<span class="invisible">${escapeHtml(rest.slice(SHOWN_OF_URL))}</span></a>`,
  ].join('');
}

/** Punctuation at its end, and a bracket that was opened before it, are not the address's. */
function trimUrl(found: string): string {
  let url = found;
  for (;;) {
    const isOpen = url.endsWith(')') && !url.includes('(');
    const next = isOpen ? url.slice(0, -1) : url.replace(/[.,;:!?'…”’\]]+$/u, '');
    if (next === url) return url;
    url = next;
  }
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
