import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Inline, Outline, OutlineNode } from '../../src/issue/outline/outline.ts';
import { readOutline } from '../../src/issue/outline/read-outline.ts';
import { issueSchema } from '../../src/issue/schema.ts';
import { codes, complaints, mustHaveIssue, NOW } from './samples.ts';

const OPTIONS = { now: NOW };
const PROSE = 'This is a paragraph that is long enough to be prose, and it ends like prose.';

/** Nodes from lines of shorthand: `# a` headings, `! url | alt` images, `- a` lists. */
function outline(source: string, facts: Omit<Outline, 'nodes'> = {}): Outline {
  const nodes = source
    .trim()
    .split('\n')
    .map((raw, index): OutlineNode => {
      const line = index + 1;
      const inline = (value: string): Inline[] => [{ kind: 'text', text: value }];
      const heading = /^(#+) (.*)/.exec(raw);
      if (heading !== null) {
        return {
          kind: 'heading',
          level: heading[1]?.length ?? 1,
          inline: inline(heading[2] ?? ''),
          line,
        };
      }
      if (raw.startsWith('! ')) {
        const [url = '', caption] = raw.slice(2).split(' | ');
        return { kind: 'image', url, line, ...(caption ? { caption: inline(caption) } : {}) };
      }
      if (raw.startsWith('- ')) {
        return { kind: 'list', ordered: false, items: raw.slice(2).split(' - ').map(inline), line };
      }
      return raw === '---'
        ? { kind: 'rule', line }
        : { kind: 'paragraph', inline: inline(raw), line };
    });
  return { ...facts, nodes };
}

const HEAD = '# The Title\nJan 26th ~ Feb 2nd\n#93 of a list';
const NEWS = `## Industry News in 1 line\n♥ 2k First news.`;
const PAPER = `## A Paper\nXin et al. [NVIDIA]\n♥ 4.3k Quantization\n${PROSE}`;

const load = (source: string, facts?: Omit<Outline, 'nodes'>) =>
  readOutline(outline(source, facts), OPTIONS);

describe('readOutline', () => {
  test('takes the title that the outline states where no heading does', () => {
    const { issue } = load(`${HEAD.replace('# The Title', 'the subtitle')}\n${NEWS}\n${PAPER}`, {
      title: 'Another Title',
      url: 'https://news.example.org/p/x?utm_source=rss',
    });

    expect(issue).toMatchObject({
      title: 'Another Title',
      subtitle: 'the subtitle',
      url: 'https://news.example.org/p/x',
    });
  });

  test('takes the heading that the outline’s title repeats, and tells what stood above', () => {
    const { issue, findings } = load(`# The Site\n${HEAD}\n${NEWS}\n${PAPER}`, {
      title: 'The Title | The Site',
    });

    expect(issue?.title).toBe('The Title');
    expect(issue?.subtitle).toBeUndefined();
    expect(complaints(findings)).toMatchObject([{ code: 'text.unplaced', line: 1 }]);
  });

  test('takes the number from the stated title if it stands nowhere else', () => {
    const { issue } = load(`# The Title\nJan 26th ~ Feb 2nd\n${NEWS}\n${PAPER}`, {
      title: 'Weekly #93: The Title',
    });

    expect(issue?.number).toBe(93);
  });

  test('finds papers one level below a section, and tells of the section', () => {
    const { issue, findings } = load(
      `${HEAD}\n${NEWS}\n## Papers\n${PAPER.replace('## ', '### ')}\n#### Inside\n${PROSE}`,
    );

    const { papers, promotions } = mustHaveIssue({ issue, findings });
    expect(papers.map(({ body }) => body.map(({ kind }) => kind))).toEqual([
      ['paragraph', 'heading', 'paragraph'],
    ]);
    expect(promotions).toEqual([]);
    expect(codes(findings)).toEqual(['heading.section']);
  });

  test('does not take a paragraph for a caption where captions are marked', () => {
    const short = 'Overview of the method';
    const { issue } = load(
      `${HEAD}\n${NEWS}\n${PAPER}\n! https://e.org/1.png | Marked\n! https://e.org/2.png\n${short}`,
    );

    expect(issue?.papers[0]?.body.at(-1)).toEqual({ kind: 'paragraph', text: short });
  });

  test('takes news after the papers, and news in a list', () => {
    const { issue } = load(`${HEAD}\n${PAPER}\n## Industry News in 1 line\n- ♥ 1k One. - ♥ 2 Two.`);

    expect(issue?.news.map(({ likes, text }) => [likes, text])).toEqual([
      [1_000, 'One.'],
      [2, 'Two.'],
    ]);
  });

  test('parts a byline from the likes on its line', () => {
    const { issue } = load(
      `${HEAD}\n${NEWS}\n## A Paper\nXin et al. [NVIDIA] ♥ 4.3k Quantization\n${PROSE}`,
    );

    expect(issue?.papers[0]).toMatchObject({ likes: 4_300, byline: { authors: ['Xin'] } });
  });

  test('gives the same errors as plain text for what is no issue', () => {
    expect(codes(load('# Hello\nWorld').findings)).toEqual(['issue.unrecognized']);
    expect(codes(readOutline({ nodes: [] }, OPTIONS).findings)).toEqual(['issue.unrecognized']);
  });
});

/** Shapes that issues have, in any order. */
const words = fc.oneof(
  fc.constantFrom(
    '#93',
    'Jan 1st ~ Jan 7th',
    'Xu et al. [A]',
    'Ann and Bob',
    '♥ 1k LLM',
    '♥ 3 News is here.',
    'Industry News in 1 line',
    'Support my newsletter',
    PROSE,
    'Reply',
    '',
    '\n',
    'â€',
    'Title',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const inlines = fc.array(
  fc.oneof(
    words.map((text): Inline => ({ kind: 'text', text })),
    words.map((text): Inline => ({ kind: 'code', text })),
    fc
      .tuple(fc.constantFrom('strong' as const, 'emphasis' as const), words)
      .map(([kind, text]): Inline => ({ kind, inline: [{ kind: 'text', text }] })),
    fc
      .tuple(fc.oneof(fc.webUrl(), fc.string()), words)
      .map(([url, text]): Inline => ({ kind: 'link', url, inline: [{ kind: 'text', text }] })),
  ),
  { maxLength: 3 },
);
const node: fc.Arbitrary<OutlineNode> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), inlines)
    .map(([level, inline]): OutlineNode => ({ kind: 'heading', level, inline, line: 1 })),
  inlines.map((inline): OutlineNode => ({ kind: 'paragraph', inline, line: 2 })),
  fc
    .array(inlines, { maxLength: 3 })
    .map((items): OutlineNode => ({ kind: 'list', ordered: true, items, line: 3 })),
  fc
    .record(
      {
        url: fc.oneof(fc.webUrl(), fc.string()),
        alt: words,
        link: fc.oneof(fc.webUrl(), fc.string()),
        width: fc.double(),
        caption: inlines,
      },
      { requiredKeys: [] },
    )
    .map((image): OutlineNode => ({ kind: 'image', line: 4, ...image })),
  fc.constant<OutlineNode>({ kind: 'rule', line: 5 }),
);

test('readOutline never throws, and gives valid issues or errors', () => {
  const head = outline(HEAD).nodes;
  const paper = outline(PAPER).nodes;

  fc.assert(
    fc.property(fc.array(node, { maxLength: 20 }), fc.boolean(), (nodes, isWhole) => {
      const all = isWhole ? [...head, ...nodes, ...paper, ...nodes] : nodes;
      const { issue, findings } = readOutline({ nodes: all }, OPTIONS);
      expect(issue === undefined).toBe(findings.some(({ severity }) => severity === 'error'));
      if (issue !== undefined) expect(issueSchema.parse(issue)).toEqual(issue);
    }),
    { numRuns: 1_500 },
  );
});

test('readOutline leaves no paragraph out without a word', () => {
  fc.assert(
    fc.property(fc.array(node, { maxLength: 15 }), fc.nat(15), (nodes, place) => {
      const marker =
        'Zanzibar stands in a paragraph that nobody else has written, and it is prose.';
      const marked: OutlineNode = {
        kind: 'paragraph',
        inline: [{ kind: 'text', text: marker }],
        line: 77,
      };
      const all = [
        ...outline(HEAD).nodes,
        ...nodes.toSpliced(place, 0, marked),
        ...outline(PAPER).nodes,
      ];
      const { issue, findings } = readOutline({ nodes: all }, OPTIONS);
      if (issue === undefined) return;
      const count = JSON.stringify(issue).split(marker).length - 1;
      const isToldOf = findings.some(({ line, code }) => line === 77 && code === 'text.unplaced');
      expect(count).toBe(isToldOf ? 0 : 1);
    }),
    { numRuns: 1_000 },
  );
});
