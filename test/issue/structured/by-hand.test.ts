import { describe, expect, it } from 'vitest';
import { importStructured } from '../../../src/issue/structured/import-structured.ts';

const read = (papers: string, rest = '') =>
  importStructured(
    `number: 7\ntitle: By hand\nperiod: { start: 2026-06-01, end: 2026-06-07 }\n${rest}papers:\n${papers}`,
    'yaml',
  );

describe('an issue that is written by hand', () => {
  it('may leave out what is empty, and write short what is plain', () => {
    const { issue, findings } = read(
      '  - title: A Paper of Mine\n    byline: Xin et al. [NVIDIA]\n    body:\n      - Some text.\n',
      'news: [A line of news]\n',
    );

    expect(findings).toEqual([]);
    expect(issue).toMatchObject({
      news: [{ text: 'A line of news', figures: [] }],
      promotions: [],
      papers: [
        {
          slug: 'a-paper-of-mine',
          byline: { authors: ['Xin'], etAl: true, organizations: ['NVIDIA'] },
          topics: [],
          pick: false,
          body: [{ kind: 'paragraph', text: 'Some text.' }],
        },
      ],
    });
  });

  it('gives papers of one title slugs of their own, beside those that are written', () => {
    const { issue } = read(
      '  - { title: A B, body: [] }\n  - { title: A B, body: [] }\n  - { title: C, slug: a-b, body: [] }\n',
    );

    expect(issue?.papers.map(({ slug }) => slug)).toEqual(['a-b-2', 'a-b-3', 'a-b']);
  });

  it('keeps a byline that has no names of the usual shape as its words', () => {
    const { issue } = read('  - { title: A, byline: the team of somewhere, body: [] }\n');

    expect(issue?.papers[0]?.byline).toMatchObject({ text: 'the team of somewhere', authors: [] });
  });

  it('takes the address of the schema in JSON for no part of the issue', () => {
    const json = JSON.stringify({
      $schema: './issue.schema.json',
      number: 7,
      title: 'By hand',
      period: { start: '2026-06-01', end: '2026-06-07' },
      papers: [{ title: 'A', body: ['Text.'] }],
    });

    expect(importStructured(json, 'json').issue).toMatchObject({ number: 7 });
  });

  it('tells text that was read in a wrong encoding, and leaves it as it is', () => {
    const { issue, findings } = read('  - { title: A, byline: HĂĽbotter et al., body: [] }\n');

    expect(issue?.papers[0]?.byline.text).toBe('HĂĽbotter et al.');
    expect(findings).toMatchObject([{ code: 'text.mojibake', line: 5, severity: 'warning' }]);
  });

  it.each(['papers: 3', 'papers: [3, null, text]', 'news: 3\npapers: []'])(
    'is told what is wrong in %j',
    (text) => {
      const source = `number: 7\ntitle: T\nperiod: { start: 2026-06-01, end: 2026-06-07 }\n${text}`;

      const { issue, findings } = importStructured(source, 'yaml');

      expect(issue).toBeUndefined();
      expect(findings[0]).toMatchObject({ severity: 'error' });
    },
  );
});
