import { nameItem } from '../../formatters/item.ts';
import { approve, type Decided, type Which } from '../desk/approval/approve.ts';
import type { ReviewedItem } from '../desk/approval/review-issue.ts';
import type { Desk } from '../desk/desk.ts';
import { readPlan } from '../desk/plan/read-plan.ts';
import type { Issue } from '../issue/schema.ts';
import type { CliContext, ExitCode } from './context.ts';
import { makeWords, type Words } from './describe-delivery.ts';
import { toItemRequest } from './item-options.ts';
import type { Output } from './output.ts';
import { printChanges, toRevisedJson } from './print-changes.ts';
import { nameOption, tellItems, tellTitle, toItemJson } from './tell-items.ts';
import { hang } from './wrap.ts';

export type ApproveOptions = {
  readonly paper?: string;
  readonly digest?: true;
  readonly news?: true;
  readonly json?: boolean;
};

/** `paperboy approve ISSUE` */
export async function runApprove(
  { output, openDesk }: CliContext,
  reference: string,
  { json, ...options }: ApproveOptions,
): Promise<ExitCode> {
  const { desk } = await openDesk();
  const decided = await approve(desk, reference, toWhich(options));
  if (json) output.json(toDecidedJson(decided));
  else await printApproved(output, desk, decided);
  return 0;
}

/** The items that options name; all of the issue where they name none. */
export function toWhich(options: Omit<ApproveOptions, 'json'>): Which {
  const { paper, digest } = toItemRequest(options);
  return { ...(paper === undefined ? {} : { paper }), ...(digest === undefined ? {} : { digest }) };
}

async function printApproved(output: Output, desk: Desk, decided: Decided): Promise<void> {
  const { stored, items, changed, before, revised } = decided;
  const words = makeWords(desk);
  const { number } = stored.issue;
  const mark = output.style('green', '✓');
  if (changed.length > 0) {
    output.line(hang(`${mark} #${number} is approved: ${tellItems(changed)}`, '  '));
  }
  printBefore(output, before, words);
  if (changed.length + before.length === 0) {
    output.line(hang(`${mark} #${number}: nothing of it waits for an editor.`, '  '));
  }
  printChanges(output, { changes: [], revised });
  printStanding(output, stored.issue, items);
  if (desk.approval.kind === 'never') {
    output.note(
      'The clock asks nobody (approval: never): what is approved would have gone out too.',
    );
  }
  await printFirst(output, desk, number);
}

/** What others had decided before, an editor at a time. */
export function printBefore(output: Output, before: Decided['before'], { at }: Words): void {
  const groups = Map.groupBy(before, ({ verdict }) =>
    verdict === undefined ? '' : `${verdict.verdict} ${verdict.actor} ${at(verdict.at)}`,
  );
  for (const group of groups.values()) {
    const verdict = group[0]?.verdict;
    if (verdict === undefined) continue;
    const said = tellItems(group.map(({ item }) => item));
    const how = verdict.verdict === 'held' ? 'held' : 'approved';
    const text = `${said}: ${how} before, by ${verdict.actor}, ${at(verdict.at)}.`;
    output.line(hang(`${output.style('green', '✓')} ${text}`, '  '));
  }
}

/** What of an issue waits still, and what is held. */
function printStanding(output: Output, issue: Issue, items: readonly ReviewedItem[]): void {
  const { number } = issue;
  const waiting = items.filter(({ standing }) => standing === 'waits');
  if (waiting.length > 0) {
    const said = `${output.style('yellow', '?')} waits still: ${tellItems(waiting)}`;
    output.line(hang(said, '  '));
    output.line(`    → paperboy approve ${number}`);
  }
  for (const { item, of } of items.filter(({ standing }) => standing === 'held')) {
    const said = `${output.style('magenta', '‖')} held: ${tellTitle(nameItem(of).title)}`;
    output.line(hang(said, '  '));
    output.line(`    → paperboy release ${number} ${nameOption(item, issue)}`);
  }
}

/** When the first of an issue goes out by the clock, as things stand. */
export async function printFirst(output: Output, desk: Desk, issue: number): Promise<void> {
  const first = (await readPlan(desk)).entries.find(
    (entry) => entry.issue === issue && !entry.isTentative && entry.delivery?.state !== 'held',
  );
  if (first === undefined) {
    output.note('The clock has no slot for it in four weeks. See what is to come: paperboy plan');
    return;
  }
  const { at } = makeWords(desk);
  const { destination, title } = first;
  const said = `First post ${at(first.at)} to ${destination.name}: ${tellTitle(title)}; all of it: paperboy plan`;
  output.note(hang(said, '  ', process.stderr.columns));
}

function toDecidedJson({ stored, items, changed, before, revised }: Decided): object {
  return {
    issue: stored.issue.number,
    revision: stored.revision,
    changed: changed.map(({ item }) => item),
    before: before.map(({ item: { item }, verdict }) => ({
      item,
      verdict: verdict?.verdict ?? null,
      by: verdict?.actor ?? null,
      at: verdict?.at ?? null,
    })),
    items: items.map(toItemJson),
    revised: revised.map(toRevisedJson),
  };
}
