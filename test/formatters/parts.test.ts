import { describe, expect, it } from 'vitest';
import type { FormatOptions } from '../../formatters/draft.ts';
import type { DigestItem } from '../../formatters/item.ts';
import { makeDigestParts, makePaperParts } from '../../formatters/parts.ts';
import type { Prose } from '../../formatters/text/prose.ts';
import type { Issue, Paper } from '../../src/issue/schema.ts';
import { bylineOf, makeItem } from './make-item.ts';

const english: FormatOptions = { languages: ['en'] };
const german: FormatOptions = { languages: ['de-AT'] };
const hashtags = { topics: 'hashtags' } as const;
const words = { topics: 'words' } as const;

const item = makeItem(
  {
    title: 'Small Models',
    byline: {
      text: 'Ada and Ben [Lab]',
      authors: ['Ada', 'Ben'],
      etAl: false,
      organizations: ['Lab'],
    },
    likes: 4_300,
    topics: ['LLM', 'Data filtering', 'data-filtering', '!'],
    pick: true,
    url: 'https://paper.example',
  },
  { number: 93, title: 'On Size', url: 'https://issue.example' },
);

/** What is linked or tagged, as "words → where to". */
const listMarks = ({ text, spans }: Prose): string[] =>
  spans.flatMap((span) => {
    if (span.kind !== 'link' && span.kind !== 'tag') return [];
    return [`${text.slice(span.start, span.end)} → ${span.kind === 'link' ? span.url : span.tag}`];
  });

describe('makePaperParts', () => {
  it('writes the lines of a paper', () => {
    const parts = makePaperParts(item, english, hashtags);

    expect(parts.title.text).toBe('Small Models');
    expect(listMarks(parts.title)).toEqual(['Small Models → https://paper.example']);
    expect(parts.byline.text).toBe('Ada and Ben [Lab]');
    expect(parts.names.text).toBe('Ada and Ben');
    expect(parts.labels.text).toBe('♥ 4.3k · #LLM · #DataFiltering · ⭐ Editor’s pick');
    expect(listMarks(parts.labels)).toEqual(['#LLM → LLM', '#DataFiltering → DataFiltering']);
    expect(parts.closing.text).toBe('From issue #93, Apr 1 – 7, 2026: On Size');
    expect(listMarks(parts.closing)).toEqual(['On Size → https://issue.example']);
  });

  it('writes them in another language', () => {
    const parts = makePaperParts(item, german, hashtags);

    expect(parts.labels.text).toBe('♥ 4.300 · #LLM · #DataFiltering · ⭐ Tipp der Redaktion');
    expect(parts.closing.text).toBe('Aus Ausgabe #93, 1.–7. Apr. 2026: On Size');
  });

  it.each([
    [{ likes: false }, '#LLM · #DataFiltering · ⭐ Editor’s pick'],
    [{ emoji: false }, '4.3k likes · #LLM · #DataFiltering · Editor’s pick'],
    [{ hashtags: false }, '♥ 4.3k · LLM · Data filtering · ! · ⭐ Editor’s pick'],
    [{ templates: { labels: '{pick} ({likes})' } }, '⭐ Editor’s pick (♥ 4.3k)'],
    [{ templates: { labels: '{hashtags}' } }, '#LLM · #DataFiltering'],
    [{ templates: { labels: '' } }, ''],
  ])('obeys %j', (options, labels) => {
    expect(makePaperParts(item, { ...english, ...options }, hashtags).labels.text).toBe(labels);
  });

  it('writes topics as words on platforms without hashtags', () => {
    const { labels } = makePaperParts(
      { ...item, paper: { ...item.paper, topics: ['A b', 'A b'] } },
      english,
      words,
    );

    expect(labels.text).toBe('♥ 4.3k · A b · ⭐ Editor’s pick');
    expect(listMarks(labels)).toEqual([]);
  });

  it('names the authors in its own language, but leaves a byline of names as it is printed', () => {
    expect(makePaperParts(item, german, words).names.text).toBe('Ada und Ben');
    const byline = { ...item.paper.byline, text: 'Ada and Ben', organizations: [] };

    const parts = makePaperParts(makeItem({ byline }), german, words);

    expect([parts.byline.text, parts.names.text]).toEqual(['Ada and Ben', 'Ada and Ben']);
  });

  it('reads the formulas of titles and topics, with the link over all of a title', () => {
    const title = 'Sorting in $O(n \\log n)$ and H<sub>2</sub>O for $5, *not* $6';
    const parts = makePaperParts(
      makeItem(
        { title, url: 'https://paper.example', topics: ['$k$-NN'] },
        { title: '\\(n\\) models', url: 'https://issue.example' },
      ),
      english,
      words,
    );

    expect(parts.title.text).toBe('Sorting in O(n log n) and H₂O for $5, *not* $6');
    expect(listMarks(parts.title)).toEqual([`${parts.title.text} → https://paper.example`]);
    expect(parts.title.spans.filter(({ kind }) => kind === 'atom')).toHaveLength(2);
    expect(parts.labels.text).toBe('k-NN');
    expect(parts.closing.text).toBe('From issue #7, Apr 1 – 7, 2026: n models');
    expect(listMarks(parts.closing)).toEqual(['n models → https://issue.example']);
  });

  it('has empty lines where nothing is known', () => {
    const parts = makePaperParts(makeItem(), english, hashtags);

    expect([parts.byline, parts.names, parts.labels].map(({ text }) => text)).toEqual(['', '', '']);
    expect(listMarks(parts.title)).toEqual([]);
    expect(listMarks(parts.closing)).toEqual([]);
  });

  it('links a title by itself, whatever an editor puts around it', () => {
    const templates = { title: 'Today: {title} ({names})' };

    const { title } = makePaperParts(item, { ...english, templates }, hashtags);

    expect(title.text).toBe('Today: Small Models (Ada and Ben)');
    expect(listMarks(title)).toEqual(['Small Models → https://paper.example']);
  });

  it('keeps every line one line', () => {
    const parts = makePaperParts(
      makeItem({ title: 'Two\nlines', byline: bylineOf('A\r\nB') }),
      english,
      words,
    );

    for (const { text } of Object.values(parts)) expect(text).not.toMatch(/[\r\n]/);
    expect(parts.title.text).toBe('Two lines');
  });

  it.each<[string, Paper['byline'], string]>([
    ['as printed', bylineOf('Xin et al. [NVIDIA]'), 'Xin et al.'],
    ['as printed without organizations', bylineOf('Xin et al.'), 'Xin et al.'],
    ['as printed where only a bracket is printed', bylineOf('[NVIDIA]'), '[NVIDIA]'],
    [
      'from the authors where organizations stand otherwise',
      { text: 'Xin et al. (NVIDIA)', authors: ['Xin'], etAl: true, organizations: ['NVIDIA'] },
      'Xin et al.',
    ],
    [
      'from the authors where nothing is printed',
      { text: '', authors: ['Ada', 'Ben', 'Cleo'], etAl: false, organizations: [] },
      'Ada, Ben and Cleo',
    ],
    [
      'by the first of many authors',
      {
        text: 'Ada, Ben, Cleo, Dan [Lab]',
        authors: ['Ada', 'Ben', 'Cleo', 'Dan'],
        etAl: false,
        organizations: ['Lab'],
      },
      'Ada et al.',
    ],
  ])('names the authors %s', (_how, byline, names) => {
    expect(makePaperParts(makeItem({ byline }), english, words).names.text).toBe(names);
  });

  it('takes time in proportion to a hostile byline', () => {
    const { names } = makePaperParts(
      makeItem({ byline: bylineOf(`${' ['.repeat(200_000)}x`) }),
      english,
      words,
    );

    expect(names.text).toHaveLength(400_000);
  });
});

describe('makeDigestParts', () => {
  const { issue } = item;
  const second = makeItem({ title: 'No Address', likes: 12 }).paper;
  const whole: Issue = {
    ...issue,
    papers: [item.paper, second],
    news: [{ likes: 34_000, text: 'A *new* [model](https://model.example).', figures: [] }],
  };
  const digest: DigestItem = {
    kind: 'digest',
    scope: 'issue',
    key: 'digest',
    issue: whole,
    period: whole.period,
    entries: whole.papers.map((paper) => ({ issue: whole, paper })),
    news: whole.news,
  };
  const older: Issue = {
    ...whole,
    number: 92,
    title: 'Before',
    period: { start: '2026-03-25', end: '2026-03-31' },
    url: 'https://older.example',
  };
  const overTwo: DigestItem = {
    ...digest,
    scope: 'topic',
    topic: 'Distillation',
    period: { start: '2026-01-08', end: '2026-04-07' },
    entries: [...digest.entries, { issue: older, paper: second }],
    news: [],
  };

  const read = (of: DigestItem, options = english): string[] => {
    const parts = makeDigestParts(of, options, hashtags);
    const { title, newsHeading, news, papersHeading, entries, closing } = parts;
    return [title, newsHeading, ...news, papersHeading, ...entries, closing]
      .map(({ text }) => text)
      .filter((text) => text !== '');
  };

  it('writes the lines of an issue', () => {
    expect(read(digest)).toEqual([
      'Issue #93: On Size · Apr 1 – 7, 2026',
      'News',
      '♥ 34k · A new model.',
      'Papers',
      'Small Models · Ada and Ben · ♥ 4.3k · ⭐ Editor’s pick',
      'No Address · ♥ 12',
      'Read issue #93: On Size',
    ]);
  });

  it('writes them in another language, with its switches', () => {
    expect(read(digest, { ...german, emoji: false })).toEqual([
      'Ausgabe #93: On Size · 1.–7. Apr. 2026',
      'Nachrichten',
      '34.000 Likes · A new model.',
      'Papers',
      'Small Models · Ada und Ben · 4.300 Likes · Tipp der Redaktion',
      'No Address · 12 Likes',
      'Zur Ausgabe #93: On Size',
    ]);
    expect(read(digest, { ...english, likes: false }).slice(2, 6)).toEqual([
      'A new model.',
      'Papers',
      'Small Models · Ada and Ben · ⭐ Editor’s pick',
      'No Address',
    ]);
  });

  it('links each paper to itself, and the issue once, at the end', () => {
    const parts = makeDigestParts(digest, english, hashtags);

    expect(listMarks(parts.title)).toEqual([]);
    expect(parts.entries.map(listMarks)).toEqual([['Small Models → https://paper.example'], []]);
    expect(parts.news.map(listMarks)).toEqual([['model → https://model.example']]);
    expect(listMarks(parts.closing)).toEqual(['On Size → https://issue.example']);
    expect(parts.url).toBe('https://issue.example');
  });

  it('has no headings where there are only papers or only news', () => {
    expect(read({ ...digest, news: [] })).not.toContain('Papers');
    expect(read({ ...digest, scope: 'news', entries: [] })).toEqual([
      'Industry news · Apr 1 – 7, 2026',
      '♥ 34k · A new model.',
      'Read issue #93: On Size',
    ]);
  });

  it('invites to read the issue only where it has a page', () => {
    const { url: _url, ...unpublished } = whole;
    const ending = (of: DigestItem, options = english): string =>
      makeDigestParts(of, options, words).closing.text;

    expect(ending({ ...digest, issue: unpublished })).toBe('');
    expect(ending({ ...digest, scope: 'news', entries: [], issue: unpublished })).toBe(
      'From issue #93, Apr 1 – 7, 2026: On Size',
    );
    const templates = { digestClosing: 'Until next week.' };
    expect(ending({ ...digest, issue: unpublished }, { ...english, templates })).toBe(
      'Until next week.',
    );
  });

  it('names the issue of each paper where there are several, and links to it', () => {
    expect(read(overTwo)).toEqual([
      'Distillation, Jan 8 – Apr 7, 2026',
      'Small Models · Ada and Ben · ♥ 4.3k · ⭐ Editor’s pick · #93',
      'No Address · ♥ 12 · #93',
      'No Address · ♥ 12 · #92',
      'From 2 issues, most recently #93: On Size',
    ]);
    expect(makeDigestParts(overTwo, english, words).entries.flatMap(listMarks)).toEqual([
      'Small Models → https://paper.example',
      'No Address → https://issue.example',
      'No Address → https://older.example',
    ]);
  });

  it('names the authors in its own language', () => {
    expect(read(overTwo, german)[1]).toBe(
      'Small Models · Ada und Ben · ♥ 4.300 · ⭐ Tipp der Redaktion · #93',
    );
  });

  it('tells the days of an issue from the days that a topic covers', () => {
    const overOne = { ...overTwo, entries: digest.entries };
    const templates = { digestClosing: '{number}, {period}', entry: '{title}, {period}' };

    expect(read(overOne, { ...english, templates })).toEqual([
      'Distillation, Jan 8 – Apr 7, 2026',
      'Small Models, Apr 1 – 7, 2026',
      'No Address, Apr 1 – 7, 2026',
      '93, Apr 1 – 7, 2026',
    ]);
  });

  it('names a month', () => {
    const month: DigestItem = {
      ...overTwo,
      scope: 'month',
      period: { start: '2026-02-01', end: '2026-02-28' },
    };

    expect(read(month)[0]).toBe('The papers of February 2026, most liked first');
    expect(read(month, german)[0]).toBe('Die Papers im Februar 2026, die beliebtesten zuerst');
    expect(read(month, german).at(-1)).toBe('Aus 2 Ausgaben, zuletzt #93: On Size');
  });
});
