import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));
const program = join(projectFolder, 'bin', 'paperboy.js');
const guard = join(projectFolder, 'test', 'setup', 'loopback-only.ts');
const clockAhead = join(projectFolder, 'test', 'support', 'clock-ahead.ts');

/** What the run has compiled, the guard included, where it keeps that. */
const { NODE_COMPILE_CACHE } = process.env;
const compiled = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };

export type Ran = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type RunOptions = {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** SIGKILL after so many milliseconds. */
  readonly killAfterMs?: number;
  /** Modules that the process loads before the program. */
  readonly preloads?: readonly string[];
};

const DAY_MS = 86_400_000;
const untilNoonMs = (1.5 * DAY_MS - (Date.now() % DAY_MS)) % DAY_MS;
/** A clock that is at noon of UTC as the tests begin: no slot of the usual schedule comes while they run. */
export const AT_NOON = {
  env: { CLOCK_AHEAD_MS: String(untilNoonMs) },
  preloads: [clockAhead],
} as const satisfies Partial<RunOptions>;

/** The real program as a process, in a folder of its own, unable to leave this machine. */
export function startPaperboy(
  args: readonly string[],
  { cwd, env = {}, preloads = [] }: RunOptions,
): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: cwd,
      NO_COLOR: '1',
      TZ: 'UTC',
      ...compiled,
      NODE_OPTIONS: [guard, ...preloads].map((path) => `--import=${path}`).join(' '),
      ...env,
    },
  });
}

/** `paperboy start`, and its output as soon as that has a text; gone after the test. */
export function startService(
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  preloads: readonly string[] = [],
): { readonly child: ChildProcess; readonly until: (text: RegExp) => Promise<string> } {
  const child = startPaperboy(['start'], { cwd, env, preloads });
  const output = collect(child);
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  });
  const until = async (text: RegExp): Promise<string> => {
    const deadline = Date.now() + 90_000;
    while (!text.test(output().stdout)) {
      if (Date.now() > deadline || child.exitCode !== null) {
        throw new Error(`did not come to ${text}:\n${output().stdout}\n${output().stderr}`);
      }
      await wait(20);
    }
    return output().stdout;
  };
  return { child, until };
}

/** Resolves when a service has shown life twice: between, it has looked for what is due every second. */
export async function seeItTurn({ pid }: ChildProcess, cwd: string): Promise<void> {
  const seen = new Set<string>();
  while (seen.size < 2) {
    const beat = await readFile(join(cwd, 'data', 'heartbeat.json'), 'utf8').catch(() => '');
    if (beat.includes(`"pid":${pid},`)) seen.add(beat);
    await wait(100);
  }
}

/** Runs a command to its end. */
export async function runPaperboy(args: readonly string[], options: RunOptions): Promise<Ran> {
  const child = startPaperboy(args, options);
  const output = collect(child);
  // A command that does not read its input closes it early.
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.input ?? '');
  const { killAfterMs } = options;
  const timer =
    killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const { promise, resolve } = Promise.withResolvers<Ran>();
  child.once('close', (code, signal) => resolve({ code, signal, ...output() }));
  return promise.finally(() => clearTimeout(timer));
}

/** What a process has written so far. */
export function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  return () => ({ stdout, stderr });
}

/** An empty folder that goes with the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-e2e-'));
  onTestFinished(() =>
    rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  );
  return folder;
}
