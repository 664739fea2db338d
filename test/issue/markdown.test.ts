import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseProse } from '../../formatters/text/prose.ts';
import { importMarkdown } from '../../src/issue/markdown/import-markdown.ts';
import { issueSchema } from '../../src/issue/schema.ts';
import { expectedIssue, type FormAbilities, NOW } from './forms/expected.ts';
import { at, codes, complaints, mustHaveIssue, vary } from './samples.ts';

const OPTIONS = { now: NOW };
/** Markdown states no size of an image; all else it carries. */
const MARKDOWN: FormAbilities = { url: true, sizes: false, alts: true, promotions: true };

const read = (name: string): string =>
  readFileSync(new URL(`./forms/issue-${name}.md`, import.meta.url), 'utf8');
const CLIPPED = read('clipped');
const PLAIN = read('plain');
const ISSUE = expectedIssue(MARKDOWN);
const SECOND_HEART = '♥ 882   Data filtering   bycloud’s pick';
const OLDER = 'Older filters drop whole documents';
const OPEN_WEB =
  '[the open web](https://example.org/open-web?utm_source=newsletter&utm_medium=email)';

const load = (source: string) => importMarkdown(source, OPTIONS);
const mustLoad = (source: string) => mustHaveIssue(load(source));

describe('formulas', () => {
  test.each([
    ['$\\mathbf{x}_{i} + \\mathbf{y}_{j}$', 'xᵢ + yⱼ'],
    ['\\(z_k * w_k\\)', 'zₖ * wₖ'],
    ['$\\{a\\}$', '{a}'],
    ['$5 and *not* $10', '$5 and not $10'],
    ['`$x_i$`', '$x_i$'],
  ])('%s is read as a reader of posts will read it: %s', (markdown, read) => {
    const issue = mustLoad(
      `# T\n\n#44\n\nJan 26th ~ Feb 2nd\n\n## A\n\n*Xu et al.*\n\nIt is ${markdown} here.\n`,
    );

    const [block] = at(issue.papers, 0).body;

    expect(block?.kind === 'paragraph' && parseProse(block.text).text).toBe(`It is ${read} here.`);
  });
});

describe('the issue in Markdown', () => {
  test.each([
    ['clipped, its headings underlined', CLIPPED],
    ['plain, its news numbered', PLAIN],
  ])('%s, is the issue without the sizes of its images', (_what, source) => {
    const { issue, findings } = load(source);

    expect(mustHaveIssue({ issue, findings })).toEqual(ISSUE);
    expect(complaints(findings)).toEqual([]);
    expect(issueSchema.parse(issue)).toEqual(issue);
  });

  test('tells of letters that were garbled, with their line', () => {
    const { findings } = load(CLIPPED);
    const line = CLIPPED.split('\n').findIndex((text) => text.includes('HĂĽ')) + 1;

    expect(findings.filter(({ code }) => code === 'text.mojibake-repaired')).toMatchObject([
      { line },
    ]);
  });

  test.each([
    ['CRLF', CLIPPED.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${CLIPPED}`],
    ['blanks before the text', `\n\n${CLIPPED}`],
    ['no breadcrumbs', CLIPPED.replace(/^- .*\n\n/gm, '')],
    ['no “Reply”', CLIPPED.replace(/Reply\n$/, '')],
    ['rules between the parts', CLIPPED.replace(/\n(?=.*\n---)/g, '\n\n* * *\n\n')],
    ['bylines with underscores', CLIPPED.replace(/^\*(.*et al.*)\*$/gm, '_$1_')],
    ['bylines that are not italic', CLIPPED.replace(/^\*(.*et al.*)\*$/gm, '$1')],
    ['the likes on the line after the byline', CLIPPED.replaceAll('*\n\n♥', '*\n♥')],
    ['a hard break after the byline', CLIPPED.replaceAll('*\n\n♥', '*  \n♥')],
    ['a backslash after the byline', CLIPPED.replaceAll('*\n\n♥', '*\\\n♥')],
    [
      'captions on the line after the image',
      CLIPPED.replace(/(\.png\)+)\n\n(?=.{1,115}\n)/g, '$1\n'),
    ],
    ['italic captions', CLIPPED.replace(/(\.png\)+)\n\n(.{1,115})\n/g, '$1\n\n*$2*\n')],
    ['headings in bold', CLIPPED.replace(/^(\[.*\]\(https:\/\/arxiv.*)$/gm, '**$1**')],
    ['an address on arXiv of the PDF', CLIPPED.replaceAll('arxiv.org/abs/', 'arxiv.org/pdf/')],
    [
      'links with trackers',
      CLIPPED.replace(/(arxiv.org\/abs\/[\d.]+)/g, '$1?utm_source=x&fbclid=y'),
    ],
    [
      'references',
      `${CLIPPED.replace(OPEN_WEB, '[the open web][Web]')}\n[web]: https://example.org/open-web\n`,
    ],
    [
      'the title linked under it',
      PLAIN.replace(/^## \[(.*)\]\((.*)\)\n\n(.*)/gm, '## $1\n\n$3').replace(
        /^\*(Xin|Rathi|H|Atad)(.*)\*$/gm,
        (_all, name: string, rest: string) =>
          `*[${name}${rest}](https://arxiv.org/abs/2601.0000${['Xin', 'Rathi', 'H', 'Atad'].indexOf(name) + 1})*`,
      ),
    ],
  ])('comes out the same with %s', (_what, source) => {
    expect(source).not.toBe(CLIPPED);
    expect(mustLoad(source)).toEqual(ISSUE);
  });

  test('without front matter lacks its address alone', () => {
    const { url, ...rest } = mustLoad(CLIPPED.replace(/^---[\s\S]*?---\n/, ''));

    expect(url).toBeUndefined();
    expect(rest).toEqual({ ...ISSUE, url: undefined });
  });

  test('takes its title from the front matter where no heading says it', () => {
    const source = CLIPPED.replace(/^One Tensor.*\n=+\n/m, '');

    expect(mustLoad(source)).toEqual(ISSUE);
  });
});

describe('a paper in Markdown', () => {
  test('without likes keeps all else, with a warning', () => {
    const { issue, findings } = load(vary(CLIPPED, `${SECOND_HEART}\n\n`, ''));

    const paper = at(mustHaveIssue({ issue, findings }).papers, 1);
    const { likes, ...expected } = at(ISSUE.papers, 1);
    expect(likes).toBe(882);
    expect(paper).toEqual({ ...expected, topics: [], pick: false });
    expect(codes(complaints(findings))).toEqual(['paper.likes-missing']);
  });

  test('without a byline is found by its likes, with a warning', () => {
    const { issue, findings } = load(
      vary(CLIPPED, '*Atad et al. \\[Tel Aviv University\\]*\n\n', ''),
    );

    expect(at(mustHaveIssue({ issue, findings }).papers, 3).body).toEqual(at(ISSUE.papers, 3).body);
    expect(codes(complaints(findings))).toEqual(['paper.byline-missing']);
  });

  test('keeps the topics that blanks set apart', () => {
    const { papers } = mustLoad(
      vary(CLIPPED, SECOND_HEART, '♥ 1.7k   LLM   RLVR   bycloud’s pick'),
    );

    expect(at(papers, 1)).toMatchObject({ likes: 1_700, topics: ['LLM', 'RLVR'], pick: true });
  });

  test('has headings, lists and code inside', () => {
    const extra =
      '### What was *tried*\n\n- first, with `top_k`\n- **second**\n    - within\n\n1. one\n2. two\n\n';
    const { issue, findings } = load(vary(CLIPPED, OLDER, extra + OLDER));

    const { body } = at(mustHaveIssue({ issue, findings }).papers, 1);
    expect(body.slice(3, 6)).toEqual([
      { kind: 'heading', text: 'What was *tried*' },
      { kind: 'list', ordered: false, items: ['first, with `top_k`', '**second**', 'within'] },
      { kind: 'list', ordered: true, items: ['one', 'two'] },
    ]);
    expect(body.length).toBe(at(ISSUE.papers, 1).body.length + 3);
    expect(complaints(findings)).toEqual([]);
  });

  test.each([
    ['Read [the paper](https://arxiv.org/pdf/2601.09999v2).', 'https://arxiv.org/abs/2601.09999v2'],
    [
      'See [arXiv](https://arxiv.org/abs/1) or [project page](https://x.org).',
      'https://arxiv.org/abs/1',
    ],
    [
      'It stands [here](https://openreview.net/forum?id=abc).',
      'https://openreview.net/forum?id=abc',
    ],
    [
      '[Work](https://doi.org/10.1/x) and [more](https://hf.co/papers/1).',
      'https://hf.co/papers/1',
    ],
    ['[Somebody](https://example.org/blog) said so.', undefined],
  ])('whose title has no link takes its own from “%s”', (text, url) => {
    const source = CLIPPED.replace(/\[(Shaping.*)\]\(.*\)/, '$1');

    const { papers } = mustLoad(vary(source, OLDER, `${text}\n\n${OLDER}`));

    expect(at(papers, 1).url).toBe(url);
  });

  test('is told of when its link may be that of another', () => {
    const source = CLIPPED.replace(/\[(Shaping.*)\]\(.*\)/, '$1');
    const text = '[One](https://arxiv.org/abs/1) and [two](https://arxiv.org/abs/2).';

    const { findings } = load(vary(source, OLDER, `${text}\n\n${OLDER}`));

    expect(codes(complaints(findings))).toEqual(['paper.link-doubtful']);
  });
});

describe('a promotion in Markdown', () => {
  const TITLE = '[Reinforcement Learning via Self-Distillation]';
  const LOUD = '## A Course from Our Academy\n\nSign up today.\n\n- one\n- two\n\n';

  test('between papers is no part of either', () => {
    const { issue, findings } = load(vary(CLIPPED, TITLE, LOUD + TITLE));

    const { promotions, ...rest } = mustHaveIssue({ issue, findings });
    expect({ ...rest, promotions: ISSUE.promotions }).toEqual(ISSUE);
    expect(promotions[1]).toEqual({
      title: 'A Course from Our Academy',
      text: 'Sign up today.\none\ntwo',
    });
    expect(complaints(findings)).toEqual([]);
  });

  test('without a word that says so is doubted', () => {
    const { findings } = load(vary(CLIPPED, TITLE, `## Nothing Special\n\nText.\n\n${TITLE}`));

    expect(codes(complaints(findings))).toEqual(['promotion.doubtful']);
  });

  test('that is a linked image is no figure', () => {
    const image =
      '[![Join our course](https://media.example.org/ad.png)](https://shop.example.com/)';
    const { issue } = load(vary(CLIPPED, TITLE, `${image}\n\n${TITLE}`));

    expect(issue?.papers).toEqual(ISSUE.papers);
    expect(issue?.promotions[1]?.title).toBe('Join our course');
  });
});

describe('what Markdown holds that an issue cannot', () => {
  test.each([
    ['<div>Some words</div>', 'markdown.html-ignored', 'warning'],
    ['<!-- a note -->', 'markdown.html-ignored', 'info'],
    ['[mail](mailto:a@example.org) me, as these are enough words.', 'link.not-web', 'warning'],
    ['![a cat](data:image/png;base64,AAAA)', 'figure.url-missing', 'warning'],
  ])('%s is told of: %s', (text, code, severity) => {
    const source = vary(CLIPPED, OLDER, `${text}\n\n${OLDER}`);

    const { issue, findings } = load(source);

    const line = source.split('\n').indexOf(text) + 1;
    expect(issue).toBeDefined();
    expect(findings).toContainEqual(expect.objectContaining({ code, severity, line }));
  });
});
