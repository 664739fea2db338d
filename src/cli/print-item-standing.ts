import type { Verdict } from '../archive/verdicts.ts';
import { type ReviewedItem, reviewIssue } from '../desk/approval/review-issue.ts';
import type { Desk } from '../desk/desk.ts';
import { findIssue } from '../desk/find-issue.ts';
import type { Issue } from '../issue/schema.ts';
import { makeWords } from './describe-delivery.ts';
import type { Output } from './output.ts';
import { tellHold } from './tell-holders.ts';
import { nameOption } from './tell-items.ts';
import { hang } from './wrap.ts';

/** An item as it stands with the editors, and who has decided that. */
export type ItemStanding = Pick<ReviewedItem, 'item' | 'standing'> & {
  readonly issue: Issue;
  readonly verdict: Verdict | undefined;
};

/** Reads how an item stands; undefined for what the issue does not have. */
export async function readItemStanding(
  desk: Desk,
  reference: string,
  item: string,
): Promise<ItemStanding | undefined> {
  const { stored, items, review } = await reviewIssue(desk, await findIssue(desk, reference));
  const found = items.find((one) => one.item === item);
  if (found === undefined) return undefined;
  return { ...found, issue: stored.issue, verdict: review.verdicts.get(item) };
}

/** How the item stands afterwards: own words need no second approval, and end no hold. */
export function printItemStanding(
  output: Output,
  desk: Desk,
  { item, issue, standing, verdict }: ItemStanding,
): void {
  const { style, line } = output;
  const named = `${issue.number} ${nameOption(item, issue)}`;
  switch (standing) {
    case 'ready':
      if (verdict === undefined) return;
      line('  It is approved: an editor’s own edit of an approved text stays so.');
      return;
    case 'waits':
      line(`${style('yellow', '?')} It waits for an editor.`);
      line(`    → paperboy approve ${named}`);
      return;
    case 'held': {
      const held = verdict === undefined ? 'held' : tellHold(verdict, makeWords(desk));
      line(hang(`${style('magenta', '‖')} It is ${held}, and goes out nowhere.`, '  '));
      line(`    → paperboy release ${named}`);
    }
  }
}
