import { LANES, type Programme } from '../schedule/programme.ts';
import { doubt, fault, type Seen, well } from './check.ts';
import { hasSlot, tryOut } from './try-out.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const YEAR_MS = 366 * DAY_MS;
/** So long the slots are tried out. */
const WEEKS = 4;
const MINUTE_MS = 60_000;
/** A slot now and then that a digest takes is no reason to say a word. */
const MANY_PASSED_OVER = 0.3;

export type ProgrammeParts = {
  readonly name: string;
  readonly programme: Programme;
  /** How many papers a week issues bring; undefined where there are none to tell. */
  readonly papersAWeek: number | undefined;
};

/** Whether what comes in can go out by the slots of a destination. Other work goes on beside it. */
export async function checkProgramme(
  { name, programme, papersAWeek }: ProgrammeParts,
  now: Date,
): Promise<Seen[]> {
  const where = `${name === '' ? 'schedule' : `destinations.${name}.schedule`}`;
  const { crons, gapMs } = programme;
  if (LANES.every((lane) => crons[lane].length === 0)) {
    const said = `${name}: the schedule has no slots, so nothing goes out there by itself`;
    const remedy = `Set schedule.cron in paperboy.yaml (or ${where}.cron), or post yourself: paperboy post ISSUE`;
    return [doubt('doctor.plan-no-slots', said, remedy)];
  }
  const far = new Date(now.getTime() + YEAR_MS);
  if (!(await hasSlot(programme, now, far))) return [await tellNever(name, programme, now, far)];
  const until = new Date(now.getTime() + WEEKS * 7 * DAY_MS);
  const { papers, passedOver, crowdedAt } = await tryOut(programme, now, until);
  const gap = `the gap of ${Math.round(gapMs / MINUTE_MS)} minutes`;
  const seen: Seen[] = [];
  if (crowdedAt !== undefined) {
    const said = `${name}: the digest and the news come at one minute (${tellTime(crowdedAt, programme.timeZone)})`;
    const remedy = 'Move one of them: schedule.digest or schedule.news in paperboy.yaml';
    seen.push(doubt('doctor.plan-crowded', said, remedy));
  }
  if (papers > 0 && passedOver === papers) {
    const said = `${name}: no paper ever has its turn: each slot of papers is nearer than ${gap} to another post`;
    const remedy =
      'Make schedule.gapMinutes in paperboy.yaml smaller, or move the slots of papers away from those of the digest and the news';
    return [...seen, fault('doctor.plan-starved', said, remedy)];
  }
  if (passedOver > papers * MANY_PASSED_OVER) {
    const said = `${name}: ${passedOver} of ${papers} slots of papers in ${WEEKS} weeks are passed over, nearer than ${gap} to another post`;
    const remedy =
      'Make schedule.gapMinutes in paperboy.yaml smaller, or put the slots further apart';
    seen.push(doubt('doctor.plan-gap', said, remedy));
  }
  const aWeek = (papers - passedOver) / WEEKS;
  const piling = papers === 0 ? undefined : tellPileUp(name, programme, papersAWeek, aWeek);
  if (piling !== undefined) seen.push(piling);
  if (seen.length > 0) return seen;
  return [
    well('doctor.plan', `${name}: ${describeRate(aWeek)} of papers a week${tellLanes(crons)}`),
  ];
}

async function tellNever(name: string, programme: Programme, now: Date, far: Date): Promise<Seen> {
  const isBlackout = await hasSlot({ ...programme, blackouts: [] }, now, far);
  const crons = LANES.flatMap((lane) => programme.crons[lane]).map((cron) => `“${cron}”`);
  if (isBlackout) {
    const said = `${name}: every slot falls on a blackout day`;
    const remedy = 'Take days out of schedule.blackout in paperboy.yaml, or change schedule.cron';
    return fault('doctor.plan-blackout', said, remedy);
  }
  const said = `${name}: the schedule has no slot within a year: ${crons.join(', ')}`;
  return fault('doctor.plan-never', said, 'Change schedule.cron in paperboy.yaml');
}

function tellPileUp(
  name: string,
  { rest }: Programme,
  papersAWeek: number | undefined,
  slotsAWeek: number,
): Seen | undefined {
  if (papersAWeek === undefined || papersAWeek <= slotsAWeek * 1.05) return undefined;
  const numbers = `${Math.round(papersAWeek * 10) / 10} papers come in a week, and ${describeRate(slotsAWeek)} are there for them`;
  if (rest === 'drop') {
    return well(
      'doctor.plan',
      `${name}: ${numbers}; what is left is dropped, as schedule.rest says`,
    );
  }
  return doubt(
    'doctor.plan-pile-up',
    `${name}: ${numbers}: they pile up`,
    'Add slots to schedule.cron in paperboy.yaml (a list of them), or let what is left be dropped: schedule.rest: drop',
  );
}

function tellLanes(crons: Programme['crons']): string {
  const others = (['digest', 'news'] as const).filter((lane) => crons[lane].length > 0);
  return others.length === 0 ? '' : `, besides the ${others.join(' and the ')}`;
}

function describeRate(aWeek: number): string {
  const rounded = Math.round(aWeek * 10) / 10;
  return `${rounded} ${rounded === 1 ? 'slot' : 'slots'}`;
}

function tellTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(at);
}
