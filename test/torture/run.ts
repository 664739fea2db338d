import { parseArgs } from 'node:util';
import { type Job, listMatrixJobs, listRandomJobs } from './jobs.ts';
import type { Row } from './matrix.ts';
import { openPlaces } from './places.ts';
import { PHASES } from './random-kills.ts';
import { addUp, explain, isBad } from './total.ts';

/*
 * Kills the real program, at every step of every publisher and at random, and counts what that did:
 *   npm run torture -- [--only discord] [--kills 1000] [--steps 10] [--seed 7] [--lanes 2]
 * `--only` takes the jobs whose names contain it; `--steps` kills at so many steps of each kind of work
 * at most; a seed repeats a run. The exit code is 0 only if
 * nothing was lost, double or torn, and the ledger is true.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    kills: { type: 'string', default: process.env.PAPERBOY_KILLS ?? '1000' },
    steps: { type: 'string', default: '1000' },
    seed: { type: 'string', default: process.env.PAPERBOY_SEED ?? String(Date.now() % 100_000) },
    lanes: { type: 'string', default: '2' },
  },
});
const [kills = 0, steps = 0, seed = 0, lanes = 1] = (
  ['kills', 'steps', 'seed', 'lanes'] as const
).map((name) => Number(values[name]));
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const SHOWN = 12;
const MOST_ROUNDS = 10;

const startedAt = performance.now();
const places = await openPlaces(30 + Math.ceil(kills / 15));
const rows: Row[] = [];
let killed = 0;
try {
  const { bluesky, discord } = places.random;
  /** Half of them on Bluesky, half on Discord, at the same time. */
  const listRandom = (count: number, from: number): Job[] =>
    interleave(
      listRandomJobs(bluesky, Math.ceil(count / 2), from),
      listRandomJobs(discord, Math.floor(count / 2), from + 1),
    ).filter(({ name }) => name.includes(values.only));
  const jobs = [
    ...listMatrixJobs(places.kinds, steps, seed).filter(({ name }) => name.includes(values.only)),
    ...listRandom(kills, seed),
  ];
  print(`seed ${seed}: ${jobs.length} jobs, ${lanes} at a time`);
  let done = 0;
  const work = async (): Promise<void> => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      const current = job;
      const row = await runSafely(current, () => {
        killed += 1;
        progress(`${killed} kills, ${done} jobs done, ${jobs.length} to come; ${current.name}`);
      });
      rows.push(row);
      done += 1;
      const wrong = explain(row);
      if (wrong.length === 0) print(`✓ ${current.name}: ${row.kills.length} kills`);
      else print(`\n✗ ${current.name}\n  ${wrong.slice(0, SHOWN).join('\n  ')}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  // A process that was through before its time was not killed: others are, in its stead.
  for (let round = 1; round <= MOST_ROUNDS && killsAtRandom() < kills; round += 1) {
    const before = killsAtRandom();
    jobs.push(...listRandom(kills - before, seed + 2 * round));
    await Promise.all(Array.from({ length: lanes }, work));
    if (killsAtRandom() === before) break;
  }
} finally {
  await places.close();
}
report();

function killsAtRandom(): number {
  return addUp(rows.filter((row) => !('steps' in row))).kills;
}

/** A job that could not be done at all is a failure of its own. */
async function runSafely({ name, run }: Job, onKill: () => void): Promise<Row> {
  try {
    return await run(onKill);
  } catch (error) {
    const verdict = {
      lost: [],
      double: [],
      torn: [],
      strange: 0,
      posts: { expected: 0, found: 0 },
    };
    const [venue = name, work = ''] = name.split(' ');
    return { venue, work, kills: [], verdict, untrue: [], failed: [String(error)] };
  }
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  else if (killed % 50 === 0) process.stderr.write(`${text}\n`);
}

function report(): void {
  const head = [
    '',
    'kills',
    'posts',
    'found',
    'lost',
    'double',
    'torn',
    'strange',
    'untrue',
    'failed',
  ];
  const toLine = (name: string, some: readonly Row[]): string[] => [
    name,
    ...Object.values(addUp(some)).map(String),
  ];
  const groups = Map.groupBy(rows, (row) => {
    const kind = 'steps' in row ? `${row.steps} steps` : 'at random';
    return `${row.venue} ${row.work}, ${kind}`;
  });
  const lines = [...groups].map(([name, some]) => toLine(name, some)).sort();
  const table = [head, ...lines, toLine('all', rows)];
  const widths = head.map((_, column) =>
    Math.max(...table.map((line) => line[column]?.length ?? 0)),
  );
  print('');
  for (const line of table) {
    print(
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    );
  }
  const phases = rows.flatMap((row) => ('phases' in row ? (row.phases as readonly string[]) : []));
  if (phases.length > 0) {
    print('\nWhere the random kills hit:');
    for (const phase of PHASES)
      print(`  ${phase}: ${phases.filter((one) => one === phase).length}`);
  }
  const total = addUp(rows);
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  print(
    `\n${total.kills} kills in ${minutes} min, seed ${seed}: ${total.lost} lost, ${total.double} double, ${total.torn} torn.`,
  );
  process.exitCode = isBad(total) || rows.length === 0 ? 1 : 0;
}

/** In turns, so that both halves are at work at the same time. */
function interleave<T>(left: readonly T[], right: readonly T[]): T[] {
  const length = Math.max(left.length, right.length);
  return Array.from({ length }, (_, index) => [left[index], right[index]])
    .flat()
    .filter((one) => one !== undefined) as T[];
}
