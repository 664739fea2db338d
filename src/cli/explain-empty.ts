import type { Desk } from '../desk/desk.ts';
import type { Undecided } from '../desk/list-undecided.ts';
import type { Plan } from '../desk/plan/read-plan.ts';
import { LANES } from '../schedule/programme.ts';

/** Why nothing is planned, and what to do about it: a sentence each. */
export type Explanation = { readonly said: string; readonly remedy: string };

/** Why a plan has no entries. */
export async function explainEmpty(
  desk: Desk,
  { left, nextSlot, until: end }: Plan,
  { held }: Undecided,
  until: string,
): Promise<Explanation> {
  const programmes = desk.scheduled.map(({ name }) => desk.programme(name));
  if (programmes.length === 0) {
    return {
      said: 'Nothing is planned, as there is no place that the clock posts to.',
      remedy: 'Set the variables of an account, or schedule.to in paperboy.yaml.',
    };
  }
  const [newest] = await desk.archive.listRecent(1);
  if (newest === undefined) {
    return {
      said: 'Nothing is planned, as the archive is empty.',
      remedy: 'Import an issue: paperboy import FILE',
    };
  }
  const crons = programmes.flatMap((one) => LANES.flatMap((lane) => one.crons[lane]));
  if (crons.length === 0) {
    return {
      said: 'Nothing is planned, as the schedule has no slots.',
      remedy: 'Set schedule.cron in paperboy.yaml, or post yourself: paperboy post ISSUE',
    };
  }
  if (nextSlot === undefined || nextSlot > end) {
    return {
      said: `Nothing is planned, as the schedule has no slot until ${until}: ${[...new Set(crons)].map((cron) => `“${cron}”`).join(', ')}`,
      remedy: 'Change schedule.cron in paperboy.yaml, or look further: paperboy plan --weeks 52',
    };
  }
  if (left.length > 0 || held.length > 0) {
    return {
      said: 'Nothing is planned: what there is, is held or has no slot.',
      remedy: 'See below.',
    };
  }
  if (newest.stored.isSample) {
    return {
      said: 'Nothing is planned: there are only samples, which never go to a live account.',
      remedy: 'Import an issue of your own: paperboy import FILE',
    };
  }
  return {
    said: `Nothing is planned: all of #${newest.stored.issue.number} has gone out or was taken out of the line.`,
    remedy: 'Import the next issue: paperboy import FILE',
  };
}
