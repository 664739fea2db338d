import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  lstatSync,
  readFileSync,
  realpathSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { flushPath, replaceFile } from '../../database/durable.ts';
import { describeError, PaperboyError } from '../../kit/errors.ts';
import { setVariables } from './set-variables.ts';

/** What became of an `.env`. */
export type WrittenEnv = {
  /** The file itself, where `.env` is a link to it. */
  readonly linkedTo?: string;
  /** The names whose value is another one than before. */
  readonly changed: readonly string[];
  /** The mode that others had rights by, in octal, which is 0600 now. */
  readonly formerMode?: string;
};

const OWNER_ONLY = 0o600;

/**
 * Sets variables in an `.env`, which is made if it is not there, so that only its owner can read
 * it: beside it first, flushed, then in its place in one step. Throws `env.unwritable`, and then
 * nothing is changed.
 */
export function writeEnv(path: string, values: Readonly<Record<string, string>>): WrittenEnv {
  const file = followLink(path);
  const before = readBefore(file ?? path);
  const target = file ?? path;
  const text = setVariables(before?.text ?? '', values);
  const mode = before === undefined ? OWNER_ONLY : before.stats.mode & 0o777;
  const result: WrittenEnv = {
    changed: listChanged(before?.text ?? '', values),
    ...(target === path ? {} : { linkedTo: target }),
    ...(mode === OWNER_ONLY ? {} : { formerMode: mode.toString(8).padStart(4, '0') }),
  };
  if (text === before?.text && mode === OWNER_ONLY) return result;
  const aside = `${target}.${randomUUID()}.part`;
  try {
    writeFileSync(aside, text, { mode: OWNER_ONLY, flag: 'wx' });
    // The umask may have taken more, and another user's file stays theirs.
    chmodSync(aside, OWNER_ONLY);
    if (before !== undefined) keepOwner(aside, before.stats);
    flushPath(aside);
    replaceFile(aside, target);
  } catch (error) {
    rmSync(aside, { force: true });
    throw explain(target, error);
  }
  return result;
}

/** Where a link leads in the end; undefined for what is none. */
function followLink(path: string): string | undefined {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined;
  try {
    return realpathSync(path);
  } catch (error) {
    throw explain(`${path}, which is a link,`, error);
  }
}

function readBefore(file: string): { readonly text: string; readonly stats: Stats } | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (!stats.isFile()) throw new Error('it is no file');
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file)),
      stats,
    };
  } catch (error) {
    throw explain(file, error);
  }
}

function keepOwner(file: string, { uid, gid }: Stats): void {
  const own = statSync(file);
  if (own.uid !== uid || own.gid !== gid) chownSync(file, uid, gid);
}

/** Setting what is so already changes nothing. */
function listChanged(text: string, values: Readonly<Record<string, string>>): string[] {
  return Object.keys(values).filter(
    (name) => setVariables(text, { [name]: values[name] ?? '' }) !== text,
  );
}

function explain(file: string, error: unknown): PaperboyError {
  if (error instanceof PaperboyError) return error;
  return new PaperboyError(
    'env.unwritable',
    `Cannot write ${file} as the disk or its rights do not allow it, and nothing is changed: ${describeError(error)}`,
    'Give this user the right to write it and its folder, and see that it is a text file in UTF-8; then do this again.',
    error,
  );
}
