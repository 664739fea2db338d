import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytes,
  codePoints,
  findExceeded,
  graphemes,
  makeMastodonMeasure,
  measure,
  truncate,
  utf16Units,
  xWeight,
} from '../../../formatters/text/measure.ts';
import { makeScale } from '../../../formatters/text/scale.ts';
import { anyText, hardProse, isOver, listClusters, networkLimits } from './arbitrary-text.ts';

const mastodon = makeMastodonMeasure(23);
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

/** The weights are those that `parseTweet` of twitter-text 3.1.0 gives. */
describe('xWeight', () => {
  it.each([
    ['', 0],
    ['plain words', 11],
    ['é', 1],
    ['e\u0301', 1],
    ['“quoted” — it’s', 15],
    ['…', 2],
    ['•', 2],
    ['€', 2],
    ['汉字', 4],
    ['ｱ', 2],
    ['\u200e', 2],
    ['♥', 2],
    ['❤️', 2],
    ['1️⃣', 2],
    ['🇫🇷', 2],
    ['👨‍👩‍👧‍👦', 2],
    ['\ud83d', 2],
    ['https://x.com/a', 23],
    [`https://x.com/${'a'.repeat(400)}`, 23],
    [`https://x.com/${'a'.repeat(4074)}`, 23],
    [`https://x.com/${'a'.repeat(4075)}`, 4089],
    ['HTTPS://X.COM/A', 23],
    ['https://x.com?a=b', 23],
    ['(see https://x.com/a).', 30],
    ['https://en.wikipedia.org/wiki/A_(b)', 23],
    ['https://x.com/路径', 27],
    ['https://x.com/a~', 24],
    ['https://x.com/a https://x.com/b', 47],
    ['Z.ai', 23],
    ['Z.ai.', 24],
    ['arcee.ai has one', 31],
  ])('weighs %j as X does', (text, weight) => {
    const found = measure(text, xWeight);

    expect(found).toBe(weight);
  });

  it.each([
    ['Node.js', 7],
    ['me@x.com', 8],
    ['arxiv.org/abs/2401.12345', 23],
    ['ahttps://x.com/', 15],
  ])('gives what X might take for a URL no less than X does: %s', (text, weight) => {
    const found = measure(text, xWeight);

    expect(found).toBeGreaterThanOrEqual(weight);
    expect(found).toBeLessThanOrEqual(weight + 30);
  });
});

describe('makeMastodonMeasure', () => {
  it.each([
    ['plain words', 11],
    ['e\u0301👨‍👩‍👧‍👦汉', 3],
    ['https://x.com/a', 23],
    [`https://x.com/${'a'.repeat(900)} `, 24],
    ['x.com', 5],
    ['@ana@social.example wrote', 10],
    ['(@ana.b@social.example)', 8],
    ['@ana', 4],
    ['ana@social.example', 18],
    ['https://social.example/@ana@other.example', 23],
    ['@ana@social.example https://x.com/a @bo@social.example', 32],
  ])('weighs %j as Mastodon does', (text, weight) => {
    const found = measure(text, mastodon);

    expect(found).toBe(weight);
  });

  it('takes the weight of a URL from the server', () => {
    const found = measure('See https://x.com/a', makeMastodonMeasure(40));

    expect(found).toBe(44);
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

describe('truncate, where URLs weigh the same whatever their length,', () => {
  it('takes off a URL whole', () => {
    const short = truncate(`Words and https://x.com/${'a'.repeat(80)} and more`, {
      measure: mastodon,
      most: 25,
    });

    expect(short).toBe('Words and…');
  });
});

describe('makeScale', () => {
  it('counts a cluster whose blank is trimmed off, as U+0600 makes one with the blank after it', () => {
    const scale = makeScale('a\u0600 b', [{ measure: mastodon, most: 9 }]);

    expect(scale.fill(0, 2)).toBeCloseTo(2 / 9, 9);
  });

  it('weighs no stretch that may be a post less than measuring it alone would', () => {
    const text = fc.oneof(
      anyText,
      hardProse.map(({ prose }) => prose.text),
    );
    fc.assert(
      fc.property(text, networkLimits, fc.nat(), fc.nat(), (source, limits, a, b) => {
        const scale = makeScale(source, limits);
        const places = Array.from({ length: source.length + 1 }, (_, at) => at).filter((at) =>
          scale.isBoundary(at),
        );
        const [from = 0, to = 0] = [a, b]
          .map((n) => places[n % places.length] ?? 0)
          .sort((x, y) => x - y);

        const found = measure(source.slice(from, to), limits[0]?.measure ?? graphemes);

        const most = limits[0]?.most ?? 0;
        expect(Math.round(scale.fill(from, to) * most)).toBeGreaterThanOrEqual(found);
      }),
      { numRuns: 500 },
    );
  });

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
