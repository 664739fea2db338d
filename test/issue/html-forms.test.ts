import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importHtml } from '../../src/issue/html/import-html.ts';
import { readHtml } from '../../src/issue/html/read-html.ts';
import type { OutlineNode } from '../../src/issue/outline/outline.ts';
import { readOutline } from '../../src/issue/outline/read-outline.ts';
import { readWords } from '../../src/issue/outline/write-inline.ts';
import { expectedIssue, NOW } from './forms/expected.ts';
import { complaints } from './samples.ts';

const BASE = 'https://news.example.org/';
const FORMS = ['page', 'api', 'mail', 'rss-body'] as const;

function readForm(form: (typeof FORMS)[number]): string {
  return readFileSync(new URL(`forms/issue-${form}.html`, import.meta.url), 'utf8');
}

/** The issue's title and subtitle, which a feed states outside the HTML of its entry. */
function feedHeader(): OutlineNode[] {
  const { title, subtitle = '' } = expectedIssue(NOTHING);
  return [
    { kind: 'heading', level: 1, line: 1, inline: [{ kind: 'text', text: title }] },
    { kind: 'paragraph', line: 1, inline: [{ kind: 'text', text: subtitle }] },
  ];
}

const NOTHING = { url: false, sizes: false, alts: false, promotions: true };

describe('importHtml gives the issue of', () => {
  test.each([
    // Only a page says where it is.
    ['page', { ...NOTHING, url: true, sizes: true, alts: true }],
    ['api', { ...NOTHING, sizes: true, alts: true }],
    ['mail', { ...NOTHING, sizes: true, alts: true }],
  ] as const)('the %s', (form, abilities) => {
    const { issue, findings } = importHtml(readForm(form), { now: NOW, base: BASE });

    expect(complaints(findings)).toEqual([]);
    expect(issue).toEqual(expectedIssue(abilities));
  });

  test('the body of a feed’s entry, once the entry’s title and subtitle stand above it', () => {
    const outline = readHtml(readForm('rss-body'), BASE);

    const { issue } = readOutline(
      { ...outline, nodes: [...feedHeader(), ...outline.nodes] },
      { now: NOW },
    );

    // A feed states no sizes and not where the entry's page is.
    expect(issue).toEqual(expectedIssue({ ...NOTHING, alts: true }));
  });
});

describe('readHtml', () => {
  test('reads the same words from every form, in the same order', () => {
    const read = FORMS.map((form) => {
      const { nodes } = readHtml(readForm(form), BASE);
      return (form === 'rss-body' ? [...feedHeader(), ...nodes] : nodes).flatMap(words).join(' ');
    });

    expect(read[0]?.length).toBeGreaterThan(7_000);
    for (const other of read.slice(1)) expect(other).toEqual(read[0]);
  });

  test.each(FORMS)('gives every image of the %s its caption and no other', (form) => {
    const { nodes } = readHtml(readForm(form), BASE);
    const { papers, news } = expectedIssue(NOTHING);
    const figures = [
      ...news.flatMap((one) => one.figures),
      ...papers.flatMap(({ body }) => body.filter((block) => block.kind === 'figure')),
    ];

    const images = nodes.filter((node) => node.kind === 'image');

    expect(images.map(({ caption }) => readWords(caption ?? []))).toEqual(
      figures.map(({ caption }) => caption ?? ''),
    );
  });

  test.each(FORMS)('takes nothing of what stands around the %s', (form) => {
    const text = readHtml(readForm(form), BASE).nodes.flatMap(words).join('\n');

    expect(text).not.toMatch(
      /Not a word|Archive|Comments|Reply|Keep reading|Another issue|©|unsubscribe|Powered|Read online|Subscribe/,
    );
  });
});

describe('importHtml refuses', () => {
  test('a page whose rest is for paying readers, and says so first', () => {
    const source = readForm('page').replace('<form', '<div class="paywall">Upgrade</div><form');

    const { issue, findings } = importHtml(source, { now: NOW });

    expect(issue).toBeUndefined();
    expect(findings[0]).toMatchObject({ severity: 'error', code: 'source.paywalled' });
  });

  test('a page that is not read to its end', () => {
    const bomb = Array.from({ length: 1_000 }, (_, n) => `<b a${n}><p>`).join('');

    const { issue, findings } = importHtml(readForm('page').replace('</main>', bomb), { now: NOW });

    expect(issue).toBeUndefined();
    expect(findings[0]).toMatchObject({ severity: 'error', code: 'source.too-many-tags' });
  });

  test('a page that is no issue', () => {
    const { issue, findings } = importHtml('<h1>News</h1><p>None today.</p>', { now: NOW });

    expect(issue).toBeUndefined();
    expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
  });
});

function words(node: OutlineNode): string[] {
  switch (node.kind) {
    case 'heading':
    case 'paragraph':
      return [readWords(node.inline)];
    case 'list':
      return node.items.map(readWords);
    case 'image':
      return [node.url ?? '', readWords(node.caption ?? [])];
    case 'rule':
      return [];
  }
}
