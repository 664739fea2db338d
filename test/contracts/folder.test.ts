import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolderPublisher } from '../../src/publishers/folder.ts';
import { makeDraft } from './drafts.ts';
import { describePublisher, makeOutgoing } from './publisher-contract.ts';

const folder = await mkdtemp(join(tmpdir(), 'paperboy-folder-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

describePublisher('folder', async () => ({
  draft: makeDraft('bluesky', 4),
  make: () => makeFolderPublisher(folder),
  readPlace: async () => {
    const names = (await readdir(folder, { recursive: true })).filter((n) => n.endsWith('.txt'));
    const texts = await Promise.all(
      names.sort().map((name) => readFile(join(folder, name), 'utf8')),
    );
    return texts.map((text) => text.replace(/\n$/, ''));
  },
  emptyPlace: async () => {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  },
  countRequests: () => 0,
}));

it('the folder publisher writes the exact JSON of each post beside its text', async () => {
  const outgoing = makeOutgoing(makeDraft('discord', 2));

  const attempt = await makeFolderPublisher(folder).publish(outgoing);

  const path = attempt.kind === 'sent' ? (attempt.receipt.posts[0]?.id ?? '') : '';
  const json: unknown = JSON.parse(await readFile(path.replace(/txt$/, 'json'), 'utf8'));
  expect(json).toEqual(outgoing.draft.posts[0]);
});

it('the folder publisher keeps digests of different topics apart', async () => {
  const publisher = makeFolderPublisher(folder);
  const draft = makeDraft('bluesky', 1);

  const attempts = [];
  for (const item of ['topic/attention/2026-01-07', 'topic/moe/2026-01-07', 'news']) {
    attempts.push(await publisher.publish({ ...makeOutgoing(draft), item }));
  }

  expect(attempts.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'sent']);
});

it('the folder publisher refuses a folder that somebody changed', async () => {
  const outgoing = makeOutgoing(makeDraft('bluesky', 2));
  const publisher = makeFolderPublisher(folder);
  const attempt = await publisher.publish(outgoing);
  const path = attempt.kind === 'sent' ? (attempt.receipt.posts[0]?.id ?? '') : '';
  await writeFile(path, 'other words');

  const found = await publisher.find(outgoing);

  expect(found.kind === 'refused' && found.remedy).toMatch(/Move that folder away/);
});

it('the folder publisher is not torn by a second worker on the same delivery', async () => {
  const outgoing = makeOutgoing(makeDraft('bluesky', 4));

  const attempts = await Promise.all(
    [1, 2, 3].map(() => makeFolderPublisher(folder).publish(outgoing)),
  );
  const found = await makeFolderPublisher(folder).find(outgoing);

  expect(attempts.some(({ kind }) => kind === 'sent')).toBe(true);
  // The others lose the race: to the finished folder, or when theirs is swept away half written.
  expect(attempts.filter(({ kind }) => kind === 'refused')).toEqual([]);
  expect(found.kind).toBe('whole');
});

it('the folder publisher cleans up what a crash left half written', async () => {
  const outgoing = makeOutgoing(makeDraft('bluesky', 2));
  const aside = join(folder, `.${outgoing.id}.abc123`);
  await mkdir(aside, { recursive: true });
  await writeFile(join(aside, 'stale.txt'), 'stale');

  const attempt = await makeFolderPublisher(folder).publish(outgoing);

  const path = attempt.kind === 'sent' ? (attempt.receipt.posts[0]?.id ?? '') : '';
  expect(await readdir(join(path, '..'))).not.toContain('stale.txt');
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
});
