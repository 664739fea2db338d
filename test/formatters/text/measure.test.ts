import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytes,
  codePoints,
  findExceeded,
  graphemes,
  measure,
  truncate,
  utf16Units,
} from '../../../formatters/text/measure.ts';
import { makeScale } from '../../../formatters/text/scale.ts';
import { anyText, isOver, listClusters } from './arbitrary-text.ts';

const measures = fc.constantFrom(graphemes, bytes, codePoints, utf16Units);

describe('measure', () => {
  it.each([
    ['e\u0301', 1, 3, 2, 2],
    ['👨‍👩‍👧‍👦', 1, 25, 7, 11],
    ['🇫🇷🇯🇵', 2, 16, 4, 8],
    ['汉字', 2, 6, 2, 2],
    ['\r\n', 1, 2, 2, 2],
    ['\ud83d', 1, 3, 1, 1],
    ['', 0, 0, 0, 0],
  ])('weighs %j in every unit', (text, clusters, octets, points, units) => {
    const found = [graphemes, bytes, codePoints, utf16Units].map((by) => measure(text, by));

    expect(found).toEqual([clusters, octets, points, units]);
  });

  it('counts as Node and the platforms do, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(measure(text, graphemes)).toBe(listClusters(text).length);
        expect(measure(text, bytes)).toBe(new TextEncoder().encode(text).length);
        expect(measure(text, codePoints)).toBe([...text].length);
        expect(measure(text, utf16Units)).toBe(text.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('findExceeded', () => {
  it('tells the limit that is exceeded and what was found', () => {
    const limits = [
      { measure: graphemes, most: 3 },
      { measure: bytes, most: 4 },
    ];

    expect(findExceeded('abcd', limits)).toEqual({ limit: limits[0], found: 4 });
    expect(findExceeded('汉字', limits)).toEqual({ limit: limits[1], found: 6 });
    expect(findExceeded('abc', limits)).toBeUndefined();
  });
});

describe('truncate', () => {
  it('leaves alone what fits, and else ends within the limit on a whole cluster and "…"', () => {
    fc.assert(
      fc.property(anyText, measures, fc.integer({ min: 3, max: 60 }), (text, by, most) => {
        const limit = { measure: by, most };

        const short = truncate(text, limit);

        expect(isOver(short, [limit])).toBe(false);
        if (!isOver(text, [limit])) {
          expect(short).toBe(text);
        } else {
          const kept = short.slice(0, -1);
          const clusters = listClusters(text);
          const prefixes = clusters.map((_, k) => clusters.slice(0, k).join('').trimEnd());
          expect(short.endsWith('…')).toBe(true);
          expect(prefixes).toContain(kept);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('makeScale', () => {
  it('weighs every stretch between clusters as measuring it alone would', () => {
    const limits = [
      { measure: graphemes, most: 9 },
      { measure: bytes, most: 4000 },
    ];
    fc.assert(
      fc.property(anyText, fc.nat(200), fc.nat(200), (text, a, b) => {
        const scale = makeScale(text, limits);
        const clusters = listClusters(text);
        const offset = (k: number): number => clusters.slice(0, k).join('').length;
        const [from, to] = [offset(Math.min(a, b)), offset(Math.max(a, b))];

        expect(scale.isTooLong(from, to)).toBe(isOver(text.slice(from, to), limits));
        expect(scale.fill(from, to)).toBeCloseTo(listClusters(text.slice(from, to)).length / 9, 9);
        expect(scale.isBoundary(from) && scale.isBoundary(to)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
