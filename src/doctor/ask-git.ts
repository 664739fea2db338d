import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * `tracked`: Git keeps the file; `open`: it would take it with the others; `unknown`: there is a
 * repository, and Git cannot be asked.
 */
export type Kept = 'tracked' | 'ignored' | 'open' | 'unknown' | 'no repository';

const TIMEOUT_MS = 3_000;

/** What Git does with a file, which it should leave alone if it holds secrets. */
export async function askGit(path: string): Promise<Kept> {
  if (!hasRepository(dirname(resolve(path)))) return 'no repository';
  const file = basename(path);
  // Of a file that is kept already it says that it is not ignored.
  if ((await runGit(path, ['ls-files', '--error-unmatch', '--', file])) === 0) return 'tracked';
  const ignored = await runGit(path, ['check-ignore', '--quiet', '--', file]);
  if (ignored === 0) return 'ignored';
  return ignored === 1 ? 'open' : 'unknown';
}

function hasRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  const parent = dirname(folder);
  return parent !== folder && hasRepository(parent);
}

/** Its exit code; undefined where it cannot be run. */
async function runGit(path: string, args: readonly string[]): Promise<number | undefined> {
  const { promise, resolve: settle } = Promise.withResolvers<number | undefined>();
  // Programs that a repository names are not run.
  const all = ['-c', 'core.fsmonitor=false', '-C', dirname(path), ...args];
  const child = execFile('git', all, { timeout: TIMEOUT_MS }, () => {
    settle(child.exitCode ?? undefined);
  });
  child.on('error', () => settle(undefined));
  return promise;
}
