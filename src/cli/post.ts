import { postNamed } from '../desk/approval/post-named.ts';
import { isOpen } from '../desk/deliver-now.ts';
import { findIssue } from '../desk/find-issue.ts';
import { readTime } from '../desk/read-time.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { CliContext, ExitCode } from './context.ts';
import { makeWords, nameDelivery, toJson, type Words } from './describe-delivery.ts';
import { type ItemOptions, toItemRequest } from './item-options.ts';
import { deliverAndTell, listPlaces, printOpen, printPauses } from './print-acted.ts';
import { tellHeld, tellRelease, toHolderJson } from './tell-holders.ts';
import { tellItems, toItemJson } from './tell-items.ts';
import { tellLifted } from './tell-lifted.ts';
import { tellTwice } from './tell-twice.ts';
import { hang } from './wrap.ts';

export type PostOptions = ItemOptions & {
  readonly to?: string;
  readonly at?: string;
  readonly json?: boolean;
};

/** `paperboy post ISSUE` */
export async function runPost(
  context: CliContext,
  reference: string,
  { to, at, json, ...options }: PostOptions,
): Promise<ExitCode> {
  const { output } = context;
  const { desk } = await context.openDesk();
  const dueAt = at === undefined ? undefined : readTime(desk, at);
  const { issue, revision } = await findIssue(desk, reference);
  const request = toItemRequest(options);
  const isNamed = Object.keys(request).length > 0;
  const heldBefore = await desk.outbox.list({ issue: issue.number, states: ['held'] });
  const { posted, approved, held } = await postNamed(
    desk,
    String(issue.number),
    {
      ...request,
      ...(to === undefined ? {} : { to }),
      ...(dueAt === undefined ? {} : { at: dueAt }),
    },
    // Who types a name has not seen who holds it: nothing is posted over their head.
    request.paper === undefined && request.digest === undefined
      ? undefined
      : { revision, verdict: 'none' },
  );
  const words = makeWords(desk);
  if (!json && approved.length > 0) {
    output.note(hang(`Approved by that: ${tellItems(approved)}.`, '  '));
  }
  for (const one of json ? [] : held) {
    const release = tellRelease(one.item, issue);
    if (isNamed) {
      const said = `${tellHeld(one, words)}, and was not posted.`;
      output.line(hang(`${output.style('red', '✗')} ${said}`, '  '));
      output.line(hang(`    → ${release}; then post it again`, '      '));
    } else output.note(hang(`${tellHeld(one, words)}, and is left so: ${release}`, '  '));
  }
  if (!json) await tellLifted(desk, output, heldBefore, posted);
  const before = new Set<string>();
  const left = new Set<string>();
  for (const { delivery, action } of posted) {
    if (action === 'left') left.add(delivery.id);
    if (action !== 'already there' && action !== 'left') continue;
    if (!isOpen(delivery) || dueAt !== undefined) before.add(delivery.id);
    if (!json) output.note(hang(describeBefore(delivery, words), '  '));
  }
  let deliveries: readonly Delivery[] = posted.map(({ delivery }) => delivery);
  if (dueAt === undefined) {
    const waiting = deliveries.filter(isOpen);
    if (!json && waiting.length > 0) output.note(`Posting ${waiting.length} …`);
    const ids = deliveries.map(({ id }) => id);
    deliveries = await deliverAndTell(desk, output, ids, json, ({ id }) => !before.has(id));
  }
  if (json) {
    const decided = {
      approved: approved.map(toItemJson),
      held: held.map((one) => toHolderJson(one, issue)),
    };
    output.json({ deliveries: deliveries.map(toJson), ...decided });
  } else if (dueAt === undefined) printOpen(output, deliveries.filter(isOpen), desk);
  else if (posted.length > 0) {
    for (const delivery of deliveries.filter(isOpen)) {
      const when = `${words.at(delivery.dueAt)} (${desk.timeZone})`;
      output.line(`${nameDelivery(delivery, words)}, due ${when}`);
    }
    const twice = tellTwice(dueAt, desk.timeZone);
    if (twice !== undefined) output.note(hang(twice, '  '));
    output.note('A running `paperboy start` sends what is in line; see it with: paperboy queue');
  }
  // What was left as a person wanted it was not asked for by name.
  const asked = deliveries.filter(({ id }) => !left.has(id));
  const notSent = asked.filter(({ state }) => state !== 'sent');
  if (!json) await printPauses(desk, output, listPlaces(notSent), notSent);
  // With --at: what could not be moved to that time, as it is under way, was not done as asked.
  const isDone = (delivery: Delivery): boolean =>
    delivery.state === 'sent' || (dueAt !== undefined && !before.has(delivery.id));
  const isNothing = posted.length === 0;
  return !isNothing && asked.every(isDone) ? 0 : 1;
}

function describeBefore(delivery: Delivery, words: Words): string {
  const { title, destination, state, task } = delivery;
  const name = nameDelivery(delivery, words);
  if (task === 'retract' && state !== 'retracted') {
    return `${name} is to be taken back first; then it can be posted anew.`;
  }
  switch (state) {
    case 'sent':
      return `${title} was posted to ${words.place(destination)} already; it is not posted twice.`;
    case 'cancelled':
    case 'retracted': {
      const how = state === 'cancelled' ? 'was cancelled' : 'was taken back';
      return `${name} ${how}, and is left so; to post it after all, name it with --paper.`;
    }
    case 'held':
      return `${name} is held, and is left so; to post it now, name it with --paper.`;
    default:
      return `${title} is on its way to ${words.place(destination)} already (${state}).`;
  }
}
