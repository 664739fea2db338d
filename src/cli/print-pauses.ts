import type { Plan } from '../desk/plan/read-plan.ts';
import type { Words } from './describe-delivery.ts';
import type { Output } from './output.ts';
import { hang } from './wrap.ts';

/** Says which places take nothing and what lets them go on, and that something was missed. */
export function printPauses(
  output: Output,
  { pauses, entries }: Pick<Plan, 'pauses' | 'entries'>,
  words: Words,
  now: Date,
): void {
  for (const { destination, pause } of pauses) {
    const mark = output.style('red', '✗');
    const since = words.at(pause.pausedAt);
    const said = `${destination.name} is paused since ${since}: nothing goes out there until: ${tellResume(destination.name)}`;
    output.line(hang(`${mark} ${said}`, '  '));
  }
  printMissed(output, entries, now);
}

/** Says that slots were missed, where something makes up for them. */
export function printMissed(output: Output, entries: Plan['entries'], now: Date): void {
  if (!entries.some(({ isCatchUp, at }) => isCatchUp && at <= now)) return;
  const said = 'Slots were missed: they are made up for now, or as soon as Paperboy is started.';
  output.line(hang(`${output.style('yellow', '!')} ${said}`, '  '));
}

/** What ends a pause. */
export function tellResume(name: string): string {
  return `paperboy retry --to ${name}`;
}
