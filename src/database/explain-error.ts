import { describeError, PaperboyError } from '../kit/errors.ts';

/** What SQLite reports of the world around it, and what a person can do; anything else is a bug. */
const CASES: readonly (readonly [code: RegExp, seen: string, remedy: string])[] = [
  [
    /^SQLITE_(?:BUSY|LOCKED)/,
    'another process has held it for too long',
    'Wait for the other command to end, or end it, then do this again.',
  ],
  [/^SQLITE_FULL/, 'the disk is full', 'Free some space, then do this again.'],
  [
    /^SQLITE_READONLY|^SQLITE_PERM|^SQLITE_AUTH/,
    'it may not be written',
    'Give this user the right to write the file and its folder (PAPERBOY_DATA, DATABASE_URL).',
  ],
  [
    /^SQLITE_(?:IOERR|CANTOPEN)/,
    'the disk cannot be read or written',
    'Check the disk, and the path in PAPERBOY_DATA or DATABASE_URL.',
  ],
  [
    /^SQLITE_(?:CORRUPT|NOTADB)/,
    'the file is damaged',
    'Put back a copy of the file, or move it away to begin anew.',
  ],
];

/** Causes nest a few deep; one that leads back to itself tells nothing more. */
const MOST_CAUSES = 8;

/** A failure of the database as an error for a person; undefined for any other error. */
export function explainDatabaseError(error: unknown): PaperboyError | undefined {
  const found = findCase(error);
  if (found === undefined) return undefined;
  const [, seen, remedy] = found;
  return new PaperboyError(
    'database.unusable',
    `Cannot use the database as ${seen}: ${describeError(error)}`,
    remedy,
    error,
  );
}

/** What SQLite reports in an error, in one of those it holds, or in a cause. */
function findCase(error: unknown, depth = 0): (typeof CASES)[number] | undefined {
  if (!(error instanceof Error) || depth > MOST_CAUSES) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const found = CASES.find(([pattern]) => pattern.test(code));
  if (found !== undefined) return found;
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  for (const one of [...inner, error.cause]) {
    const within = findCase(one, depth + 1);
    if (within !== undefined) return within;
  }
  return undefined;
}
