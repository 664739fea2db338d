import { type Acted, isAllDone } from '../desk/act.ts';
import { deliverNow, isOpen } from '../desk/deliver-now.ts';
import type { Desk } from '../desk/desk.ts';
import { isOrphaned } from '../desk/orphans.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { ExitCode } from './context.ts';
import {
  describeDelivery,
  describePauseRemedy,
  describeRemedy,
  makeWords,
  nameDelivery,
  toJson,
} from './describe-delivery.ts';
import { printOrphans } from './orphans.ts';
import type { Output } from './output.ts';
import { tellDelivered } from './tell-delivered.ts';
import { hang } from './wrap.ts';

const MARK = {
  done: ['green', '✓'],
  already: ['green', '✓'],
  left: ['dim', '·'],
  failed: ['red', '✗'],
} as const;

/** What was done to each delivery, a line each. */
export function printActed(desk: Desk, output: Output, acted: readonly Acted[]): void {
  for (const { delivery, outcome, said, command } of acted) {
    const [style, sign] = MARK[outcome];
    const name = nameDelivery(delivery, makeWords(desk));
    output.line(hang(`${output.style(style, sign)} ${name} ${said}`, '  '));
    if (command !== undefined) output.line(hang(`    → ${command}`, '      '));
  }
}

/** Prints what was done, or the same for programs; the exit code of a command that only marks. */
export function finishActed(
  desk: Desk,
  output: Output,
  acted: readonly Acted[],
  json: boolean | undefined,
): ExitCode {
  if (json) output.json({ deliveries: acted.map(toActedJson) });
  else printActed(desk, output, acted);
  return isAllDone(acted) ? 0 : 1;
}

/**
 * Delivers what was marked, and says what became of it. The exit code is 0 if all of it came to the
 * end that was asked for.
 */
export async function deliverActed(
  desk: Desk,
  output: Output,
  acted: readonly Acted[],
  { json, isEnd }: { readonly json?: boolean; readonly isEnd: (delivery: Delivery) => boolean },
): Promise<ExitCode> {
  const isMarked = ({ delivery, outcome }: Acted): boolean =>
    isOpen(delivery) && (outcome === 'done' || outcome === 'already');
  const marked = acted.filter(isMarked);
  if (!json)
    printActed(
      desk,
      output,
      acted.filter((one) => !isMarked(one)),
    );
  const ids = marked.map(({ delivery }) => delivery.id);
  const deliveries = await deliverAndTell(desk, output, ids, json);
  if (json) {
    const now = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
    output.json({
      deliveries: acted.map((one) =>
        toActedJson({ ...one, delivery: now.get(one.delivery.id) ?? one.delivery }),
      ),
    });
  } else printOpen(output, deliveries.filter(isOpen), desk);
  const failed = deliveries.filter((one) => !isEnd(one));
  if (!json) await printPauses(desk, output, listPlaces(failed), failed);
  return isAllDone(acted) && failed.length === 0 ? 0 : 1;
}

/**
 * Delivers now, and says what becomes of each delivery, of each attempt that did not settle it, and of
 * what else goes out: what was due before it at a destination goes first.
 */
export async function deliverAndTell(
  desk: Desk,
  output: Output,
  ids: readonly string[],
  json: boolean | undefined,
  isTold: (delivery: Delivery) => boolean = () => true,
): Promise<Delivery[]> {
  return deliverNow(desk, ids, {
    onSettled: (delivery) => {
      if (!json && isTold(delivery)) printSettled(output, delivery, desk);
    },
    onAttempt: (delivered, isAsked) => {
      const { claim, outcome, isSettled } = delivered;
      if (json) return;
      if (!isAsked && isSettled) {
        output.note('This was due there as well, and the order is kept:');
        tellDelivered(desk, output, delivered);
      } else if (isAsked && 'retryAt' in outcome) {
        const name = nameDelivery(claim.delivery, makeWords(desk));
        output.note(hang(`… ${name}: ${outcome.reason}; trying again`, '  '));
      }
    },
  });
}

/** What came of a delivery, with what a person can do about it. */
export function printSettled(output: Output, delivery: Delivery, desk: Desk): void {
  const words = makeWords(desk);
  const isWrong = delivery.state === 'refused';
  const mark = isWrong ? output.style('red', '✗') : output.style('green', '✓');
  output.line(hang(`${mark} ${describeDelivery(delivery, words)}`, '  '));
  const remedy = describeRemedy(delivery, words);
  if (remedy !== undefined) output.line(hang(`    → ${remedy}`, '      '));
}

/** What is still on its way, and who sees to it. */
export function printOpen(output: Output, open: readonly Delivery[], desk: Desk): void {
  const orphaned = open.filter(({ destination }) => isOrphaned(desk, destination));
  const served = open.filter((delivery) => !orphaned.includes(delivery));
  for (const delivery of served) {
    const said = describeDelivery(delivery, makeWords(desk));
    output.line(hang(`${output.style('yellow', '…')} ${said}`, '  '));
  }
  const places = Map.groupBy(orphaned, ({ destination }) => destination);
  printOrphans(
    desk,
    output,
    [...places].map(([key, waiting]) => ({ key, waiting })),
  );
  if (served.length === 0) return;
  output.note('A running `paperboy start` sees to what is in line; see it with: paperboy queue');
}

/**
 * Says which of the destinations are paused, why, and what ends it; without the why where one of the
 * deliveries that were told of has it.
 */
export async function printPauses(
  desk: Desk,
  output: Output,
  destinations: readonly string[],
  told: readonly Delivery[] = [],
): Promise<void> {
  const concerned = new Set(destinations);
  for (const pause of await desk.outbox.listPauses()) {
    if (!concerned.has(pause.destination)) continue;
    const words = makeWords(desk);
    const { at, place } = words;
    const name = place(pause.destination);
    const since = at(pause.pausedAt);
    const isTold = told.some(
      ({ destination, reason }) => destination === pause.destination && reason === pause.reason,
    );
    if (isTold) {
      output.line(
        `${output.style('red', '✗')} ${name} is paused: nothing else is tried there before`,
      );
      output.line(`    → paperboy retry --to ${name}`);
      continue;
    }
    const said = `${name} is paused since ${since}: ${pause.reason}`;
    output.line(hang(`${output.style('red', '✗')} ${said}`, '  '));
    output.line(hang(`    → ${describePauseRemedy(pause, name, words)}`, '      '));
  }
}

/** The destinations of deliveries, as the ledger knows them. */
export function listPlaces(deliveries: readonly Delivery[]): string[] {
  return deliveries.map(({ destination }) => destination);
}

function toActedJson({ delivery, ...rest }: Acted): unknown {
  return { ...toJson(delivery), ...rest };
}
