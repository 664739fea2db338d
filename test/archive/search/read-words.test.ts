import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ABBREVIATIONS } from '../../../src/archive/search/abbreviations.ts';
import { editDistance } from '../../../src/archive/search/edit-distance.ts';
import { findLinkKeys } from '../../../src/archive/search/link-keys.ts';
import { LONGEST_SNIPPET, makeSnippet } from '../../../src/archive/search/make-snippet.ts';
import { readTerms, readWords } from '../../../src/archive/search/read-words.ts';
import { stem } from '../../../src/archive/search/stem.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.lorem({ maxCount: 40 }),
);

test('words are read once and for all: reading them again changes nothing', () => {
  fc.assert(
    fc.property(text, (source) => {
      const terms = readTerms(source);
      expect(readTerms(terms.join(' '))).toEqual(terms);
      for (const term of terms) expect(term).toMatch(/^[\p{L}\p{N}.+#]+$/u);
    }),
  );
});

test('a sign of a script is no word', () => {
  expect(readTerms('⺀ 蒸馏 ⺁')).toEqual(['蒸', '馏']);
});

test('words stand where they say, in their order', () => {
  fc.assert(
    fc.property(text, (source) => {
      let last = 0;
      for (const { start, end } of readWords(source)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(source.length);
        last = start;
      }
    }),
  );
});

test.each([
  ['Self-Distillation/“KL” k-means', 'self distillation kl k means'],
  ['Qwen3.5-Omni 0.9B v1.2. GPT-4o', 'qwen3.5 omni 0.9b v1.2 gpt 4o'],
  ['C++ and C#, #93', 'c++ and c# 93'],
  ['the model’s don’t O’Brien', 'the model dont obrien'],
  ['Hübotter STRAßE Łódź ﬁne', 'hubotter strasse lodz fine'],
])('%s', (source, terms) => {
  expect(readTerms(source).join(' ')).toBe(terms);
});

test.each([
  ['distillation distilling distilled distill distills'],
  ['quantization quantized quantizing quantize quantizes'],
  ['model models modeling modeled'],
  ['policy policies'],
  ['generate generation generated generative'],
  ['train trains trained training'],
])('one family: %s', (family) => {
  expect(new Set(family.split(' ').map(stem)).size).toBe(1);
});

test('abbreviations are folded words, each but once', () => {
  const shorts = ABBREVIATIONS.map(([short]) => short);

  expect(new Set(shorts).size).toBe(shorts.length);
  expect(shorts).toEqual(expect.arrayContaining(['moe', 'rl', 'kl', 'llm', 'rag', 'sft', 'grpo']));
  for (const words of ABBREVIATIONS.flat()) expect(readTerms(words).join(' ')).toBe(words);
});

test('the distance is that of the textbook, up to the most that is asked for', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
  fc.assert(
    fc.property(letters, letters, fc.integer({ min: 1, max: 3 }), (a, b, most) => {
      expect(editDistance(a, b, most)).toBe(Math.min(slowDistance(a, b), most + 1));
      const beginnings = Array.from({ length: b.length + 1 }, (_, end) => b.slice(0, end));
      const least = Math.min(...beginnings.map((begin) => slowDistance(a, begin)));
      expect(editDistance(a, b, most, true)).toBe(Math.min(least, most + 1));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['see arXiv:2504.12345v2.', ['arxiv:2504.12345']],
  ['(https://arxiv.org/pdf/2504.12345v3.pdf), nice', ['arxiv:2504.12345']],
  ['<https://hf.co/papers/2504.12345>', ['arxiv:2504.12345']],
  ['10.1000/ABC-1', ['doi:10.1000/abc-1']],
  ['version 12.3456 of 1999.99', []],
])('the address in %s', (source, keys) => {
  expect(findLinkKeys(source)).toEqual(keys);
});

test('a snippet shows the words that were asked for, within its length', () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 120 }), fc.nat(), (source, seed) => {
      const terms = readTerms(source);
      const wanted = terms[seed % terms.length] ?? '';
      const { text: shown, marks } = makeSnippet(source, (term) => (term === wanted ? 0 : -1));
      expect(shown.length).toBeLessThanOrEqual(LONGEST_SNIPPET);
      expect(marks.length).toBeGreaterThan(0);
      for (const { start, end } of marks)
        expect(readTerms(shown.slice(start, end))).toEqual([wanted]);
    }),
  );
});

/** Optimal string alignment, as it is defined. */
function slowDistance(a: string, b: string): number {
  const rows = [...Array(a.length + 1).keys()].map((i) =>
    [...Array(b.length + 1).keys()].map((j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const costs = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (isSame ? 0 : 1)];
      if (isSwapped) costs.push(at(i - 2, j - 2) + 1);
      const row = rows[i];
      if (row !== undefined) row[j] = Math.min(...costs);
    }
  }
  return at(a.length, b.length);
}
