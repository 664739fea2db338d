import { findUntrue } from './find-untrue.ts';
import { makeToken } from './issues.ts';
import { judge, type Verdict } from './judge.ts';
import { readLedger } from './ledger.ts';
import { openStage } from './stage.ts';
import type { VenueKind } from './venue.ts';
import { makeCommand, prepareWork, type Work } from './work.ts';

/** What came of killing a process again and again at one kind of work. */
export type Row = {
  readonly venue: string;
  readonly work: string;
  /** Where it was killed, once for each kill. */
  readonly kills: readonly string[];
  readonly verdict: Verdict;
  /** What the ledger says that is not so. */
  readonly untrue: readonly string[];
  /** Commands that failed, or outlived what was to kill them. */
  readonly failed: readonly string[];
};

/** Of a matrix: with how many steps the work has. */
export type MatrixRow = Row & { readonly steps: number };

/** Which steps: at most so many, spread over all of them; the turn, any number, shifts them. */
export type Choice = { readonly most: number; readonly turn: number };

/** The issue that is gone through without a kill to count the steps, and the other. */
const REHEARSAL = { number: 1, papers: 1, from: 9999 };
const NUMBER = 2;

/**
 * Does the work once to count its steps, then once for each step chosen, each on a paper of its own:
 * the process is killed at that step, and the same command is run again. Then what is in place, and
 * what the ledger says of it, is compared with what is to be.
 */
export async function runMatrix(
  kind: VenueKind,
  work: Work,
  choice: Choice,
  onKill: () => void = () => {},
): Promise<MatrixRow> {
  const stage = await openStage(kind);
  try {
    const { venue } = stage;
    const quick = { isBeforeWanted: false };
    const readRehearsal = await prepareWork(stage, work, REHEARSAL, quick);
    const command = makeCommand(venue, work, REHEARSAL.number, makeToken(REHEARSAL.from));
    const rehearsed = await stage.run(command, { step: 0 });
    if (rehearsed.code !== 0) throw new Error(`${rehearsed.stdout}${rehearsed.stderr}`);
    const steps = (await stage.readSteps()).length;
    const chosen = chooseSteps(steps, choice);
    const issue = { number: NUMBER, papers: chosen.length };
    const readTerms = await prepareWork(stage, work, issue, quick);
    const kills: string[] = [];
    const failed: string[] = [];
    for (const [index, step] of chosen.entries()) {
      const again = makeCommand(venue, work, NUMBER, makeToken(index));
      const killed = await stage.run(again, { step });
      const where = `${makeToken(index)} at step ${step}, ${(await stage.readSteps()).at(-1)}`;
      if (killed.signal === 'SIGKILL') kills.push(where);
      else failed.push(`${where}: not killed: ${killed.stdout}${killed.stderr}`);
      const ran = await stage.run(again);
      if (ran.code !== 0) failed.push(`${where}: ${ran.stdout}${ran.stderr}`);
      onKill();
    }
    const expected = new Map([...(await readRehearsal()).after, ...(await readTerms()).after]);
    const threads = await venue.read();
    return {
      ...{ venue: venue.name, work, steps, kills, failed },
      verdict: judge(expected, threads),
      untrue: findUntrue(readLedger(stage.dataFolder), expected, threads),
    };
  } finally {
    await stage.close();
  }
}

/** Steps count from 1. */
function chooseSteps(steps: number, { most, turn }: Choice): number[] {
  const count = Math.min(most, steps);
  const shift = turn % Math.ceil(steps / count);
  return Array.from({ length: count }, (_, index) => {
    return ((Math.floor((index * steps) / count) + shift) % steps) + 1;
  });
}
