import { expect, test } from 'vitest';
import { approve } from '../../../src/desk/approval/approve.ts';
import { holdItems, releaseItems } from '../../../src/desk/approval/hold-items.ts';
import type { Approval } from '../../../src/desk/approval/judge-item.ts';
import { planSlots } from '../../../src/desk/plan/plan-slots.ts';
import { makeIssue } from '../../support/make-issue.ts';
import { BLUESKY, type TestDesk } from '../../support/make-test-desk.ts';
import { as, HOUR_MS, importIt, makeAsking, PAPERS } from '../approval/asking-desk.ts';

const DAY_MS = 24 * HOUR_MS;
const RULES: readonly Approval[] = [
  { kind: 'never' },
  { kind: 'always' },
  { kind: 'after', hours: 12 },
];

/** A desk at which a slot has come, and everything is approved. */
async function makeReady(approval: Approval): Promise<TestDesk> {
  const desk = await makeAsking({ scheduled: [BLUESKY], approval });
  await planSlots(desk);
  await approve(desk, '7', {});
  desk.clock.advance(DAY_MS);
  return desk;
}

/** The desk of a planner that somebody is quicker than: it has read everything, and takes its slots then. */
function makeSlow(desk: TestDesk, act: () => Promise<unknown>): TestDesk {
  const { outbox } = desk;
  const takeSlots: typeof outbox.takeSlots = async (...request) => {
    await act();
    return outbox.takeSlots(...request);
  };
  return { ...desk, outbox: { ...outbox, takeSlots } };
}

const plan = async (desk: TestDesk): Promise<(string | undefined)[]> =>
  (await planSlots(desk)).planned.map(({ delivery }) => delivery?.item);

test.each(RULES)('what is held while a slot is planned is not posted ($kind)', async (approval) => {
  const desk = await makeReady(approval);
  const before = await desk.outbox.readLanes(BLUESKY.key);

  const first = await plan(
    makeSlow(desk, () => holdItems(as(desk, 'ada'), '7', { paper: 'alpha' })),
  );
  const marks = await desk.outbox.readLanes(BLUESKY.key);
  desk.clock.advance(60_000);
  const second = await plan(desk);

  expect(first).toEqual([]);
  expect(marks).toEqual(before);
  expect(second).toEqual(['paper/beta']);
  expect((await desk.outbox.list()).map(({ item }) => item)).toEqual(['paper/beta']);
});

test('of words that were approved while a slot is planned the old ones are not posted', async () => {
  const desk = await makeReady({ kind: 'always' });
  const slow = makeSlow(desk, async () => {
    await importIt(desk, makeIssue({ papers: PAPERS, text: 'It was corrected.' }));
    await approve(as(desk, 'ada'), '7', {});
  });

  const first = await plan(slow);
  desk.clock.advance(60_000);
  const second = await plan(desk);

  expect(first).toEqual([]);
  expect(second).toEqual(['paper/alpha']);
  expect(await desk.outbox.list()).toMatchObject([{ item: 'paper/alpha', revision: 2 }]);
});

test('what was held and let go again while a slot is planned is posted', async () => {
  const desk = await makeReady({ kind: 'always' });
  const slow = makeSlow(desk, async () => {
    await holdItems(desk, '7', { paper: 'alpha' });
    await releaseItems(desk, '7', { paper: 'alpha' });
  });

  expect(await plan(slow)).toEqual(['paper/alpha']);
});
