import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ImportIssueOptions, importIssue } from '../../src/issue/import-issue.ts';
import { importText } from '../../src/issue/text/import-text.ts';
import { NOW } from './forms/expected.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const text = read('../../issues/issue-093.txt');
const { issue } = importText(text, { now: NOW });
const body = read('./forms/issue-rss-body.html');
const entry = (parts: string): string => `<rss xmlns:content="c"><channel>${parts}</channel></rss>`;
const item = (title: string, date: string): string =>
  `<item><title>${title}</title><link>https://news.example.org/p/one</link><pubDate>${date}</pubDate><content:encoded><![CDATA[${body}]]></content:encoded></item>`;

function importString(source: string, options: Omit<ImportIssueOptions, 'now'> = {}) {
  return importIssue(new TextEncoder().encode(source), { now: NOW, ...options });
}

describe('importIssue', () => {
  it.each([
    ['text', text, 'issue.txt'],
    ['markdown', read('./forms/issue-clipped.md'), 'issue.md'],
    ['html', read('./forms/issue-page.html'), 'issue.html'],
    ['feed', entry(item(issue?.title ?? '', 'Tue, 03 Feb 2026 10:00:00 GMT')), 'feed.rss'],
    ['json', JSON.stringify(issue), 'issue.json'],
    ['yaml', JSON.stringify(issue), 'issue.yaml'],
  ] as const)('reads %s by its name, its look, or when it is told', (format, source, name) => {
    for (const options of [
      { name },
      { format, name: 'issue.txt' },
      ...(format === 'yaml' ? [] : [{}]),
    ]) {
      const imported = importString(source, options);

      expect(imported.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(imported.issue).toMatchObject({ number: 93, title: issue?.title });
      expect(imported.issue?.papers.map(({ title }) => title)).toEqual(
        issue?.papers.map(({ title }) => title),
      );
    }
  });

  it('takes the newest entry of a feed, its address and the year that it came in', () => {
    const imported = importString(
      entry(
        item('Old', 'Tue, 06 Feb 2024 10:00:00 GMT') + item('New', 'Tue, 03 Feb 2025 10:00:00 GMT'),
      ),
    );

    expect(imported.issue).toMatchObject({
      url: 'https://news.example.org/p/one',
      period: { start: expect.stringMatching(/^2025-/) },
    });
  });

  it('says that a feed has only a teaser', () => {
    const { issue: none, findings } = importString(
      entry('<item><title>T</title><description>Read on.</description></item>'),
    );

    expect(none).toBeUndefined();
    expect(findings).toMatchObject([{ severity: 'error', code: 'feed.entry-stub' }]);
  });

  it('reads a page in the encoding that it declares', () => {
    const page = read('./forms/issue-page.html')
      .replace(/[^\0-\x7f]/g, (letter) => `&#${letter.codePointAt(0)};`)
      .replace(/<meta charset=[^>]*>/i, '')
      .replace('<head>', '<head><meta charset="windows-1251">')
      .replace('</title>', '\u0416</title>');
    expect(page).toContain('windows-1251');
    const bytes = Uint8Array.from(page, (letter) =>
      letter === '\u0416' ? 0xc6 : letter.charCodeAt(0),
    );

    const { issue: imported, findings } = importIssue(bytes, { now: NOW });

    expect(imported?.number).toBe(93);
    expect(findings.map(({ code }) => code)).not.toContain('source.not-utf8');
  });
});
