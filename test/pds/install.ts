import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const limitMs = 5 * 60_000;
const pollMs = 200;

/** As much of a lockfile as is compared. */
type Lock = {
  readonly packages: Readonly<Record<string, { version?: string; optional?: boolean }>>;
};

/**
 * Installs the test PDS's own packages into `folder` unless what its lockfile names is already
 * there. Any number of processes may call this at once: one installs, the others wait for it.
 * Says on stderr when it installs. Throws after five minutes, or with npm's words when npm fails.
 */
export async function installPds(folder: string): Promise<void> {
  if (await isInstalled(folder)) return;
  const unlock = await lock(join(folder, '.install-lock'));
  try {
    if (await isInstalled(folder)) return;
    process.stderr.write(`Installing the test PDS in ${folder} (once, about half a minute)\n`);
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
    await promisify(execFile)('npm', ['ci', ...flags], { cwd: folder, timeout: limitMs });
  } catch (cause) {
    throw new Error(`Cannot install the test PDS as npm failed: run "npm ci" in ${folder}`, {
      cause,
    });
  } finally {
    unlock();
  }
}

/** npm writes `node_modules/.package-lock.json` last, so its presence means a finished install. */
async function isInstalled(folder: string): Promise<boolean> {
  const wanted = await readLock(join(folder, 'package-lock.json'));
  const found = await readLock(join(folder, 'node_modules', '.package-lock.json'));
  if (!wanted) throw new Error(`Cannot install the test PDS as ${folder} has no package-lock.json`);
  return Object.entries(wanted.packages).every(([path, { version, optional }]) => {
    const isNeeded = path !== '' && !optional;
    return !isNeeded || (found?.packages[path] && found.packages[path].version === version);
  });
}

async function readLock(path: string): Promise<Lock | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Lock);
}

/**
 * Waits for SQLite's exclusive lock on a file, which the system frees whenever its owner dies; a
 * lock folder would outlive a killed test run.
 */
async function lock(path: string): Promise<() => void> {
  const deadlineMs = Date.now() + limitMs;
  const database = new DatabaseSync(path);
  for (;;) {
    try {
      database.exec('BEGIN EXCLUSIVE');
      return () => database.close();
    } catch (cause) {
      if (Date.now() < deadlineMs && String(cause).includes('locked')) await wait(pollMs);
      else
        throw new Error(`Cannot install the test PDS as another process holds ${path}`, { cause });
    }
  }
}
