import type { Pause } from '../../outbox/delivery.ts';
import type { LaneMark } from '../../outbox/slots.ts';
import { type Judged, judgeSlots, type Known, ON_TIME_MS } from '../../schedule/judge-slots.ts';
import { LANES, type Lane, type Programme } from '../../schedule/programme.ts';
import type { Desk, Destination } from '../desk.ts';
import { gatherCandidates, type PlanCandidate, type SinceIssue } from './gather-candidates.ts';
import { type PlannedIssue, readPlanned, tellNewest } from './list-planned.ts';

/** How far a folder is planned that has not begun: every slot before now was missed. */
export const NEVER = new Date(0);

/** All that decides what the clock does at a destination. */
export type Place = {
  /** As it holds now: a first start is caught up, whatever the programme says of missed slots. */
  readonly programme: Programme;
  readonly sinceIssue: SinceIssue;
  /** `candidates` are all that have not gone out there, also while it takes nothing. */
  readonly known: Known<PlanCandidate>;
  /** What was due before has not gone out, or it is paused: nothing is taken. */
  readonly isBehind: boolean;
};

/** What holds for all destinations, read once. */
export type PlanFacts = {
  readonly issues: readonly PlannedIssue[];
  /** Issues before this number are not looked at. */
  readonly cutBefore: number | undefined;
  /** The destinations that wait for a person, by their keys. */
  readonly paused: ReadonlyMap<string, Pause>;
};

/** Reads what holds for all destinations. */
export async function readFacts(
  desk: Pick<
    Desk,
    'outbox' | 'archive' | 'verdicts' | 'approval' | 'clock' | 'scheduled' | 'programme'
  >,
): Promise<PlanFacts> {
  const pauses = await desk.outbox.listPauses();
  const paused = new Map(pauses.map((pause) => [pause.destination, pause]));
  return { ...(await readPlanned(desk)), paused };
}

/** What is known of a destination whose lanes are as the marks say. */
export async function readPlace(
  desk: Pick<Desk, 'outbox' | 'archive' | 'clock' | 'approval' | 'programme'>,
  { issues, paused }: PlanFacts,
  destination: Destination,
  marks: readonly LaneMark[],
): Promise<Place> {
  const programme = desk.programme(destination.name);
  const sinceIssue = tellSince(marks, tellNewest(issues));
  const gathered = await gatherCandidates(desk, issues, destination, sinceIssue);
  const { state, candidates, isBehind } = gathered;
  const open = marks.filter(({ isOpen }) => isOpen).map(({ lane }) => lane);
  const plannedTo = tellPlanned(destination, programme, marks, desk.clock.now());
  return {
    programme: tellProgramme(programme, marks),
    sinceIssue,
    known: { state: { ...state, open }, candidates, plannedTo },
    isBehind: isBehind || paused.has(destination.key),
  };
}

/** What the clock does at a destination now. */
export function judgePlace(
  { programme, known, isBehind }: Place,
  now: Date,
): Judged<PlanCandidate> {
  return judgeSlots(programme, isBehind ? { ...known, candidates: [] } : known, now);
}

/** Whether a slot of a destination has come, or a lane is to begin or to end. Nothing is read for it. */
export function hasCome(
  destination: Destination,
  programme: Programme,
  marks: readonly LaneMark[],
  now: Date,
): boolean {
  if (listGone(programme, marks).length > 0) return true;
  const lanes = LANES.filter((lane) => programme.crons[lane].length > 0);
  if (marks.length === 0 && lanes.length > 0) return true;
  const state = { open: [], lastPostAt: undefined, lastIssue: {}, lastPaperIssue: undefined };
  const plannedTo = tellPlanned(destination, programme, marks, now);
  const begun = tellProgramme(programme, marks);
  return judgeSlots(begun, { state, candidates: [], plannedTo }, now).marks.length > 0;
}

/** Whether a lane waits for the end of a blackout to begin. */
function isPutOff({ slotAt }: LaneMark): boolean {
  return slotAt.getTime() === NEVER.getTime();
}

/** A first start is caught up, also one that is put off, whatever the programme says of missed slots. */
function tellProgramme(programme: Programme, marks: readonly LaneMark[]): Programme {
  const isFirst = marks.length === 0 || marks.some(isPutOff);
  return isFirst ? { ...programme, missed: 'catch-up' } : programme;
}

/** The lanes that were planned and that the programme leaves alone now. */
export function listGone({ crons }: Programme, marks: readonly LaneMark[]): Lane[] {
  return marks.map(({ lane }) => lane).filter((lane) => crons[lane].length === 0);
}

/** What the slots of a lane come from: with another, they are other slots. */
export function writeSchedule({ crons, timeZone }: Programme, lane: Lane): string {
  return `${crons[lane].join('; ')} ${timeZone}`;
}

/** A lane that was not planned yet begins with the newest issue, as a new destination does. */
function tellSince(marks: readonly LaneMark[], newest: number): SinceIssue {
  const since = { digest: newest, news: newest, papers: newest };
  for (const { lane, sinceIssue } of marks) since[lane] = sinceIssue;
  return since;
}

/**
 * How far each lane is planned, those left out that begin with their next slot: also where the clock
 * was ahead, and marked what is to come, which would be no slot until then. A folder that was never
 * planned has missed a slot, so that a first start has something to show.
 */
function tellPlanned(
  { isLive }: Destination,
  programme: Programme,
  marks: readonly LaneMark[],
  now: Date,
): Partial<Record<Lane, Date>> {
  if (marks.length === 0 && !isLive) {
    return Object.fromEntries(LANES.map((lane) => [lane, NEVER]));
  }
  return Object.fromEntries(
    marks
      .filter((mark) => isPutOff(mark) || mark.schedule === writeSchedule(programme, mark.lane))
      .filter(({ slotAt }) => slotAt.getTime() - now.getTime() <= ON_TIME_MS)
      .map(({ lane, slotAt }) => [lane, slotAt]),
  );
}
