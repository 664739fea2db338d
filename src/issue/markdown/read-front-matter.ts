import type { Finding } from '../finding.ts';

/** What stands before the text: where the text begins, in characters, and the facts stated. */
export type FrontMatter = {
  readonly end: number;
  readonly title?: string;
  readonly url?: string;
  readonly number?: number;
  readonly publishedAt?: Date;
};

/** Facts are few; anything longer is text between two rules. */
const LONGEST = 20_000;
const YAML = /^\s*---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const COMMENT = /^\s*<!--([\s\S]*?)-->[ \t]*(?:\n|$)/;
const FACT = /^\s{0,3}([A-Za-z][\w .-]{0,40}?)\s*:(?:[ \t]+(.*))?$/;
const DATE_KEYS = ['published', 'date', 'publish_date', 'published_at', 'pubdate'];
const NUMBER_KEYS = ['number', 'issue'];
const URL_KEYS = ['url', 'source', 'canonical_url', 'canonical', 'link', 'original'];

/**
 * Reads the facts that clippers write before the text, as front matter or as an HTML comment, of
 * which the title, the address, the number and the day count. Other facts are told in a finding.
 */
export function readFrontMatter(source: string, findings: Finding[]): FrontMatter {
  const facts = new Map<string, string>();
  let end = 0;
  for (const pattern of [COMMENT, YAML, COMMENT]) {
    const found = pattern.exec(source.slice(end, end + LONGEST));
    const lines = (found?.[1] ?? '').split('\n').filter((line) => line.trim() !== '');
    if (found === null || !lines.some((line) => FACT.test(line))) continue;
    for (const line of lines) {
      const [, key = '', value = ''] = FACT.exec(line) ?? [];
      const name = key.toLowerCase();
      if (name !== '' && !facts.has(name)) facts.set(name, unquote(value.trim()));
    }
    end += found[0].length;
  }
  const title = facts.get('title');
  const urlKey = URL_KEYS.find((key) => /^https?:/i.test(facts.get(key) ?? ''));
  const url = urlKey === undefined ? undefined : facts.get(urlKey);
  const dateKey = DATE_KEYS.find((key) => !Number.isNaN(Date.parse(facts.get(key) ?? '')));
  const numberKey = NUMBER_KEYS.find((key) => /^#?\d{1,6}$/.test(facts.get(key) ?? ''));
  const read = ['title', urlKey, dateKey, numberKey];
  const unread = [...facts.keys()].filter((key) => !read.includes(key));
  if (unread.length > 0) findings.push(unreadFacts(unread));
  return {
    end,
    ...(title === undefined || title === '' ? {} : { title }),
    ...(url === undefined ? {} : { url }),
    ...(dateKey === undefined ? {} : { publishedAt: new Date(facts.get(dateKey) ?? '') }),
    ...(numberKey === undefined ? {} : { number: Number(facts.get(numberKey)?.replace('#', '')) }),
  };
}

/** A YAML scalar in quotes, or as it is without a comment behind it. */
function unquote(value: string): string {
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(value)?.[1];
  if (double !== undefined) return double.replace(/\\(["\\/])/g, '$1');
  const single = /^'((?:[^']|'')*)'/.exec(value)?.[1];
  if (single !== undefined) return single.replaceAll("''", "'");
  return value.replace(/\s#.*$/, '').replace(/^<(.*)>$/, '$1');
}

function unreadFacts(keys: readonly string[]): Finding {
  return {
    severity: 'info',
    code: 'markdown.facts-unread',
    line: 1,
    message: `These facts before the text are not read: ${keys.slice(0, 10).join(', ')}.`,
    remedy: 'Nothing to do: title, address, number and date are what counts.',
  };
}
