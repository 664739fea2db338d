import { closeSync, openSync, readSync } from 'node:fs';

/** What SQLite begins a database with: https://sqlite.org/fileformat2.html#magic_header_string */
const MAGIC = 'SQLite format 3\0';

/** The first bytes of a file, one character each. Throws what the disk says. */
export function readHead(file: string): string {
  const head = Buffer.alloc(MAGIC.length);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, head, 0, head.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return head.toString('latin1');
}

/**
 * Whether a file begins as a database does. SQLite takes an empty file for one, and opening another
 * may remove what is beside it.
 */
export function isSqlite(file: string): boolean {
  return readHead(file) === MAGIC;
}
