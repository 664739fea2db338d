import { describe, expect, test } from 'vitest';
import { findExponent, LINEAR_AT_MOST } from '../support/find-exponent.ts';
import { importString } from './samples.ts';

describe('importIssue takes time in proportion to the length of', () => {
  const HEADER = 'Title\nJan 1st ~ Jan 7th\n#1\nIndustry News in 1 Line\n';
  const PAPER = 'A Paper\nXu et al.\n♥ 1 Topic\n';
  /** Characters in the smaller text: lines and mojibake take longer than one long line. */
  const sizeOf = (sample: string): number => (/[\nÃâ]/.test(sample) ? 25_000 : 250_000);
  const repeat = (unit: string) => (size: number) => unit.repeat(Math.ceil(size / unit.length));

  test.each([
    ['one word', repeat('a')],
    ['one line', repeat('word ')],
    ['short lines', repeat('ab.\n')],
    ['empty lines', repeat('\n')],
    ['brackets', repeat('[')],
    ['links', repeat('[](')],
    ['names', repeat('a, ')],
    ['capital names', repeat('A, ')],
    ['hearts', repeat('♥ 1 ')],
    ['lines of hearts', repeat('♥ 1\n')],
    ['digits after a heart', (size: number) => `♥ ${'1'.repeat(size)}`],
    ['periods', repeat('Jan 1 ~ ')],
    ['lines of periods', repeat('Jan 1 ~ Jan 2\n')],
    ['spaces', (size: number) => `a${' '.repeat(size)}b`],
    ['full stops', repeat('. ')],
    ['full stops and quotation marks', repeat('.”')],
    ['asterisks', repeat('*')],
    ['mojibake', repeat('Ãƒ')],
    ['nested mojibake', (size: number) => `Ã${'ƒ'.repeat(size)}`],
    ['half mojibake', repeat('â€')],
    ['bylines', repeat('Xu et al. [A]\n')],
    ['headings before prose', repeat(`Heading\n${'Prose. '.repeat(8)}\n`)],
    ['promotions', repeat(`Support my newsletter\n${'Sign up! '.repeat(8)}\n`)],
    ['papers of the same title', repeat('T\nXu et al.\nText.\n')],
  ])('%s', (_what, make) => {
    const size = sizeOf(make(1_000));
    const readAll = (text: string): void => {
      const sources = [text, `${HEADER}${text}\n${PAPER}Text.`, `${HEADER}${PAPER}${text}`];
      for (const source of sources) importString(source);
    };

    expect(findExponent(make, readAll, size, 4 * size)).toBeLessThan(LINEAR_AT_MOST);
  });
});
