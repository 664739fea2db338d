import { expect, test } from 'vitest';
import { type Archive, makeArchive, type SaveOptions } from '../../src/archive/archive.ts';
import type { Finding } from '../../src/issue/finding.ts';
import { makeIssue } from '../support/make-issue.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const AT = new Date('2026-11-23T09:00:00.000Z');
const LATER = new Date('2026-11-24T09:00:00.000Z');
const REAL: SaveOptions = {
  findings: [],
  isSample: false,
  isRevision: false,
  isApproved: true,
  at: AT,
};
const SAMPLE: SaveOptions = { ...REAL, isSample: true };
const REVISION: SaveOptions = { ...REAL, isRevision: true, at: LATER };
const FINDING: Finding = {
  severity: 'warning',
  code: 'period.no-year',
  line: 3,
  message: 'The period has no year.',
  remedy: 'Give it with --year.',
};

const open = (): Archive => {
  const { database, reader } = makeTempDatabase();
  return makeArchive(database, reader);
};
const other = makeIssue({ text: 'Other text.' });

async function list(archive: Archive): Promise<string[]> {
  return (await archive.list()).map(
    ({ issue, revision, isSample }) =>
      `#${issue.number} r${revision}${isSample ? ' sample' : ''} ${issue.title}`,
  );
}

test('a new issue is read back as it was saved', async () => {
  const archive = open();
  const issue = makeIssue({ title: 'Hübotter & “friends” 🧪', subtitle: 'x' });

  const saved = await archive.save(issue, { ...REAL, findings: [FINDING] });

  const expected = {
    issue,
    revision: 1,
    contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    findings: [FINDING],
    isSample: false,
    importedAt: AT,
    approvedAt: AT,
  };
  expect(saved).toEqual({ kind: 'new', stored: expected });
  expect(await archive.read(7)).toEqual(expected);
  expect(await archive.read(8)).toBeUndefined();
});

test('the same issue again is unchanged, also as a revision or a sample', async () => {
  const archive = open();
  await archive.save(makeIssue(), REAL);

  const kinds = [];
  for (const options of [{ ...REAL, at: LATER }, REVISION, SAMPLE]) {
    const { kind, stored } = await archive.save(makeIssue(), options);
    kinds.push([kind, stored.revision, stored.importedAt]);
  }

  expect(kinds).toEqual(Array(3).fill(['unchanged', 1, AT]));
  expect(await list(archive)).toEqual(['#7 r1 Small steps']);
});

test('other text under a taken number is a conflict, which stores nothing', async () => {
  const archive = open();
  await archive.save(makeIssue(), REAL);

  const saved = await archive.save(other, { ...REAL, at: LATER });

  expect(saved.kind).toBe('conflict');
  expect(saved.stored.issue).toEqual(makeIssue());
  expect((await archive.read(7))?.issue).toEqual(makeIssue());
});

test('other text that is meant as a correction is the next revision', async () => {
  const archive = open();
  await archive.save(makeIssue(), REAL);

  const saved = await archive.save(other, REVISION);
  const back = await archive.save(makeIssue(), REVISION);

  expect([saved.kind, saved.stored.revision]).toEqual(['revised', 2]);
  expect([back.kind, back.stored.revision]).toEqual(['revised', 3]);
  expect(await archive.read(7)).toMatchObject({ revision: 3, issue: makeIssue() });
  expect(await archive.list()).toHaveLength(1);
});

test.each([
  ['other', other],
  ['the same', makeIssue()],
])('a sample gives way to the real issue of its number with %s text', async (_, real) => {
  const archive = open();
  await archive.save(makeIssue(), SAMPLE);

  const saved = await archive.save(real, REAL);

  expect(saved).toMatchObject({ kind: 'replaced', stored: { revision: 2, isSample: false } });
  expect(await archive.read(7)).toMatchObject({ issue: real, isSample: false });
  expect(await archive.isSampleRevision(7, 1)).toBe(true);
  expect(await archive.isSampleRevision(7, 2)).toBe(false);
  expect(await archive.isSampleRevision(7, 3)).toBe(false);
});

test('a sample takes the place of nothing, not of another sample either', async () => {
  const archive = open();
  await archive.save(makeIssue({ number: 1 }), REAL);
  await archive.save(makeIssue({ number: 2 }), SAMPLE);

  const kinds = [];
  for (const number of [1, 2]) {
    for (const isRevision of [false, true]) {
      const issue = makeIssue({ number, text: 'Other text.' });
      kinds.push((await archive.save(issue, { ...SAMPLE, isRevision })).kind);
    }
  }

  expect(kinds).toEqual(Array(4).fill('conflict'));
  expect(await list(archive)).toEqual(['#1 r1 Small steps', '#2 r1 sample Small steps']);
});

test('the latest issue is the newest real one, and a sample only where there is none', async () => {
  const archive = open();
  const readLatest = async (): Promise<(number | undefined)[]> => [
    (await archive.readLatest())?.issue.number,
    (await archive.readLatestApproved())?.issue.number,
  ];

  const empty = await readLatest();
  await archive.save(makeIssue({ number: 90 }), SAMPLE);
  await archive.save(makeIssue({ number: 99 }), SAMPLE);
  const samples = await readLatest();
  await archive.save(makeIssue({ number: 5 }), REAL);
  await archive.save(makeIssue({ number: 4 }), { ...REAL, at: LATER });
  const real = await readLatest();

  expect([empty, samples, real]).toEqual([
    [undefined, undefined],
    [99, 99],
    [5, 5],
  ]);
});

test('an issue whose latest revision is not approved is not the latest approved', async () => {
  const { database, reader } = makeTempDatabase();
  const archive = makeArchive(database, reader);
  await archive.save(makeIssue({ number: 5 }), REAL);
  await archive.save(makeIssue({ number: 6 }), REAL);
  await database.updateTable('issues').set({ approved_at: null }).where('number', '=', 6).execute();

  const [latest, approved] = [await archive.readLatest(), await archive.readLatestApproved()];

  expect(latest?.issue.number).toBe(6);
  expect(latest?.approvedAt).toBeUndefined();
  expect(approved?.issue.number).toBe(5);
});

test('the list has each issue once, by its latest revision, real ones first, newest first', async () => {
  const archive = open();
  await archive.save(makeIssue({ number: 3 }), REAL);
  await archive.save(makeIssue({ number: 12 }), REAL);
  await archive.save(makeIssue({ number: 3, title: 'Corrected' }), REVISION);
  await archive.save(makeIssue({ number: 93 }), SAMPLE);
  await archive.save(makeIssue({ number: 102 }), SAMPLE);

  expect(await list(archive)).toEqual([
    '#12 r1 Small steps',
    '#3 r2 Corrected',
    '#102 r1 sample Small steps',
    '#93 r1 sample Small steps',
  ]);
});

test('issues that are saved at the same time are stored once, or one after the other', async () => {
  const { database, reader } = makeTempDatabase();
  const archive = makeArchive(database, reader);
  const texts = ['a', 'b', 'a', 'b'].map((text) => makeIssue({ text }));

  const plain = await Promise.all(texts.map((issue) => archive.save(issue, REAL)));
  const revised = await Promise.all(
    ['c', 'd', 'e'].map((text) => archive.save(makeIssue({ text }), REVISION)),
  );

  const count = (kind: string): number => plain.filter((saved) => saved.kind === kind).length;
  expect([count('new'), count('unchanged'), count('conflict')]).toEqual([1, 1, 2]);
  expect(revised.map(({ stored }) => stored.revision).sort()).toEqual([2, 3, 4]);
});
