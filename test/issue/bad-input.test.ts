import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/issue/finding.ts';
import { importIssue } from '../../src/issue/import-issue.ts';
import type { Imported } from '../../src/issue/text/import-text.ts';
import { MAX_ISSUE_BYTES } from '../../src/issue/text/read-source.ts';
import { importString, OPTIONS, readSample, vary } from './samples.ts';

const SAMPLE = readSample(93);
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

function errors({ findings }: Imported): Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

/** Lines `from` to `to` of the sample, counted from 1, taken out. */
function without(from: number, to: number): string {
  return SAMPLE.split('\n')
    .filter((_, i) => i + 1 < from || i + 1 > to)
    .join('\n');
}

const lineOf = (text: string): number => SAMPLE.split('\n').indexOf(text) + 1;
const firstTitle = 'Quantization-Aware Distillation for NVFP4 Inference Accuracy Recovery';
const secondTitle = 'Shaping capabilities with token-level data filtering';

type Case = readonly [
  what: string,
  source: Uint8Array | string,
  code: string,
  line: number | undefined,
];

const REFUSED: readonly (readonly [string, Uint8Array | string, string, number?])[] = [
  ['nothing', '', 'source.empty'],
  ['white space', ' \n\t\r\n\u00a0\n', 'source.empty'],
  ['a byte order mark', '\ufeff', 'source.empty'],
  ['the first bytes of a PNG', PNG, 'source.not-text'],
  ['a PNG', Uint8Array.of(...PNG, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52), 'source.not-text'],
  [
    'noise',
    Uint8Array.from({ length: 5_000 }, (_, i) => ((i * 7919) % 255) + 1),
    'source.not-text',
  ],
  ['a file over the cap', new Uint8Array(MAX_ISSUE_BYTES + 1).fill(0x61), 'source.too-large'],
  ['a shopping list', 'Milk\nBread\nTwo apples\n', 'issue.unrecognized'],
  [
    'a line of prose',
    'A sentence that tells nothing about any paper at all.',
    'issue.unrecognized',
  ],
  ['a web page', '<!doctype html>\n<html><body><p>Hello</p></body></html>', 'issue.unrecognized'],
  [
    'no number',
    vary(SAMPLE, '#93 A Week of AI Papers in Plain Words\n', ''),
    'issue.number-missing',
    6,
  ],
  ['the number 0', vary(SAMPLE, '#93 A Week', '#0 A Week'), 'issue.number-missing', 7],
  ['no period', vary(SAMPLE, 'Jan 26th ~ Feb 2nd\n', ''), 'issue.period-missing', 6],
  [
    'a day that never was',
    vary(SAMPLE, 'Jan 26th ~ Feb 2nd', 'Feb 24th ~ Feb 30th'),
    'issue.period-impossible',
    6,
  ],
  ['no title', without(1, 5), 'issue.title-missing', 1],
  ['no papers', SAMPLE.slice(0, SAMPLE.indexOf(firstTitle)), 'issue.papers-missing'],
  [
    'a paper without a body',
    without(lineOf(firstTitle) + 3, lineOf(secondTitle) - 1),
    'paper.body-missing',
    lineOf(firstTitle),
  ],
  ['too many papers', SAMPLE + 'T\nXu et al.\nSome text.\n'.repeat(300), 'issue.papers-too-many'],
];
const CASES = REFUSED.map(([what, source, code, line]): Case => [what, source, code, line]);

describe('importIssue refuses', () => {
  test.each(CASES)('%s', (_what, source, code, line) => {
    const imported =
      typeof source === 'string' ? importString(source) : importIssue(source, OPTIONS);

    expect(imported.issue).toBeUndefined();
    expect(errors(imported).map((finding) => [finding.code, finding.line])).toEqual([[code, line]]);
  });

  test('several faults at once, each with its line, in the order of the text', () => {
    const source = vary(
      vary(SAMPLE, '#93 A Week of AI Papers in Plain Words\n', ''),
      'Jan 26th ~ Feb 2nd\n',
      '',
    );

    const imported = importString(source);

    expect(imported.issue).toBeUndefined();
    expect(errors(imported).map(({ code }) => code)).toEqual([
      'issue.number-missing',
      'issue.period-missing',
    ]);
  });

  test.each(CASES)('%s in words that a person can act on', (_what, source) => {
    const { findings } =
      typeof source === 'string' ? importString(source) : importIssue(source, OPTIONS);

    for (const { message, remedy } of findings) {
      expect(message).toMatch(/^[A-Z“].*[.”]$/su);
      expect(remedy).toMatch(
        /^(?:Add|Copy|Give|If|Import|Move|Nothing to do|Put|Save|Write|Begin)\b.*\.$/su,
      );
      expect(`${message} ${remedy}`).not.toMatch(/undefined|null|NaN|\[object|\n|\0/);
    }
  });
});

describe('importIssue', () => {
  test('reads a file in windows-1252, and says so', () => {
    const bytes = Uint8Array.from(
      Buffer.from(SAMPLE.replace(/[^\0-\xff]/g, '?').replace(/^♥/gm, '?'), 'latin1'),
    );

    const { findings } = importIssue(bytes, OPTIONS);

    expect(findings[0]).toMatchObject({ severity: 'warning', code: 'source.not-utf8' });
  });

  test('reads a UTF-8 file in spite of one byte that is broken', () => {
    const bytes = Buffer.concat([Buffer.from(SAMPLE), Uint8Array.of(0xe2, 0x80)]);

    const { issue, findings } = importIssue(bytes, OPTIONS);

    expect(issue?.papers.map(({ likes }) => likes)).toEqual([4_300, 882, 320, 902]);
    expect(issue?.papers[1]?.pick).toBe(true);
    expect(findings.map(({ code }) => code)).toContain('source.not-utf8');
  });
});
