import { setTimeout as wait } from 'node:timers/promises';
import { startPaperboy } from '../e2e/run-paperboy.ts';
import { findUntrue } from './find-untrue.ts';
import { makeSlug, makeToken, readToken } from './issues.ts';
import { type Expected, judge } from './judge.ts';
import { type Entry, readLedger } from './ledger.ts';
import type { Row } from './matrix.ts';
import { openStage, type Stage } from './stage.ts';
import type { PlacedThread, VenueKind } from './venue.ts';
import { makeCommand, prepareWork, type Terms, type Work } from './work.ts';

/** How far a delivery had come when its process was killed. */
export const PHASES = [
  'before the claim',
  'claimed, nothing sent',
  'part in place',
  'in place, not settled',
  'settled',
] as const;
export type Phase = (typeof PHASES)[number];

/** What came of one place: a few papers, killed again and again. */
export type Round = Row & { readonly phases: readonly Phase[]; readonly papers: number };

/** How a place is gone at. */
export type RoundTerms = {
  readonly kills: number;
  /** So many papers share the kills. */
  readonly papers: number;
  /** Between 0 and 1, the same ones for the same seed. */
  readonly random: () => number;
};

const REHEARSAL = { number: 1, papers: 1, from: 9999 };
const NUMBER = 2;
/** Before this part of its life a process has only been loading itself. */
const EARLIEST = 0.5;
const LATEST = 1.1;
/** The estimate of a life that grows longer while the kills come before anything was done. */
const PATIENCE = 1.05;

/**
 * Does the work to one paper after the other. Each is killed with SIGKILL at random moments of its
 * life, again and again, then run to its end; then all of the place is looked at.
 */
export async function runRound(
  kind: VenueKind,
  work: Work,
  { kills: most, papers, random }: RoundTerms,
  onKill: () => void = () => {},
): Promise<Round> {
  return onStage(kind, work, papers, async (stage, { before, after }, wholeMs, tally) => {
    let lifeMs = wholeMs;
    for (let index = 0; index < papers; index += 1) {
      const token = makeToken(index);
      const command = makeCommand(stage.venue, work, NUMBER, token);
      const share = Math.ceil(((index + 1) * most) / papers) - Math.ceil((index * most) / papers);
      for (let kill = 0; kill < share; kill += 1) {
        // Spread over its life, and jittered.
        const part = EARLIEST + ((LATEST - EARLIEST) * (kill + random())) / share;
        const began = performance.now();
        const ran = await stage.run(command, { killAfterMs: lifeMs * part });
        if (ran.signal === 'SIGKILL') {
          const phase = await tally(token, { before, after });
          if (phase === 'before the claim') lifeMs *= PATIENCE;
        } else {
          // It is through: the next moments go by how long it took, if that was less.
          lifeMs = Math.min(lifeMs, performance.now() - began);
        }
        onKill();
      }
      const last = await stage.run(command);
      if (last.code !== 0) return [`${token}: ${last.stdout}${last.stderr}`];
    }
    return [];
  });
}

/** The same of `paperboy start`, while it works off a queue of papers. */
export async function runServiceRound(
  kind: VenueKind,
  { kills: most, papers, random }: RoundTerms,
  onKill: () => void = () => {},
): Promise<Round> {
  return onStage(kind, 'post', papers, async (stage, terms, wholeMs, tally) => {
    const { cwd, venue, dataFolder } = stage;
    const at = new Date(Date.now() + 20_000).toISOString();
    await stage.must('post', String(NUMBER), '--to', venue.to, '--at', at);
    await wait(Math.max(0, Date.parse(at) - Date.now()));
    const hasOpen = (): boolean =>
      readLedger(dataFolder).some(({ state }) => state !== 'sent' && state !== 'refused');
    for (let kill = 0; kill < most && hasOpen(); kill += 1) {
      const child = startPaperboy(['start'], { cwd, env: venue.env });
      const gone = new Promise((resolve) => child.once('close', resolve));
      await wait(wholeMs * (EARLIEST + (LATEST - EARLIEST) * random()));
      child.kill('SIGKILL');
      await gone;
      await tally(undefined, terms);
      onKill();
    }
    const last = startPaperboy(['start'], { cwd, env: venue.env });
    const gone = new Promise((resolve) => last.once('close', resolve));
    const deadline = Date.now() + 60_000;
    while (hasOpen() && Date.now() < deadline) await wait(100);
    last.kill('SIGTERM');
    await gone;
    return hasOpen() ? ['the service did not work off its queue within a minute'] : [];
  });
}

type Play = (
  stage: Stage,
  terms: Terms,
  /** How long a process lives that nobody kills. */
  wholeMs: number,
  /** Notes how far a killed process had come. */
  tally: (token: string | undefined, terms: Terms) => Promise<Phase>,
) => Promise<readonly string[]>;

async function onStage(kind: VenueKind, work: Work, papers: number, play: Play): Promise<Round> {
  const stage = await openStage(kind);
  try {
    const { venue, dataFolder } = stage;
    const isBeforeWanted = true;
    const readRehearsal = await prepareWork(stage, work, REHEARSAL, { isBeforeWanted });
    const began = performance.now();
    await stage.must(...makeCommand(venue, work, REHEARSAL.number, makeToken(REHEARSAL.from)));
    const wholeMs = performance.now() - began;
    const issue = { number: NUMBER, papers };
    const terms = await (await prepareWork(stage, work, issue, { isBeforeWanted }))();
    const phases: Phase[] = [];
    const failed = await play(stage, terms, wholeMs, async (token, { before, after }) => {
      const threads = await venue.read();
      const phase = tellPhase(readLedger(dataFolder), threads, { before, after }, token);
      phases.push(phase);
      return phase;
    });
    const expected = new Map([...(await readRehearsal()).after, ...terms.after]);
    const threads = await venue.read();
    return {
      ...{ venue: venue.name, work, papers, kills: phases, phases, failed },
      verdict: judge(expected, threads),
      untrue: findUntrue(readLedger(dataFolder), expected, threads),
    };
  } finally {
    await stage.close();
  }
}

/** How far the delivery in hand had come, by the ledger and the place after the kill. */
function tellPhase(
  ledger: readonly Entry[],
  threads: readonly PlacedThread[],
  { before, after }: Terms,
  token: string | undefined,
): Phase {
  const sending = ledger.find(({ state }) => state === 'sending');
  if (sending === undefined) {
    const item = token === undefined ? undefined : `paper/${makeSlug(token)}`;
    const isDone = item !== undefined && isSettled(ledger, item, token, threads, after);
    return isDone ? 'settled' : 'before the claim';
  }
  const found = [...after.keys()].find((one) => sending.item === `paper/${makeSlug(one)}`) ?? '';
  const words = readWords(threads, found);
  if (isSame(words, after.get(found))) return 'in place, not settled';
  return isSame(words, before.get(found)) ? 'claimed, nothing sent' : 'part in place';
}

function isSettled(
  ledger: readonly Entry[],
  item: string,
  token: string | undefined,
  threads: readonly PlacedThread[],
  after: Expected,
): boolean {
  const last = ledger.findLast((entry) => entry.item === item);
  const isOver = last?.state === 'sent' || last?.state === 'retracted';
  return isOver && token !== undefined && isSame(readWords(threads, token), after.get(token));
}

function readWords(threads: readonly PlacedThread[], token: string): string[] {
  return threads
    .filter(([first]) => readToken(first?.words ?? '') === token)
    .flatMap((thread) => thread.map(({ words }) => words));
}

function isSame(words: readonly string[], others: readonly string[] = []): boolean {
  return JSON.stringify(words) === JSON.stringify(others);
}
