import { mkdir, mkdtemp, readdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolderPublisher } from '../../src/publishers/folder.ts';
import { makeDraft, makeDrafts } from './drafts.ts';
import {
  attemptAgain,
  describePublisher,
  makeCorrection,
  makeOutgoing,
  send,
} from './publisher-contract.ts';

const root = await mkdtemp(join(tmpdir(), 'paperboy-folder-'));
afterAll(() => rm(root, { recursive: true, force: true }));
const folder = join(root, 'posts');
const away = join(root, 'away');
const drafts = makeDrafts('bluesky', 4);
const { draft } = drafts;

/** Every text in place, as files are listed by people: 2 before 10. */
async function listTexts(): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((n) => n.endsWith('.txt'));
  const shown = names.filter((name) => !name.startsWith('.'));
  return shown.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

async function emptyPlace(): Promise<void> {
  for (const path of [folder, away]) await rm(path, { recursive: true, force: true });
  await mkdir(folder);
}

async function putFileInPlace(): Promise<void> {
  await rename(folder, away);
  await writeFile(folder, 'not a folder');
}

describePublisher('folder', async () => ({
  ...drafts,
  make: () => makeFolderPublisher(folder),
  readPlace: async () => {
    const names = await listTexts();
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.map((text) => text.replace(/\n$/, ''));
  },
  emptyPlace,
  countRequests: () => 0,
  revoke: putFileInPlace,
  restore: async () => {
    await rm(folder);
    await rename(away, folder);
  },
  removePlace: putFileInPlace,
  deletePost: async (index) => unlink(join(folder, (await listTexts())[index] ?? '')),
  corrections: ['edit'],
  without: {
    foreignDraft: 'a folder takes the drafts of any platform',
    longDraft: 'a file has no limit',
    inject: 'no network is between',
    makeUnreachable: 'no network is between',
    makeUnauthorized: 'a folder has no credentials',
    expire: 'a folder has no credentials',
    refuseContent: 'a file system does not look at content',
  },
}));

describe('a draft in a folder', () => {
  const publisher = makeFolderPublisher(folder);
  const publish = async (ofDraft = draft) => {
    const outgoing = makeOutgoing(ofDraft);
    const receipt = await send(publisher, outgoing);
    return { outgoing, receipt, path: receipt.posts[0]?.id ?? '' };
  };

  it('has the exact JSON of each post beside its text', async () => {
    await emptyPlace();

    const { outgoing, path } = await publish(makeDraft('discord', 2));

    const json: unknown = JSON.parse(await readFile(path.replace(/txt$/, 'json'), 'utf8'));
    expect(json).toEqual(outgoing.draft.posts[0]);
  });

  it('is kept apart from the digests of other topics', async () => {
    await emptyPlace();

    const attempts = [];
    for (const item of ['topic/attention/2026-01-07', 'topic/moe/2026-01-07', 'news']) {
      attempts.push(await publisher.publish(makeOutgoing(draft, { item })));
    }

    expect(attempts.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'sent']);
  });

  it.each(['txt', 'json'])('is not taken for sent when somebody changed a %s', async (type) => {
    await emptyPlace();
    const { outgoing, path } = await publish();
    await writeFile(path.replace(/txt$/, type), 'other words');

    const found = await publisher.find(outgoing);

    expect(found.kind === 'refused' && found.remedy).toMatch(/Move that folder away/);
  });

  it.each(['txt', 'json'])('is not taken for sent when somebody deleted a %s', async (type) => {
    await emptyPlace();
    const { outgoing, path } = await publish();
    await unlink(path.replace(/txt$/, type));

    const found = await publisher.find(outgoing);

    expect(found).toMatchObject({ kind: 'refused', remedy: 'Move that folder away' });
  });

  it('leaves nothing aside once it is there', async () => {
    await emptyPlace();
    const outgoing = makeOutgoing(draft);
    const aside = join(folder, '.partial', `${outgoing.id}.abc123`);
    await mkdir(aside, { recursive: true });
    await writeFile(join(aside, 'stale.txt'), 'stale');

    const receipt = await send(publisher, outgoing);

    expect(await readdir(dirname(receipt.posts[0]?.id ?? ''))).not.toContain('stale.txt');
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it.each([
    ['changed a post', (path: string) => writeFile(path, 'better words')],
    ['put a file beside it', (path: string) => writeFile(join(dirname(path), 'notes.md'), 'mine')],
  ])('is not removed when somebody %s', async (_name, work) => {
    await emptyPlace();
    const { outgoing, receipt, path } = await publish();
    await work(path);
    const before = await readdir(dirname(path));

    const retractions = [
      await publisher.retract(outgoing, receipt),
      await publisher.retract(outgoing),
      await publisher.retract(outgoing, { posts: receipt.posts.map(({ id }) => ({ id })) }),
    ];
    const correction = makeCorrection(outgoing, receipt, drafts.correctedDraft, 'edit');
    const attempt = await publisher.publish(correction);

    for (const result of [...retractions, attempt]) {
      expect(result.kind === 'refused' && result.remedy).toMatch(/Move that folder away/);
      expect(result).not.toHaveProperty('isClosed');
    }
    expect(await readdir(dirname(path))).toEqual(before);
  });

  it('is removed with what a file manager left in it', async () => {
    await emptyPlace();
    const { outgoing, receipt, path } = await publish();
    await writeFile(join(dirname(path), '.DS_Store'), '');

    const retraction = await publisher.retract(outgoing, receipt);

    expect(retraction).toEqual({ kind: 'retracted' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is wholly gone after a crash in the middle of its removal', async () => {
    await emptyPlace();
    const { outgoing, receipt, path } = await publish();
    const aside = join(folder, '.partial', `${outgoing.id}.half`);
    await mkdir(aside, { recursive: true });
    await rename(dirname(path), join(aside, 'removed'));
    await unlink(join(aside, 'removed', '1.txt'));

    const retraction = await publisher.retract(outgoing, receipt);

    expect(retraction).toEqual({ kind: 'retracted' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is there with its correction until the correction is finished', async () => {
    await emptyPlace();
    const { outgoing, receipt, path } = await publish();
    const correction = makeCorrection(outgoing, receipt, drafts.correctedDraft, 'edit');
    // As a crash between the two steps leaves it: the new folder has come, the old has not gone.
    await rename(dirname(path), away);
    const { replaces: _, ...alone } = correction;
    await send(publisher, alone);
    await rename(away, dirname(path));

    const found = await publisher.find(correction);
    const attempt = await attemptAgain(publisher, correction);

    expect(found.kind).toBe('begun');
    expect(attempt.kind).toBe('sent');
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toHaveLength(1);
    expect((await publisher.find(correction)).kind).toBe('whole');
  });

  it('is not removed by a correction that has its name', async () => {
    await emptyPlace();
    const { outgoing, receipt } = await publish();
    const replaces = { how: 'edit', receipt } as const;

    const attempt = await publisher.publish({ ...outgoing, replaces });
    const found = await publisher.find({ ...outgoing, replaces });

    expect(attempt.kind).not.toBe('refused');
    expect(found.kind).toBe('whole');
    expect(await listTexts()).toHaveLength(draft.posts.length);
  });

  it('is corrected once by a worker that does not know that it was', async () => {
    await emptyPlace();
    const { outgoing, receipt } = await publish();
    const correction = makeCorrection(outgoing, receipt, drafts.correctedDraft, 'edit');
    const corrected = await send(publisher, correction);

    const again = await publisher.publish(correction);

    expect(again).toEqual({ kind: 'sent', receipt: corrected });
    expect(await listTexts()).toHaveLength(drafts.correctedDraft.posts.length);
  });

  it('is corrected once by three writers at the same time', async () => {
    await emptyPlace();
    const { outgoing, receipt } = await publish();
    const correction = makeCorrection(outgoing, receipt, drafts.shorterDraft, 'edit');

    const attempts = await Promise.all([1, 2, 3].map(() => publisher.publish(correction)));
    const last = await attemptAgain(publisher, correction);

    expect(attempts.filter(({ kind }) => kind === 'refused')).toEqual([]);
    expect(last.kind).toBe('sent');
    expect(await listTexts()).toHaveLength(drafts.shorterDraft.posts.length);
  });

  it('is not hindered by thirty others that come and go at the same time', async () => {
    await emptyPlace();
    const outgoings = Array.from({ length: 30 }, () => makeOutgoing(drafts.shorterDraft));

    const published = await Promise.all(outgoings.map((one) => publisher.publish(one)));
    const taken = await Promise.all(outgoings.map((one) => publisher.retract(one)));

    expect(new Set(published.map(({ kind }) => kind))).toEqual(new Set(['sent']));
    expect(new Set(taken.map(({ kind }) => kind))).toEqual(new Set(['retracted']));
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not come to a folder that cannot be written, nor is it found or removed there', async () => {
    await emptyPlace();
    const { outgoing, receipt } = await publish();
    await putFileInPlace();

    const results = [
      await publisher.publish(makeOutgoing(draft)),
      await publisher.find(outgoing),
      await publisher.retract(outgoing, receipt),
    ];
    await emptyPlace();

    for (const result of results) expect(result).toMatchObject({ kind: 'refused', isClosed: true });
  });
});
