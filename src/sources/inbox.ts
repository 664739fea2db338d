import type { Stats } from 'node:fs';
import { link, mkdir, open, readdir, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { MAX_ISSUE_BYTES } from '../issue/text/read-source.ts';

/** Where a file goes when it was read. */
export type Tray = 'imported' | 'rejected';

/** A file as it was read. */
export type Dropped = {
  readonly name: string;
  /** No more than one byte over what an issue may have. */
  readonly bytes: Uint8Array;
  readonly seen: Seen;
};

export type Inbox = {
  /** The names of the files that have not changed for a second, oldest name first. */
  look(now: Date): Promise<string[]>;
  /** Reads a file; undefined if it has changed since it was looked at, or is gone. */
  read(name: string): Promise<Dropped | undefined>;
  /**
   * Moves a file into a tray, its report beside it, under a name that is free. Gives that name, or
   * undefined if the file is another by now. Done again after a kill it ends with one file there.
   */
  file(dropped: Dropped, tray: Tray, report: string | undefined): Promise<string | undefined>;
};

type Seen = { readonly size: number; readonly mtimeMs: number; readonly ino: number };

const REPORT = '.findings.txt';
/** Programs that are still writing or downloading use such names. */
const UNFINISHED = /^[.~]|(?:\.(?:part|partial|tmp|crdownload|download|swp)|~)$/i;
const SETTLED_MS = 1_000;
/** Room in a file's name, in bytes, for a number and the report's ending. */
const LONGEST_NAME = 200;

/** A folder that people drop issues into. Folders and links in it are left alone. */
export function makeInbox(folder: string): Inbox {
  const known = new Map<string, { readonly seen: Seen; readonly since: Date }>();
  return {
    look: async (now) => {
      await mkdir(folder, { recursive: true });
      const entries = await readdir(folder, { withFileTypes: true });
      const names = entries
        .filter((entry) => entry.isFile() && !UNFINISHED.test(entry.name))
        .map(({ name }) => name)
        .sort();
      for (const name of known.keys()) if (!names.includes(name)) known.delete(name);
      const settled: string[] = [];
      for (const name of names) {
        const seen = await see(join(folder, name));
        if (seen === undefined) continue;
        const before = known.get(name);
        if (before === undefined || !isSame(before.seen, seen))
          known.set(name, { seen, since: now });
        else if (now.getTime() - before.since.getTime() >= SETTLED_MS) settled.push(name);
      }
      return settled;
    },
    read: async (name) => {
      const file = await open(join(folder, name), 'r').catch(ignoreMissing);
      if (file === undefined) return undefined;
      try {
        const seen = pick(await file.stat());
        const chunks: Uint8Array[] = [];
        const stream = file.createReadStream({ end: MAX_ISSUE_BYTES, autoClose: false });
        for await (const chunk of stream) chunks.push(chunk);
        const expected = known.get(name)?.seen;
        const isStill = expected !== undefined && isSame(expected, seen);
        if (!isStill || !isSame(seen, pick(await file.stat()))) return undefined;
        return { name, bytes: Buffer.concat(chunks), seen };
      } finally {
        await file.close();
      }
    },
    file: async ({ name, seen }, tray, report) => {
      const from = join(folder, name);
      const into = join(folder, tray);
      await mkdir(into, { recursive: true });
      for (let n = 1; ; n += 1) {
        const target = numberName(name, n);
        const to = join(into, target);
        const taken = await see(to);
        // A link to the very file that is left from a run that was killed.
        const isOurs = taken !== undefined && taken.ino === seen.ino && isSame(taken, seen);
        if (!isOurs) {
          if (taken !== undefined || (await see(`${to}${REPORT}`)) !== undefined) continue;
          const placed = await place(from, to);
          if (placed === 'taken') continue;
          if (placed === 'gone') return undefined;
        }
        const there = await see(to);
        if (there === undefined || !isSame(there, seen)) {
          // Somebody put another file under the name: it is read at the next look.
          if (await see(from)) await unlink(to).catch(ignoreMissing);
          return undefined;
        }
        if (report !== undefined) await writeWhole(`${to}${REPORT}`, report);
        await unlink(from).catch(ignoreMissing);
        known.delete(name);
        return join(tray, target);
      }
    },
  };
}

/** Gives a file a second name, never one that is taken. */
async function place(from: string, to: string): Promise<'placed' | 'taken' | 'gone'> {
  try {
    await link(from, to);
    return 'placed';
  } catch (error) {
    const code = readCode(error);
    if (code === 'EEXIST') return 'taken';
    if (code === 'ENOENT') return 'gone';
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS')
      throw error;
  }
  // A file system without links: the name is reserved by an empty file, then replaced.
  const reserved = await open(to, 'wx').catch((error: unknown) => {
    if (readCode(error) === 'EEXIST') return undefined;
    throw error;
  });
  if (reserved === undefined) return 'taken';
  await reserved.close();
  await rename(from, to);
  return 'placed';
}

/** "issue.md", then "issue-2.md". A name that leaves no room for more is cut. */
function numberName(name: string, n: number): string {
  const extension = extname(name).slice(0, 20);
  let stem = name.slice(0, name.length - extname(name).length);
  while (Buffer.byteLength(stem) + Buffer.byteLength(extension) > LONGEST_NAME) {
    stem = stem.slice(0, -1);
  }
  return `${stem.toWellFormed()}${n === 1 ? '' : `-${n}`}${extension}`;
}

async function writeWhole(path: string, text: string): Promise<void> {
  const aside = `${path}.part`;
  await writeFile(aside, text);
  await rename(aside, path);
}

async function see(path: string): Promise<Seen | undefined> {
  const stats = await stat(path).catch(ignoreMissing);
  return stats === undefined ? undefined : pick(stats);
}

function pick({ size, mtimeMs, ino }: Stats): Seen {
  return { size, mtimeMs, ino };
}

function isSame(one: Seen, other: Seen): boolean {
  return one.size === other.size && one.mtimeMs === other.mtimeMs && one.ino === other.ino;
}

function ignoreMissing(error: unknown): undefined {
  if (readCode(error) === 'ENOENT') return undefined;
  throw error;
}

function readCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
