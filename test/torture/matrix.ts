import { findUntrue } from './find-untrue.ts';
import { type Change, makeSlug, makeToken } from './issues.ts';
import { judge, type Verdict } from './judge.ts';
import { readLedger } from './ledger.ts';
import { openStage, type Stage } from './stage.ts';
import type { Venue, VenueKind } from './venue.ts';

/** What is done to a paper while the process is killed. */
export type Work = 'post' | 'retract' | 'longer' | 'shorter' | 'reply';

/** What came of killing a process at every step, or every so many, of one kind of work. */
export type Row = {
  readonly venue: string;
  readonly work: Work;
  /** How many steps the work has. */
  readonly steps: number;
  /** Where it was killed: the paper's token, and the step. */
  readonly kills: ReadonlyMap<string, string>;
  readonly verdict: Verdict;
  /** What the ledger says that is not so. */
  readonly untrue: readonly string[];
  /** Commands that failed, or outlived their kill. */
  readonly failed: readonly string[];
};

/** Which steps: every so many, beginning with one. */
export type Choice = { readonly every: number; readonly first: number };

/** The issue that is gone through without a kill to count the steps, and the other. */
const REHEARSAL = { number: 1, papers: 1, from: 9999 };
const NUMBER = 2;

/** The kinds of work that a venue knows. */
export function listWorks({ corrections }: Pick<Venue, 'corrections'>): Work[] {
  const isChanged = corrections.some((how) => how !== 'reply');
  return [
    'post',
    'retract',
    ...(isChanged ? (['longer', 'shorter'] as const) : []),
    ...(corrections.includes('reply') ? (['reply'] as const) : []),
  ];
}

/**
 * Does the work once to count its steps, then once for each step chosen, each on a paper of its own:
 * the process is killed at that step, and the same command is run again. Then what is in place, and
 * what the ledger says of it, is compared with what is to be.
 */
export async function runMatrix(
  kind: VenueKind,
  work: Work,
  { every, first }: Choice,
  onKill: (done: number, all: number) => void = () => {},
): Promise<Row> {
  const stage = await openStage(kind);
  try {
    const { venue } = stage;
    const before = await prepare(stage, work, REHEARSAL);
    const rehearsed = await stage.run(makeCommand(venue, work, 1, makeToken(REHEARSAL.from)), {
      step: 0,
    });
    if (rehearsed.code !== 0) throw new Error(`${rehearsed.stdout}${rehearsed.stderr}`);
    const steps = (await stage.readSteps()).length;
    const chosen: number[] = [];
    for (let step = first; step <= steps; step += every) chosen.push(step);
    for (const [token, words] of await prepare(stage, work, {
      number: NUMBER,
      papers: chosen.length,
    })) {
      before.set(token, words);
    }
    const kills = new Map<string, string>();
    const failed: string[] = [];
    for (const [index, step] of chosen.entries()) {
      const token = makeToken(index);
      const command = makeCommand(venue, work, NUMBER, token);
      const killed = await stage.run(command, { step });
      const where = `${step} ${(await stage.readSteps()).at(-1)}`;
      if (killed.signal === 'SIGKILL') kills.set(token, where);
      else failed.push(`${token}, ${where}: not killed: ${killed.stdout}${killed.stderr}`);
      const again = await stage.run(command);
      if (again.code !== 0) failed.push(`${token}, ${where}: ${again.stdout}${again.stderr}`);
      onKill(index + 1, chosen.length);
    }
    const after = new Map([
      ...(await stage.previewWords(REHEARSAL.number)),
      ...(await stage.previewWords(NUMBER)),
    ]);
    const expected = new Map(
      [...after].map(([token, words]): [string, readonly string[]] => {
        if (work === 'retract') return [token, []];
        return [token, work === 'reply' ? [...(before.get(token) ?? []), ...words] : words];
      }),
    );
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

/** Brings an issue to where the work begins. Gives the words that were posted before. */
async function prepare(
  { venue, must, importIssue, previewWords }: Stage,
  work: Work,
  issue: { readonly number: number; readonly papers: number; readonly from?: number },
): Promise<Map<string, readonly string[]>> {
  await importIssue(issue);
  const words = await previewWords(issue.number);
  if (work === 'post') return words;
  await must('post', String(issue.number), '--to', venue.to);
  if (work === 'retract') return words;
  const change: Change = work === 'reply' ? 'longer' : work;
  await importIssue({ ...issue, change });
  return words;
}

function makeCommand(
  { to, corrections }: Venue,
  work: Work,
  issue: number,
  token: string,
): string[] {
  const item = [String(issue), '--paper', makeSlug(token), '--to', to];
  if (work === 'post' || work === 'retract') return [work, ...item];
  const how = work === 'reply' ? work : corrections.find((one) => one !== 'reply');
  return ['correct', ...item, '--how', how ?? 'edit'];
}
