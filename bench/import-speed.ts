import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeArchive } from '../src/archive/archive.ts';
import { makeIssueReader } from '../src/archive/issue-reader.ts';
import { makeVerdicts } from '../src/archive/verdicts.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { openSqlite } from '../src/database/open-sqlite.ts';
import { importToArchive } from '../src/desk/import.ts';
import { importIssue } from '../src/issue/import-issue.ts';
import type { Issue } from '../src/issue/schema.ts';
import { writeYaml } from '../src/issue/structured/write-yaml.ts';
import { makeOutbox } from '../src/outbox/outbox.ts';

/** How fast one format is read, and how its time grows with the size of the source. */
export type ImportSpeed = {
  readonly format: string;
  readonly megabytesPerSecond: number;
  /** The slope of time over size in a log-log plot, from 10 kB to the largest size: 1 is linear. */
  readonly exponent: number;
  readonly largest: string;
};

const NOW = new Date('2026-05-01T12:00:00Z');
const SIZES = [10_000, 100_000, 1_000_000, 9_500_000];

const text = readFileSync(new URL('../issues/issue-093.txt', import.meta.url), 'utf8');

/** Reads issues of growing length in every format. The words are the sample's, repeated. */
export function measureImportSpeed(note: (text: string) => void): ImportSpeed[] {
  const { issue } = importIssue(Buffer.from(text), { now: NOW });
  if (issue === undefined) throw new Error('the sample cannot be read');
  const writers: Readonly<Record<string, (issue: Issue) => string>> = {
    text: writeText,
    markdown: writeMarkdown,
    html: writeHtml,
    feed: (long) => writeFeed(writeHtml(long)),
    yaml: writeYaml,
    json: (long) => JSON.stringify(long, undefined, 2),
  };
  return Object.entries(writers).map(([format, write]) => {
    note(`import speed: ${format} …`);
    const points = SIZES.map((size) => {
      const source = Buffer.from(write(lengthen(issue, size)));
      const options = { now: NOW, format: format as 'text' };
      const runs = size < 1_000_000 ? 3 : 1;
      let best = Infinity;
      for (let i = 0; i < runs; i += 1) {
        const begin = performance.now();
        const read = importIssue(source, options);
        best = Math.min(best, performance.now() - begin);
        if (read.issue === undefined)
          throw new Error(`${format} of ${size}: ${JSON.stringify(read.findings[0])}`);
      }
      return { bytes: source.length, ms: best };
    });
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) throw new Error('no sizes');
    return {
      format,
      megabytesPerSecond: last.bytes / 1e6 / (last.ms / 1e3),
      exponent: Math.log(last.ms / first.ms) / Math.log(last.bytes / first.bytes),
      largest: `${(last.bytes / 1e6).toFixed(1)} MB in ${(last.ms / 1e3).toFixed(2)} s`,
    };
  });
}

/** Milliseconds for one page of 225 kB, the median of 15 once warm. */
export function measurePage(): number {
  const { issue } = importIssue(Buffer.from(text), { now: NOW });
  if (issue === undefined) throw new Error('the sample cannot be read');
  const page = Buffer.from(writeHtml(lengthen(issue, 215_000)));
  const times = Array.from({ length: 20 }, () => {
    const begin = performance.now();
    importIssue(page, { now: NOW, format: 'html' });
    return performance.now() - begin;
  });
  return times.slice(5).sort((a, b) => a - b)[7] ?? 0;
}

/** Seconds to import `count` different issues into one archive. */
export async function measureArchive(count: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const file = join(folder, 'paperboy.db');
  const sqlite = openSqlite(file);
  const database = openDatabase(file);
  const archive = makeArchive(database, makeIssueReader(sqlite));
  const outbox = makeOutbox(database);
  const clock = { now: () => NOW, sleep: () => Promise.resolve() };
  const approval = { kind: 'never' } as const;
  const parts = { archive, outbox, clock, approval, verdicts: makeVerdicts(database) };
  const begin = performance.now();
  for (let n = 1; n <= count; n += 1) {
    const source = text.replace('#93', `#${n}`).replaceAll('TensorLens', `TensorLens${n}`);
    await importToArchive(
      { ...parts, destinations: [], format: () => ({ languages: ['en'] }) },
      Buffer.from(source),
    );
  }
  const seconds = (performance.now() - begin) / 1000;
  await database.destroy();
  sqlite.close();
  rmSync(folder, { recursive: true });
  return seconds;
}

/** The issue with its paragraphs repeated until they have about so many characters. */
function lengthen(issue: Issue, size: number): Issue {
  const once = JSON.stringify(issue.papers.map(({ body }) => body)).length;
  const times = Math.max(1, Math.round(size / once));
  return {
    ...issue,
    papers: issue.papers.map((paper) => ({
      ...paper,
      body: Array.from({ length: times }, () =>
        paper.body.filter((b) => b.kind === 'paragraph'),
      ).flat(),
    })),
  };
}

function writeText(issue: Issue): string {
  const papers = issue.papers.map((paper) => [
    paper.title,
    paper.byline.text,
    `♥ ${paper.likes} ${paper.topics.join('  ')}`,
    ...paper.body.map((block) => ('text' in block ? block.text : '')),
  ]);
  return ['Title', 'Jan 26th ~ Feb 2nd', '#93', ...papers.flat()].join('\n');
}

function writeMarkdown(issue: Issue): string {
  const papers = issue.papers.flatMap((paper) => [
    `## ${paper.title}`,
    `*${paper.byline.text}*`,
    `♥ ${paper.likes} ${paper.topics.join('  ')}`,
    ...paper.body.map((block) => ('text' in block ? block.text : '')),
  ]);
  return ['# Title', 'Jan 26th ~ Feb 2nd', '#93 weekly'.replace('#', '\\#'), ...papers].join(
    '\n\n',
  );
}

function writeHtml(issue: Issue): string {
  const papers = issue.papers.flatMap((paper) => [
    `<h2>${paper.title}</h2>`,
    `<p><i>${paper.byline.text}</i></p>`,
    `<p>♥ ${paper.likes} ${paper.topics.join(' &nbsp; ')}</p>`,
    ...paper.body.map((block) => ('text' in block ? `<p class="paragraph">${block.text}</p>` : '')),
  ]);
  return `<html><body><article><h1>Title</h1><p>Jan 26th ~ Feb 2nd</p><p>#93 weekly</p>${papers.join('\n')}</article></body></html>`;
}

function writeFeed(html: string): string {
  return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title><item><guid>1</guid><title>Title</title><link>https://news.example.org/p/1</link><pubDate>Tue, 03 Feb 2026 09:00:00 GMT</pubDate><content:encoded><![CDATA[${html}]]></content:encoded></item></channel></rss>`;
}
