import { expect, test } from 'vitest';
import { correctNamed } from '../../../src/desk/approval/correct-named.ts';
import { holdItems } from '../../../src/desk/approval/hold-items.ts';
import { postNamed } from '../../../src/desk/approval/post-named.ts';
import { makeIssue } from '../../support/make-issue.ts';
import { FOLDER, type TestDesk } from '../../support/make-test-desk.ts';
import { as, importIt, makeAsking, PAPERS, standings } from './asking-desk.ts';

const ALPHA = { paper: 'alpha' };

/** Alpha and Beta are posted, and have other words since, which nobody has looked at. */
async function makePosted(): Promise<TestDesk> {
  const desk = await makeAsking();
  for (const paper of ['alpha', 'beta']) await postNamed(desk, '7', { paper });
  while ((await desk.courier.deliverNext([FOLDER.key])) !== undefined);
  await importIt(desk, makeIssue({ papers: PAPERS, text: 'Nobody has seen this.' }));
  return desk;
}

test('who corrects with the newest words has approved them, and that is written down', async () => {
  const desk = await makePosted();

  const { acted, approved } = await correctNamed(as(desk, 'ada'), '7', ALPHA);

  expect(acted).toMatchObject([{ outcome: 'done' }]);
  expect(approved.map(({ item }) => item)).toEqual(['paper/alpha']);
  expect(await standings(desk)).toMatchObject({ 'paper/alpha': 'ready', 'paper/beta': 'waits' });
  expect((await desk.verdicts.read(7)).decisions.slice(-2)).toMatchObject([
    { verb: 'approve', actor: 'ada', item: 'paper/alpha' },
    { verb: 'correct', actor: 'ada', item: 'paper/alpha' },
  ]);
});

test('what an editor holds is not corrected: refused by name, left out of a whole issue', async () => {
  const desk = await makePosted();
  await holdItems(as(desk, 'bo'), '7', ALPHA);

  await expect(correctNamed(desk, '7', ALPHA)).rejects.toMatchObject({
    code: 'item.held',
    message: expect.stringContaining('bo holds it'),
    remedy: 'Release it first: paperboy release 7 --paper alpha',
  });
  const { acted, held } = await correctNamed(desk, '7', {});

  expect(acted.map(({ delivery }) => delivery.item)).toEqual(['paper/beta']);
  expect(held.map(({ item }) => item)).toEqual(['paper/alpha']);
  expect(await standings(desk)).toMatchObject({ 'paper/alpha': 'held' });
});

test('who corrects with other words than they have seen is refused', async () => {
  const desk = await makePosted();

  const late = correctNamed(desk, '7', ALPHA, { revision: 1 });

  await expect(late).rejects.toMatchObject({ code: 'issue.changed' });
  expect(await desk.outbox.list({ issue: 7, states: ['planned'] })).toEqual([]);
});

test('what is in place as it should be is neither approved nor written down', async () => {
  const desk = await makeAsking();
  await postNamed(desk, '7', ALPHA);
  while ((await desk.courier.deliverNext([FOLDER.key])) !== undefined);
  const before = (await desk.verdicts.read(7)).decisions.length;

  const { acted } = await correctNamed(desk, '7', ALPHA);

  expect(acted).toMatchObject([{ outcome: 'already' }]);
  expect((await desk.verdicts.read(7)).decisions).toHaveLength(before);
});
