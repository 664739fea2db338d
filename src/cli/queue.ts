import { shortenId } from '../desk/act.ts';
import { isOpen } from '../desk/deliver-now.ts';
import type { Desk } from '../desk/desk.ts';
import { isOrphaned, listOrphans } from '../desk/orphans.ts';
import type { Delivery, Pause } from '../outbox/delivery.ts';
import { OPEN_STATES, tellState } from '../outbox/transitions.ts';
import { formatTime } from '../schedule/parse-time.ts';
import type { CliContext, ExitCode } from './context.ts';
import { makeWords, toJson } from './describe-delivery.ts';
import { printOrphans } from './orphans.ts';
import { plainLine } from './plain-line.ts';
import { listPlaces, printPauses } from './print-acted.ts';
import { groupTroubles, printTrouble } from './print-troubles.ts';
import { STATE_STYLE, type ToldState } from './state-style.ts';

export type QueueOptions = { readonly state?: ToldState; readonly json?: boolean };

/** `paperboy queue` */
export async function runQueue(
  { output, openDesk }: CliContext,
  { state: wanted, json }: QueueOptions,
): Promise<ExitCode> {
  const { desk } = await openDesk();
  const now = desk.clock.now();
  // What is on its way says what the others wait for.
  const states = wanted === undefined || wanted === 'due' ? [] : [wanted];
  const all = await desk.outbox.list({
    isEarliestFirst: true,
    ...(wanted === undefined ? {} : { states: [...OPEN_STATES, ...states] }),
  });
  const isWanted = (delivery: Delivery): boolean =>
    wanted === undefined || wanted === delivery.state || wanted === tellState(delivery, now);
  const deliveries = all.filter(isWanted);
  const samples = await findSamples(desk, deliveries);
  if (json) {
    const rows = deliveries.map((one) => ({ ...toJson(one), isSample: samples.has(one.id) }));
    output.json({ deliveries: rows });
    return 0;
  }
  if (deliveries.length === 0) {
    output.note(
      wanted === undefined
        ? 'Nothing is queued and nothing was posted. See what is to come: paperboy plan'
        : `Nothing is ${wanted}.`,
    );
    return 0;
  }
  const { timeZone } = desk;
  const words = makeWords(desk);
  const row = (delivery: Delivery): string[] => {
    const state = tellState(delivery, now);
    const revised = delivery.revision > 1 ? ` r${delivery.revision}` : '';
    return [
      shortenId(delivery.id),
      output.style(STATE_STYLE[state], state),
      formatTime(delivery.settledAt ?? delivery.retryAt ?? delivery.dueAt, timeZone, now),
      words.place(delivery.destination),
      `#${delivery.issue}${revised}${samples.has(delivery.id) ? ' (sample)' : ''}`,
      plainLine(delivery.title),
    ];
  };
  const header = ['ID', 'STATE', `WHEN (${timeZone})`, 'TO', 'ISSUE', 'PAPER'];
  output.table(header, deliveries.map(row));
  const pauses = await desk.outbox.listPauses();
  const troubles = deliveries.flatMap((delivery) => {
    const said = describeTrouble(delivery, { desk, deliveries: all, pauses });
    return said === undefined ? [] : [{ delivery, said }];
  });
  for (const group of groupTroubles(troubles, words)) {
    output.line();
    printTrouble(output, group, words);
  }
  if (pauses.length > 0) output.line();
  await printPauses(desk, output, listPlaces(deliveries), deliveries);
  if (wanted === undefined) printOrphans(desk, output, await listOrphans(desk));
  return 0;
}

/** The ids of the deliveries whose issue comes with Paperboy: a real one may have its number. */
async function findSamples(
  { archive }: Desk,
  deliveries: readonly Delivery[],
): Promise<ReadonlySet<string>> {
  const samples = new Set<string>();
  for (const { id, issue, revision } of deliveries) {
    if (await archive.isSampleRevision(issue, revision)) samples.add(id);
  }
  return samples;
}

type Around = {
  readonly desk: Desk;
  readonly deliveries: readonly Delivery[];
  readonly pauses: readonly Pause[];
};

/** Why a delivery that is due has not gone out, and what comes next. */
function describeTrouble(
  delivery: Delivery,
  { desk, deliveries, pauses }: Around,
): string | undefined {
  const { state, task, reason, retryAt, dueAt, destination } = delivery;
  if (state === 'refused') {
    const failed = task === 'retract' ? 'could not be taken back: ' : '';
    return `${failed}${reason ?? 'refused'} (needs a person)`;
  }
  if ((state !== 'planned' && state !== 'unknown') || dueAt > desk.clock.now()) return undefined;
  if (isOrphaned(desk, destination)) return undefined;
  if (pauses.some((pause) => pause.destination === destination)) {
    return 'waits, as the destination is paused';
  }
  if (retryAt !== undefined) {
    const next = formatTime(retryAt, desk.timeZone, desk.clock.now());
    return `${reason ?? 'not sent yet'}; tried again by itself, next at ${next}`;
  }
  const ahead = deliveries.find(
    (other) =>
      other.destination === destination &&
      other.task === task &&
      isOpen(other) &&
      other.dueAt < dueAt,
  );
  return ahead === undefined
    ? 'waits for a running `paperboy start`'
    : `waits until “${ahead.title}” is through, as the order is kept`;
}
