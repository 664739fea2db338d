import type { Desk } from '../desk/desk.ts';
import { listUndecided } from '../desk/list-undecided.ts';
import { type PlanEntry, readPlan } from '../desk/plan/read-plan.ts';
import { makeWords, type Words } from './describe-delivery.ts';
import { tellSilence } from './print-undecided.ts';
import { tellItems, tellTitle } from './tell-items.ts';

/** What happens next with an issue: for people, and for programs. */
export type NextStep = { readonly said: string; readonly json: object };

/** What happens next with issues, by their numbers, if nobody does anything. */
export async function tellNext(
  desk: Desk,
  issues: readonly number[],
): Promise<Map<number, NextStep>> {
  const { entries, left } = await readPlan(desk);
  const { proposed } = await listUndecided(desk);
  const words = makeWords(desk);
  const tell = (issue: number): NextStep => {
    const waits = proposed.find(({ stored }) => stored.issue.number === issue);
    if (waits !== undefined) {
      const command = `paperboy approve ${issue}`;
      const silence = tellSilence(waits, desk.approval, words);
      return {
        said: `Proposed, and waits for an editor: ${tellItems(waits.items)}; ${silence}. Approve it: ${command}`,
        json: { kind: 'waits', approvesAt: waits.approvesAt ?? null, command },
      };
    }
    const first = entries.find((entry) => entry.issue === issue && !entry.isTentative);
    if (first !== undefined) {
      const { at, destination, item } = first;
      return {
        said: tellFirst(first, words),
        json: { kind: 'planned', at, destination: destination.name, item },
      };
    }
    const isPlanned = left.some(({ candidate }) => candidate.issue === issue);
    return {
      said: isPlanned
        ? 'The clock has no slot for it in four weeks: paperboy plan'
        : `The clock posts nothing of it by itself. To have it posted: paperboy post ${issue}`,
      json: { kind: isPlanned ? 'left' : 'none' },
    };
  };
  return new Map(issues.map((issue) => [issue, tell(issue)]));
}

/** When the first of an issue goes out, and on what that depends. */
export function tellFirst(
  { at, otherwise, destination, title }: PlanEntry,
  words: Pick<Words, 'at'>,
): string {
  const other = otherwise?.at === undefined ? 'later' : words.at(otherwise.at);
  const or = otherwise === undefined ? '' : ` (or ${other}, if what waits before it is approved)`;
  return `First post ${words.at(at)}${or} to ${destination.name}: ${tellTitle(title)}; all of it: paperboy plan`;
}
