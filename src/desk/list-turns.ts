import { type Item, keyItem } from '../../formatters/item.ts';
import type { Follow } from '../archive/follows.ts';
import type { Need } from '../outbox/queue-free.ts';
import type { ReviewedIssue, ReviewedItem } from './approval/review-issue.ts';
import { reviewIssue } from './approval/review-issue.ts';
import type { Desk } from './desk.ts';
import { findPosted } from './find-posted.ts';
import { type FreeItem, listWanted, type Turn } from './gather-wanted.ts';
import { isOlder } from './list-unseen.ts';
import type { PlannedIssue } from './plan/list-planned.ts';

/** What is looked at for a follow. */
export type TurnsDesk = Pick<Desk, 'archive' | 'outbox' | 'verdicts' | 'approval'>;

export type TurnsRequest = {
  /** In the ledger. */
  readonly channel: string;
  /** The issues that follows are about; ascending. */
  readonly numbers: readonly number[];
  /** The issues of the plan, by number. */
  readonly planned: ReadonlyMap<number, PlannedIssue>;
  /** So many issues at once that the channel has nothing of yet: the newest. */
  readonly most: number;
};

export type Turns = {
  /** What it is to have now, the oldest issue first. */
  readonly turns: readonly Turn[];
  /** The issues that wait: something that it asks for waits for an editor, or one holds it. */
  readonly waiting: ReadonlySet<number>;
};

/**
 * What a follow is to have now of the issues that it has not had its turn with: the items that the
 * clock might post as well. Where editors are asked, an issue is delivered only if they were asked
 * about it, and of one that was old when it came that which they have approved by themselves.
 */
export async function listTurns(
  desk: TurnsDesk,
  follow: Follow,
  { channel, numbers, planned, most }: TurnsRequest,
): Promise<Turns> {
  const had = new Set(follow.seen);
  const unseen = numbers.filter((number) => !had.has(number)).reverse();
  const turns: Turn[] = [];
  const waiting = new Set<number>();
  let left = most;
  for (const number of unseen) {
    const known = planned.get(number);
    const isAsking = desk.approval.kind !== 'never';
    // What is of no plan is not looked at for ever: nothing of it waits.
    if (known === undefined && (isAsking || left === 0)) continue;
    const reviewed = known ?? (await review(desk, number));
    if (reviewed === undefined || (await isTooOld(desk, follow, reviewed))) continue;
    const { stored } = reviewed;
    const posted = await findPosted(desk, stored, { key: channel });
    const wanted = listWanted(follow, stored);
    const open = wanted.filter((item) => !posted.has(keyItem(item)));
    const isAsked = isAsking && known?.isAsked === true;
    const judged = open.map((item) => judge(reviewed, item, { isAsking, isAsked }));
    const items = judged.flatMap(({ ready }) => (ready === undefined ? [] : [ready]));
    const isBegun = open.length < wanted.length;
    if (known !== undefined && judged.some(({ isWaiting }) => isWaiting)) waiting.add(number);
    if (items.length === 0) continue;
    if (!isBegun && left === 0) {
      waiting.delete(number);
      continue;
    }
    if (!isBegun) left -= 1;
    turns.unshift({ follow, stored, items, isBegun });
  }
  return { turns, waiting };
}

async function review(desk: TurnsDesk, number: number): Promise<ReviewedIssue | undefined> {
  const stored = await desk.archive.read(number);
  return stored && reviewIssue(desk, stored);
}

/** Whether an issue was there, by its days as well, when it was followed first. */
async function isTooOld(
  { archive }: TurnsDesk,
  { sinceIssue }: Follow,
  { stored: { issue } }: ReviewedIssue,
): Promise<boolean> {
  if (issue.number > sinceIssue) return false;
  const since = await archive.read(sinceIssue);
  return since !== undefined && isOlder(issue, since.issue);
}

type Judged = { readonly ready: FreeItem | undefined; readonly isWaiting: boolean };

/** Whether an item may go out. What gathers papers goes out without those that are held. */
function judge(
  { items, review: { verdicts } }: ReviewedIssue,
  item: Item,
  { isAsking, isAsked }: { readonly isAsking: boolean; readonly isAsked: boolean },
): Judged {
  const isIn = (key: string, standing: ReviewedItem['standing']): boolean =>
    items.some((one) => one.item === key && one.standing === standing);
  const own = items.find((one) => one.item === keyItem(item));
  const need = (key: string): Need => {
    const words = items.find((one) => one.item === key)?.wordsHash;
    return { item: key, approvedHash: isAsking ? words : undefined };
  };
  if (own !== undefined) {
    // Of an old issue only that which an editor asked for.
    const isLeft = isAsked && verdicts.get(own.item)?.wordsHash !== own.wordsHash;
    if (isLeft) return { ready: undefined, isWaiting: false };
    const isReady = own.standing === 'ready';
    const ready = isReady ? { item, needs: [need(own.item)] } : undefined;
    return { ready, isWaiting: !isReady };
  }
  if (item.kind === 'paper' || isAsked) return { ready: undefined, isWaiting: false };
  const keyOf = ({ paper }: (typeof item.entries)[number]): string => `paper/${paper.slug}`;
  const entries = item.entries.filter((entry) => !isIn(keyOf(entry), 'held'));
  const isWaiting = entries.length === 0 || entries.some((entry) => isIn(keyOf(entry), 'waits'));
  if (isWaiting) return { ready: undefined, isWaiting };
  const needs = entries.map((entry) => need(keyOf(entry)));
  return { ready: { item: { ...item, entries }, needs }, isWaiting };
}
