import { isOpen } from '../desk/post.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { formatTime } from '../schedule/parse-time.ts';
import type { CliContext, ExitCode } from './context.ts';
import { toJson } from './describe-delivery.ts';

const STATE_STYLE = {
  planned: 'blue',
  sending: 'cyan',
  unknown: 'yellow',
  sent: 'green',
  refused: 'red',
} as const;

/** `paperboy queue` */
export async function runQueue(
  { output, openDesk }: CliContext,
  options: { readonly json?: boolean },
): Promise<ExitCode> {
  const { desk } = await openDesk();
  const deliveries = (await desk.outbox.list()).reverse();
  if (options.json) {
    output.json({ deliveries: deliveries.map(toJson) });
    return 0;
  }
  if (deliveries.length === 0) {
    output.note('Nothing is queued and nothing was posted. Post a paper: paperboy post ISSUE');
    return 0;
  }
  const { timeZone } = desk.schedule;
  const now = desk.clock.now();
  const row = (delivery: Delivery): string[] => [
    output.style(STATE_STYLE[delivery.state], delivery.state),
    formatTime(delivery.settledAt ?? delivery.retryAt ?? delivery.dueAt, timeZone, now),
    delivery.destination,
    `#${delivery.issue}${delivery.revision > 1 ? ` r${delivery.revision}` : ''}`,
    delivery.title,
  ];
  await output.table(['STATE', `WHEN (${timeZone})`, 'TO', 'ISSUE', 'PAPER'], deliveries.map(row));
  for (const delivery of deliveries) {
    const trouble = describeTrouble(delivery, deliveries, timeZone, now);
    if (trouble === undefined) continue;
    const mark =
      delivery.state === 'refused' ? output.style('red', '✗') : output.style('yellow', '…');
    output.line(`\n${mark} ${delivery.title} → ${delivery.destination}: ${trouble}`);
    if (delivery.remedy !== undefined) output.line(`    → ${delivery.remedy}`);
  }
  return 0;
}

/** Why a delivery that is due has not gone out, and what comes next. */
function describeTrouble(
  delivery: Delivery,
  all: readonly Delivery[],
  timeZone: string,
  now: Date,
): string | undefined {
  const { state, reason, retryAt, dueAt, destination } = delivery;
  if (state === 'sent' || state === 'sending' || dueAt > now) return undefined;
  if (state === 'refused') return `${reason ?? 'refused'} (needs a person)`;
  if (retryAt !== undefined) {
    return `${reason ?? 'not sent yet'}; tried again by itself, next at ${formatTime(retryAt, timeZone, now)}`;
  }
  const ahead = all.find(
    (other) => other.destination === destination && isOpen(other) && other.dueAt < dueAt,
  );
  return ahead === undefined
    ? 'waits for a running `paperboy start`'
    : `waits until “${ahead.title}” is through, as the order is kept`;
}
