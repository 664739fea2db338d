import { keyItem } from '../../../formatters/item.ts';
import type { Verdict } from '../../archive/verdicts.ts';
import { PaperboyError } from '../../kit/errors.ts';
import type { Acted } from '../act.ts';
import { type CorrectRequest, queueCorrections } from '../correct.ts';
import type { Desk } from '../desk.ts';
import { findItems } from '../find-items.ts';
import { approve, checkSeen, makeDecider, type Seen } from './approve.ts';
import { type ReviewedItem, reviewIssue } from './review-issue.ts';

/** What was corrected, and what that has decided. */
export type CorrectedNamed = {
  readonly acted: readonly Acted[];
  /** What waited for an editor: who corrects with these words has approved them. */
  readonly approved: readonly ReviewedItem[];
  /** What an editor holds, of a whole issue: it was left out. */
  readonly held: readonly ReviewedItem[];
};

/**
 * Queues corrections, as `queueCorrections` does, with the newest words: they count as approved, and
 * who has corrected what is written down. What an editor holds is not corrected: an item by name is
 * refused with `item.held`, and of a whole issue it is left out. Throws what `queueCorrections`
 * throws, and `issue.changed`.
 */
export async function correctNamed(
  desk: Desk,
  reference: string,
  request: CorrectRequest,
  seen?: Pick<Seen, 'revision'>,
): Promise<CorrectedNamed> {
  const { to: _to, how: _how, words: _words, except = [], ...named } = request;
  const { stored, items } = await findItems(desk, reference, named);
  checkSeen(stored, seen);
  const keys = new Set(items.map(keyItem).filter((key) => !except.includes(key)));
  const reviewed = await reviewIssue(desk, stored);
  const meant = reviewed.items.filter(({ item }) => keys.has(item));
  const held = meant.filter(({ standing }) => standing === 'held');
  const [first] = held;
  if (first !== undefined && Object.keys(named).length > 0) {
    throw makeHeld(stored.issue.number, first.item, reviewed.review.verdicts.get(first.item));
  }
  const left = [...except, ...held.map(({ item }) => item)];
  const acted = await queueCorrections(desk, reference, { ...request, except: left });
  if (stored.isSample) return { acted, approved: [], held: [] };
  const { number } = stored.issue;
  const done = new Set(
    acted.filter(({ outcome }) => outcome === 'done').map(({ delivery }) => delivery.item),
  );
  const corrected = meant.filter(({ item }) => done.has(item));
  const waiting = corrected.filter(({ standing }) => standing === 'waits');
  const which = { items: waiting.map(({ item }) => item) };
  const newest = { revision: stored.revision, verdict: 'none' } as const;
  const approved =
    waiting.length === 0 ? [] : (await approve(desk, String(number), which, newest)).changed;
  for (const { item } of corrected) {
    await desk.verdicts.record(number, 'correct', makeDecider(desk), item);
  }
  return { acted, approved, held };
}

function makeHeld(number: number, item: string, verdict: Verdict | undefined): PaperboyError {
  const name = item.replace('paper/', '');
  const which = item.startsWith('paper/')
    ? ` --paper ${name}`
    : ` --digest ${item === 'news' ? 'news' : 'issue'}`;
  return new PaperboyError(
    'item.held',
    `Cannot correct “${name}” of #${number} as ${verdict?.actor ?? 'an editor'} holds it`,
    `Release it first: paperboy release ${number}${which}`,
  );
}
