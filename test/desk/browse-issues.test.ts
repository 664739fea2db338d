import { expect, test } from 'vitest';
import { markSamples } from '../../src/archive/mark-samples.ts';
import { findNeighbours, readIssue, suggestIssues } from '../../src/desk/browse-issues.ts';
import { countArchive } from '../../src/desk/count-archive.ts';
import { makeBotDesk, makeSampleDesk } from '../commands/bot-desk.ts';
import { makeIssue } from '../support/make-issue.ts';

test('samples are shown while there is no real issue, and never beside one', async () => {
  const desk = await makeSampleDesk();
  const look = async (): Promise<unknown> => ({
    counted: await countArchive(desk),
    suggested: (await suggestIssues(desk, '', 25)).map(({ number }) => number),
    neighbours: await findNeighbours(desk, 50),
    newer: (await readIssue(desk, { from: 50, to: 'newer' }))?.number,
    sample: (await readIssue(desk, { from: 93, to: 'itself' }))?.number,
  });
  const before = await look();
  await desk.keep([makeIssue({ number: 50 })]);

  expect(before).toMatchObject({
    counted: { issues: 2, newest: 102 },
    suggested: [102, 93],
    neighbours: { hasOlder: false, hasNewer: true },
    newer: 93,
    sample: 93,
  });
  expect(await look()).toMatchObject({
    counted: { issues: 1, newest: 50 },
    suggested: [50],
    neighbours: { hasOlder: false, hasNewer: false },
    newer: undefined,
    sample: undefined,
  });
});

test('an empty archive has nothing on either side', async () => {
  expect(await findNeighbours(makeBotDesk(), 50)).toEqual({ hasOlder: false, hasNewer: false });
});

test('a sample says that it is one, and a real issue says nothing', async () => {
  const desk = await makeSampleDesk();
  const shown = async (): Promise<string | undefined> =>
    (await markSamples(desk.archive).readLatestApproved())?.issue.title;
  const sample = await shown();
  await desk.keep([makeIssue({ number: 50, title: 'Small steps' })]);

  expect(sample).toMatch(/ \(sample\)$/);
  expect(await shown()).toBe('Small steps');
});
