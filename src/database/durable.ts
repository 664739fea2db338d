import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** What SQLite keeps beside a database file while it is open, or was left so. */
export const SIDES = ['-wal', '-shm', '-journal'] as const;

/** Makes what was written to a file, or into a folder, outlast a power cut. */
export function flushPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Puts a file in the place of another, or where none was, in one step that outlasts a power cut. */
export function replaceFile(from: string, to: string): void {
  renameSync(from, to);
  flushPath(dirname(to));
}

/**
 * Gives a file a second name, which must be free. Where the disk knows no second names it is copied.
 * Throws EEXIST.
 */
export function keepAs(file: string, name: string): void {
  try {
    linkSync(file, name);
  } catch (error) {
    if (!isUnlinkable(error)) throw error;
    copyFileSync(file, name, constants.COPYFILE_EXCL);
    flushPath(name);
  }
  flushPath(dirname(name));
}

/** Removes a database file that was never put to use, with what SQLite has left beside it. */
export function discard(file: string): void {
  for (const side of ['', ...SIDES]) rmSync(`${file}${side}`, { force: true });
}

function isUnlinkable(error: unknown): boolean {
  const codes = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);
  return error instanceof Error && 'code' in error && codes.has(String(error.code));
}
