import type { Desk } from '../desk/desk.ts';
import { findDestination } from '../desk/find-destination.ts';
import { listUndecided, type Undecided } from '../desk/list-undecided.ts';
import { type Plan, readPlan } from '../desk/plan/read-plan.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { CliContext, ExitCode } from './context.ts';
import { makeWords } from './describe-delivery.ts';
import { drawCalendar } from './draw-calendar.ts';
import { explainEmpty } from './explain-empty.ts';
import { type Life, readLife } from './heartbeat.ts';
import { listDayNotes, listSilentDays } from './list-day-notes.ts';
import { listOvertaken } from './list-overtaken.ts';
import { count, type Output } from './output.ts';
import { toPlanJson } from './plan-json.ts';
import { groupLeft, printLeft } from './print-left.ts';
import { printPauses } from './print-pauses.ts';
import { printSilence } from './print-silence.ts';
import { printHeld, printProposed } from './print-undecided.ts';
import { hang } from './wrap.ts';
import { makePlanCalendar, saveCalendar } from './write-plan-calendar.ts';

export type PlanOptions = {
  readonly weeks?: number;
  readonly to?: string;
  readonly json?: boolean;
  /** True without a file, or a hyphen in place of one: to standard output. */
  readonly ics?: string | true;
};

/** What is printed of a plan. */
export type PlanView = Life & {
  readonly desk: Desk;
  readonly plan: Plan;
  readonly undecided: Undecided;
  readonly weeks: number;
};

const WEEKS = 4;
/** A file that is imported adds and updates, and takes nothing away. */
const AFTER_EXPORT =
  'Imported again later, it moves what has moved. What is in the plan no more stays in the calendar until you delete it: best import it into a calendar of its own, and empty that first.';
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** `paperboy plan` */
export async function runPlan(
  { output, openDesk }: CliContext,
  { weeks = WEEKS, to, json, ics }: PlanOptions,
): Promise<ExitCode> {
  if (json && ics !== undefined) {
    throw new PaperboyError(
      'output.ambiguous',
      'Cannot print the plan as JSON and as a calendar at once',
      'Leave out --json or --ics.',
    );
  }
  const { desk: all, folders } = await openDesk();
  const desk = to === undefined ? all : { ...all, ...pickPlace(all, to) };
  const now = desk.clock.now();
  const plan = await readPlan(desk, new Date(now.getTime() + weeks * WEEK_MS));
  if (ics !== undefined) {
    const text = makePlanCalendar(desk, plan.entries);
    if (ics === true || ics === '-') {
      // The line's own end is the last one of the file.
      output.line(text.slice(0, -1));
      return 0;
    }
    await saveCalendar(ics, text);
    output.line(`${output.style('green', '✓')} The plan is in ${ics}.`);
    output.note(hang(AFTER_EXPORT, '  ', process.stderr.columns));
    return 0;
  }
  const life = await readLife(folders.data, now);
  const view = { desk, plan, undecided: await listUndecided(desk), weeks, ...life };
  if (json) output.json(toPlanJson(view));
  else await printPlan(output, view);
  return 0;
}

/** One place alone. Throws what `findDestination` throws, and `destination.unscheduled`. */
function pickPlace(desk: Desk, name: string): Pick<Desk, 'scheduled' | 'absent'> {
  const { key } = findDestination(desk, name, 'draw the plan of');
  const scheduled = desk.scheduled.filter((one) => one.key === key);
  if (scheduled.length > 0) return { scheduled, absent: [] };
  throw new PaperboyError(
    'destination.unscheduled',
    `Cannot draw the plan of “${name}” as the clock does not post there`,
    `Name it in schedule.to in paperboy.yaml, or one of: ${desk.scheduled.map((one) => one.name).join(', ')}`,
  );
}

async function printPlan(output: Output, view: PlanView): Promise<void> {
  const { desk, plan, undecided, weeks } = view;
  const { style, line } = output;
  const words = makeWords(desk);
  const now = desk.clock.now();
  const until = words.at(plan.until);
  line(style('bold', `The coming ${count(weeks, 'week')}, in the time of ${desk.timeZone}`));
  printSilence(output, view, words);
  for (const { name, reason, remedy } of (desk.absent ?? []).filter((one) => one.isScheduled)) {
    line(hang(`${style('red', '✗')} ${name} is not in the plan: ${reason}`, '  '));
    line(hang(`    → ${remedy}`, '      '));
  }
  printPauses(output, plan, words, now);
  const notes = listDayNotes(desk, now, plan.until);
  line();
  if (plan.entries.length === 0) {
    const { said, remedy } = await explainEmpty(desk, plan, undecided, until);
    line(hang(said, ''));
    line(hang(`  → ${remedy}`, '    '));
    if (notes.length > 0) line();
  }
  const zoneOf = (name: string): string => desk.programme(name).timeZone;
  const { entries } = plan;
  const { timeZone } = desk;
  output.table([], drawCalendar({ entries, notes, now, timeZone, zoneOf }, style));
  printFooters(output, desk, plan);
  const sections = [
    () => printProposed(output, undecided.proposed, words, desk.approval),
    () => printHeld(output, undecided.held, words),
    () => printLeft(output, groupLeft(desk, plan), until, weeks, plan.cutBefore),
  ];
  const isLeft = plan.left.length > 0 || plan.cutBefore !== undefined;
  const counts = [undecided.proposed.length, undecided.held.length, Number(isLeft)];
  for (const [index, print] of sections.entries()) {
    if (counts[index] === 0) continue;
    line();
    print();
  }
}

/** What holds for the whole calendar. */
function printFooters(output: Output, desk: Desk, plan: Plan): void {
  const elsewhere = desk.scheduled
    .map(({ name }) => ({ name, timeZone: desk.programme(name).timeZone }))
    .filter(({ timeZone }) => timeZone !== desk.timeZone);
  const isOpen = plan.entries.some(({ otherwise }) => otherwise !== undefined);
  const lines = [
    ...listOvertaken(desk, plan.entries),
    ...(isOpen
      ? ['“or” is when it goes out instead if what waits before it is approved by then.']
      : []),
    ...(elsewhere.length === 0
      ? []
      : [
          `In brackets the time there: ${elsewhere.map(({ name, timeZone }) => `${name} in ${timeZone}`).join(', ')}.`,
        ]),
    ...listSilentDays(desk),
  ];
  if (lines.length > 0) output.line();
  for (const line of lines) output.line(hang(line, '  '));
}
