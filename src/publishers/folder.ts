import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { describeError } from '../kit/errors.ts';
import type { Receipt } from '../outbox/receipt.ts';
import {
  checkFolder,
  flush,
  hasCode,
  listFolders,
  listNames,
  makeFiles,
  makeReceipt,
  nameFolder,
  type ReceiptFolder,
  writeFiles,
} from './folder-files.ts';
import type { Attempt, Found, Outgoing, Publisher, Refusal, Retraction } from './publisher.ts';

/** A publisher that needs no deadline, as it waits for nobody. */
type FolderPublisher = Publisher & {
  find(outgoing: Outgoing): Promise<Found>;
  publish(outgoing: Outgoing): Promise<Attempt>;
  retract(outgoing: Outgoing, receipt?: Receipt): Promise<Retraction>;
};

/**
 * Hidden, beside what is published, while something is written or removed. It holds nothing else, so
 * that looking for what a crash left takes no longer where ten thousand folders are published.
 */
const ASIDE = '.partial';
/** How often another worker may take that folder away in the moment before it is used. */
const MOST_TRIES = 5;

/**
 * Publishes into a folder: each draft becomes a folder of its own, with every post as a readable
 * `.txt` and its exact JSON. It appears whole or not at all: it is written aside, flushed to the
 * disk, then renamed; it goes in the same way. A correction appears before what it replaces goes.
 * What somebody has changed, or put beside it, is never removed.
 */
export function makeFolderPublisher(folder: string): FolderPublisher {
  const refuse = (error: unknown): Refusal | undefined =>
    hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST')
      ? unusable(folder, error)
      : undefined;
  const locate = (outgoing: Outgoing) => {
    const target = join(folder, nameFolder(outgoing));
    const files = makeFiles(outgoing);
    const receipt = makeReceipt(target, files);
    const replaced = listFolders(outgoing.replaces?.receipt ?? { posts: [] }).filter(
      (old) => resolve(old.folder) !== resolve(target),
    );
    return { target, files, receipt, replaced, own: { folder: target, posts: receipt.posts } };
  };

  return {
    async find(outgoing): Promise<Found> {
      const { target, own, receipt, replaced } = locate(outgoing);
      try {
        const state = await checkFolder(own);
        if (!state.isThere) return { kind: 'absent' };
        if (state.missing > 0 || state.changed > 0) return changed(target);
        const old = await Promise.all(replaced.map(checkFolder));
        return old.some(({ isThere }) => isThere)
          ? { kind: 'begun', posts: receipt.posts }
          : { kind: 'whole', receipt };
      } catch (error) {
        return refuse(error) ?? { kind: 'unavailable', cause: error };
      }
    },

    async publish(outgoing): Promise<Attempt> {
      const { target, files, own, receipt, replaced } = locate(outgoing);
      let aside: string | undefined;
      let isRenaming = false;
      let isInPlace = false;
      try {
        for (const old of replaced) {
          const state = await checkFolder(old);
          if (state.changed > 0 || state.strange > 0) return workedOn(old.folder);
          // Looked at second: the new folder is there before the old one goes.
          isInPlace = await isWhole(own);
          const isTorn = !state.isThere || state.missing > 0;
          if (isTorn && !isInPlace) return torn(old.folder);
        }
        await sweep(folder, outgoing.id);
        if (!isInPlace) {
          aside = await makeAside(folder, outgoing.id);
          await writeFiles(aside, files);
          await flush(aside);
          isRenaming = true;
          await rename(aside, target);
          await flush(folder);
          isInPlace = true;
        }
        for (const old of replaced) await remove(old.folder, outgoing.id);
        await tidy(folder);
        return { kind: 'sent', receipt };
      } catch (error) {
        if (aside !== undefined) await rm(aside, { recursive: true, force: true }).catch(() => {});
        if (isInPlace) return refuse(error) ?? { kind: 'unknown', cause: error };
        if (isRenaming) return { kind: 'unknown', cause: error };
        return refuse(error) ?? { kind: 'unavailable', cause: error };
      }
    },

    async retract(outgoing, receipt): Promise<Retraction> {
      const { receipt: ours } = locate(outgoing);
      try {
        for (const known of listFolders(receipt ?? ours, ours)) {
          const state = await checkFolder(known);
          if (state.changed > 0 || state.strange > 0) return workedOn(known.folder);
          if (state.isThere) await remove(known.folder, outgoing.id);
          await sweep(dirname(known.folder), outgoing.id);
          await tidy(dirname(known.folder));
        }
        return { kind: 'retracted' };
      } catch (error) {
        return refuse(error) ?? { kind: 'unavailable', cause: error };
      }
    },
  };
}

async function isWhole(own: ReceiptFolder): Promise<boolean> {
  const { isThere, missing, changed } = await checkFolder(own);
  return isThere && missing === 0 && changed === 0;
}

/** A folder of its own for each try: a worker that was thought dead may be at the same delivery. */
async function makeAside(folder: string, id: string): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    await mkdir(join(folder, ASIDE), { recursive: true });
    try {
      return await mkdtemp(join(folder, ASIDE, `${id}.`));
    } catch (error) {
      if (tries === MOST_TRIES || !hasCode(error, 'ENOENT')) throw error;
    }
  }
}

/** Takes a folder out of sight in one step, then deletes it; what a crash leaves is swept later. */
async function remove(target: string, id: string): Promise<void> {
  const parent = dirname(target);
  const aside = await makeAside(parent, id);
  try {
    await rename(target, join(aside, 'removed'));
    await flush(parent);
  } catch (error) {
    // Another worker has removed it, unless it is still there.
    const isGone = hasCode(error, 'ENOENT') && (await listNames(target)) === undefined;
    if (!isGone) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Removes what a crash has left of this delivery, half written or half deleted. */
async function sweep(folder: string, id: string): Promise<void> {
  for (const name of (await listNames(join(folder, ASIDE))) ?? []) {
    if (name.startsWith(`${id}.`)) {
      await rm(join(folder, ASIDE, name), { recursive: true, force: true });
    }
  }
}

/** Removes the hidden folder, unless another delivery is in it; left there, it harms nobody. */
async function tidy(folder: string): Promise<void> {
  await rmdir(join(folder, ASIDE)).catch(() => {});
}

function changed(target: string): Refusal {
  return {
    kind: 'refused',
    reason: `${target} is already there with other content`,
    remedy: 'Move that folder away',
  };
}

function workedOn(target: string): Refusal {
  return {
    kind: 'refused',
    reason: `${target} holds other content than was put there, which is not removed`,
    remedy: 'Move that folder away, or delete it',
  };
}

function torn(target: string): Refusal {
  return {
    kind: 'refused',
    reason: `what is to be corrected is not, or not wholly, in ${target} any more`,
    remedy: 'Take back what is left of it and post the item again',
  };
}

function unusable(folder: string, error: unknown): Refusal {
  return {
    kind: 'refused',
    reason: `the folder ${folder} cannot be written: ${describeError(error)}`,
    remedy: 'Make it a folder that this user may write',
    isClosed: true,
  };
}
