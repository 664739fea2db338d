import type { ReviewedIssue } from '../../../src/desk/approval/review-issue.ts';
import type { Destination } from '../../../src/desk/desk.ts';
import type { Delivery, EditorDesk } from '../../../src/desk/editor-desk.ts';
import { findPosted } from '../../../src/desk/find-posted.ts';
import { type Plan, readPlan } from '../../../src/desk/plan/read-plan.ts';
import { listPlaces } from './open-draft.ts';

/** All that the message about an issue tells. */
export type Board = {
  readonly desk: Pick<EditorDesk, 'scheduled' | 'programme'>;
  readonly reviewed: ReviewedIssue;
  readonly issue: number;
  readonly places: readonly Destination[];
  readonly posted: ReadonlyMap<string, ReadonlyMap<string, Delivery>>;
  readonly plan: Plan;
  /** Every place of the clock has got every item that it has slots for. */
  readonly isAllSent: boolean;
};

/** Reads what is planned and posted of an issue. */
export async function readBoard(
  desk: EditorDesk,
  reviewed: ReviewedIssue,
  plan?: Plan,
): Promise<Board> {
  const { stored, items } = reviewed;
  const places = listPlaces(desk);
  const posted = new Map<string, ReadonlyMap<string, Delivery>>();
  for (const place of places) posted.set(place.name, await findPosted(desk, stored, place));
  const wanted = desk.scheduled.flatMap(({ name }) => {
    const { crons } = desk.programme(name);
    return items
      .filter(({ lane }) => crons[lane].length > 0)
      .map(({ item }) => posted.get(name)?.get(item)?.state);
  });
  const isAllSent = wanted.length > 0 && wanted.every((state) => state === 'sent');
  return {
    desk,
    reviewed,
    issue: stored.issue.number,
    places,
    posted,
    plan: plan ?? (await readPlan(desk)),
    isAllSent,
  };
}
