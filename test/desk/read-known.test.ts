import { expect, test } from 'vitest';
import { type Archive, makeArchive } from '../../src/archive/archive.ts';
import { readKnown } from '../../src/desk/read-known.ts';
import { makeIssue } from '../support/make-issue.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const OPTIONS = {
  findings: [],
  isSample: false,
  isRevision: true,
  isApproved: true,
  at: new Date('2026-11-23T09:00:00.000Z'),
};

async function readTitles(archive: Archive): Promise<string[]> {
  const { byNumber } = await readKnown(archive);
  return [...byNumber.values()]
    .sort((a, b) => a.number - b.number)
    .map(({ number, papers }) => `#${number} ${papers.map(({ title }) => title).join(', ')}`);
}

test('readKnown tells the latest revision of every issue, whoever has stored it since', async () => {
  const temp = makeTempDatabase();
  const other = temp.connect();
  const archive = makeArchive(temp.database, temp.reader);
  const elsewhere = makeArchive(other.database, other.reader);
  for (const number of [3, 1, 2]) await archive.save(makeIssue({ number }), OPTIONS);
  const before = await readTitles(archive);

  await elsewhere.save(makeIssue({ number: 2, papers: ['Gamma'] }), OPTIONS);
  await elsewhere.save(makeIssue({ number: 9 }), OPTIONS);

  expect(before).toEqual(['#1 Alpha, Beta', '#2 Alpha, Beta', '#3 Alpha, Beta']);
  expect(await readTitles(archive)).toEqual([
    '#1 Alpha, Beta',
    '#2 Gamma',
    '#3 Alpha, Beta',
    '#9 Alpha, Beta',
  ]);
});

test('readKnown passes over samples until a real issue takes their number', async () => {
  const { database, reader } = makeTempDatabase();
  const archive = makeArchive(database, reader);
  await archive.save(makeIssue(), { ...OPTIONS, isSample: true });
  const before = await readTitles(archive);

  await archive.save(makeIssue({ papers: ['Gamma'] }), OPTIONS);

  expect(before).toEqual([]);
  expect(await readTitles(archive)).toEqual(['#7 Gamma']);
});

test.each([
  ['an issue', 'number', ['#1 Alpha, Beta']],
  ['a revision', 'revision', ['#1 Alpha, Beta', '#2 Alpha, Beta']],
] as const)(
  'readKnown forgets %s that was taken out of the database',
  async (_what, column, left) => {
    const { database, reader } = makeTempDatabase();
    const archive = makeArchive(database, reader);
    for (const number of [1, 2]) await archive.save(makeIssue({ number }), OPTIONS);
    await archive.save(makeIssue({ number: 2, papers: ['Gamma'] }), OPTIONS);
    await readKnown(archive);

    await database.deleteFrom('issues').where(column, '=', 2).execute();

    expect(await readTitles(archive)).toEqual(left);
  },
);
