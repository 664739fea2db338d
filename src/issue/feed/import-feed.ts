import { type Finding, hasErrors } from '../finding.ts';
import { importHtml } from '../html/import-html.ts';
import type { Imported, ImportOptions } from '../text/import-text.ts';
import { type FeedEntry, readFeed } from './read-feed.ts';

/**
 * Reads every issue of a feed, oldest first; a feed that cannot be read gives one import without
 * an issue. A teaser has no issue in it: told beside whole issues, an error where it is alone. Never
 * throws.
 */
export function importFeed(
  source: string,
  options: ImportOptions & { readonly base?: string },
): Imported[] {
  const { entries, findings } = readFeed(source, options.base);
  if (hasErrors(findings)) return [{ issue: undefined, findings }];
  const ordered = entries.toReversed().sort((a, b) => tellTime(a) - tellTime(b));
  const whole = ordered.filter(({ isStub }) => !isStub).map((entry) => importEntry(entry, options));
  const teasers = ordered.filter(({ isStub }) => isStub).map(teaser);
  const [first, ...others] = whole;
  if (first === undefined) return [{ issue: undefined, findings: teasers }];
  const told = teasers.map((finding): Finding => ({ ...finding, severity: 'warning' }));
  return [{ ...first, findings: [...told, ...first.findings] }, ...others];
}

/**
 * Reads the issue in an entry of a feed. The entry's title, address and day stand in for what its
 * text does not say. The findings have no lines: those would be of the HTML inside the feed.
 */
export function importEntry(entry: FeedEntry, { now, ...options }: ImportOptions): Imported {
  if (entry.isStub) return { issue: undefined, findings: [teaser(entry)] };
  const { url, publishedAt } = entry;
  const base = entry.base ?? url;
  const { issue, findings } = importHtml(makePage(entry), {
    ...options,
    now: publishedAt !== undefined && publishedAt < now ? publishedAt : now,
    ...(base === undefined ? {} : { base }),
  });
  const subtitle = issue?.subtitle ?? entry.subtitle;
  return {
    issue: issue && {
      ...issue,
      ...(subtitle === undefined ? {} : { subtitle }),
      ...(url === undefined ? {} : { url }),
    },
    findings: findings.map(({ line: _line, column: _column, ...finding }) => finding),
  };
}

/** The entry as the page that it was written as. */
function makePage({ title, url, html }: FeedEntry): string {
  const write = (text: string): string =>
    text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
  return [
    '<!doctype html><html><head>',
    ...(title === undefined ? [] : [`<title>${write(title)}</title>`]),
    ...(url === undefined ? [] : [`<link rel="canonical" href="${write(url)}">`]),
    `</head><body>${html}</body></html>`,
  ].join('');
}

function tellTime({ publishedAt, updatedAt }: FeedEntry): number {
  return (publishedAt ?? updatedAt)?.getTime() ?? 0;
}

function teaser({ title, url }: FeedEntry): Finding {
  return {
    severity: 'error',
    code: 'feed.entry-stub',
    message: `The feed has only a teaser of “${(title ?? url ?? 'its newest entry').slice(0, 100)}”.`,
    remedy: 'Import the page or the mail of it: paperboy import FILE',
  };
}
