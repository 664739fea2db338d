import type { Finding } from '../finding.ts';
import { findBareUrls } from '../outline/bare-urls.ts';
import { cleanUrl } from '../outline/clean-url.ts';
import { leftOut } from '../outline/outline-findings.ts';
import { attribute, type Element, hasClass, isElement, isText } from './element.ts';
import { place } from './place.ts';
import { walk } from './walk.ts';

/** What shows no words of an author: code, second versions of a formula, the host's own footer. */
const SILENT = new Set(
  'head script style template datalist input annotation annotation-xml'.split(' '),
);
const WHAT: Readonly<Record<string, string>> = {
  nav: 'a bar of links',
  footer: 'a footer',
  form: 'a form',
  button: 'a button',
  select: 'a form',
  textarea: 'a form',
  noscript: 'shown without scripts alone',
  noembed: 'shown by old browsers alone',
  noframes: 'shown by old browsers alone',
  svg: 'a drawing',
  canvas: 'a drawing',
  iframe: 'another page within this one',
  object: 'something embedded',
  embed: 'something embedded',
  video: 'a video',
  audio: 'a recording',
};
/** Elements whose content the parser leaves as source. */
const RAW = /^(?:noscript|noembed|noframes|iframe)$/;
const LONGEST_READ = 1_000;
const MAX_LINKS = 5;

/**
 * The finding for an element that is no part of the article: its first words and its addresses.
 * Undefined where no author wrote anything in it.
 */
export function tellLeftOut(element: Element, base: string | undefined): Finding | undefined {
  const { tagName } = element;
  if (SILENT.has(tagName) || hasClass(element, 'beehiiv__footer')) return undefined;
  let text = '';
  const urls = new Set<string>();
  walk(element, {
    enter(node) {
      if (isText(node) && text.length < LONGEST_READ)
        text += `${node.value.slice(0, LONGEST_READ)} `;
      if (!isElement(node)) return false;
      if (node !== element && SILENT.has(node.tagName)) return false;
      if (urls.size < MAX_LINKS) {
        const address =
          attribute(node, 'href') || attribute(node, 'src') || attribute(node, 'data');
        const url = address === '' ? undefined : cleanUrl(address, base);
        if (url !== undefined) urls.add(url);
      }
      return true;
    },
  });
  if (RAW.test(tagName)) {
    for (const { url } of findBareUrls(text).slice(0, MAX_LINKS)) {
      const clean = cleanUrl(url);
      if (clean !== undefined) urls.add(clean);
    }
  }
  const words = (RAW.test(tagName) ? text.replace(/<[^>]*>/g, ' ') : text)
    .replace(/\s+/g, ' ')
    .trim();
  const isSeen = /[\p{L}\p{N}]/u.test(words) || urls.size > 0;
  return isSeen
    ? leftOut(place(element).line, WHAT[tagName] ?? 'hidden', words, [...urls])
    : undefined;
}
