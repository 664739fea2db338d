import { sha256 } from '../../kit/ids.ts';
import type { Finding } from '../finding.ts';
import { cleanUrl } from '../outline/clean-url.ts';
import { decodeXml } from './decode-xml.ts';
import { attribute, children, parseXml, rawContent, type XmlElement } from './parse-xml.ts';
import { tellStub } from './tell-stub.ts';

/** One publication of a feed. */
export type FeedEntry = {
  /** The feed's own name for it, the same each time the feed is read. */
  readonly id: string;
  /** Absolute http(s). */
  readonly url?: string;
  readonly title?: string;
  readonly publishedAt?: Date;
  readonly updatedAt?: Date;
  /** The line under the title, where the feed has one beside the whole text. */
  readonly subtitle?: string;
  /** The most that the feed has of it. Addresses in it are relative to `base`. */
  readonly html: string;
  readonly base?: string;
  /** True where the feed has no more than a teaser of it. */
  readonly isStub: boolean;
};

export type Feed = {
  readonly entries: readonly FeedEntry[];
  readonly findings: readonly Finding[];
};

/**
 * Reads RSS 2.0 (also 1.0) or Atom: the entries in the order of the feed, each with its fullest
 * content (`content:encoded` or `content`, else `description` or `summary`). Never throws: what is
 * wrong is a finding. `url` is where the feed was found, for what is relative in it.
 * https://www.rssboard.org/rss-specification https://www.rfc-editor.org/rfc/rfc4287
 */
export function readFeed(xml: string, url?: string): Feed {
  const parsed = parseXml(xml);
  if (typeof parsed === 'string') return { entries: [], findings: [notXml(parsed)] };
  const root = ['rss', 'RDF', 'feed'].flatMap((name) => children(parsed, name))[0];
  if (root === undefined) return { entries: [], findings: [notAFeed()] };
  const rootBase = resolveBase(root, url);
  const channel = children(root, 'channel')[0];
  const channelBase = channel === undefined ? rootBase : resolveBase(channel, rootBase);
  const found = [
    ...children(root, 'entry'),
    ...(channel === undefined ? [] : children(channel, 'item')),
    ...children(root, 'item'),
  ];
  const entries = found.map((element) => readEntry(element, channelBase));
  const findings = entries.filter(({ isStub }) => isStub).map(stub);
  return { entries, findings: entries.length === 0 ? [noEntries()] : findings };
}

function readEntry(element: XmlElement, outer: string | undefined): FeedEntry {
  const base = resolveBase(element, outer);
  const title = readText(element, 'title').replace(/\s+/g, ' ').trim();
  const url = findUrl(element, base);
  const full = ['encoded', 'content'].flatMap((name) => children(element, name)).find(hasContent);
  const short = ['description', 'summary']
    .flatMap((name) => children(element, name))
    .find(hasContent);
  const body = full ?? short;
  const html = body === undefined ? '' : readHtml(body);
  const id = readText(element, 'guid') || readText(element, 'id') || url || title || html;
  const bodyBase = body === undefined ? base : resolveBase(body, base);
  const publishedAt = readDate(element, ['pubDate', 'published', 'date']);
  const updatedAt = readDate(element, ['updated']);
  return {
    id: id.length > 200 ? sha256(id) : id,
    ...(url === undefined ? {} : { url }),
    ...(title === '' ? {} : { title }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...readSubtitle(full, short),
    html,
    ...(bodyBase === undefined ? {} : { base: bodyBase }),
    isStub: tellStub(html, full !== undefined),
  };
}

/** `media:content` has no text; it shares its name with Atom's content once the prefix is gone. */
function hasContent(element: XmlElement): boolean {
  return attribute(element, '@url') === undefined && rawContent(element).trim() !== '';
}

/** Markup in RSS and in Atom's type html is escaped; Atom's xhtml stands as it is; its text is text. */
function readHtml(element: XmlElement): string {
  const raw = rawContent(element);
  const type = attribute(element, '@type')?.toLowerCase();
  if (type === 'xhtml' || type === 'application/xhtml+xml') return dropPrefix(raw);
  const text = decodeXml(raw);
  // Some feeds have their markup unescaped: then what was parsed is markup already.
  if (!raw.includes('<![CDATA[') && /^\s*</.test(raw)) return raw;
  if (type !== 'text' && type !== 'text/plain') return text;
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

/** `<xhtml:div>` is `<div>`. */
function dropPrefix(raw: string): string {
  const prefix = /^\s*<([\w-]{1,20}):div\b/.exec(raw)?.[1];
  if (prefix === undefined) return raw;
  return raw.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</');
}

function readText(element: XmlElement, name: string): string {
  const first = children(element, name).find((child) => rawContent(child).trim() !== '');
  return first === undefined ? '' : decodeXml(rawContent(first)).trim();
}

/** A description in one line of words is the subtitle; one that is long is an extract of the text. */
function readSubtitle(
  full: XmlElement | undefined,
  short: XmlElement | undefined,
): { readonly subtitle?: string } {
  if (full === undefined || short === undefined) return {};
  const words = readHtml(short).replace(/\s+/g, ' ').trim();
  const isLine = words !== '' && words.length <= 150 && !/[<&]|…$|\.\.\.$/.test(words);
  return isLine ? { subtitle: words } : {};
}

function findUrl(element: XmlElement, base: string | undefined): string | undefined {
  const links = children(element, 'link');
  const alternate = links.find((link) => (attribute(link, '@rel') ?? 'alternate') === 'alternate');
  const href = alternate === undefined ? undefined : attribute(alternate, '@href');
  const guid = children(element, 'guid')[0];
  const isPermanent = guid !== undefined && attribute(guid, '@isPermaLink') !== 'false';
  const candidates = [
    readText(element, 'link'),
    href === undefined ? '' : decodeXml(href),
    isPermanent ? readText(element, 'guid') : '',
  ];
  for (const candidate of candidates) {
    const url = candidate === '' ? undefined : cleanUrl(candidate.trim(), base);
    if (url !== undefined) return url;
  }
  return undefined;
}

/** https://www.w3.org/TR/xmlbase/ */
function resolveBase(element: XmlElement, outer: string | undefined): string | undefined {
  const own = attribute(element, '@base');
  if (own === undefined) return outer;
  const url = URL.canParse(decodeXml(own), outer) ? new URL(decodeXml(own), outer) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) ? url.href : outer;
}

function readDate(element: XmlElement, names: readonly string[]): Date | undefined {
  for (const name of names) {
    const ms = Date.parse(readText(element, name));
    if (!Number.isNaN(ms)) return new Date(ms);
  }
  return undefined;
}

function stub({ title, url }: FeedEntry): Finding {
  return {
    severity: 'warning',
    code: 'feed.entry-stub',
    message: `The feed has only a teaser of “${(title ?? url ?? 'an entry').slice(0, 100)}”.`,
    remedy: 'Import the page or the mail of it: paperboy import FILE',
  };
}

function notXml(reason: string): Finding {
  return {
    severity: 'error',
    code: 'feed.not-xml',
    message: `The feed cannot be read as XML: ${reason.replace(/\s+/g, ' ')}`,
    remedy: 'Open the address in a browser, and give the one that shows RSS or Atom.',
  };
}

function notAFeed(): Finding {
  return {
    severity: 'error',
    code: 'feed.unrecognized',
    message: 'This is XML, but neither RSS nor Atom.',
    remedy: 'Give the address of the feed, or name the format with --format.',
  };
}

function noEntries(): Finding {
  return {
    severity: 'error',
    code: 'feed.empty',
    message: 'The feed has no entry.',
    remedy: 'Nothing to do until the newsletter has published something.',
  };
}
