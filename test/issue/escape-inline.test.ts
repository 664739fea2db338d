import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseProse } from '../../formatters/text/prose.ts';
import { escapeInline } from '../../src/issue/text/escape-inline.ts';
import { readCommonMark } from '../support/read-common-mark.ts';

const MARKS = [
  ...'\\`*_[]()<>&;#!~"\'.-+1= ab:/|{}@é’\t\u00a0\u0301',
  'http://a.b/c_d_(e)',
  '&amp;',
  '&#35;',
  '<b>',
  '<!-- ',
  '](',
  '![',
  '😀',
];
const oneLine = fc
  .oneof(
    fc.array(fc.constantFrom(...MARKS), { maxLength: 25 }).map((marks) => marks.join('')),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the importer takes these out before
  .map((text) => text.replace(/[\u0000-\u0008\n\u000b-\u001f\u007f]/g, '').trim());

test('escapeInline writes any line so that it reads back as it was', () => {
  fc.assert(
    fc.property(oneLine, (text) => {
      expect(readCommonMark(escapeInline(text))).toBe(text.toWellFormed());
    }),
    { numRuns: 5_000 },
  );
});

test('escapeInline leaves no markup: nothing is emphasis, code or a hidden link', () => {
  fc.assert(
    fc.property(oneLine, (text) => {
      const prose = parseProse(escapeInline(text));

      for (const span of prose.spans) {
        if (span.kind === 'link') {
          expect(prose.text.slice(span.start, span.end)).toMatch(/^https?:/i);
        }
        expect(['strong', 'emphasis', 'code']).not.toContain(span.kind);
      }
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  'The NVIDIA team skips the rerun (and hires a tutor).',
  'LiveCodeBench v6: 3 * 4 = 12, snake_case_name, A [left] and B [right], a < b & c',
  'Use “locks” & "forks" – 50% off!',
])('escapeInline leaves plain prose plain: %s', (text) => {
  expect(escapeInline(text)).toBe(text);
});

test.each([
  ['**bold**', '\\*\\*bold\\*\\*'],
  ['[click](http://evil.example)', '[click\\](http://evil.example)'],
  ['![x](http://a.b/c.png)', '![x\\](http://a.b/c.png)'],
  ['`code`', '\\`code\\`'],
  ['<b>', '\\<b>'],
  ['&lt;', '\\&lt;'],
])('escapeInline disarms %s', (text, escaped) => {
  expect(escapeInline(text)).toBe(escaped);
});
