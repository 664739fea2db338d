import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBodyPieces } from '../../../formatters/text/body-pieces.ts';
import type { Piece } from '../../../formatters/text/split-thread.ts';
import type { Block, Figure } from '../../../src/issue/schema.ts';
import { anyText, listClusters } from './arbitrary-text.ts';

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const figure = (name: string): Block => ({
  kind: 'figure',
  imageUrl: `https://x.example/${name}.png`,
});

/** "the character: the figure's address", for each figure of a piece. */
const listFigures = ({ prose }: Piece): string[] =>
  prose.spans.flatMap((span) =>
    span.kind === 'figure'
      ? [`${prose.text.slice(span.start, span.end)}: ${span.figure.imageUrl}`]
      : [],
  );

describe('makeBodyPieces', () => {
  it('makes paragraphs, headings that stay with what follows, and lists with markers', () => {
    const pieces = makeBodyPieces([
      { kind: 'heading', text: 'How $n^2$ falls' },
      paragraph('It *does*.'),
      { kind: 'list', ordered: true, items: ['one', 'two'] },
      { kind: 'list', ordered: false, items: ['a [link](https://x.example)'] },
    ]);

    expect(pieces.map(({ prose, separator }) => separator + prose.text)).toEqual([
      '\n\nHow n² falls',
      '\n\nIt does.',
      '\n\n1. one',
      '\n2. two',
      '\n\n• a link',
    ]);
    expect(pieces.map(({ keepWithNext }) => keepWithNext)).toEqual([
      ...[true, false, false, false, false],
    ]);
    const [link] = pieces[4]?.prose.spans ?? [];
    expect(link).toMatchObject({ kind: 'link', start: 4, end: 8 });
  });

  it('puts a figure on the last character before it, and on the first piece when it comes first', () => {
    const pieces = makeBodyPieces([
      figure('first'),
      paragraph('One.'),
      { kind: 'list', ordered: false, items: ['two', 'three 👨‍👩‍👧'] },
      figure('second'),
      figure('third'),
      paragraph('Four'),
      figure('last'),
    ]);

    expect(pieces.map(listFigures)).toEqual([
      ['.: https://x.example/first.png'],
      [],
      ['👨‍👩‍👧: https://x.example/second.png', '👨‍👩‍👧: https://x.example/third.png'],
      ['r: https://x.example/last.png'],
    ]);
  });

  it('makes nothing of a figure whose image is not known, nor of one without words beside it', () => {
    expect(makeBodyPieces([{ kind: 'figure', caption: 'Speed.' }])).toEqual([]);
    expect(makeBodyPieces([figure('alone')])).toEqual([]);
    expect(makeBodyPieces([paragraph('a'), { kind: 'figure' }])[0]?.prose.spans).toEqual([]);
  });

  it('gives each figure once, in order, on the end of a whole character', () => {
    const block = fc.oneof(
      anyText.map(paragraph),
      fc.nat(99).map((n) => figure(String(n))),
      fc
        .array(anyText, { minLength: 1, maxLength: 3 })
        .map((items): Block => ({ kind: 'list', ordered: true, items })),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (body) => {
        const pieces = makeBodyPieces(body);

        const spans = pieces.flatMap(({ prose }) => prose.spans);
        const shown = spans.flatMap((span) => (span.kind === 'figure' ? [span.figure] : []));
        const given = body.filter((one): one is Figure => one.kind === 'figure');
        expect(shown).toEqual(pieces.length === 0 ? [] : given);
        for (const { prose } of pieces) {
          const last = listClusters(prose.text.trimEnd()).at(-1);
          for (const span of prose.spans) {
            if (span.kind === 'figure') {
              expect(prose.text.slice(span.start, span.end)).toBe(last);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
