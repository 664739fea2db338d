import { expect, test } from 'vitest';
import { planSlots } from '../../../src/desk/plan/plan-slots.ts';
import { readPlan } from '../../../src/desk/plan/read-plan.ts';
import { makeIssue } from '../../support/make-issue.ts';
import { BLUESKY, keep, makeTestDesk, type TestDesk } from '../../support/make-test-desk.ts';
import { makeTempDatabase } from '../../support/temp-database.ts';

const HOUR_MS = 60 * 60 * 1000;

/** What is posted each morning for some days. */
async function live(desk: TestDesk, days: number): Promise<string[]> {
  const posted: string[] = [];
  for (let hour = 0; hour < days * 24; hour += 1) {
    for (const { slot, delivery } of (await planSlots(desk)).planned) {
      posted.push(`${slot.at.toISOString().slice(0, 16)} ${delivery?.item ?? 'nothing'}`);
    }
    while ((await desk.courier.deliverNext([BLUESKY.key])) !== undefined);
    desk.clock.advance(HOUR_MS);
  }
  return posted;
}

test.each([0, 60])(
  'after the clock was ahead once, the plan is kept from the next slot on (gap: %i minutes)',
  async (gapMinutes) => {
    const desk = makeTestDesk(makeTempDatabase(), {
      scheduled: [BLUESKY],
      programme: { gapMs: gapMinutes * 60_000 },
    });
    await keep(desk, makeIssue({ papers: ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta'] }));
    await live(desk, 2);
    desk.clock.set(new Date('2027-01-10T12:00:00Z'));
    await live(desk, 1);
    desk.clock.set(new Date('2026-12-02T08:30:00Z'));
    const { entries } = await readPlan(desk, new Date('2026-12-03T12:00:00Z'));

    const posted = await live(desk, 3);

    expect(entries.map(({ at, item }) => `${at.toISOString().slice(0, 16)} ${item}`)).toEqual([
      '2026-12-03T08:00 paper/epsilon',
    ]);
    expect(posted).toEqual(['2026-12-03T08:00 paper/epsilon', '2026-12-04T08:00 paper/zeta']);
  },
);

test('a clock that is put back by some minutes takes no slot again', async () => {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY] });
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'] }));
  await planSlots(desk);
  desk.clock.set(new Date('2026-11-24T08:01:00Z'));
  const first = await planSlots(desk);
  desk.clock.set(new Date('2026-11-24T07:55:00Z'));
  await planSlots(desk);
  desk.clock.set(new Date('2026-11-24T08:02:00Z'));

  expect(first.planned).toHaveLength(1);
  expect((await planSlots(desk)).planned).toEqual([]);
});
