import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { installPds } from './install.ts';
import type { Ready } from './serve.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const startTimeoutMs = 60_000;
const closeTimeoutMs = 10_000;
const keptStderrCharacters = 4_000;

/** A running PDS with its accounts; `url` is for example `http://localhost:41234`, without a path. */
export type Pds = Ready & {
  /** Stops the PDS and removes its data; may be called twice. */
  close(): Promise<void>;
};

/**
 * Starts a real Bluesky PDS in a process of its own, with one fresh account unless told otherwise,
 * and installs its packages first when they are missing. `hasRateLimits` turns on the limits of
 * the real network; making the accounts doesn't count towards them. Throws with the process's
 * stderr when it is not ready within a minute. The PDS leaves when this process does.
 */
export async function startPds(
  options: { accounts?: number; hasRateLimits?: boolean } = {},
): Promise<Pds> {
  await installPds(folder);
  const flags = ['--accounts', String(options.accounts ?? 1)];
  if (options.hasRateLimits) flags.push('--rate-limits');
  const child = spawn(process.execPath, ['serve.ts', ...flags], { cwd: folder });
  const close = () => stop(child);
  try {
    return { ...(await untilReady(child)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function untilReady(child: ChildProcess): Promise<Ready> {
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr = `${stderr}${chunk}`.slice(-keptStderrCharacters);
  });
  const { promise, resolve, reject } = Promise.withResolvers<Ready>();
  const fail = (seen: string) => reject(new Error(`Cannot start the test PDS: ${seen}\n${stderr}`));
  const timer = setTimeout(() => fail(`not ready after ${startTimeoutMs} ms`), startTimeoutMs);
  child.once('error', (error) => fail(error.message));
  child.once('close', (code, signal) => fail(`it ended with ${signal ?? `code ${code}`}`));
  if (child.stdout) {
    createInterface(child.stdout).once('line', (line) => {
      try {
        resolve(JSON.parse(line) as Ready);
      } catch {
        fail(`its first line is not JSON: ${line}`);
      }
    });
  }
  return promise.finally(() => clearTimeout(timer));
}

/** The end of its stdin is what tells the PDS to leave. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), closeTimeoutMs);
  const exit = once(child, 'exit');
  child.stdin?.end();
  await exit;
  clearTimeout(timer);
}
