import { describeError, PaperboyError } from '../kit/errors.ts';
import { isDiskFull, type ReadDisk } from './is-disk-full.ts';

type Case = { readonly codes: RegExp; readonly seen: string; readonly remedy: string };

const FULL: Case = {
  codes: /^SQLITE_FULL/,
  seen: 'the disk is full',
  remedy: 'Free some space, then do this again.',
};
/** What SQLite also says when the disk is full: of the files that it puts beside the database. */
const BROKEN: readonly Case[] = [
  {
    codes: /^SQLITE_IOERR/,
    seen: 'the disk cannot be read or written',
    remedy: 'Check the disk, and the path in DATABASE_URL or PAPERBOY_DATA.',
  },
  {
    codes: /^SQLITE_CANTOPEN/,
    seen: 'it cannot be opened',
    remedy: 'Check the path in DATABASE_URL or PAPERBOY_DATA, and the rights of its folder.',
  },
];
/** What SQLite reports of the world around it, and what a person can do; anything else is a bug. */
const CASES: readonly Case[] = [
  {
    codes: /^SQLITE_(?:BUSY|LOCKED)/,
    seen: 'another process has held it for too long',
    remedy: 'Wait for the other command to end, or end it, then do this again.',
  },
  FULL,
  {
    codes: /^SQLITE_READONLY|^SQLITE_PERM|^SQLITE_AUTH/,
    seen: 'it may not be written',
    remedy:
      'Give this user the right to write the file and its folder (PAPERBOY_DATA, DATABASE_URL).',
  },
  ...BROKEN,
  {
    codes: /^SQLITE_CORRUPT/,
    seen: 'the file is damaged',
    remedy: 'Stop Paperboy and put back a backup: paperboy restore FILE',
  },
  {
    codes: /^SQLITE_NOTADB/,
    seen: 'the file is no SQLite database',
    remedy:
      'Put back a backup (paperboy restore FILE), or check the path in DATABASE_URL or PAPERBOY_DATA.',
  },
];

/** Causes nest a few deep; one that leads back to itself tells nothing more. */
const MOST_CAUSES = 8;

export type Where = {
  /** The file, where it surely is the one that was used. */
  readonly file?: string;
  /** A file on the disk that was used, most likely. */
  readonly near?: string | undefined;
  readonly readDisk?: ReadDisk;
};

/**
 * A failure of the database as an error for a person; undefined for any other error. With a file, a
 * disk without room is told from one that is broken: SQLite often says the same of both.
 */
export function explainDatabaseError(
  error: unknown,
  { file, near = file, readDisk }: Where = {},
): PaperboyError | undefined {
  const found = findCase(error);
  if (found === undefined) return undefined;
  const isFull = BROKEN.includes(found) && near !== undefined && isDiskFull(near, readDisk);
  const { seen, remedy } = isFull ? FULL : found;
  const name = file === undefined ? '' : ` ${file}`;
  return new PaperboyError(
    'database.unusable',
    `Cannot use the database${name} as ${seen}: ${describeError(error)}`,
    remedy,
    error,
  );
}

/** What SQLite reports in an error, in one of those it holds, or in a cause. */
function findCase(error: unknown, depth = 0): Case | undefined {
  if (!(error instanceof Error) || depth > MOST_CAUSES) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const found = CASES.find(({ codes }) => codes.test(code));
  if (found !== undefined) return found;
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  for (const one of [...inner, error.cause]) {
    const within = findCase(one, depth + 1);
    if (within !== undefined) return within;
  }
  return undefined;
}
