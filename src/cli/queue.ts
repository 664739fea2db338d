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
    `#${delivery.issue}`,
    delivery.title,
  ];
  await output.table(['STATE', `WHEN (${timeZone})`, 'TO', 'ISSUE', 'PAPER'], deliveries.map(row));
  const troubled = deliveries.filter(
    ({ state, reason }) => state !== 'sent' && reason !== undefined,
  );
  for (const { title, destination, reason, remedy } of troubled) {
    output.line(`\n${output.style('yellow', '!')} ${title} → ${destination}: ${reason}`);
    if (remedy !== undefined) output.line(`    → ${remedy}`);
  }
  return 0;
}
