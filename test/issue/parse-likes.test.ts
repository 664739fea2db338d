import { describe, expect, test } from 'vitest';
import { parseHeartLine, parseLikes, parseTopics } from '../../src/issue/text/parse-likes.ts';

describe('parseLikes', () => {
  test.each([
    ['882', 882],
    ['0', 0],
    ['34k', 34_000],
    ['4.3k', 4_300],
    ['4,3k', 4_300],
    ['4.3K', 4_300],
    ['1.2m', 1_200_000],
    ['1M', 1_000_000],
    ['1,204', 1_204],
    ['1.204', 1_204],
    ['1,204,567', 1_204_567],
    ['1,204k', 1_204_000],
    ['2.9 k', 2_900],
    ['1.005k', 1_005],
  ])('reads %s as %i', (text, likes) => {
    expect(parseLikes(text)).toBe(likes);
  });

  test.each(['', 'k', '.', '1.2', '12,34', '1,204.567', '1..2k', 'many', '9'.repeat(16), '٣'])(
    'does not read “%s” as a number of likes',
    (text) => {
      expect(parseLikes(text)).toBeUndefined();
    },
  );

  test('never returns more than a whole number can hold', () => {
    expect(parseLikes('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseLikes('9007199254740993')).toBeUndefined();
    expect(parseLikes('99999999999999m')).toBeUndefined();
  });
});

describe('parseHeartLine', () => {
  test.each([
    ['♥ 4.3k Quantization', 4_300, 'Quantization'],
    ['♥️ 4.3k Quantization', 4_300, 'Quantization'],
    ['❤️ 12 LLM RLVR', 12, 'LLM RLVR'],
    ['♥ 762', 762, ''],
    ['♥4.3k Quantization', 4_300, 'Quantization'],
    ['♥ 5 Multimodal models', 5, 'Multimodal models'],
    ['♥ 882 K-means', 882, 'K-means'],
    ['♥ 7 3D vision', 7, '3D vision'],
  ])('reads “%s”', (line, likes, rest) => {
    expect(parseHeartLine(line)).toEqual({ likes, rest });
  });

  test.each(['♥', '♥ many', '4.3k Quantization', 'We ♥ 4 papers', '♥ 4x faster', '♥ -3 Attention'])(
    'does not read “%s” as likes',
    (line) => {
      expect(parseHeartLine(line)).toBeUndefined();
    },
  );
});

describe('parseTopics', () => {
  test.each([
    ['', [], false],
    ['Data filtering', ['Data filtering'], false],
    ['Data filtering bycloud’s pick', ['Data filtering'], true],
    ["Data filtering bycloud's pick", ['Data filtering'], true],
    ['bycloud’s pick Data filtering', ['Data filtering'], true],
    ['bycloud’s pick', [], true],
    ['LLM   RLVR   bycloud’s pick', ['LLM', 'RLVR'], true],
    ['LLM, RLVR', ['LLM', 'RLVR'], false],
    ['LLM | RLVR · Agents • Safety', ['LLM', 'RLVR', 'Agents', 'Safety'], false],
    ['MoE, MoE', ['MoE'], false],
    ['Human picks', ['Human picks'], false],
  ])('reads “%s”', (rest, topics, pick) => {
    expect(parseTopics(rest)).toEqual({ topics, pick });
  });
});
