import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { PaperboyError } from '../kit/errors.ts';
import { discard, flushPath, keepAs, replaceFile } from './durable.ts';
import { findDamage } from './find-damage.ts';
import { type Contents, hasTable, MADE_AT, readContents } from './read-contents.ts';

/** Nobody but its owner may read a backup: it holds what is not public yet. */
const MODE = 0o600;
/** So many pages, of 4 kB each, are copied before anything else has its turn. */
const PAGES_AT_ONCE = 1_000;
/** What an interrupted backup has left is removed by one that comes so long after it. */
const LEFT_OVER_MS = 24 * 60 * 60 * 1000;

export type BackUpOptions = {
  readonly now: Date;
  /** Whether a file that is there may be replaced. */
  readonly isForced?: boolean;
  /** Called now and then with the share that is copied, 0 to 1. */
  readonly onProgress?: (share: number) => void;
};

/**
 * Copies a database as it is at this instant, while other processes write to it: what they write
 * from now on is not in the copy. The copy is one file, written aside, checked and flushed; it
 * appears under its name whole or not at all. An older database is copied as it is, so that one
 * can be made before an update. Throws `backup.exists`, `backup.damaged`, and what SQLite throws.
 */
export async function backUpDatabase(
  file: string,
  target: string,
  { now, isForced = false, onProgress = () => {} }: BackUpOptions,
): Promise<Contents> {
  sweep(target, now);
  const aside = `${target}.${randomUUID().slice(0, 8)}.part`;
  closeSync(openSync(aside, 'wx', MODE));
  try {
    chmodSync(aside, MODE); // Whatever the umask takes away, its owner reads it.
    await copy(file, aside, onProgress);
    const contents = finish(aside, now);
    flushPath(aside);
    if (isForced) replaceFile(aside, target);
    else {
      keepNew(aside, target);
      rmSync(aside);
    }
    return contents;
  } catch (error) {
    discard(aside);
    throw error;
  }
}

/**
 * In WAL mode an open transaction sees one state, whatever is written meanwhile. Without it, a
 * copy begins anew after each write of another process, and beside a busy one never ends.
 */
async function copy(
  file: string,
  aside: string,
  onProgress: (share: number) => void,
): Promise<void> {
  const source = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 10_000 });
  try {
    source.exec('begin');
    source.prepare('select count(*) from sqlite_master').get();
    await source.backup(aside, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(totalPages === 0 ? 1 : 1 - remainingPages / totalPages);
        return PAGES_AT_ONCE;
      },
    });
  } finally {
    source.close();
  }
}

/** Makes one file of the copy, dates it and looks whether it is whole. */
function finish(aside: string, now: Date): Contents {
  const sqlite = new Sqlite(aside);
  try {
    sqlite.pragma('journal_mode = delete');
    if (hasTable(sqlite, 'facts')) {
      sqlite
        .prepare('insert or replace into facts (name, value) values (?, ?)')
        .run(MADE_AT, now.toISOString());
    }
    const damage = findDamage(sqlite);
    if (damage !== undefined) {
      throw new PaperboyError(
        'backup.damaged',
        `Cannot back up the database as it is damaged: ${damage}`,
        'Put back an older backup (paperboy restore FILE), or keep the file and ask for help.',
      );
    }
    return { ...readContents(sqlite), at: now };
  } finally {
    sqlite.close();
  }
}

function keepNew(aside: string, target: string): void {
  try {
    keepAs(aside, target);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new PaperboyError(
      'backup.exists',
      `Cannot write the backup as a file must not be lost: ${target} is already there`,
      'Name another file, or say that it may be replaced: --force',
    );
  }
}

/** Removes what was left by backups of this name that were cut short long ago. */
function sweep(target: string, now: Date): void {
  const [folder, own] = [dirname(target), `${basename(target)}.`];
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(own) || !/^[0-9a-f]{8}\.part$/.test(name.slice(own.length))) continue;
    const path = join(folder, name);
    if (now.getTime() - statSync(path).mtimeMs >= LEFT_OVER_MS) discard(path);
  }
}
