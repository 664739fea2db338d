import { nameItem } from '../../formatters/item.ts';
import type { Verdict } from '../archive/verdicts.ts';
import type { ReviewedItem } from '../desk/approval/review-issue.ts';
import type { Issue } from '../issue/schema.ts';
import type { Words } from './describe-delivery.ts';
import { plainLine } from './plain-line.ts';
import { nameOption, tellTitle, toItemJson } from './tell-items.ts';

/** An item that an editor holds, or held, and the hold. */
export type Held = ReviewedItem & { readonly verdict: Verdict };

/** Who holds something, and since when: "held by ada since Mon, Nov 23, 10:00". */
export function tellHold({ actor, at }: Pick<Verdict, 'actor' | 'at'>, words: Words): string {
  return `held by ${plainLine(actor)} since ${words.at(at)}`;
}

/** What an item is called, and who holds it. */
export function tellHeld({ of, verdict }: Held, words: Words): string {
  return `${tellTitle(nameItem(of).title)} is ${tellHold(verdict, words)}`;
}

/** The command that lets an item go. */
export function tellRelease(item: string, issue: Issue): string {
  return `paperboy release ${issue.number} ${nameOption(item, issue)}`;
}

/** What is held, for programs. */
export function toHolderJson(held: Held, issue: Issue): object {
  const { actor, at } = held.verdict;
  return { ...toItemJson(held), by: actor, at, command: tellRelease(held.item, issue) };
}
