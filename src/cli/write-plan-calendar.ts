import { rename, writeFile } from 'node:fs/promises';
import type { Desk } from '../desk/desk.ts';
import type { PlanEntry } from '../desk/plan/read-plan.ts';
import { describeError, PaperboyError } from '../kit/errors.ts';
import { sha256 } from '../kit/ids.ts';
import { type CalendarEntry, writeCalendar } from '../schedule/write-calendar.ts';
import { tellStanding } from './draw-calendar.ts';
import { tellResume } from './print-pauses.ts';
import { nameWithIssue } from './tell-items.ts';

/** A post fills so much of a calendar that one can see it. */
const MINUTES = 15;

/** The posts of a plan as an iCalendar file; what is held goes nowhere, and is left out. */
export function makePlanCalendar(
  { clock }: Pick<Desk, 'clock'>,
  entries: readonly PlanEntry[],
): string {
  const events = entries.filter((entry) => tellStanding(entry) !== 'held').map(toEvent);
  return writeCalendar(events, clock.now());
}

/** Writes a calendar aside and puts it in place. Throws `calendar.unwritable`. */
export async function saveCalendar(file: string, text: string): Promise<void> {
  const aside = `${file}.part`;
  try {
    await writeFile(aside, text);
    await rename(aside, file);
  } catch (error) {
    throw new PaperboyError(
      'calendar.unwritable',
      `Cannot write the calendar to ${file} as the file cannot be made: ${describeError(error)}`,
      'Name a file in a folder that you may write to.',
      error,
    );
  }
}

function toEvent(entry: PlanEntry): CalendarEntry {
  const { at, destination, issue, item, title } = entry;
  const waits = tellStanding(entry) === 'waits';
  const what = nameWithIssue(issue, title);
  const option = item.startsWith('paper/') ? item.replace('paper/', '--paper ') : `--${item}`;
  const way = waits
    ? `Waits for an editor, and goes out only if it is approved by then: paperboy approve ${issue} ${option}`
    : `Goes out by itself while Paperboy runs. To keep it back: paperboy hold ${issue} ${option}`;
  const said = [
    ...(entry.isPaused
      ? [
          `${destination.name} is paused: nothing goes out there until: ${tellResume(destination.name)}`,
        ]
      : []),
    ...(entry.isCatchUp
      ? ['It makes up for what was missed: then, or as soon as Paperboy is started.']
      : []),
    way,
  ].join('\n');
  return {
    uid: `${tellUid(entry)}@paperboy`,
    at,
    minutes: MINUTES,
    title: `${waits ? '? ' : ''}${what} → ${destination.name}`,
    description: said,
  };
}

/** The same for the same item at the same place, whenever it goes out there; a correction is another. */
function tellUid({ destination, issue, item, delivery }: PlanEntry): string {
  const corrects = delivery?.replaces === undefined ? [] : [delivery.id];
  return sha256(JSON.stringify([issue, item, destination.key, ...corrects])).slice(0, 32);
}
