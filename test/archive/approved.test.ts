import { expect, test } from 'vitest';
import { type Archive, makeArchive, type SaveOptions } from '../../src/archive/archive.ts';
import { markSamples } from '../../src/archive/mark-samples.ts';
import { onlyApproved } from '../../src/archive/only-approved.ts';
import { makeIssue } from '../support/make-issue.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const WAITING: SaveOptions = {
  findings: [],
  isSample: false,
  isRevision: true,
  isApproved: false,
  at: new Date('2026-11-23T09:00:00.000Z'),
};
const APPROVED: SaveOptions = { ...WAITING, isApproved: true };
const SAMPLE: SaveOptions = { ...APPROVED, isSample: true, isRevision: false };

const open = (): Archive => {
  const { database, reader } = makeTempDatabase();
  return makeArchive(database, reader);
};
const first = makeIssue({ text: 'First.' });
const second = makeIssue({ text: 'Second.' });

/** What readers see, by each way there is to read. */
async function see(archive: Archive): Promise<unknown[]> {
  const readers = onlyApproved(archive);
  return [
    (await readers.read(7))?.revision,
    (await readers.readLatest())?.revision,
    (await readers.readLatestApproved())?.revision,
    ...(await readers.list()).map(({ revision }) => revision),
    ...(await readers.listRecent(5)).map(({ stored }) => stored.revision),
    ...(await readers.listRevisions()).map(({ revision }) => revision),
  ];
}

test('readers see the newest revision that is approved, each on its own, and editors the newest', async () => {
  const archive = open();
  await archive.save(first, APPROVED);
  await archive.save(second, WAITING);
  await archive.save(makeIssue({ text: 'Third.' }), WAITING);
  const before = await see(archive);

  const isOpened = await archive.approve(7, 2, WAITING.at);

  expect(before).toEqual([1, 1, 1, 1, 1, 1]);
  expect(isOpened).toBe(true);
  expect(await archive.approve(7, 2, WAITING.at)).toBe(false);
  expect(await see(archive)).toEqual([2, 2, 2, 2, 2, 2]);
  expect((await archive.read(7))?.revision).toBe(3);
});

test('a sample that has given way is not seen again while the real issue waits', async () => {
  const archive = open();
  await archive.save(first, SAMPLE);
  await archive.save(second, WAITING);

  expect(await see(archive)).toEqual([undefined, undefined, undefined]);
});

test('the title of a sample says what it is by every way there is to read', async () => {
  const archive = open();
  await archive.save(first, SAMPLE);
  const marked = markSamples(onlyApproved(archive));

  const titles = [await marked.read(7), await marked.readLatest(), ...(await marked.list())];

  expect(new Set(titles.map((one) => one?.issue.title))).toEqual(new Set(['Small steps (sample)']));
});

test('what is based on an older revision is not saved, by any of those who save at once', async () => {
  const archive = open();
  await archive.save(first, WAITING);
  const save = (text: string) =>
    archive.save(makeIssue({ text }), { ...WAITING, basedOn: 1 }).then(({ kind }) => kind);

  const kinds = await Promise.all(['a', 'b', 'c'].map(save));

  expect(kinds.sort()).toEqual(['outdated', 'outdated', 'revised']);
  expect((await archive.read(7))?.revision).toBe(2);
});
