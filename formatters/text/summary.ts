import type { Block } from '../../src/issue/schema.ts';
import { makeBodyPieces } from './body-pieces.ts';
import { keepSentences } from './keep-sentences.ts';
import { type Located, listSentences } from './list-sentences.ts';
import { type Ranking, rankSentences } from './rank-sentences.ts';
import type { Piece } from './split-thread.ts';

/** With more sentences than this, the ranking's order is followed as it is. */
const FEW_SENTENCES = 80;
/** So many of the best sentences are each tried as the first choice, alone and in pairs. */
const SEEDS = 20;
/** So many rivals of the best choice are asked about, and single sentences where nothing fits. */
const LAST_TRIES = 12;
/** At the end, so many more sentences are tried in the room that the cut into posts has left over. */
const MORE_TRIES = 24;
/** How much more room than was found the rivals may take. */
const MORE_ROOM = 1.15;

type Choice = { readonly chosen: ReadonlySet<number>; readonly value: number };

/** What is known of a body before anybody has said what fits. */
type Read = {
  readonly title: string;
  readonly pieces: readonly Piece[];
  readonly sentences: readonly Located[];
  readonly lengths: readonly number[];
  readonly ranking: Ranking;
  /** The best choice by its room in letters, as far as it was asked for. */
  readonly bests: Map<number, Choice | undefined>;
};

/** A body is cut for several platforms and layouts, but read once. */
const known = new WeakMap<readonly Block[], Read>();

/**
 * Chooses sentences of a body, in their order and word for word, that carry as much of it as `fits`
 * lets them; none leans on one left out (see `findNeeds`). `fits` is asked of candidate pieces and
 * must be monotone: what holds more never fits better. All of the body where it fits; nothing where
 * no sentence does. `fits` is called O(log length) times. Pure.
 *
 * More room never means less carried, as far as the search sees; it can mean fewer words, when one
 * telling sentence takes the place of two that say less.
 */
export function summarize(
  body: readonly Block[],
  title: string,
  fits: (pieces: readonly Piece[]) => boolean,
): Piece[] {
  const pieces = makeBodyPieces(body);
  if (fits(pieces)) return pieces;
  const read = readOnce(body, title, pieces);
  const render = (chosen: ReadonlySet<number>): Piece[] =>
    keepSentences(pieces, read.sentences, chosen);
  const doFit = (chosen: ReadonlySet<number>): boolean => fits(render(chosen));
  return render(search(read, doFit));
}

function readOnce(body: readonly Block[], title: string, pieces: readonly Piece[]): Read {
  const before = known.get(body);
  if (before?.title === title && isSame(before.pieces, pieces)) return before;
  const sentences = listSentences(pieces);
  const lengths = sentences.map(({ text }) => text.length + 1);
  const ranking = rankSentences(sentences, title);
  const read = { title, pieces, sentences, lengths, ranking, bests: new Map() };
  known.set(body, read);
  return read;
}

/** A body that was changed in its place is read anew. */
function isSame(before: readonly Piece[], after: readonly Piece[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ prose: { text } }, index) => text === after[index]?.prose.text)
  );
}

/**
 * The room in letters is found by halving: sentences are chosen for some room, and there is more
 * of it if they fit. How well they pack into posts is seen only by asking, so the best rivals of
 * about that room are asked about too.
 */
function search(
  { lengths, ranking, bests }: Read,
  doFit: (chosen: ReadonlySet<number>) => boolean,
): ReadonlySet<number> {
  const bestFor = (room: number): Choice | undefined => {
    if (!bests.has(room)) bests.set(room, chooseFor(room, lengths, ranking)[0]);
    return bests.get(room);
  };
  let best: Choice = { chosen: new Set(), value: -1 }; // Any sentence is more than none.
  const keep = (choice: Choice | undefined): boolean => {
    if (choice === undefined || choice.chosen.size === 0) return true;
    if (!doFit(choice.chosen)) return false;
    if (choice.value > best.value) best = choice;
    return true;
  };
  let low = 0;
  let high = lengths.reduce((sum, length) => sum + length, 0);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (keep(bestFor(middle))) low = middle;
    else high = middle - 1;
  }
  const rivals = chooseFor(Math.ceil(low * MORE_ROOM), lengths, ranking);
  for (const rival of rivals.slice(0, LAST_TRIES)) {
    if (rival.value > best.value && keep(rival)) break;
  }
  let tries = MORE_TRIES;
  for (const index of ranking.order) {
    if (tries === 0) break;
    const group = best.chosen.has(index) ? undefined : ranking.complete(index, best.chosen);
    if (group === undefined) continue;
    tries -= 1;
    const chosen = new Set([...best.chosen, ...group]);
    keep({ chosen, value: ranking.value(chosen) });
  }
  // What carries most may be too long by itself, and a shorter sentence is better than none.
  if (best.chosen.size === 0) {
    const groups = ranking.order
      .map((index) => ranking.complete(index, new Set()) ?? [])
      .filter((group) => group.length > 0);
    const letters = (group: readonly number[]): number =>
      group.reduce((sum, index) => sum + (lengths[index] ?? 0), 0);
    groups.sort((a, b) => letters(a) - letters(b));
    for (const group of groups.slice(0, LAST_TRIES)) {
      const chosen = new Set(group);
      if (keep({ chosen, value: ranking.value(chosen) })) break;
    }
  }
  return best.chosen;
}

/** Choices of at most so many letters, those that carry most first, near enough. */
function chooseFor(room: number, lengths: readonly number[], ranking: Ranking): Choice[] {
  const { order, complete, value } = ranking;
  const choices = new Map<string, Choice>();
  const fill = (seeds: readonly number[]): void => {
    const chosen = new Set<number>();
    let left = room;
    const take = (index: number): void => {
      if (chosen.has(index) || (lengths[index] ?? 0) > left) return;
      const group = complete(index, chosen);
      if (group === undefined) return;
      const length = group.reduce((sum, one) => sum + (lengths[one] ?? 0), 0);
      if (length > left) return;
      for (const one of group) chosen.add(one);
      left -= length;
    };
    seeds.forEach(take);
    order.forEach(take);
    const name = [...chosen].sort((a, b) => a - b).join();
    if (!choices.has(name)) choices.set(name, { chosen, value: value(chosen) });
  };
  fill([]);
  const seeds = order.length > FEW_SENTENCES ? [] : order.slice(0, SEEDS);
  for (const first of seeds) {
    for (const second of seeds) if (first <= second) fill([first, second]);
  }
  return [...choices.values()].sort((a, b) => b.value - a.value);
}
