import { shortenId } from '../desk/act.ts';
import { readStatus, type Status } from '../desk/status.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { CliContext, ExitCode } from './context.ts';
import {
  describeDelivery,
  describePauseRemedy,
  describeStanding,
  makeWords,
  toJson,
} from './describe-delivery.ts';
import { type Life, readLife } from './heartbeat.ts';
import { printOrphans, toOrphanJson } from './orphans.ts';
import { count } from './output.ts';
import { toEntryJson } from './plan-json.ts';
import { isPaused, printNext, type Screen } from './print-next.ts';
import { printSilence } from './print-silence.ts';
import { groupTroubles, printTrouble } from './print-troubles.ts';
import { printHeld, printProposed, toHeldJson, toProposedJson } from './print-undecided.ts';
import { nameWithIssue } from './tell-items.ts';
import { hang } from './wrap.ts';

/** So many of each kind fit on a screen together. */
const MOST_TROUBLES = 3;
const MOST_UNDECIDED = 2;

/** `paperboy status` */
export async function runStatus(
  { output, openDesk }: CliContext,
  { json }: { readonly json?: boolean },
): Promise<ExitCode> {
  const { desk, folders } = await openDesk();
  const status = await readStatus(desk);
  const life = await readLife(folders.data, desk.clock.now());
  if (json) {
    output.json(toStatusJson(status, life));
    return 0;
  }
  const screen = { output, desk, status, life, words: makeWords(desk) };
  printTroubles(screen);
  if (isMissed(status, life)) printSilence(output, life, screen.words);
  printUnderWay(screen);
  printProposed(output, status.proposed, screen.words, desk.approval, MOST_UNDECIDED);
  printHeld(output, status.heldItems, screen.words, MOST_UNDECIDED);
  await printNext(screen);
  await printSent(screen);
  printCounts(screen);
  return 0;
}

/** Whether somebody has to be there: something is to come, or who was there has fallen silent. */
function isMissed({ upcoming, next, underWay }: Status, { isRunning, heardAt }: Life): boolean {
  if (isRunning) return false;
  return heardAt !== undefined || upcoming.length + next.length + underWay.length > 0;
}

function printTroubles({ output, desk, words, status, life }: Screen): void {
  const { pauses, refused, orphans } = status;
  const { absent = [] } = desk;
  const { style, line } = output;
  if (pauses.length + refused.length + orphans.length + absent.length === 0) {
    // What waits for an editor needs one.
    if (status.proposed.length === 0 && !isMissed(status, life))
      line(`${style('green', '✓')} Nothing needs a person.`);
    return;
  }
  line(style('bold', 'Needs a person'));
  for (const pause of pauses) {
    const name = words.place(pause.destination);
    const since = words.at(pause.pausedAt);
    line(hang(`${style('red', '✗')} ${name} is paused since ${since}: ${pause.reason}`, '  '));
    line(hang(`    → ${describePauseRemedy(pause, name, words)}`, '      '));
  }
  printOrphans(desk, output, orphans);
  for (const { name, reason, remedy } of absent) {
    line(hang(`${style('red', '✗')} ${name} takes nothing for now: ${reason}`, '  '));
    line(hang(`    → ${remedy}`, '      '));
  }
  const room = Math.max(MOST_TROUBLES - pauses.length, 1);
  const troubles = refused.map((delivery) => ({
    delivery,
    said: describeStanding(delivery, words),
  }));
  const groups = groupTroubles(troubles, words);
  for (const group of groups.slice(0, room)) printTrouble(output, group, words);
  const more = groups.slice(room).flatMap(({ deliveries }) => deliveries).length;
  if (more > 0) line(`  and ${more} more, see: paperboy queue --state refused`);
}

function printUnderWay(screen: Screen): void {
  const {
    output,
    words,
    status: { underWay },
  } = screen;
  if (underWay.length === 0) return;
  output.line(output.style('bold', 'Under way'));
  for (const delivery of underWay.slice(0, MOST_TROUBLES)) {
    const id = output.style('dim', shortenId(delivery.id));
    const said = `${output.style('yellow', '…')} ${id}  ${describeDelivery(delivery, words)}`;
    output.line(hang(said, '  '));
    printBehind(screen, delivery);
  }
  if (underWay.length > MOST_TROUBLES) {
    output.line(`  and ${underWay.length - MOST_TROUBLES} more, see: paperboy queue`);
  }
}

/** The order is kept: what does not get through keeps others waiting, until a person lets them pass. */
function printBehind(
  { output, desk, status }: Screen,
  { id, state, task, ...first }: Delivery,
): void {
  const now = desk.clock.now();
  const behind = status.next.filter(
    ({ destination, dueAt }) =>
      destination === first.destination && dueAt >= first.dueAt && dueAt <= now,
  ).length;
  if (behind === 0 || task === 'retract' || state === 'sending') return;
  const short = shortenId(id);
  const how =
    state === 'planned'
      ? `to let them pass: paperboy hold ${short}`
      : `look whether it is there, then: paperboy resolve ${short} --sent, or paperboy resolve ${short} --not-sent`;
  output.line(hang(`    → ${behind} wait${behind === 1 ? 's' : ''} behind it; ${how}`, '      '));
}

async function printSent({
  output,
  words,
  status: { sent, pauses, refused, counts },
}: Screen): Promise<void> {
  output.line(output.style('bold', 'Sent lately'));
  if (sent.length === 0) {
    const isGone = [...counts.values()].some(({ retracted = 0 }) => retracted > 0);
    output.line(
      isGone
        ? '  nothing that is there still: what went out was taken back; see: paperboy queue'
        : '  nothing yet; post a paper: paperboy post ISSUE --paper WORDS',
    );
    return;
  }
  // What needs a person has more of the screen.
  const most = pauses.length + refused.length > 0 ? 3 : sent.length;
  const widest = Math.max(...sent.map(({ destination }) => words.place(destination).length));
  for (const { id, issue, title, destination, receipt, settledAt, dueAt } of sent.slice(0, most)) {
    const [first] = receipt?.posts ?? [];
    const at = words.at(settledAt ?? dueAt);
    const row = [
      `  ${at}`,
      shortenId(id),
      words.place(destination).padEnd(widest),
      nameWithIssue(issue, title),
    ];
    output.table([], [row]);
    // On a line of its own it is never cut.
    if (first !== undefined) output.line(`    ${output.style('dim', first.url ?? first.id)}`);
  }
}

function printCounts({ output, desk, words, status }: Screen): void {
  const { counts, followedPauses } = status;
  if (counts.size === 0) return;
  output.line(output.style('bold', 'All in all'));
  const isFollowed = (place: string): boolean =>
    desk.destinations.some(({ key, isFollowed }) => key === place && isFollowed);
  const followed: Record<string, number> = {};
  let channels = 0;
  const describe = (states: Readonly<Record<string, number>>): string =>
    Object.entries(states)
      // What a correction took the place of is one of them.
      .map(([state, n]) => `${n} ${state === 'retracted' ? 'taken back or replaced' : state}`)
      .join(', ');
  for (const [destination, states] of counts) {
    if (!isFollowed(destination)) {
      output.line(`  ${words.place(destination)}: ${describe(states)}`);
      continue;
    }
    channels += 1;
    for (const [state, n] of Object.entries(states)) followed[state] = (followed[state] ?? 0) + n;
  }
  if (channels === 0) return;
  const untold = followedPauses.filter(({ isOwnerTold }) => !isOwnerTold);
  const told = followedPauses.length - untold.length;
  const paused = [
    ...(told > 0 ? [`; ${told} paused, as who follows there was told`] : []),
    ...(untold.length > 0 ? [`; ${untold.length} paused, of which nobody could be told yet`] : []),
  ];
  output.line(`  ${count(channels, 'followed channel')}: ${describe(followed)}${paused.join('')}`);
}

function toStatusJson(
  {
    counts,
    nextSlot,
    pauses,
    followedPauses,
    orphans,
    proposed,
    heldItems,
    upcoming,
    next,
    coming: _both,
    ...lists
  }: Status,
  { isRunning, heardAt }: Life,
): unknown {
  const listed = Object.entries(lists).map(([name, deliveries]) => [name, deliveries.map(toJson)]);
  const toNext = (one: Delivery): object => ({
    ...toJson(one),
    isPaused: isPaused({ pauses }, one),
  });
  return {
    isRunning,
    heardAt: heardAt ?? null,
    pauses,
    followedPauses,
    orphans: orphans.map(toOrphanJson),
    ...Object.fromEntries(listed),
    next: next.map(toNext),
    proposed: proposed.map(toProposedJson),
    heldItems: heldItems.map(toHeldJson),
    upcoming: upcoming.map(toEntryJson),
    nextSlot: nextSlot ?? null,
    counts: Object.fromEntries(counts),
  };
}
