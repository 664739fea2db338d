import { nameItem } from '../../formatters/item.ts';
import type { Verdict } from '../archive/verdicts.ts';
import { approve, type Decided, type Which } from '../desk/approval/approve.ts';
import { lookAt } from '../desk/approval/look-at.ts';
import type { ReviewedItem } from '../desk/approval/review-issue.ts';
import { type Dropped, watchRest } from '../desk/approval/watch-rest.ts';
import type { Desk } from '../desk/desk.ts';
import { readPlan } from '../desk/plan/read-plan.ts';
import type { Issue } from '../issue/schema.ts';
import type { CliContext, ExitCode } from './context.ts';
import { makeWords, nameDelivery, type Words } from './describe-delivery.ts';
import { toItemRequest } from './item-options.ts';
import type { Output } from './output.ts';
import { printChanges, toRevisedJson } from './print-changes.ts';
import { tellHold, tellRelease } from './tell-holders.ts';
import { joinAnd, nameOption, tellItems, tellTitle, toItemJson } from './tell-items.ts';
import { tellFirst } from './tell-next.ts';
import { hang } from './wrap.ts';

export type ApproveOptions = {
  readonly paper?: string;
  readonly digest?: true;
  readonly news?: true;
  readonly json?: boolean;
};

const NOTHING_SEEN = { seen: undefined, hold: undefined };

/** `paperboy approve ISSUE` */
export async function runApprove(
  { output, openDesk }: CliContext,
  reference: string,
  { json, ...options }: ApproveOptions,
): Promise<ExitCode> {
  const { desk } = await openDesk();
  const which = toWhich(options);
  const isNamed = Object.keys(which).length > 0;
  const findDropped = await watchRest(desk);
  const { seen, hold } = isNamed ? await lookAt(desk, reference, which) : NOTHING_SEEN;
  const decided = await approve(desk, reference, which, seen);
  // To name what somebody holds is to decide: it is said whose hold is over.
  const lifted = decided.changed.some(({ item }) => item === hold?.item) ? hold : undefined;
  const isOurs = decided.changed.length > 0;
  const dropped = isOurs ? await findDropped(decided.stored.issue.number) : [];
  if (json) output.json({ ...toDecidedJson(decided, lifted), dropped });
  else await printApproved(output, desk, decided, { lifted, dropped });
  return 0;
}

/** The items that options name; all of the issue where they name none. */
export function toWhich(options: Omit<ApproveOptions, 'json'>): Which {
  const { paper, digest } = toItemRequest(options);
  return { ...(paper === undefined ? {} : { paper }), ...(digest === undefined ? {} : { digest }) };
}

async function printApproved(
  output: Output,
  desk: Desk,
  decided: Decided,
  {
    lifted,
    dropped,
  }: { readonly lifted: Verdict | undefined; readonly dropped: readonly Dropped[] },
): Promise<void> {
  const { stored, items, changed, before, revised } = decided;
  const words = makeWords(desk);
  const { number } = stored.issue;
  const mark = output.style('green', '✓');
  if (changed.length > 0) {
    output.line(hang(`${mark} #${number} is approved: ${tellItems(changed)}`, '  '));
  }
  if (lifted !== undefined) {
    output.line(hang(`  It was ${tellHold(lifted, words)}, which is over by that.`, '  '));
    await printHeldBack(output, desk, stored.issue, lifted.item);
  }
  printBefore(output, before, words);
  if (changed.length + before.length === 0) {
    output.line(hang(`${mark} #${number}: nothing of it waits for an editor.`, '  '));
  }
  printChanges(output, { changes: [], revised });
  printStanding(output, stored.issue, items);
  printDropped(output, number, dropped);
  if (desk.approval.kind === 'never') {
    output.note(
      'The clock asks nobody (approval: never): what is approved would have gone out too.',
    );
  }
  await printFirst(output, desk, number);
}

/** What of an item a person has held in the ledger, and waits there still. */
async function printHeldBack(
  output: Output,
  desk: Desk,
  issue: Issue,
  item: string,
): Promise<void> {
  const waiting = (await desk.outbox.list({ issue: issue.number, states: ['held'] })).filter(
    (delivery) => delivery.item === item,
  );
  if (waiting.length === 0) return;
  const names = waiting.map((delivery) => nameDelivery(delivery, makeWords(desk))).join(', ');
  output.line(hang(`${output.style('magenta', '‖')} held in the queue still: ${names}`, '  '));
  output.line(`    → ${tellRelease(item, issue)}`);
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

/** What of older issues the approval has dropped. */
function printDropped(output: Output, newer: number, dropped: readonly Dropped[]): void {
  const groups = Map.groupBy(dropped, ({ issue, places }) => `#${issue} at ${joinAnd(places)}`);
  for (const [older, items] of groups) {
    const titles = joinAnd(items.map(({ title }) => tellTitle(title)));
    const said = `The rest of ${older} is dropped, as something of #${newer} is approved (rest: drop): ${titles}`;
    output.line(hang(`${output.style('yellow', '!')} ${said}`, '  '));
    output.line(
      `    → to have one out all the same: paperboy post ${items[0]?.issue} --paper WORDS`,
    );
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
  output.note(hang(tellFirst(first, makeWords(desk)), '  ', process.stderr.columns));
}

function toDecidedJson(
  { stored, items, changed, before, revised }: Decided,
  lifted: Verdict | undefined,
): object {
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
    lifted: lifted === undefined ? null : { item: lifted.item, by: lifted.actor, at: lifted.at },
    items: items.map(toItemJson),
    revised: revised.map(toRevisedJson),
  };
}
