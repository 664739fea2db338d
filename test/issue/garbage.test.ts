import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importIssue } from '../../src/issue/import-issue.ts';
import { type Issue, issueSchema } from '../../src/issue/schema.ts';
import { type Imported, importText } from '../../src/issue/text/import-text.ts';
import { readCommonMark } from '../support/read-common-mark.ts';
import { importString, OPTIONS, readSample } from './samples.ts';

const SAMPLES = [readSample(93), readSample(102)].map((text) => text.split('\n'));

type Edit = {
  readonly kind: 'drop' | 'double' | 'swap' | 'empty';
  readonly at: number;
  readonly to: number;
};

const edits = fc.array(
  fc.record({
    kind: fc.constantFrom('drop', 'double', 'swap', 'empty'),
    at: fc.nat(120),
    to: fc.nat(120),
  }),
  { minLength: 1, maxLength: 12 },
);
const edited = fc
  .tuple(fc.constantFrom(...SAMPLES), edits)
  .map(([lines, changes]) => changes.reduce(edit, lines).join('\n'));

function edit(lines: readonly string[], { kind, at, to }: Edit): readonly string[] {
  const from = at % lines.length;
  const other = to % lines.length;
  const line = lines[from] ?? '';
  switch (kind) {
    case 'drop':
      return lines.toSpliced(from, 1);
    case 'double':
      return lines.toSpliced(from, 0, line);
    case 'empty':
      return lines.toSpliced(from, 0, '');
    case 'swap':
      return lines.with(from, lines[other] ?? '').with(other, line);
  }
}

function check({ issue, findings }: Imported): void {
  const hasError = findings.some(({ severity }) => severity === 'error');
  expect(issue === undefined).toBe(hasError);
  if (issue !== undefined) expect(issueSchema.parse(issue)).toEqual(issue);
}

describe('importIssue never throws, and returns nothing but valid issues', () => {
  test('for arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) =>
        check(importIssue(bytes, OPTIONS)),
      ),
      { numRuns: 500 },
    );
  });

  test('for arbitrary text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.lorem({ mode: 'sentences' }),
    );

    fc.assert(
      fc.property(text, (source) => {
        check(importString(source));
        check(importText(source, OPTIONS));
      }),
      { numRuns: 500 },
    );
  });

  test('for text made of what issues are made of', () => {
    const piece = fc.constantFrom(
      ...[
        '#93',
        '♥ 1',
        '♥ 9999999999999999k x',
        'Xu et al.',
        '[A]',
        'Jan 1 ~ ',
        'Jan 1st ~ Jan 7th',
        '\n',
        '\n\n',
      ],
      ...[
        'Title',
        'A sentence that is long enough to be taken for prose, surely.',
        'News in 1 line',
        'Reply',
        '- ',
      ],
      ...[
        'Use code: X',
        'Support my newsletter',
        '\u00a0',
        'â€',
        '\u009d',
        '*',
        '](',
        '\\',
        ', ',
        ' and ',
      ],
    );

    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) =>
        check(importString(pieces.join(''))),
      ),
      { numRuns: 2_000 },
    );
  });

  test('for samples with lines dropped, doubled, swapped and pulled apart', () => {
    fc.assert(
      fc.property(edited, (source) => check(importString(source))),
      { numRuns: 300 },
    );
  });
});

/** Every text of an issue, as a reader sees it. */
function texts(issue: Issue): string[] {
  const inline = [
    ...issue.news.flatMap(({ text, figures }) => [
      text,
      ...figures.map(({ caption }) => caption ?? ''),
    ]),
    ...issue.papers
      .flatMap(({ body }) => body)
      .flatMap((block) => {
        if (block.kind === 'figure') return [block.caption ?? ''];
        return block.kind === 'list' ? block.items : [block.text];
      }),
  ].map(readCommonMark);
  return [
    issue.title,
    issue.subtitle ?? '',
    ...issue.papers.map(({ title }) => title),
    ...issue.promotions.flatMap(({ title, text }) => [title, ...text.split('\n')]),
    ...inline,
  ];
}

/** Likes are read off news; a stray news line inside a paper keeps them. */
function withoutLikes(text: string): string {
  return text.replace(/^♥ \S+ /, '');
}

test('importIssue loses and doubles no paragraph, however the lines of a sample are edited', () => {
  let issues = 0;

  fc.assert(
    fc.property(edited, (source) => {
      const { issue, findings } = importString(source);
      if (issue === undefined) return;
      issues += 1;
      const isToldOf = new Set(
        findings.filter(({ code }) => code === 'text.unplaced').map(({ line }) => line),
      );
      const wanted = new Map<string, number>();
      source.split('\n').forEach((line, index) => {
        const text = withoutLikes(line.trim());
        if (text.length <= 120 || isToldOf.has(index + 1)) return;
        wanted.set(text, (wanted.get(text) ?? 0) + 1);
      });

      const found = texts(issue).map(withoutLikes);

      for (const [text, count] of wanted) {
        expect([text, found.filter((other) => other === text).length]).toEqual([text, count]);
      }
    }),
    { numRuns: 400 },
  );

  expect(issues).toBeGreaterThan(50);
});
