import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** `exposed`: Git keeps the file, or would take it with the others. */
export type Ignored = 'ignored' | 'exposed' | 'no repository' | 'unknown';

/** Whether Git leaves a file alone, as it should what holds secrets. */
export async function isIgnored(file: string): Promise<Ignored> {
  const folder = dirname(file);
  if (!hasRepository(folder)) return 'no repository';
  const { promise, resolve } = Promise.withResolvers<Ignored>();
  // Of a file that is kept already it says that it is not ignored.
  execFile('git', ['check-ignore', '-q', '--', basename(file)], { cwd: folder }, (error) => {
    if (error === null) resolve('ignored');
    else resolve(error.code === 1 ? 'exposed' : 'unknown');
  });
  return promise;
}

function hasRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  const parent = dirname(folder);
  return parent !== folder && hasRepository(parent);
}
