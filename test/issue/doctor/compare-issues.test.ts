import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareIssues } from '../../../src/issue/doctor/compare-issues.ts';
import { keepFromBefore } from '../../../src/issue/doctor/match-papers.ts';
import type { Block, Issue, Paper } from '../../../src/issue/schema.ts';
import { mustImport, readSample } from '../samples.ts';
import { arbitraryIssue } from '../structured/arbitrary-issue.ts';

const before = mustImport(readSample(93));

/** The sample with one of its papers changed. */
function change(index: number, parts: (paper: Paper) => Partial<Paper>): Issue {
  return {
    ...before,
    papers: before.papers.map((paper, i) => (i === index ? { ...paper, ...parts(paper) } : paper)),
  };
}

const press = (block: Block): Block =>
  block.kind === 'paragraph' ? { ...block, text: block.text.replace('Squeeze', 'Press') } : block;

describe('compareIssues', () => {
  it('finds no change between an issue and itself', () => {
    fc.assert(
      fc.property(arbitraryIssue, (issue) => {
        expect(compareIssues(issue, issue)).toEqual([]);
      }),
    );
  });

  it('finds some change between any two issues that differ', () => {
    fc.assert(
      fc.property(arbitraryIssue, arbitraryIssue, (one, other) => {
        const after = { ...other, number: one.number };
        const isSame = JSON.stringify(one) === JSON.stringify(after);

        expect(compareIssues(one, after).length > 0).toBe(!isSame);
      }),
    );
  });

  it('tells a changed paragraph, likes and topics of a paper', () => {
    const after = change(0, ({ body }) => ({
      likes: 5000,
      topics: ['LLM'],
      body: body.map(press),
    }));

    expect(compareIssues(before, after)).toEqual([
      {
        part: 'paper',
        kind: 'changed',
        title: before.papers[0]?.title,
        slug: before.papers[0]?.slug,
        details: [
          'likes: 4300 → 5000',
          'the topics: “Quantization” → “LLM”',
          '1 of 4 paragraphs changed',
        ],
      },
    ]);
  });

  it('tells what came, what went, and another order', () => {
    const [first, ...rest] = before.papers;
    if (first === undefined) throw new Error('no paper');
    const added: Paper = { ...first, slug: 'new', title: 'New', body: [] };

    const changes = compareIssues(before, { ...before, papers: [...rest.toReversed(), added] });

    expect(changes.map(({ part, kind, title }) => [part, kind, title])).toEqual([
      ['issue', 'changed', before.title],
      ['paper', 'added', 'New'],
      ['paper', 'removed', first.title],
    ]);
  });

  it('knows a paper again that has another title', () => {
    const after = change(1, () => ({ title: 'Forgetting', slug: 'forgetting' }));

    const changes = compareIssues(before, keepFromBefore(before, after, true));

    expect(keepFromBefore(before, after, true).papers.map(({ slug }) => slug)).toEqual(
      before.papers.map(({ slug }) => slug),
    );
    expect(changes).toMatchObject([{ title: 'Forgetting', slug: before.papers[1]?.slug }]);
  });

  it('tells the rest of the issue', () => {
    const after = {
      ...before,
      title: 'Other',
      period: { ...before.period, end: '2026-02-03' },
      news: before.news.slice(1),
    };

    expect(compareIssues(before, after)[0]?.details).toEqual([
      `the title: “${before.title}” → “Other”`,
      'the period: “2026-01-26 to 2026-02-02” → “2026-01-26 to 2026-02-03”',
      '1 news line removed',
    ]);
  });
});

describe('keepFromBefore', () => {
  it('never gives two papers one slug', () => {
    fc.assert(
      fc.property(arbitraryIssue, arbitraryIssue, (one, other) => {
        const slugs = keepFromBefore(one, other, true).papers.map(({ slug }) => slug);

        expect(new Set(slugs).size).toBe(slugs.length);
      }),
    );
  });
});
