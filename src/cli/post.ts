import type { Desk } from '../desk/desk.ts';
import { deliverNow, isOpen, queuePost } from '../desk/post.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { formatTime, parseTime } from '../schedule/parse-time.ts';
import type { CliContext, ExitCode } from './context.ts';
import { describeDelivery, toJson } from './describe-delivery.ts';
import { type ItemOptions, toItemRequest } from './item-options.ts';
import type { Output } from './output.ts';

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
  const dueAt =
    at === undefined ? undefined : readTime(at, desk.clock.now(), desk.schedule.timeZone);
  const posted = await queuePost(desk, reference, {
    ...toItemRequest(options),
    ...(to === undefined ? {} : { to }),
    ...(dueAt === undefined ? {} : { at: dueAt }),
  });
  const before = new Set<string>();
  for (const { delivery, action } of posted) {
    if (action !== 'already there') continue;
    if (!isOpen(delivery) || dueAt !== undefined) before.add(delivery.id);
    if (!json) output.note(describeBefore(delivery));
  }
  let deliveries: readonly Delivery[] = posted.map(({ delivery }) => delivery);
  if (dueAt === undefined) {
    const waiting = deliveries.filter(isOpen);
    if (!json && waiting.length > 0) output.note(`Posting ${waiting.length} …`);
    const ids = deliveries.map(({ id }) => id);
    deliveries = await deliverNow(desk, ids, {
      onSettled: (delivery) => {
        if (!json && !before.has(delivery.id)) printSettled(output, delivery);
      },
      onAttempt: ({ claim, outcome }) => {
        if (json || outcome.kind === 'sent' || outcome.kind === 'refused') return;
        const { title, destination } = claim.delivery;
        output.note(`… ${title} → ${destination}: ${outcome.reason}; trying again`);
      },
    });
  }
  if (json) output.json({ deliveries: deliveries.map(toJson) });
  else printOpen(output, deliveries.filter(isOpen), dueAt, desk);
  // With --at: what could not be moved to that time, as it is under way, was not done as asked.
  const isDone = (delivery: Delivery): boolean =>
    delivery.state === 'sent' || (dueAt !== undefined && !before.has(delivery.id));
  return deliveries.every(isDone) ? 0 : 1;
}

function describeBefore({ title, destination, state }: Delivery): string {
  return state === 'sent'
    ? `${title} was posted to ${destination} already; it is not posted twice.`
    : `${title} is on its way to ${destination} already (${state}).`;
}

function printSettled(output: Output, delivery: Delivery): void {
  const isSent = delivery.state === 'sent';
  const mark = isSent ? output.style('green', '✓') : output.style('red', '✗');
  output.line(`${mark} ${describeDelivery(delivery)}`);
  if (delivery.remedy !== undefined) output.line(`    → ${delivery.remedy}`);
}

function printOpen(
  output: Output,
  open: readonly Delivery[],
  dueAt: Date | undefined,
  { clock, schedule: { timeZone } }: Desk,
): void {
  const now = clock.now();
  for (const delivery of open) {
    if (dueAt !== undefined) {
      const when = formatTime(delivery.dueAt, timeZone, now);
      output.line(`${delivery.title} → ${delivery.destination}, due ${when} (${timeZone})`);
    } else output.line(`${output.style('yellow', '…')} ${describeDelivery(delivery)}`);
  }
  if (open.length === 0) return;
  output.note('A running `paperboy start` sends what is in the queue; see it with: paperboy queue');
}

function readTime(text: string, now: Date, timeZone: string): Date {
  const time = parseTime(text, now, timeZone);
  if (time === undefined) {
    throw new PaperboyError(
      'time.unreadable',
      `Cannot post at “${text}” as it is no time`,
      `Write it as 09:00 or 2026-11-23 09:00 (in ${timeZone}), or 2026-11-23T09:00Z.`,
    );
  }
  if (time > now) return time;
  throw new PaperboyError(
    'time.past',
    `Cannot post at “${text}” as that is over`,
    'Give a time to come, or leave --at out to post now.',
  );
}
