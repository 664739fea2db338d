import type { Approval } from '../desk/approval/judge-item.ts';
import type { HeldItem, ProposedIssue } from '../desk/list-undecided.ts';
import type { Words } from './describe-delivery.ts';
import type { Output } from './output.ts';
import { nameOption, nameWithIssue, tellItems, tellTitle, toItemJson } from './tell-items.ts';
import { hang } from './wrap.ts';

/** Says which issues wait for an editor, since when, and what to do; at most so many. */
export function printProposed(
  output: Output,
  proposed: readonly ProposedIssue[],
  words: Words,
  approval: Approval,
  most = Number.POSITIVE_INFINITY,
): void {
  if (proposed.length === 0) return;
  output.line(output.style('bold', 'Waits for an editor'));
  for (const one of proposed.slice(0, most)) {
    const { number } = one.stored.issue;
    const since = words.at(one.askedAt ?? one.stored.importedAt);
    const name = tellTitle(one.stored.issue.title);
    const said = `${output.style('yellow', '?')} #${number} ${name}: ${tellItems(one.items)}, since ${since}`;
    output.line(hang(said, '  '));
    output.line(
      hang(`    → paperboy approve ${number}; ${tellSilence(one, approval, words)}`, '      '),
    );
  }
  const more = proposed.length - most;
  if (more > 0) output.line(`  and ${more} more, see: paperboy plan`);
}

/** What happens if no editor does anything. */
export function tellSilence(
  { approvesAt }: Pick<ProposedIssue, 'approvesAt'>,
  approval: Approval,
  { at }: Words,
): string {
  if (approvesAt !== undefined) return `by itself ${at(approvesAt)}`;
  if (approval.kind !== 'after') return 'nothing of it goes out before';
  const { hours } = approval;
  return `by itself ${hours} ${hours === 1 ? 'hour' : 'hours'} after editors are told, which a running Paperboy does`;
}

/** Says what editors hold, who did, and how it is let go; at most so many. */
export function printHeld(
  output: Output,
  held: readonly HeldItem[],
  { at }: Words,
  most = Number.POSITIVE_INFINITY,
): void {
  if (held.length === 0) return;
  output.line(output.style('bold', 'Held'));
  for (const { stored, item, title, verdict } of held.slice(0, most)) {
    const { number: issue } = stored.issue;
    const said = `${output.style('magenta', '‖')} ${nameWithIssue(issue, tellTitle(title))}, by ${verdict.actor}, ${at(verdict.at)}`;
    output.line(hang(said, '  '));
    output.line(
      hang(`    → paperboy release ${issue} ${nameOption(item, stored.issue)}`, '      '),
    );
  }
  const more = held.length - most;
  if (more > 0) output.line(`  and ${more} more, see: paperboy plan`);
}

/** The same for programs. */
export function toProposedJson({ stored, items, askedAt, approvesAt }: ProposedIssue): object {
  const { number: issue, title } = stored.issue;
  return {
    issue,
    title,
    revision: stored.revision,
    items: items.map(toItemJson),
    askedAt: askedAt ?? null,
    approvesAt: approvesAt ?? null,
    command: `paperboy approve ${issue}`,
  };
}

/** The same for programs. */
export function toHeldJson({ stored, item, title, verdict }: HeldItem): object {
  const { number: issue } = stored.issue;
  const { actor, at } = verdict;
  return {
    issue,
    item,
    title,
    by: actor,
    at,
    command: `paperboy release ${issue} ${nameOption(item, stored.issue)}`,
  };
}
