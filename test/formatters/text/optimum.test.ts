import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findBreakPoints } from '../../../formatters/text/break-points.ts';
import { graphemes } from '../../../formatters/text/measure.ts';
import { plainProse } from '../../../formatters/text/prose.ts';
import { type Piece, splitThread } from '../../../formatters/text/split-thread.ts';
import { listClusters, withoutBlanks } from './arbitrary-text.ts';

/*
 * An exhaustive search, written apart from the cutter: every subset of the break points whose posts
 * all fit, each with its cost from the most important level to the least.
 */
type Place = {
  end: number;
  start: number;
  alone: number;
  wound: number;
  trade: number;
  inner: number;
};
type Cost = readonly number[];

const weigh = (text: string): number => listClusters(text).length;

function listPlaces(
  pieces: readonly Piece[],
  most: number,
  compact: boolean,
): { text: string; places: Place[] } {
  let text = '';
  const places: Place[] = [];
  pieces.forEach(({ prose, separator, keepWithNext }, index) => {
    if (text !== '') text += separator;
    const at = text.length;
    text += prose.text;
    const points = findBreakPoints(
      prose,
      {
        isTooLong: ({ start, end }) => weigh(prose.text.slice(start, end)) > most,
        isBoundary: () => true,
        fullness: ({ start, end }) => weigh(prose.text.slice(start, end)) / most,
      },
      { hasTrades: compact && !keepWithNext },
    );
    points.forEach((point, k) => {
      const isEnd = k === points.length - 1;
      const isLast = isEnd && index === pieces.length - 1;
      const gap = isLast ? '' : (pieces[index + 1]?.separator ?? '');
      places.push({
        end: at + point.end,
        start: isEnd ? at + prose.text.length + gap.length : at + point.start,
        alone: isEnd && keepWithNext && !isLast ? 1 : 0,
        wound: point.isTrade === true ? 0 : point.wound,
        trade: point.isTrade === true ? 1 : 0,
        inner: isEnd ? 0 : 1,
      });
    });
  });
  return { text, places };
}

function costOf(
  text: string,
  places: readonly Place[],
  cuts: readonly number[],
  most: number,
): Cost | undefined {
  const sum = [0, 0, 0, 0, 0, 0];
  let start = 0;
  for (const k of cuts) {
    const place = places[k];
    if (place === undefined) throw new Error('A cut lies where no break point is.');
    const weight = weigh(text.slice(start, place.end));
    if (weight > most) return undefined;
    const isLast = k === places.length - 1;
    const own = isLast
      ? [0, 0, 1, 1, 0]
      : [place.alone, place.wound, 1 + place.trade, 1, place.inner];
    [...own, (weight / most) ** 2].forEach((cost, level) => {
      sum[level] = (sum[level] ?? 0) + cost;
    });
    start = place.start;
  }
  return sum;
}

function compare(a: Cost, b: Cost): number {
  for (const [level, cost] of a.entries()) {
    const difference = cost - (b[level] ?? 0);
    if (Math.abs(difference) > 1e-9) return difference;
  }
  return 0;
}

/** The places of the best thread of all, where there is one. */
function searchAll(
  text: string,
  places: readonly Place[],
  most: number,
): { cuts: readonly number[]; cost: Cost } | undefined {
  let best: { cuts: readonly number[]; cost: Cost } | undefined;
  const last = places.length - 1;
  for (let chosen = 0; chosen < 2 ** last; chosen += 1) {
    const cuts = places.map((_, k) => k).filter((k) => k === last || (chosen >> k) & 1);
    const cost = costOf(text, places, cuts, most);
    if (cost !== undefined && (best === undefined || compare(cost, best.cost) < 0)) {
      best = { cuts, cost };
    }
  }
  return best;
}

const sentence = fc.stringMatching(/^[A-Z][a-z]{0,4}( [a-z]{1,5}[,;:]?){0,3}[.?]$/);
const piece = fc.tuple(
  fc.array(sentence, { minLength: 1, maxLength: 3 }).map((list) => list.join(' ')),
  fc.boolean(),
  fc.constantFrom('\n', '\n\n'),
);
const arbitraryPieces = fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) =>
  parts.map(([text, isHeading, separator]): Piece => {
    return { prose: plainProse(text), separator, keepWithNext: isHeading };
  }),
);

/** Where each post ends among the places: no two of them lie at the same letter. */
function findCuts(posts: readonly string[], text: string, places: readonly Place[]): number[] {
  let words = 0;
  return posts.map((post) => {
    words += withoutBlanks(post).length;
    return places.findIndex((p) => withoutBlanks(text.slice(0, p.end)).length === words);
  });
}

it.each([
  ['', false],
  [' in compact mode', true],
])(
  'splitThread costs no more than the best of all possible threads, on every level,%s',
  (_mode, compact) => {
    let compared = 0;
    fc.assert(
      fc.property(arbitraryPieces, fc.integer({ min: 6, max: 40 }), (pieces, most) => {
        const { text, places } = listPlaces(pieces, most, compact);
        fc.pre(places.length <= 10);

        const posts = splitThread(pieces, [{ measure: graphemes, most }], { compact });

        const cuts = findCuts(
          posts.map((post) => post.text),
          text,
          places,
        );
        const found = costOf(text, places, cuts, most);
        const best = searchAll(text, places, most);
        expect(found).toBeDefined();
        expect(best).toBeDefined();
        expect(compare(found ?? [], best?.cost ?? [])).toBe(0);
        compared += 1;
      }),
      { numRuns: 200 },
    );

    expect(compared).toBe(200);
  },
);

/** Ever wider, and by more than a digit: the thread is short. */
const WIDTHS = [0, 1, 2, 3, 5, 5, 6, 6, 7, 7, 8, 8];
const counter = (_index: number, count: number): string =>
  ' '.concat('#'.repeat(WIDTHS[count] ?? 8));

it('splitThread with counters costs no more than the best thread that leaves room for them', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      arbitraryPieces,
      fc.integer({ min: 18, max: 48 }),
      fc.boolean(),
      (pieces, most, compact) => {
        let room = 0;
        let places = listPlaces(pieces, most, compact);
        fc.pre(places.places.length <= 9 && weigh(places.text) > most);
        let best = searchAll(places.text, places.places, most);
        for (;;) {
          const needed = counter(1, best?.cuts.length ?? 0).length;
          if (needed <= room) break;
          room = needed;
          places = listPlaces(pieces, most - room, compact);
          fc.pre(places.places.length <= 9);
          best = searchAll(places.text, places.places, most - room);
        }

        const posts = splitThread(pieces, [{ measure: graphemes, most }], { compact, counter });

        const bare = posts.map((post) => post.text.replace(/ #+$/, ''));
        const cuts = findCuts(bare, places.text, places.places);
        const cost = costOf(places.text, places.places, cuts, most - room);
        expect(posts.every(({ text }) => weigh(text) <= most)).toBe(true);
        expect(compare(cost ?? [], best?.cost ?? [])).toBe(0);
        compared += 1;
      },
    ),
    { numRuns: 80 },
  );

  expect(compared).toBe(80);
});
