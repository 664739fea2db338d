import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Desk } from '../desk/desk.ts';
import { listOfIssue } from '../desk/find-deliveries.ts';
import { findIssue } from '../desk/find-issue.ts';
import { listUndecided } from '../desk/list-undecided.ts';
import { readPlan } from '../desk/plan/read-plan.ts';
import type { ExitCode } from './context.ts';
import { makeWords, type Words } from './describe-delivery.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain-line.ts';
import { hang } from './wrap.ts';

/** An issue about which nothing was decided, and of which nothing was posted or queued. */
export type UntouchedIssue = {
  readonly stored: StoredIssue;
  /** For an editor, for its slot, or for nothing: the clock does not post it in four weeks. */
  readonly waitsFor: 'editor' | 'slot' | 'nothing';
  readonly since: Date;
  /** When the clock posts the first of it, as things stand. */
  readonly firstAt: Date | undefined;
  readonly command: string;
};

/** How an issue waits of which the ledger has nothing; undefined where it has something. */
export async function readUntouched(
  desk: Desk,
  reference: string,
): Promise<UntouchedIssue | undefined> {
  const stored = await findIssue(desk, reference);
  if ((await listOfIssue(desk, stored)).length > 0) return undefined;
  const { number } = stored.issue;
  const { proposed } = await listUndecided(desk);
  const asked = proposed.find((one) => one.stored.issue.number === number);
  const first = (await readPlan(desk)).entries.find(({ issue }) => issue === number);
  const since = asked?.askedAt ?? stored.importedAt;
  const firstAt = first?.at;
  if (asked !== undefined) {
    return { stored, waitsFor: 'editor', since, firstAt, command: `paperboy approve ${number}` };
  }
  const waitsFor = first === undefined ? 'nothing' : 'slot';
  return { stored, waitsFor, since, firstAt, command: 'paperboy plan' };
}

/** Prints since when it waits, for what, and what to do. */
export function printUntouched(
  output: Output,
  desk: Desk,
  untouched: UntouchedIssue,
  json: boolean | undefined,
): ExitCode {
  const { stored, waitsFor, since, firstAt, command } = untouched;
  const { number, title } = stored.issue;
  if (json) {
    output.json({
      ...{ issue: number, decisions: [], deliveries: [], waitsFor, since },
      ...{ firstAt: firstAt ?? null, command },
    });
    return 0;
  }
  const { style, line } = output;
  line(style('bold', `#${number} ${plainLine(title)}`));
  line(
    hang(`  Nothing was decided or posted yet: ${tellWaiting(untouched, makeWords(desk))}`, '    '),
  );
  const more = waitsFor === 'nothing' ? `; to post it now: paperboy post ${number}` : '';
  line(hang(`    → ${waitsFor === 'nothing' ? 'why: ' : ''}${command}${more}`, '      '));
  return 0;
}

function tellWaiting({ waitsFor, since, firstAt }: UntouchedIssue, { at }: Words): string {
  switch (waitsFor) {
    case 'editor':
      return `it waits for an editor since ${at(since)}.`;
    case 'slot':
      return `it waits since ${at(since)}, and the clock posts the first of it ${firstAt === undefined ? 'soon' : at(firstAt)}.`;
    case 'nothing':
      return `it is there since ${at(since)}, and the clock posts nothing of it in four weeks.`;
  }
}
