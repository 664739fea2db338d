import { describe, expect, test } from 'vitest';
import { importIssue } from '../../src/issue/import-issue.ts';
import { importText } from '../../src/issue/text/import-text.ts';
import {
  at,
  codes,
  complaints,
  importString,
  mustHaveIssue,
  mustImport,
  OPTIONS,
  readSample,
  vary,
} from './samples.ts';

const SAMPLE = readSample(93);
const ISSUE = mustImport(SAMPLE);
const SECOND_TITLE = 'Shaping capabilities with token-level data filtering';
const SECOND_BYLINE = 'Rathi and Radford [Anthropic, Stanford]';
const SECOND_HEART = '♥ 882 Data filtering bycloud’s pick';
const PROMOTION =
  'A Course from Our Academy - NEW Chapter!\nSign up for the new chapter today, and tell your friends about it as well.\n';

describe('the same issue comes of', () => {
  test.each([
    ['CRLF', SAMPLE.replaceAll('\n', '\r\n')],
    ['CR', SAMPLE.replaceAll('\n', '\r')],
    ['a byte order mark', `\ufeff${SAMPLE}`],
    ['no-break spaces', SAMPLE.replace(/(?<=[a-z]) (?=[a-z])/g, '\u00a0')],
    ['spaces at both ends of lines', SAMPLE.replace(/^(?=.)/gm, '  ').replace(/(?<=.)$/gm, ' \t ')],
    ['empty lines of white space', SAMPLE.replace(/^$/gm, ' \u00a0\t')],
    ['several empty lines in a row', SAMPLE.replaceAll('\n\n', '\n\n\n\n')],
    ['an empty line after every line', SAMPLE.replaceAll('\n', '\n\n')],
    ['zero-width spaces', SAMPLE.replaceAll('. ', '.\u200b ')],
    ['no breadcrumbs', SAMPLE.replace(/^- .*\n/gm, '')],
    ['no “Reply”', SAMPLE.replace(/Reply$/, '')],
    ['more buttons', `Login\nSubscribe\n${SAMPLE}\nAdd your comment...\nLogin\nShare\n`],
    ['an emoji heart', SAMPLE.replaceAll('♥ ', '❤️ ')],
    ['decomposed letters', SAMPLE.normalize('NFD')],
  ])('%s', (_what, text) => {
    expect(mustHaveIssue(importString(text))).toEqual(ISSUE);
  });

  test.each(['utf-16le', 'utf-16be'])('%s with its mark', (encoding) => {
    const bytes = Buffer.from(`\ufeff${SAMPLE}`, 'utf16le');

    const read = importIssue(encoding === 'utf-16le' ? bytes : bytes.swap16(), OPTIONS);

    expect(mustHaveIssue(read)).toEqual(ISSUE);
  });

  test.each(['windows-1252', 'windows-1250'])('UTF-8 that was read as %s', (encoding) => {
    const right = SAMPLE.replace('HĂĽ', 'Hü');
    const garbled = new TextDecoder(encoding).decode(Buffer.from(right));

    const { issue, findings } = importString(garbled);

    expect(garbled).not.toBe(right);
    expect(issue).toEqual(ISSUE);
    expect(new Set(codes(complaints(findings)))).toEqual(new Set());
  });
});

describe('a paper', () => {
  test('without likes keeps all else, with a warning', () => {
    const { issue, findings } = importString(vary(SAMPLE, `${SECOND_HEART}\n`, ''));

    const paper = at(mustHaveIssue({ issue, findings }).papers, 1);
    expect(paper).toEqual({ ...at(ISSUE.papers, 1), likes: undefined, topics: [], pick: false });
    expect(complaints(findings)).toMatchObject([
      { severity: 'warning', code: 'paper.likes-missing', line: 29 },
    ]);
  });

  test.each([0, 1, 3])('without a byline is found, with a warning (paper %i)', (index) => {
    const paper = at(ISSUE.papers, index);
    const { issue, findings } = importString(vary(SAMPLE, `${paper.byline.text}\n`, ''));

    const read = mustHaveIssue({ issue, findings }).papers;
    expect(read.map(({ title }) => title)).toEqual(ISSUE.papers.map(({ title }) => title));
    expect(read[index]).toEqual({
      ...paper,
      byline: { text: '', authors: [], etAl: false, organizations: [] },
    });
    expect(codes(complaints(findings))).toEqual(['paper.byline-missing']);
  });

  test('without a topic is read, with a warning', () => {
    const { issue, findings } = importString(
      vary(SAMPLE, '♥ 902 Transformer Interpretability', '♥ 902'),
    );

    expect(at(mustHaveIssue({ issue, findings }).papers, 3)).toMatchObject({
      likes: 902,
      topics: [],
    });
    expect(codes(complaints(findings))).toEqual(['paper.topic-missing']);
  });

  test.each([
    [SECOND_BYLINE, 'Rathi & Radford', ['Rathi', 'Radford'], []],
    [SECOND_BYLINE, 'Rathi', ['Rathi'], []],
    [
      SECOND_BYLINE,
      'Rathi, Radford and van den Berg [MIT]',
      ['Rathi', 'Radford', 'van den Berg'],
      ['MIT'],
    ],
    [
      SECOND_BYLINE,
      'O’Neil et al. [University of California, Berkeley]',
      ['O’Neil'],
      ['University of California, Berkeley'],
    ],
    [
      SECOND_BYLINE,
      'MĂĽller & DvoĹ™Ăˇk [Universität Zürich]',
      ['Müller', 'Dvořák'],
      ['Universität Zürich'],
    ],
  ])('with “%s” as “%s” has its authors', (old, byline, authors, organizations) => {
    const paper = at(mustImport(vary(SAMPLE, old, byline)).papers, 1);

    expect(paper).toEqual({ ...at(ISSUE.papers, 1), byline: paper.byline });
    expect(paper.byline).toMatchObject({ authors, organizations });
  });

  test.each([
    ['♥ 34k Safety, Data filtering', 34_000, ['Safety', 'Data filtering'], false],
    ['♥ 1.2m LLM   RLVR   bycloud’s pick', 1_200_000, ['LLM', 'RLVR'], true],
    ['♥ 1,204 MoE', 1_204, ['MoE'], false],
    [
      `♥ 7 ${'Long topic, '.repeat(6)}Agents, Tools, Safety bycloud’s pick`,
      7,
      ['Long topic', 'Agents', 'Tools', 'Safety'],
      true,
    ],
  ])('with “%s” has its likes and topics', (heart, likes, topics, pick) => {
    const paper = at(mustImport(vary(SAMPLE, SECOND_HEART, heart)).papers, 1);

    expect(paper).toEqual({ ...at(ISSUE.papers, 1), likes, topics, pick });
  });

  test.each([
    'Attention: Revisited',
    'Is Attention All You Need?',
    'Attention Is All You Need.',
    'μP',
    `A ${'very '.repeat(30)}long title`,
    'DvoĹ™Ăˇk’s Theorem â€“ a â€œproofâ€\u009d',
  ])('is found under the title “%s”', (title) => {
    const { papers } = mustImport(vary(SAMPLE, SECOND_TITLE, title));

    expect(papers.length).toBe(4);
    expect(at(papers, 1).body).toEqual(at(ISSUE.papers, 1).body);
  });

  test('keeps a sub-heading in its place, with a doubt', () => {
    const opening = 'Older filters drop whole documents';
    const { issue, findings } = importString(
      vary(SAMPLE, `\n${opening}`, `\nWhat was tried\n${opening}`),
    );

    const kinds = at(mustHaveIssue({ issue, findings }).papers, 1).body.map(({ kind }) => kind);
    expect(kinds.slice(2, 5)).toEqual(['figure', 'heading', 'paragraph']);
    expect(codes(complaints(findings))).toEqual(['paper.heading-doubtful']);
  });

  test('is not swallowed by a promotion because its text says “discount” or “Academy”', () => {
    const old = 'Older filters drop';
    const { papers, promotions } = mustImport(
      vary(SAMPLE, old, `The Academy gave a discount on a newsletter to its sponsors. ${old}`),
    );

    expect(at(papers, 1).body.length).toBe(at(ISSUE.papers, 1).body.length);
    expect(promotions).toEqual(ISSUE.promotions);
  });

  test('whose title is gone is told of at its byline', () => {
    const { findings } = importString(vary(SAMPLE, `${SECOND_TITLE}\n`, ''));

    expect(codes(complaints(findings))).toContain('paper.title-missing');
  });
});

describe('a promotion', () => {
  test('between two papers ends the first and starts no paper', () => {
    const { papers, promotions, news } = mustImport(
      vary(SAMPLE, SECOND_TITLE, PROMOTION + SECOND_TITLE),
    );

    expect([papers, news]).toEqual([ISSUE.papers, ISSUE.news]);
    expect(promotions.map(({ title }) => title)).toEqual([
      'Support These Weekly Notes',
      'A Course from Our Academy - NEW Chapter!',
    ]);
  });

  test('after the last paper is no part of it', () => {
    const { papers, promotions } = mustImport(SAMPLE.replace(/Reply$/, `${PROMOTION}Reply`));

    expect(papers).toEqual(ISSUE.papers);
    expect(promotions.length).toBe(2);
  });

  test('among the news ends at the next heart', () => {
    const { news, promotions } = mustImport(vary(SAMPLE, '♥ 15k', `${PROMOTION}\n♥ 15k`));

    expect(news).toEqual(ISSUE.news);
    expect(promotions.length).toBe(2);
  });
});

describe('the header', () => {
  test('keeps a title that begins like a month', () => {
    const title = 'Decoding 4-bit – Novel 3 - and May 4-bit';

    const issue = mustImport(SAMPLE.replaceAll('One Tensor to Read a Whole Transformer', title));

    expect(issue).toEqual({ ...ISSUE, title });
  });

  test('may lack the subtitle', () => {
    const { subtitle, ...rest } = mustImport(SAMPLE.replace(/^with notes.*\n/m, ''));

    expect(subtitle).toBeUndefined();
    expect({ ...rest, subtitle: ISSUE.subtitle }).toEqual(ISSUE);
  });

  test('tells of a line that has no place in it', () => {
    const { findings } = importString(vary(SAMPLE, 'Jan 26th', 'A line too many\nJan 26th'));

    expect(complaints(findings)).toMatchObject([{ code: 'text.unplaced', line: 6 }]);
  });

  test('may lack the heading of the news', () => {
    expect(mustImport(SAMPLE.replace(/^🗞️.*\n/mu, ''))).toEqual(ISSUE);
  });

  test('takes a period that crosses the year from the year that `now` tells', () => {
    const text = vary(SAMPLE, 'Jan 26th ~ Feb 2nd', 'Dec 29th ~ Jan 4th');

    const { issue } = importText(text, { now: new Date('2026-01-05T00:00:00Z') });

    expect(issue?.period).toEqual({ start: '2025-12-29', end: '2026-01-04' });
  });
});

describe('an issue imported just before its period', () => {
  const read = (now: string) => importText(SAMPLE, { now: new Date(now) });
  const doubt = (now: string) =>
    read(now).findings.find(({ code }) => code === 'issue.year-doubtful');

  test('is dated a year back by the rule, and the doubt is told with its remedy', () => {
    const { issue } = read('2027-01-25T12:00:00Z');

    expect(issue?.period.start).toBe('2026-01-26');
    expect(doubt('2027-01-25T12:00:00Z')).toMatchObject({ severity: 'warning', line: 6 });
    expect(doubt('2027-01-25T12:00:00Z')?.remedy).toContain('--year 2027');
  });

  test('is not doubted in its week, nor months later', () => {
    expect(doubt('2026-01-27T00:00:00Z')).toBeUndefined();
    expect(doubt('2026-11-22T00:00:00Z')).toBeUndefined();
  });
});

describe('a text that was copied wrongly', () => {
  test('is refused when it was pasted twice', () => {
    const { issue, findings } = importString(`${SAMPLE}\n${SAMPLE}`);

    expect(issue).toBeUndefined();
    expect(codes(findings)).toContain('paper.duplicate');
  });

  test('is doubted when its empty lines are gone', () => {
    const { findings } = importString(SAMPLE.replace(/\n\n+/g, '\n'));

    expect(codes(findings)).toContain('source.gaps-missing');
  });

  test('is refused when its period runs backwards', () => {
    const { issue, findings } = importString(
      vary(SAMPLE, 'Jan 26th ~ Feb 2nd', 'Feb 2nd ~ Jan 26th'),
    );

    expect(issue).toBeUndefined();
    expect(codes(findings)).toContain('issue.period-impossible');
  });

  test('keeps an advertisement between papers out of them', () => {
    const advertisement = [
      'Our Partner: FastCards',
      'Rent a graphics card for $1.99/hr. Sign up now at https://cards.example and get $50 free credits.',
      '',
      'Get started',
    ].join('\n');
    const text = vary(SAMPLE, SECOND_TITLE, `${advertisement}\n${SECOND_TITLE}`);

    const issue = mustImport(text);

    expect(issue.papers).toEqual(ISSUE.papers);
    expect(issue.promotions.map(({ title }) => title)).toContain('Our Partner: FastCards');
  });

  test('has its bullets and numbers read as lists', () => {
    const first = at(at(ISSUE.papers, 0).body, 0);
    const text = first.kind === 'paragraph' ? first.text : '';
    const lines = '- Quantize the model.\n- Distill it.\n1. First thing\n2. Second thing';

    const issue = mustImport(vary(SAMPLE, text, `${text}\n${lines}`));

    expect(at(issue.papers, 0).body.slice(1, 3)).toEqual([
      { kind: 'list', ordered: false, items: ['Quantize the model.', 'Distill it.'] },
      { kind: 'list', ordered: true, items: ['First thing', 'Second thing'] },
    ]);
  });

  test('loses the marks that would turn the writing around', () => {
    const issue = mustImport(vary(SAMPLE, SECOND_TITLE, `\u202e${SECOND_TITLE}`));

    expect(at(issue.papers, 1).title).toBe(SECOND_TITLE);
  });
});
