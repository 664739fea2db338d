import { nameItem } from '../../formatters/item.ts';
import { isAllDone } from '../desk/act.ts';
import { type HeldItems, holdItems, releaseItems } from '../desk/approval/hold-items.ts';
import type { ReviewedItem } from '../desk/approval/review-issue.ts';
import type { Desk } from '../desk/desk.ts';
import type { Issue } from '../issue/schema.ts';
import { type ApproveOptions, printBefore, printFirst, toWhich } from './approve.ts';
import type { ExitCode } from './context.ts';
import { makeWords, toJson } from './describe-delivery.ts';
import { count, type Output } from './output.ts';
import { printActed } from './print-acted.ts';
import { nameOption, tellItems, toItemJson } from './tell-items.ts';
import { hang } from './wrap.ts';

/**
 * `paperboy hold|release ISSUE`, at every destination: what is not queued yet is held or let go by
 * a verdict, and what waits in the ledger with it.
 */
export async function runHold(
  desk: Desk,
  output: Output,
  verb: 'hold' | 'release',
  reference: string,
  { json, ...options }: ApproveOptions,
): Promise<ExitCode> {
  const act = verb === 'hold' ? holdItems : releaseItems;
  const done = await act(desk, reference, toWhich(options));
  const isDone = done.acted.length === 0 || isAllDone(done.acted);
  const gone = verb === 'hold' ? await countGone(desk, done) : { posts: 0, isAll: false };
  if (json) output.json(toHeldJson(done));
  else if (verb === 'hold') printHold(output, desk, done, gone.posts);
  else await printRelease(output, desk, done);
  return isDone && !gone.isAll ? 0 : 1;
}

/** What of the named items went out before, and whether that is all that there was to hold. */
async function countGone(
  { outbox, scheduled }: Desk,
  { stored, changed, before }: HeldItems,
): Promise<{ readonly posts: number; readonly isAll: boolean }> {
  const named = new Set([...changed, ...before.map(({ item }) => item)].map(({ item }) => item));
  const places = new Set(scheduled.map(({ key }) => key));
  const sent = await outbox.list({ issue: stored.issue.number, states: ['sent'] });
  const gone = new Set(
    sent
      .filter(({ item, destination }) => named.has(item) && places.has(destination))
      .map(({ item, destination }) => `${item} ${destination}`),
  );
  return { posts: gone.size, isAll: gone.size > 0 && gone.size === named.size * places.size };
}

function printHold(
  output: Output,
  desk: Desk,
  { stored, items, changed, before, acted, namedIn }: HeldItems,
  gone: number,
): void {
  const { number } = stored.issue;
  if (changed.length > 0) {
    const said = `#${number} is held until it is released: ${tellItems(changed)}`;
    output.line(hang(`${output.style('green', '✓')} ${said}`, '  '));
  }
  printBefore(output, before, makeWords(desk));
  printActed(desk, output, acted);
  printNaming(output, stored.issue, namedIn, items);
  if (acted.length === 0) output.note('Nothing of it waits in the queue.');
  if (gone > 0) {
    const went = `${count(gone, 'post')} of it went out before, which this does not change`;
    output.note(`${went}; to take it back: paperboy retract ${number}`);
  }
  const named = [...changed, ...before.map(({ item }) => item)];
  output.note(`To let it go out: paperboy release ${number}${nameOnly(stored.issue, named)}`);
}

/** Says where papers that are held are named still. */
function printNaming(
  output: Output,
  issue: Issue,
  namedIn: readonly ReviewedItem[],
  items: readonly ReviewedItem[],
): void {
  const held = items.filter(({ standing, lane }) => standing === 'held' && lane === 'papers');
  for (const digest of namedIn) {
    const said = `${tellItems([digest])} still names ${tellItems(held)}; hold it as well, or edit it:`;
    output.line(hang(`${output.style('yellow', '!')} ${said}`, '  '));
    output.line(`    → paperboy hold ${issue.number} ${nameOption(digest.item, issue)}`);
  }
}

async function printRelease(
  output: Output,
  desk: Desk,
  { stored, changed, before, acted }: HeldItems,
): Promise<void> {
  const { number } = stored.issue;
  if (changed.length > 0) {
    const said = `#${number} is released, and approved by that: ${tellItems(changed)}`;
    output.line(hang(`${output.style('green', '✓')} ${said}`, '  '));
  }
  printActed(desk, output, acted);
  const rest = before.map(({ item }) => item);
  if (changed.length + acted.length === 0) {
    output.line(hang(`${output.style('green', '✓')} #${number}: nothing of it is held.`, '  '));
  }
  const waiting = rest.filter(({ standing }) => standing === 'waits');
  if (waiting.length > 0) {
    output.line(
      hang(`${output.style('yellow', '?')} waits for an editor: ${tellItems(waiting)}`, '  '),
    );
    output.line(`    → paperboy approve ${number}${nameOnly(stored.issue, waiting)}`);
  }
  await printFirst(output, desk, number);
}

/** The option that names an item where it is one alone. */
function nameOnly(issue: Issue, items: readonly ReviewedItem[]): string {
  const [only, ...others] = items;
  return only === undefined || others.length > 0 ? '' : ` ${nameOption(only.item, issue)}`;
}

function toHeldJson({ stored, items, changed, before, acted, namedIn }: HeldItems): object {
  return {
    issue: stored.issue.number,
    revision: stored.revision,
    changed: changed.map(({ item }) => item),
    before: before.map(({ item: { item, of }, verdict }) => ({
      item,
      title: nameItem(of).title,
      verdict: verdict?.verdict ?? null,
      by: verdict?.actor ?? null,
      at: verdict?.at ?? null,
    })),
    items: items.map(toItemJson),
    namedIn: namedIn.map(({ item }) => item),
    deliveries: acted.map(({ delivery, ...rest }) => ({ ...toJson(delivery), ...rest })),
  };
}
