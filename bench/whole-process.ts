import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startFakeDiscord } from '../test/fakes/discord/server.ts';
import { startPds } from '../test/pds/start.ts';
import { START_FLAGS } from './start-flags.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const program = join(root, 'bin', 'paperboy.js');
const RUNS = 9;

/** A line of the table. */
export type Row = {
  readonly what: string;
  readonly median: string;
  readonly range: string;
  readonly target: string;
  readonly isMet: boolean;
};

type Env = Readonly<Record<string, string>>;

/** Measures the real program as processes: start, memory, and two commands. Loopback only. */
export async function measureProcesses(note: (text: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  note('cold start to the first post, with an empty compile cache …');
  rows.push(
    await timeRow('start to first post, first run ever', 3_000, () => timeToFirstPost(true)),
  );
  note('cold start to the first post …');
  rows.push(await timeRow('start to first post', 3_000, () => timeToFirstPost(false)));
  note('paperboy --help …');
  rows.push(await timeRow('paperboy --help', 500, async () => (await timeCommand(['--help'])).ms));
  note('paperboy preview …');
  const { cwd, remove } = await makeFolder();
  const issue = await readFile(join(root, 'issues', 'issue-093.txt'), 'utf8');
  await run(['import', '-'], cwd, {}, issue);
  const preview = ['preview', '93', '--to', 'bluesky'];
  rows.push(
    await timeRow('paperboy preview', 500, async () => (await timeCommand(preview, cwd)).ms),
  );
  await remove();
  note('resident memory …');
  rows.push(memoryRow('memory, no accounts', 120, await measureMemory(false)));
  note('resident memory with Bluesky, Discord and the bot, after a post to each …');
  rows.push(memoryRow('memory, Bluesky, Discord and the bot', 200, await measureMemory(true)));
  return rows;
}

async function timeRow(what: string, targetMs: number, once_: () => Promise<number>): Promise<Row> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i += 1) times.push(await once_());
  const sorted = times.sort((a, b) => a - b);
  const median = sorted[Math.floor(RUNS / 2)] ?? 0;
  const show = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  return {
    what,
    median: show(median),
    range: `${show(sorted[0] ?? 0)} – ${show(sorted.at(-1) ?? 0)}`,
    target: `< ${targetMs / 1000} s`,
    isMet: median < targetMs,
  };
}

function memoryRow(what: string, targetMb: number, samples: readonly number[]): Row {
  const sorted = [...samples].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const show = (mb: number): string => `${mb.toFixed(0)} MB`;
  return {
    what,
    median: show(median),
    range: `${show(sorted[0] ?? 0)} – ${show(sorted.at(-1) ?? 0)}`,
    target: `< ${targetMb} MB`,
    isMet: median < targetMb,
  };
}

async function timeToFirstPost(isFirstEver: boolean): Promise<number> {
  const { cwd, remove } = await makeFolder();
  const env: Env = isFirstEver ? { NODE_COMPILE_CACHE: join(cwd, 'cache') } : {};
  const startedAt = performance.now();
  const child = start(['start'], cwd, env);
  await untilOutput(child, /✓/);
  const ms = performance.now() - startedAt;
  await stop(child);
  await remove();
  return ms;
}

async function timeCommand(args: readonly string[], cwd = tmpdir()): Promise<{ ms: number }> {
  const startedAt = performance.now();
  await run(args, cwd, {});
  return { ms: performance.now() - startedAt };
}

/** Resident memory in MB, once a second, of a service that has posted what it has to. */
async function measureMemory(hasAccounts: boolean): Promise<number[]> {
  const samples: number[] = [];
  const { cwd, remove } = await makeFolder();
  const pds = hasAccounts ? await startPds() : undefined;
  const discord = hasAccounts ? await startFakeDiscord() : undefined;
  const env: Env =
    pds && discord
      ? {
          BLUESKY_SERVICE: pds.url,
          BLUESKY_IDENTIFIER: pds.accounts[0]?.handle ?? '',
          BLUESKY_APP_PASSWORD: pds.accounts[0]?.appPassword ?? '',
          DISCORD_API: discord.apiUrl,
          DISCORD_TOKEN: discord.token,
          DISCORD_CHANNEL_ID: discord.addChannel(),
        }
      : {};
  try {
    if (hasAccounts) {
      await run(
        ['import', '-'],
        cwd,
        env,
        await readFile(join(root, 'issues', 'issue-093.txt'), 'utf8'),
      );
      const soon = new Date(Date.now() + 3_000).toISOString();
      await run(['post', '93', '--paper', 'tensorlens', '--at', soon], cwd, env);
    }
    const child = start(['start'], cwd, env);
    await untilOutput(child, hasAccounts ? /✓.* →[\s\S]*✓.* →/ : /✓/);
    for (let i = 0; i < 5; i += 1) {
      await wait(1_000);
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      samples.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000);
    }
    await stop(child);
  } finally {
    await discord?.close();
    await pds?.close();
    await remove();
  }
  return samples;
}

function start(args: readonly string[], cwd: string, env: Env): ChildProcess {
  const clean = { PATH: process.env.PATH, HOME: cwd, TZ: 'UTC', NO_COLOR: '1' };
  const flags = args[0] === 'start' ? START_FLAGS : [];
  return spawn(process.execPath, [...flags, program, ...args], {
    cwd,
    env: { ...clean, ...env },
  });
}

async function run(args: readonly string[], cwd: string, env: Env, input = ''): Promise<void> {
  const child = start(args, cwd, env);
  child.stdout?.resume();
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin?.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`paperboy ${args.join(' ')} ended with ${code}: ${stderr}`);
}

async function untilOutput(child: ChildProcess, text: RegExp): Promise<void> {
  let output = '';
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error(`no ${text} in: ${output}${errors}`)), 30_000);
  child.stdout?.on('data', (chunk) => {
    output += chunk;
    if (text.test(output)) resolve();
  });
  await promise.finally(() => clearTimeout(timer));
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

async function makeFolder(): Promise<{ cwd: string; remove: () => Promise<void> }> {
  const cwd = await mkdtemp(join(tmpdir(), 'paperboy-bench-'));
  return { cwd, remove: () => rm(cwd, { recursive: true, force: true }) };
}
