import { open, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readDraft } from '../../formatters/index.ts';
import { sha256 } from '../kit/ids.ts';
import type { PostReceipt, Receipt } from '../outbox/receipt.ts';
import type { Outgoing } from './publisher.ts';

/** A file of a published draft. */
export type DraftFile = { readonly name: string; readonly content: string };

/** What a folder holds of a receipt's posts. */
export type FolderState = {
  readonly isThere: boolean;
  /** Posts of which a file is gone, posts with other content than was sent. */
  readonly missing: number;
  readonly changed: number;
  /** Files that were never sent; hidden ones, which file managers leave, do not count. */
  readonly strange: number;
};

/** A folder of a receipt, with those of its posts that are in it. */
export type ReceiptFolder = { readonly folder: string; readonly posts: readonly PostReceipt[] };

/** The name of a delivery's folder: a correction, being another revision, has another one. */
export function nameFolder({ issue, item, revision }: Outgoing): string {
  const slug = item.replace(/^paper\//, '').replaceAll('/', '-');
  const suffix = revision === 1 ? '' : `-r${revision}`;
  return `${String(issue).padStart(3, '0')}-${slug}${suffix}`;
}

/** The files of a draft: each post as a text to read and as its exact JSON. */
export function makeFiles({ draft }: Outgoing): DraftFile[] {
  const texts = readDraft(draft);
  return draft.posts.flatMap((post, index) => [
    { name: `${index + 1}.txt`, content: `${texts[index] ?? ''}\n` },
    { name: `${index + 1}.json`, content: `${JSON.stringify(post, undefined, 2)}\n` },
  ]);
}

/** The proof of a draft in `target`: the path of each text, and the hash of text and JSON. */
export function makeReceipt(target: string, files: readonly DraftFile[]): Receipt {
  const posts = files
    .filter(({ name }) => name.endsWith('.txt'))
    .map(({ name, content }) => {
      const json = files.find((file) => file.name === toJson(name))?.content ?? '';
      return { id: join(target, name), cid: sha256(content + json) };
    });
  return { posts };
}

/** The folders that a receipt names; with `ours`, posts that it has no hash for get theirs. */
export function listFolders(receipt: Receipt, ours?: Receipt): ReceiptFolder[] {
  const folders = new Map<string, PostReceipt[]>();
  for (const post of receipt.posts) {
    const folder = dirname(post.id);
    const cid = post.cid ?? ours?.posts.find(({ id }) => id === post.id)?.cid;
    const known = cid === undefined ? post : { ...post, cid };
    folders.set(folder, [...(folders.get(folder) ?? []), known]);
  }
  return [...folders].map(([folder, posts]) => ({ folder, posts }));
}

/** Compares a folder with what was put there. */
export async function checkFolder({ folder, posts }: ReceiptFolder): Promise<FolderState> {
  const names = await listNames(folder);
  const expected = posts.flatMap(({ id }) => [id, toJson(id)]);
  const strange = names?.filter((name) => !expected.includes(join(folder, name))) ?? [];
  let missing = 0;
  let changed = 0;
  for (const { id, cid } of names === undefined ? [] : posts) {
    const contents = [await readIfThere(id), await readIfThere(toJson(id))];
    if (contents.includes(undefined)) missing += 1;
    else if (cid !== undefined && sha256(contents.join('')) !== cid) changed += 1;
  }
  return {
    isThere: names !== undefined,
    missing,
    changed,
    strange: strange.filter((name) => !name.startsWith('.')).length,
  };
}

/** Writes files, all at once, that are on the disk when this resolves; it ends when all have ended. */
export async function writeFiles(folder: string, files: readonly DraftFile[]): Promise<void> {
  const written = await Promise.allSettled(
    files.map(({ name, content }) => writeDurably(join(folder, name), content)),
  );
  for (const one of written) if (one.status === 'rejected') throw one.reason;
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

/** Makes a folder's entries outlast a loss of power. */
export async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The names in a folder; nothing where there is no folder. */
export async function listNames(folder: string): Promise<string[] | undefined> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Whether an error of the file system is one of these. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function toJson(path: string): string {
  return path.replace(/txt$/, 'json');
}
