import { listSlots } from '../../schedule/list-slots.ts';
import { LANES, type Programme } from '../../schedule/programme.ts';
import { findNextSlot } from '../../schedule/slots.ts';
import type { Desk } from '../desk.ts';

const MONTH_MS = 35 * 24 * 60 * 60 * 1000;

/** When the clock comes to each scheduled destination next, by its name; those where it does. */
export function readNextSlots(
  { scheduled, programme }: Pick<Desk, 'scheduled' | 'programme'>,
  now: Date,
): Map<string, Date> {
  const next = new Map<string, Date>();
  for (const { name } of scheduled) {
    const at = findNext(programme(name), now);
    if (at !== undefined) next.set(name, at);
  }
  return next;
}

/** The next slot of a programme; of one that is rarer than monthly without regard to blackout days. */
export function findNext(programme: Programme, now: Date): Date | undefined {
  const soon = listSlots(programme, now, new Date(now.getTime() + MONTH_MS))[0];
  if (soon !== undefined) return soon.at;
  const { crons, timeZone } = programme;
  return LANES.flatMap((lane) => crons[lane])
    .map((cron) => findNextSlot({ cron, timeZone }, now))
    .filter((at) => at !== undefined)
    .sort((a, b) => a.getTime() - b.getTime())[0];
}
