import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOneLetterOff } from '../../../src/issue/doctor/edit-distance.ts';
import { examineIssue, mergeFindings } from '../../../src/issue/doctor/examine-issue.ts';
import { type Known, summarizeIssue } from '../../../src/issue/doctor/known.ts';
import { locate } from '../../../src/issue/doctor/locate.ts';
import { placeFindings } from '../../../src/issue/doctor/place-findings.ts';
import type { Issue, Paper } from '../../../src/issue/schema.ts';
import { makeIssue } from '../../support/make-issue.ts';
import { codes } from '../samples.ts';
import { arbitraryIssue } from '../structured/arbitrary-issue.ts';

const NOTHING: Known = { issues: [] };

/** An issue whose papers lack nothing, with some parts of every paper changed. */
function make(parts: Partial<Issue> = {}, paper: Partial<Paper> = {}): Issue {
  const issue = makeIssue({ papers: ['Learning to listen', 'Learning to speak'] });
  const papers = issue.papers.map((one, index) => ({
    ...one,
    likes: 12,
    topics: ['Quantization'],
    url: `https://arxiv.org/abs/2611.0000${index}`,
    byline: {
      text: 'Ito et al. [Stanford]',
      authors: ['Ito'],
      etAl: true,
      organizations: ['Stanford'],
    },
    ...paper,
  }));
  return { ...issue, papers, ...parts };
}

/** Older issues, a week apart, each with other papers of the same names. */
function knowing(...numbers: number[]): Known {
  return {
    issues: numbers.map((number) =>
      summarizeIssue(
        make(
          { number, period: week(number) },
          {
            title: `An older paper of ${number}`,
            url: `https://arxiv.org/abs/2500.${10000 + number}`,
          },
        ),
      ),
    ),
  };
}

/** Issue 7 is of the week from 2026-11-16. */
function week(number: number): { start: string; end: string } {
  const day = (n: number): string =>
    new Date(Date.UTC(2026, 10, 16 + (number - 7) * 7 + n)).toISOString().slice(0, 10);
  return { start: day(0), end: day(7) };
}

describe('examineIssue', () => {
  it('finds nothing where nothing is odd', () => {
    expect(examineIssue(make(), knowing(4, 5, 6, 8))).toEqual([]);
  });

  it.each([
    ['2026-11-14', '2026-11-21', 'issue.period-overlaps'],
    ['2026-11-01', '2026-11-08', 'issue.period-before-previous'],
    ['2026-12-20', '2026-12-27', 'issue.period-gap'],
    ['2025-11-16', '2025-11-23', 'issue.period-before-previous'],
  ])('asks about the period %s to %s after #6', (start, end, code) => {
    const source = `number: 7\nperiod:\n  start: ${start}\n`;

    const [finding, ...rest] = examineIssue(
      make({ period: { start, end } }),
      knowing(5, 6),
      source,
    );

    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ severity: 'warning', code, line: 3, column: 10 });
    expect(finding?.message).toContain('#6 (2026-11-09 to 2026-11-16)');
  });

  it('does not wonder at a gap where issues are missing, nor at its own older revision', () => {
    expect(examineIssue(make(), knowing(2))).toEqual([]);
    expect(examineIssue(make(), knowing(7))).toEqual([]);
  });

  it('asks about a period that does not go with the next issue', () => {
    const late = make({ number: 5, period: week(7) });

    expect(codes(examineIssue(late, knowing(6)))).toEqual(['issue.period-after-next']);
  });

  it.each([
    [
      'a byline',
      { byline: { text: '', authors: [], etAl: false, organizations: [] } },
      'paper.byline-missing',
    ],
    ['topics', { topics: [] }, 'paper.topic-missing'],
    ['text', { body: [] }, 'paper.body-missing'],
    [
      'a text for an image',
      {
        body: [
          { kind: 'paragraph', text: 'a' },
          { kind: 'figure', imageUrl: 'https://x.example/a.png' },
        ],
      },
      'figure.text-missing',
    ],
    [
      'a link that a reader can follow',
      {
        body: [
          {
            kind: 'paragraph',
            text: 'See [here](ftp://x.example/a) and [there](https://x.example).',
          },
        ],
      },
      'link.not-http',
    ],
  ] as const)('misses %s in each paper', (_name, paper, code) => {
    const issue = make({}, paper as unknown as Partial<Paper>);

    expect(codes(examineIssue(issue, NOTHING))).toEqual([code, code]);
  });

  it('misses likes once, and a link only where other papers have one', () => {
    const [first, second] = make().papers;
    if (first === undefined || second === undefined) throw new Error('no papers');
    const { url: _url, likes: _likes, ...bare } = { ...second, topics: [] };

    const one = examineIssue(make({ papers: [first, bare] }), NOTHING, `\n  ${second.title}`);
    const none = examineIssue(make({ papers: [bare] }), NOTHING);

    expect(one).toMatchObject([
      { code: 'paper.likes-missing', line: 2, column: 3, words: second.title },
      { code: 'paper.link-missing', severity: 'warning' },
    ]);
    expect(none).toMatchObject([
      { code: 'paper.likes-missing' },
      { code: 'issue.links-missing', severity: 'info' },
    ]);
    expect(codes(examineIssue(make({ papers: [] }), NOTHING))).toEqual(['issue.papers-missing']);
  });

  it.each([
    ['Stanfrod', 'Stanford'],
    ['Stanfod', 'Stanford'],
    ['Stanfford', 'Stanford'],
    ['stanfort', 'Stanford'],
  ])('takes the organization %s for a typo of %s', (name, meant) => {
    const byline = { text: `Ito [${name}]`, authors: ['Ito'], etAl: false, organizations: [name] };
    const source = `Learning to listen\nIto [${name}]`;

    const findings = examineIssue(make({}, { byline }), knowing(5, 6), source);

    expect(findings).toMatchObject([
      { code: 'organization.typo-probable', severity: 'warning', line: 2, column: 6, words: name },
    ]);
    expect(findings[0]?.remedy).toContain(meant);
  });

  it('takes a topic for a typo too, but no name that was there twice, is short or has another digit', () => {
    const topics = (name: string): string[] =>
      codes(examineIssue(make({}, { topics: [name] }), knowing(5, 6)));
    const versions: Known = {
      issues: [5, 6].map((number) => ({
        number,
        period: week(number),
        papers: [
          {
            title: 'a',
            organizations: [],
            topics: ['Llama 2', 'LLM', 'Agents', 'Agent'],
            marks: [],
          },
        ],
      })),
    };

    expect(topics('Quantisation')).toEqual(['topic.typo-probable']);
    expect(topics('QUANTIZATION')).toEqual([]);
    for (const name of ['Llama 3', 'LLMs', 'Agent']) {
      expect(codes(examineIssue(make({}, { topics: [name] }), versions))).toEqual([]);
    }
  });

  it.each([
    ['title', { title: 'LEARNING to—listen!', url: 'https://x.example' }],
    ['arXiv id', { title: 'Another title', url: 'https://www.arxiv.org/pdf/2611.00000v2.pdf' }],
    ['arXiv id', { title: 'Another title', url: 'https://huggingface.co/papers/2611.00000' }],
  ])('sees a paper that an older issue has by its %s', (_what, paper) => {
    const older = make({ number: 6, period: week(6) }, paper);

    const findings = examineIssue(make(), { issues: [summarizeIssue(older)] });

    expect(findings).toMatchObject([{ code: 'paper.duplicate', words: 'Learning to listen' }]);
    expect(findings[0]?.message).toContain('in issue #6 already');
  });

  it('sees a paper that is twice in the issue', () => {
    const findings = examineIssue(make({}, { url: 'https://arxiv.org/abs/2611.00001' }), NOTHING);

    expect(findings).toMatchObject([{ code: 'paper.duplicate', words: 'Learning to speak' }]);
    expect(findings[0]?.message).toContain('twice in this issue: arXiv 2611.00001');
  });

  it('gives warnings and infos alone, whatever the issue', () => {
    fc.assert(
      fc.property(arbitraryIssue, arbitraryIssue, fc.string(), (issue, older, source) => {
        const findings = examineIssue(issue, { issues: [summarizeIssue(older)] }, source);

        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
    );
  });
});

describe('findings', () => {
  it('are told once, in the order of the text', () => {
    const tell = (code: string, line?: number) => ({
      severity: 'info' as const,
      code,
      message: code,
      remedy: '',
      ...(line === undefined ? {} : { line }),
    });

    const merged = mergeFindings([tell('a', 5), tell('b', 2)], [tell('a'), tell('c', 3)]);

    expect(codes(merged)).toEqual(['b', 'c', 'a']);
  });

  it('that know a line get its column and words', () => {
    const finding = { severity: 'info', code: 'a', line: 2, message: 'm', remedy: 'r' } as const;

    const [placed, ...rest] = placeFindings(
      [finding, { ...finding, line: 9 }],
      'one\n  two words ',
    );

    expect(placed).toEqual({ ...finding, column: 3, words: 'two words' });
    expect(rest).toEqual([{ ...finding, line: 9 }]);
  });
});

describe('locate', () => {
  it('finds words where they stand, also across line ends', () => {
    const source = 'text: >-\n    a long\n    title of words\n';

    expect(locate(source, 'title of')).toMatchObject({ line: 3, column: 5 });
    expect(locate(source, 'long title of words')).toMatchObject({ line: 2, column: 7 });
    expect(locate(source, 'no such')).toBeUndefined();
    expect(locate(source, ' ')).toBeUndefined();
  });

  it('finds the words of any text in it', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.stringMatching(/^\S+( \S+){0,4}$/),
        fc.string(),
        (before, words, after) => {
          const wrapped = `${before} ${words.replaceAll(' ', ' \n\t')} ${after}`;

          const found = locate(wrapped, words);

          expect(found?.offset).toBeLessThanOrEqual(before.length + 1);
        },
      ),
      { examples: [[',', '` [', '` [']] },
    );
  });
});

describe('isOneLetterOff', () => {
  it('knows one letter left out, put in, changed or swapped, and nothing more', () => {
    const word = fc.array(fc.constantFrom<string>('a', 'b', '🙂'), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('a', 'c'), (letters, n, put) => {
        const at = n % letters.length;
        const variants = [
          letters.toSpliced(at, 1),
          letters.toSpliced(at, 0, put),
          letters.with(at, put),
        ];
        const swapped = letters.toSpliced(
          at % (letters.length - 1),
          2,
          ...letters.slice(at % (letters.length - 1), (at % (letters.length - 1)) + 2).reverse(),
        );
        for (const variant of [...variants, swapped]) {
          const isSame = variant.join('') === letters.join('');
          expect(isOneLetterOff(variant.join(''), letters.join(''))).toBe(!isSame);
        }
        expect(isOneLetterOff(`xy${letters.join('')}`, letters.join(''))).toBe(false);
        expect(isOneLetterOff(`x${letters.join('')}`, `${letters.join('')}yz`)).toBe(false);
      }),
    );
  });
});
