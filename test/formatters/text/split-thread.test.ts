import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytes,
  graphemes,
  type Limit,
  makeMastodonMeasure,
  xWeight,
} from '../../../formatters/text/measure.ts';
import { type Prose, plainProse } from '../../../formatters/text/prose.ts';
import { type Piece, splitThread } from '../../../formatters/text/split-thread.ts';
import {
  anyText,
  type HardProse,
  hardProse,
  isOver,
  listClusters,
  manyLimits,
  networkLimits,
  withoutBlanks,
} from './arbitrary-text.ts';

const BLUESKY: readonly Limit[] = [
  { measure: graphemes, most: 300 },
  { measure: bytes, most: 3000 },
];
const limits = fc.oneof(fc.constant(BLUESKY), manyLimits, networkLimits);
const RUNS = { numRuns: 120 };

const paragraph = (prose: Prose): Piece => ({ prose, separator: '\n\n', keepWithNext: false });
const piecesOf = (hard: readonly HardProse[]): Piece[] => hard.map(({ prose }) => paragraph(prose));
const few = fc.array(hardProse, { maxLength: 4 });
const split = (text: string, most: number): string[] =>
  splitThread([paragraph(plainProse(text))], [{ measure: graphemes, most }]).map((p) => p.text);

/** Where the posts end, counted in characters that are no blanks. */
function listCuts(posts: readonly Prose[]): number[] {
  let sum = 0;
  return posts.map((post) => {
    sum += withoutBlanks(post.text).length;
    return sum;
  });
}

describe('splitThread', () => {
  it('lets no post over any of several limits, and makes none empty', () => {
    fc.assert(
      fc.property(few, limits, (hard, most) => {
        const posts = splitThread(piecesOf(hard), most);

        for (const { text } of posts) {
          expect(isOver(text, most)).toBe(false);
          expect(text.trim()).not.toBe('');
        }
      }),
      RUNS,
    );
  });

  it('keeps any string whole: all that is no blank, in order, within the limits', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 3 }), limits, (texts, most) => {
        const posts = splitThread(
          texts.map((text) => paragraph({ text, spans: [] })),
          most,
        );

        expect(withoutBlanks(posts.map((p) => p.text).join(''))).toBe(
          withoutBlanks(texts.join('')),
        );
        expect(posts.filter(({ text }) => isOver(text, most))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('loses and doubles nothing of hard prose', () => {
    fc.assert(
      fc.property(few, limits, (hard, most) => {
        const posts = splitThread(piecesOf(hard), most);

        const before = hard.map(({ prose }) => prose.text).join('');
        expect(withoutBlanks(posts.map((p) => p.text).join(''))).toBe(withoutBlanks(before));
      }),
      RUNS,
    );
  });

  it('never cuts a URL, handle, hashtag, number with its unit, code or link that fits', () => {
    fc.assert(
      fc.property(hardProse, limits, ({ prose, guarded }, most) => {
        const cuts = listCuts(splitThread([paragraph(prose)], most));

        for (const { start, end } of guarded) {
          if (isOver(prose.text.slice(start, end), most)) continue;
          const from = withoutBlanks(prose.text.slice(0, start)).length;
          const to = withoutBlanks(prose.text.slice(0, end)).length;
          expect(
            cuts.filter((cut) => from < cut && cut < to),
            prose.text.slice(start, end),
          ).toEqual([]);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('never cuts a grapheme cluster that fits', () => {
    const text = fc.oneof(
      anyText,
      hardProse.map(({ prose }) => prose.text),
    );
    fc.assert(
      fc.property(text, limits, (source, most) => {
        const cuts = new Set(listCuts(splitThread([paragraph({ text: source, spans: [] })], most)));

        let at = 0;
        for (const cluster of listClusters(source)) {
          const length = withoutBlanks(cluster).length;
          const isCut = Array.from({ length: Math.max(0, length - 1) }, (_, k) => at + k + 1).some(
            (inner) => cuts.has(inner),
          );
          if (!isOver(cluster, most)) expect(isCut, JSON.stringify(cluster)).toBe(false);
          at += length;
        }
      }),
      { numRuns: 250 },
    );
  });

  it('keeps the spans of each post within it, over the same words as before', () => {
    fc.assert(
      fc.property(few, limits, (hard, most) => {
        const posts = splitThread(piecesOf(hard), most);

        const words: Record<string, string> = {};
        for (const { text, spans } of posts) {
          for (const { kind, start, end } of spans) {
            expect(0 <= start && start < end && end <= text.length).toBe(true);
            words[kind] = (words[kind] ?? '') + withoutBlanks(text.slice(start, end));
          }
        }
        const before: Record<string, string> = {};
        for (const { prose } of hard) {
          for (const { kind, start, end } of prose.spans) {
            before[kind] = (before[kind] ?? '') + withoutBlanks(prose.text.slice(start, end));
          }
        }
        expect(words).toEqual(before);
      }),
      RUNS,
    );
  });

  it('gives the same bytes for the same input, and leaves the input as it was', () => {
    fc.assert(
      fc.property(few, limits, (hard, most) => {
        const pieces = piecesOf(hard);
        const untouched = JSON.stringify(pieces);

        const first = JSON.stringify(splitThread(pieces, most));
        const second = JSON.stringify(splitThread(pieces, most));

        expect(second).toBe(first);
        expect(JSON.stringify(pieces)).toBe(untouched);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves no heading last in a post where the next sentence fits beside it', () => {
    const short = fc.stringMatching(/^[A-Z][a-z]{1,8}( [a-z]{1,8}){0,3}$/);
    const part = fc.tuple(short, fc.array(short, { minLength: 1, maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const pieces = parts.flatMap(([heading, sentences]): Piece[] => [
          { prose: plainProse(`# ${heading}`), separator: '\n\n', keepWithNext: true },
          paragraph(plainProse(sentences.map((s) => `${s}.`).join(' '))),
        ]);

        const posts = splitThread(pieces, [{ measure: graphemes, most: 90 }]);

        for (const { text } of posts) {
          const last = text.split('\n\n').at(-1) ?? '';
          expect(last.startsWith('# '), text).toBe(false);
        }
      }),
    );
  });

  it('skips pieces that hold nothing but blanks', () => {
    const pieces = ['One.', ' \n ', '', 'Two.'].map((text) => paragraph({ text, spans: [] }));

    const posts = splitThread(pieces, BLUESKY);

    expect(posts.map((p) => p.text)).toEqual(['One.\n\nTwo.']);
  });

  it('breaks a sentence that is too long at a clause before a comma before a word', () => {
    const clause = split('aaaa bbbb, cccc dddd; eeee ffff, gggg hhhh.', 24);
    const comma = split('aaaa bbbb, cccc dddd eeee ffff gggg.', 25);
    const word = split('aaaa bbbb cccc dddd eeee', 15);

    expect(clause).toEqual(['aaaa bbbb, cccc dddd;', 'eeee ffff, gggg hhhh.']);
    expect(comma).toEqual(['aaaa bbbb,', 'cccc dddd eeee ffff gggg.']);
    expect(word).toEqual(['aaaa bbbb cccc', 'dddd eeee']);
  });

  it('would rather break outside brackets than in them', () => {
    const posts = split('Here (one, two three four) then comes, the rest of it.', 40);

    expect(posts).toEqual(['Here (one, two three four) then comes,', 'the rest of it.']);
  });

  it('keeps a sentence whole when a cut elsewhere costs one post more', () => {
    const posts = split('Aaaa bbbb cccc. Dddd eeee ffff gggg. Hhhh iiii.', 25);

    expect(posts).toEqual(['Aaaa bbbb cccc.', 'Dddd eeee ffff gggg.', 'Hhhh iiii.']);
  });

  it('cuts Chinese between words, Thai between syllables, and a range of numbers nowhere', () => {
    const chinese = split('我们提出了一种新的方法来训练模型并且它工作得很好', 10);
    const range = split('it took aaaaaaaaa 1990–2000 and bbbbbbbbb more and more', 20);

    expect(chinese.join('')).toBe('我们提出了一种新的方法来训练模型并且它工作得很好');
    expect(chinese).toHaveLength(3);
    expect(chinese.join('|')).not.toMatch(/方\|法|模\|型|训\|练/);
    expect(range.some((post) => post.includes('1990–2000'))).toBe(true);
  });

  it('never cuts a URL at a mark that ends a sentence elsewhere', () => {
    const url = 'https://x.example/watch?V=1!And.So';
    const posts = split(`Some words to fill it. See ${url} now.`, 44);

    expect(posts.filter((post) => post.includes(url))).toHaveLength(1);
  });

  it('keeps the words of a link together though they hold the end of a sentence', () => {
    const text = 'Read this. What is it? A guide. And more of it here.';
    const start = text.indexOf('What');
    const end = text.indexOf(' And');
    const link = { kind: 'link', url: 'https://example.com', start, end } as const;

    const posts = splitThread(
      [paragraph({ text, spans: [link] })],
      [{ measure: graphemes, most: 22 }],
    );

    expect(posts.map((p) => p.text)).toContain('What is it? A guide.');
  });

  it('cuts the words of a link between words when they are longer than a post', () => {
    const text = 'alpha beta gamma delta epsilon zeta';
    const link = { kind: 'link', url: 'https://example.com', start: 0, end: text.length } as const;

    const posts = splitThread(
      [paragraph({ text, spans: [link] })],
      [{ measure: graphemes, most: 16 }],
    );

    expect(posts.map((p) => p.text)).toEqual(['alpha beta', 'gamma delta', 'epsilon zeta']);
    expect(posts.map((p) => p.spans.length)).toEqual([1, 1, 1]);
  });

  it('refuses limits that no character fits', () => {
    const one = [paragraph(plainProse('é'))];

    expect(() => splitThread(one, [])).toThrow(RangeError);
    expect(() => splitThread(one, [{ measure: graphemes, most: 0 }])).toThrow(RangeError);
    expect(() => splitThread(one, [{ measure: bytes, most: 1 }])).toThrow(RangeError);
  });
});

const counter = (index: number, count: number): string => `\n\n${index}/${count}`;
const COUNTER = /\n\n\d+\/\d+$/u;

describe('splitThread with counters', () => {
  it('counts every post of a thread of several, within every limit, and loses no word', () => {
    const roomy = limits.filter((list) => list.every(({ most }) => most >= 40));
    fc.assert(
      fc.property(few, roomy, (hard, most) => {
        const posts = splitThread(piecesOf(hard), most, { counter });

        const bare = posts.map(({ text }) => text.replace(COUNTER, ''));
        const ends = posts.map(({ text }, k) => text.slice(bare[k]?.length));
        const before = hard.map(({ prose }) => prose.text).join('');
        expect(posts.filter(({ text }) => isOver(text, most))).toEqual([]);
        expect(ends).toEqual(
          posts.length === 1 ? [''] : posts.map((_, k) => counter(k + 1, posts.length)),
        );
        expect(withoutBlanks(bare.join(''))).toBe(withoutBlanks(before));
      }),
      RUNS,
    );
  });

  it('gives the same posts as smaller limits would', () => {
    const pieces = [paragraph(plainProse('Aaaa bbbb cccc. Dddd eeee ffff. Gggg hhhh iiii.'))];

    const counted = splitThread(pieces, [{ measure: graphemes, most: 36 }], { counter });

    const smaller = splitThread(pieces, [{ measure: graphemes, most: 31 }]);
    expect(counted.map(({ text }) => text.replace(COUNTER, ''))).toEqual(
      smaller.map(({ text }) => text),
    );
    expect(counted.map(({ text }) => text)).toEqual([
      'Aaaa bbbb cccc. Dddd eeee ffff.\n\n1/2',
      'Gggg hhhh iiii.\n\n2/2',
    ]);
  });

  it('leaves room for wider counters where their own room makes ten posts of nine', () => {
    const text = Array.from({ length: 18 }, (_, k) => `S${String.fromCharCode(97 + k)}aaaaaa.`);
    const pieces = [paragraph(plainProse(text.join(' ')))];
    const most = 19 + 4;

    const bare = splitThread(pieces, [{ measure: graphemes, most }]);
    const counted = splitThread(pieces, [{ measure: graphemes, most }], { counter });

    expect(bare).toHaveLength(9);
    expect(counted).toHaveLength(18);
    expect(counted.at(-1)?.text).toBe('Sraaaaaa.\n\n18/18');
  });

  it('measures the counter in the unit of each limit', () => {
    const pieces = [paragraph(plainProse('Aaaa bbbb cccc. Dddd eeee ffff.'))];
    const heavy = (): string => '\n\n汉汉';

    const posts = splitThread(pieces, [{ measure: bytes, most: 23 }], { counter: heavy });

    expect(posts.map(({ text }) => new TextEncoder().encode(text).length)).toEqual([23, 23]);
  });

  it('leaves a single post as it is, and the spans of each', () => {
    const link = { kind: 'link', url: 'https://example.com', start: 0, end: 4 } as const;
    const pieces = [paragraph({ text: 'Aaaa bbbb. Cccc dddd.', spans: [link] })];

    const one = splitThread(pieces, BLUESKY, { counter });
    const two = splitThread(pieces, [{ measure: graphemes, most: 16 }], { counter });

    expect(one).toEqual(splitThread(pieces, BLUESKY));
    expect(two.map(({ spans }) => spans)).toEqual([[link], []]);
  });

  it('refuses a counter that leaves no room', () => {
    const pieces = [paragraph(plainProse('Aaaa bbbb cccc.'))];
    const endless = (_: number, count: number): string => ' '.repeat(count * 8);

    const run = (): unknown =>
      splitThread(pieces, [{ measure: graphemes, most: 10 }], { counter: endless });

    expect(run).toThrow(RangeError);
  });
});

describe('splitThread in compact mode', () => {
  const cut = (text: string, most: number): string[] =>
    splitThread([paragraph(plainProse(text))], [{ measure: graphemes, most }], {
      compact: true,
    }).map((post) => post.text);

  it('cuts at a clause where that saves a post', () => {
    const text = 'Aaaa bbbb. Cccc dddd; eeee ffff. Gggg hhhh.';

    expect(split(text, 22)).toEqual(['Aaaa bbbb.', 'Cccc dddd; eeee ffff.', 'Gggg hhhh.']);
    expect(cut(text, 22)).toEqual(['Aaaa bbbb. Cccc dddd;', 'eeee ffff. Gggg hhhh.']);
  });

  it.each([
    ['that saves nothing', 'Aaaa bbbb; cccc dddd. Eeee ffff; gggg hhhh.', 22],
    ['a comma', 'Aaaa bbbb. Cccc dddd, eeee ffff. Gggg hhhh.', 22],
    ['a clause in brackets', 'Aaaa bbbb. Cccc (dd; ee) ffff. Gggg hhhh.', 21],
  ])('cuts no sentence at %s', (_what, text, most) => {
    expect(cut(text, most)).toEqual(split(text, most));
  });

  it('cuts no heading', () => {
    const pieces = [
      { prose: plainProse('Aaaa: bbbb cccc'), separator: '\n\n', keepWithNext: true },
      paragraph(plainProse('Dddd eeee. Ffff gggg.')),
    ];

    const posts = splitThread(pieces, [{ measure: graphemes, most: 22 }], { compact: true });

    expect(posts.some(({ text }) => text.startsWith('Aaaa: bbbb cccc'))).toBe(true);
  });

  it('makes no more posts than without, none over, and loses no word', () => {
    fc.assert(
      fc.property(few, limits, (hard, most) => {
        const options = { compact: true };
        const posts = splitThread(piecesOf(hard), most, options);

        const before = hard.map(({ prose }) => prose.text).join('');
        expect(posts.filter(({ text }) => isOver(text, most))).toEqual([]);
        expect(withoutBlanks(posts.map((p) => p.text).join(''))).toBe(withoutBlanks(before));
        expect(posts.length).toBeLessThanOrEqual(splitThread(piecesOf(hard), most).length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('splitThread tells what no post holds', () => {
  const tell = (text: string, most: readonly Limit[]): { told: string[]; posts: string[] } => {
    const told: string[] = [];
    const posts = splitThread([paragraph(plainProse(text))], most, {
      onHardCut: (words) => told.push(words),
    });
    return { told, posts: posts.map((post) => post.text) };
  };

  it('once for each word that was cut, by its beginning', () => {
    const { told, posts } = tell(`Here ${'pneumono'.repeat(120)} and ${'x'.repeat(301)}.`, BLUESKY);

    expect(told).toEqual(['pneumono'.repeat(8).slice(0, 60), 'x'.repeat(60)]);
    expect(posts.length).toBeGreaterThan(4);
  });

  it('of a URL, a row of emoji and a letter with too many accents', () => {
    const url = `https://x.example/${'a'.repeat(400)}`;
    const accents = `z${'\u0301'.repeat(2000)}`;

    expect(tell(`See ${url} there.`, BLUESKY).told).toEqual([url.slice(0, 60)]);
    expect(tell('👨‍👩‍👧‍👦'.repeat(200), BLUESKY).told).toHaveLength(1);
    expect(tell(`See ${accents} there.`, BLUESKY).told).toEqual([accents.slice(0, 60)]);
  });

  it('nothing of Chinese without a blank, of a long sentence, or of a URL that weighs little', () => {
    const url = `https://x.example/${'a'.repeat(400)}`;
    const x = [{ measure: xWeight, most: 280 }];

    expect(tell('我们提出了一种新的方法来训练'.repeat(65), BLUESKY).told).toEqual([]);
    expect(tell('and so it goes on '.repeat(60), BLUESKY).told).toEqual([]);
    expect(tell(`See ${url} there.`, x)).toEqual({ told: [], posts: [`See ${url} there.`] });
  });
});

describe('splitThread on hostile texts', () => {
  it.each([
    ['one word of 200 kB', 'abcdefghij'.repeat(20_000)],
    ['10,000 URLs', 'https://x.example/a?b=1 '.repeat(10_000)],
    ['200 families', '👨‍👩‍👧‍👦'.repeat(200)],
    ['900 Han characters', '我们提出了一种新的方法来训练模型并且很快'.repeat(45)],
    ['140 kB of schemes', 'http://'.repeat(20_000)],
  ])('cuts %s to the limits of X and Mastodon', (_what, text) => {
    for (const most of [
      [{ measure: xWeight, most: 280 }],
      [{ measure: makeMastodonMeasure(23), most: 500 }],
    ]) {
      const posts = splitThread([paragraph(plainProse(text))], most);

      const whole = posts.map((post) => post.text).join('');
      expect(withoutBlanks(whole) === withoutBlanks(text)).toBe(true);
      expect(posts.slice(0, 50).filter((post) => isOver(post.text, most))).toEqual([]);
    }
  });
});
