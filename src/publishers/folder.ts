import { mkdir, mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readDraft } from '../../formatters/index.ts';
import { describeError } from '../kit/errors.ts';
import type { Receipt } from '../outbox/receipt.ts';
import type { Attempt, Found, Outgoing, Publisher } from './publisher.ts';

/** A publisher that needs no deadline, as it waits for nobody. */
type FolderPublisher = Publisher & {
  find(outgoing: Outgoing): Promise<Found>;
  publish(outgoing: Outgoing): Promise<Attempt>;
};

/** A file of a published draft. */
type File = { readonly name: string; readonly content: string };

/**
 * Publishes into a folder: each draft becomes a folder of its own, with every post as a readable
 * `.txt` and its exact JSON. It appears whole or not at all: it is written aside, flushed to the
 * disk, then renamed.
 */
export function makeFolderPublisher(folder: string): FolderPublisher {
  return {
    async find(outgoing): Promise<Found> {
      const target = join(folder, nameFolder(outgoing));
      try {
        for (const { name, content } of makeFiles(outgoing)) {
          if ((await readFile(join(target, name), 'utf8')) !== content) return changed(target);
        }
        return { kind: 'whole', receipt: makeReceipt(target, outgoing) };
      } catch (error) {
        if (isMissing(error)) return findRemains(target);
        return isUnusable(error) ? unusable(folder, error) : { kind: 'unavailable', cause: error };
      }
    },
    async publish(outgoing): Promise<Attempt> {
      const target = join(folder, nameFolder(outgoing));
      let aside: string | undefined;
      let isRenaming = false;
      try {
        await mkdir(folder, { recursive: true });
        await sweep(folder, outgoing.id);
        // A name of its own: a worker that was thought dead may be writing the same draft.
        aside = await mkdtemp(join(folder, `.${outgoing.id}.`));
        for (const { name, content } of makeFiles(outgoing)) {
          await writeDurably(join(aside, name), content);
        }
        await flush(aside);
        isRenaming = true;
        await rename(aside, target);
        await flush(folder);
        return { kind: 'sent', receipt: makeReceipt(target, outgoing) };
      } catch (error) {
        if (aside !== undefined) await rm(aside, { recursive: true, force: true });
        if (isRenaming) return { kind: 'unknown', cause: error };
        return isUnusable(error) ? unusable(folder, error) : { kind: 'unavailable', cause: error };
      }
    },
  };
}

function nameFolder({ issue, item, revision }: Outgoing): string {
  const slug = item.replace(/^paper\//, '').replaceAll('/', '-');
  const suffix = revision === 1 ? '' : `-r${revision}`;
  return `${String(issue).padStart(3, '0')}-${slug}${suffix}`;
}

function makeFiles({ draft }: Outgoing): File[] {
  const texts = readDraft(draft);
  return draft.posts.flatMap((post, index) => [
    { name: `${index + 1}.txt`, content: `${texts[index] ?? ''}\n` },
    { name: `${index + 1}.json`, content: `${JSON.stringify(post, undefined, 2)}\n` },
  ]);
}

function makeReceipt(target: string, { draft }: Outgoing): Receipt {
  return { posts: draft.posts.map((_, index) => ({ id: join(target, `${index + 1}.txt`) })) };
}

/** Removes what a crash has left half written. */
async function sweep(folder: string, id: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(`.${id}.`)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function writeDurably(path: string, content: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Something of ours is missing: if the folder is there all the same, somebody changed it. */
async function findRemains(target: string): Promise<Found> {
  try {
    await (await open(target, 'r')).close();
    return changed(target);
  } catch (error) {
    return isMissing(error) ? { kind: 'absent' } : { kind: 'unavailable', cause: error };
  }
}

function changed(target: string): Found {
  return {
    kind: 'refused',
    reason: `${target} is already there with other content`,
    remedy: 'Move that folder away, then post the item again.',
  };
}

function isUnusable(error: unknown): boolean {
  const codes = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'];
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function unusable(folder: string, error: unknown): Attempt & Found {
  return {
    kind: 'refused',
    reason: `the folder ${folder} cannot be written: ${describeError(error)}`,
    remedy: 'Make it a folder that this user may write, then post the item again.',
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
