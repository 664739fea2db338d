import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBodyPieces } from '../../../formatters/text/body-pieces.ts';
import { leansBack } from '../../../formatters/text/leaning.ts';
import { splitSentences } from '../../../formatters/text/sentences.ts';
import type { Piece } from '../../../formatters/text/split-thread.ts';
import { summarize } from '../../../formatters/text/summary.ts';
import type { Block } from '../../../src/issue/schema.ts';
import { anyText, withoutBlanks } from './arbitrary-text.ts';

const TITLE = 'Folding Kites: A Study of Paper Wings';
const RUNS = { numRuns: 60 };

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const heading = (text: string): Block => ({ kind: 'heading', text });
const list = (ordered: boolean, ...items: string[]): Block => ({ kind: 'list', ordered, items });
const join = (pieces: readonly Piece[]): string =>
  pieces.map(({ prose, separator }, k) => (k === 0 ? '' : separator) + prose.text).join('');
const within =
  (room: number) =>
  (pieces: readonly Piece[]): boolean =>
    join(pieces).length <= room;
const shorten = (body: readonly Block[], room: number): string =>
  join(summarize(body, TITLE, within(room)));

const word = fc.stringMatching(/^[a-z]{2,9}$/);
const opening = fc.constantFrom(
  'Kites',
  'The kite',
  'This',
  'However, wind',
  'They',
  'A team found that wings',
  'Then it',
  'First, paper',
  'Second, paper',
  'In tests it',
  'Nobody',
);
const sentence = fc
  .tuple(opening, fc.array(word, { minLength: 3, maxLength: 14 }), fc.constantFrom('.', '?', ':'))
  .map(([start, words, end]) => `${start} ${words.join(' ')}${end}`);
const sentences = (most: number): fc.Arbitrary<string> =>
  fc.array(sentence, { minLength: 1, maxLength: most }).map((all) => all.join(' '));
const block: fc.Arbitrary<Block> = fc.oneof(
  { arbitrary: sentences(6).map(paragraph), weight: 6 },
  { arbitrary: word.map(heading), weight: 1 },
  {
    arbitrary: fc
      .tuple(fc.boolean(), fc.array(sentences(2), { minLength: 1, maxLength: 4 }))
      .map(([ordered, items]) => list(ordered, ...items)),
    weight: 1,
  },
);
const body = fc.array(block, { minLength: 1, maxLength: 6 });
const anyBody = fc.array(
  fc.oneof(anyText, fc.constantFrom('机器翻译很难。我们提出新方法。', 'نموذج لغة. مرحبا بالعالم.')),
  { minLength: 1, maxLength: 4 },
);
const room = fc.integer({ min: 0, max: 700 });

const listSentences = (pieces: readonly Piece[]): string[] =>
  pieces.flatMap(({ prose, keepWithNext }) =>
    keepWithNext
      ? []
      : splitSentences(prose.text).map(({ start, end }) => prose.text.slice(start, end)),
  );

/** Where each chosen sentence stands in the body; the first possible place in order. */
function locate(chosen: readonly string[], all: readonly string[]): number[] {
  let from = 0;
  return chosen.map((one) => {
    const at = all.indexOf(one, from);
    from = at + 1;
    return at;
  });
}

describe('summarize', () => {
  it('chooses whole sentences, word for word and in order', () => {
    fc.assert(
      fc.property(body, room, (blocks, most) => {
        const all = listSentences(makeBodyPieces(blocks));

        const chosen = listSentences(summarize(blocks, TITLE, within(most)));

        expect(locate(chosen, all)).not.toContain(-1);
      }),
      RUNS,
    );
  });

  it('returns nothing that does not fit, in any script', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          body,
          anyBody.map((t) => t.map(paragraph)),
        ),
        room,
        (blocks, most) => {
          const pieces = summarize(blocks, TITLE, within(most));

          expect(pieces.length === 0 || within(most)(pieces)).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('loses no letter of any text of which all fits, and invents none of one of which less does', () => {
    fc.assert(
      fc.property(anyBody, room, (texts, most) => {
        const blocks = texts.map(paragraph);
        const whole = makeBodyPieces(blocks);

        const pieces = summarize(blocks, TITLE, within(most));

        if (within(most)(whole)) expect(pieces).toEqual(whole);
        let rest = withoutBlanks(join(whole));
        for (const text of listSentences(pieces).map(withoutBlanks)) {
          expect(rest).toContain(text);
          rest = rest.slice(rest.indexOf(text) + text.length);
        }
      }),
      RUNS,
    );
  });

  it('never chooses a sentence that leans on one left out', () => {
    fc.assert(
      fc.property(body, room, (blocks, most) => {
        const all = listSentences(makeBodyPieces(blocks));
        fc.pre(new Set(all).size === all.length);

        const places = locate(listSentences(summarize(blocks, TITLE, within(most))), all);

        for (const at of places) {
          const isLeaning = at > 0 && /^(?:This|They|However|Then)\b/.test(all[at] ?? '');
          if (isLeaning) expect(places).toContain(at - 1);
          const isWaiting = at + 1 < all.length && /[?:]$/.test(all[at] ?? '');
          if (isWaiting) expect(places).toContain(at + 1);
        }
      }),
      RUNS,
    );
  });

  it('chooses the same again from the same', () => {
    fc.assert(
      fc.property(body, room, (blocks, most) => {
        expect(summarize(blocks, TITLE, within(most))).toEqual(
          summarize(blocks, TITLE, within(most)),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('keeps every span on the words that it was on', () => {
    const marked = fc
      .array(fc.tuple(sentence, word, fc.constantFrom('*', '`', '**')), {
        minLength: 2,
        maxLength: 8,
      })
      .map((all) => all.map(([text, w, mark]) => `Flags ${mark}${w}${mark} ${text}`).join(' '));
    fc.assert(
      fc.property(marked, room, (text, most) => {
        const read = ({ prose }: Piece): string[] =>
          prose.spans.map(({ kind, start, end }) => `${kind} ${prose.text.slice(start, end)}`);
        const before = makeBodyPieces([paragraph(text)]).flatMap(read);

        const pieces = summarize([paragraph(text)], TITLE, within(most));

        expect(locate(pieces.flatMap(read), before)).not.toContain(-1);
        const marks = join(pieces).match(/Flags /g) ?? [];
        expect(pieces.flatMap(read).length).toBe(marks.length);
      }),
      RUNS,
    );
  });

  it('asks no more than a few dozen times whether something fits', () => {
    const blocks = Array.from({ length: 400 }, (_, k) =>
      paragraph(`Kite ${k} flew over field ${k * 7}. A team found that it fell on roof ${k % 13}.`),
    );
    let asked = 0;

    const pieces = summarize(blocks, TITLE, (candidate) => {
      asked += 1;
      return join(candidate).length <= 9000;
    });

    expect(asked).toBeLessThan(60);
    expect(join(pieces).length).toBeGreaterThan(8500);
  });

  it('uses more room for more', () => {
    const blocks = [
      paragraph(
        'Paper kites tear in strong wind. Most builders add tape. The tape makes them heavy.',
      ),
      paragraph('A team in Oslo proposed folds instead of tape, called ribs. Ribs need no glue.'),
      paragraph('Kites with ribs flew 40 percent longer. Nobody knows why yet.'),
    ];
    const lengths = [40, 70, 100, 140, 180, 220, 260].map((most) => shorten(blocks, most).length);

    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    expect(lengths.at(-1)).toBeGreaterThan(180);
  });

  it('takes what the paper does and found where there is room for one post', () => {
    const blocks = [
      paragraph('Paper kites have flown for a thousand years. Children like them. Some are red.'),
      paragraph('A team in Oslo proposed folded ribs for kites. Some ribs were blue, some green.'),
      paragraph('Lunch was late that day. Kites with ribs flew 40 percent longer than others.'),
    ];

    expect(shorten(blocks, 110)).toBe(
      'A team in Oslo proposed folded ribs for kites.\n\nKites with ribs flew 40 percent longer than others.',
    );
  });

  it('does not end on the name of a method alone', () => {
    const blocks = [
      paragraph('Paper kites have flown for a thousand years, and they always tore in wind.'),
      paragraph('A method from a team in Oslo is called Rib Folding.'),
      paragraph('Kites flew 40 percent longer than before in wind.'),
    ];

    for (let most = 50; most < 200; most += 5) {
      expect(shorten(blocks, most)).not.toMatch(/Rib Folding\.$/);
    }
  });

  it('gives nothing where no sentence fits', () => {
    expect(shorten([paragraph('Nothing as long as this goes into ten letters.')], 10)).toBe('');
    expect(summarize([], TITLE, () => false)).toEqual([]);
  });

  it('leaves a list out rather than its introduction alone, and numbers without a gap', () => {
    const blocks = [
      paragraph('Wings of paper were measured in a hall. They compared three folds:'),
      list(true, 'the dart fold, which is old', 'the hawk fold', 'the gull fold, which won'),
    ];

    for (let most = 0; most < 180; most += 5) {
      const text = shorten(blocks, most);
      expect(/three folds:$/.test(text)).toBe(false);
      if (text.includes('3. ')) expect(text).toMatch(/1\. [\s\S]*2\. [\s\S]*3\. /);
      if (text.includes('1. ')) expect(text).toContain('three folds:\n\n1. ');
    }
    expect(shorten(blocks, 145)).toContain('2. the hawk fold');
  });

  it('keeps headings only where two sections are left', () => {
    const blocks = [
      heading('Build'),
      paragraph('A team built kites from news paper and string. Glue was not allowed at all.'),
      heading('Fly'),
      paragraph('Kites flew 40 percent longer in light wind. It rained on the second day.'),
    ];

    expect(shorten(blocks, 60)).not.toMatch(/^(?:Build|Fly)$/m);
    expect(shorten(blocks, 125)).toMatch(/^Build\n\nA team[\s\S]*\n\nFly\n\nKites flew/);
  });

  it('lets the figure of a sentence left out go, and keeps that of one chosen', () => {
    const figure: Block = { kind: 'figure', imageUrl: 'https://example.com/kite.png' };
    const blocks = [
      paragraph('A team proposed ribs, which made kites fly 40 percent longer.'),
      figure,
      paragraph('Nothing else happened on the field that summer, or none wrote of it.'),
      { ...figure, imageUrl: 'https://example.com/field.png' },
    ];

    const spans = summarize(blocks, TITLE, within(70)).flatMap(({ prose }) => prose.spans);

    expect(spans).toEqual([{ kind: 'figure', figure, start: 60, end: 61 }]);
  });
});

describe('leansBack', () => {
  it.each([
    'This method halves the cost.',
    'However, the cost stays.',
    'They fly higher than before.',
    'As a result, wings got lighter.',
    'It bends without a crack.',
    'Turn it over and it falls.',
    'Smith and colleagues put it to use.',
    'In short flights it was steady.',
    'None of the three is cheap.',
    'The wing can therefore bend.',
    '(A second hall was full.)',
  ])('sees that “%s” needs the sentence before', (text) => {
    expect(leansBack(text)).toBe(true);
  });

  it.each([
    'Kites are hard to fold.',
    'It is hard to fold a kite.',
    'There are many kites.',
    'Instead of tape, Oslo uses ribs.',
    'A kite tears when it meets a tree.',
    '我们提出一种新方法。',
  ])('lets “%s” stand alone', (text) => {
    expect(leansBack(text)).toBe(false);
  });
});
