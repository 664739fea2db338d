import fc from 'fast-check';
import { expect, test } from 'vitest';
import { approve } from '../../../src/desk/approval/approve.ts';
import { approveSilent } from '../../../src/desk/approval/approve-silent.ts';
import { propose } from '../../../src/desk/approval/propose.ts';
import { planSlots } from '../../../src/desk/plan/plan-slots.ts';
import { type PlanEntry, readPlan } from '../../../src/desk/plan/read-plan.ts';
import { ON_TIME_MS } from '../../../src/schedule/judge-slots.ts';
import { makeIssue } from '../../support/make-issue.ts';
import {
  BLUESKY,
  FOLDER,
  keep,
  makeTestDesk,
  type TestDesk,
} from '../../support/make-test-desk.ts';
import { makeTempDatabase } from '../../support/temp-database.ts';

/** Every slot and every end of a silence here is at one. */
const HALF_HOUR_MS = 30 * 60_000;
const HOUR_MS = 2 * HALF_HOUR_MS;
const DAY_MS = 24 * HOUR_MS;
const PAPERS = ['Alpha', 'Beta', 'Gamma', 'Delta'];
const ALWAYS = { kind: 'always' } as const;

const tell = ({ at, item }: Pick<PlanEntry, 'at' | 'item'>): string =>
  `${at.toISOString().slice(0, 16)} ${item}`;

/** What the clock does each minute, in its order; what it posts, and when. */
async function tick(desk: TestDesk): Promise<string[]> {
  await approveSilent(desk, await propose(desk, false));
  const now = desk.clock.now();
  const { planned } = await planSlots(desk);
  const keys = desk.destinations.map(({ key }) => key);
  while ((await desk.courier.deliverNext(keys)) !== undefined);
  return planned.flatMap(({ slot, delivery }) => {
    const isLate = now.getTime() - slot.at.getTime() > ON_TIME_MS;
    return delivery === undefined ? [] : [tell({ at: isLate ? now : slot.at, ...delivery })];
  });
}

async function run(desk: TestDesk, until: Date): Promise<string[]> {
  const posted: string[] = [];
  for (; desk.clock.now() <= until; desk.clock.advance(HALF_HOUR_MS)) {
    posted.push(...(await tick(desk)));
  }
  return posted;
}

test('what approves itself is drawn where it goes out if nobody does anything, after a downtime as well', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        hours: fc.integer({ min: 1, max: 60 }),
        downHours: fc.integer({ min: 0, max: 70 }),
        papers: fc.constantFrom('0 9 * * *', '30 8-20/4 * * *'),
        digest: fc.constantFrom([], ['0 18 * * *']),
        blackouts: fc.constantFrom([], [{ weekday: 3 }]),
        isBegun: fc.boolean(),
      }),
      async ({ hours, downHours, papers, digest, blackouts, isBegun }) => {
        const crons = { digest, news: [], papers: [papers] };
        const desk = makeTestDesk(makeTempDatabase(), {
          scheduled: [BLUESKY],
          programme: { crons, blackouts },
          approval: { kind: 'after', hours },
        });
        await keep(desk, makeIssue({ papers: PAPERS }));
        // Where it never ran, editors are asked as it is started: now.
        if (isBegun) await tick(desk);
        if (isBegun) desk.clock.advance(downHours * HOUR_MS);
        const until = new Date(desk.clock.now().getTime() + 4 * DAY_MS);

        const { entries } = await readPlan(desk, until);
        const posted = await run(desk, until);

        expect(posted.toSorted()).toEqual(entries.map(tell).toSorted());
      },
    ),
    { numRuns: 15 },
  );
}, 240_000);

test('what is approved is drawn as it goes if nobody does anything, and where it would be otherwise', async () => {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY], approval: ALWAYS });
  await keep(desk, makeIssue({ papers: PAPERS }));
  await tick(desk);
  await approve(desk, '7', { items: ['paper/gamma'] });

  const { entries } = await readPlan(desk);
  const posted = await run(desk, new Date('2026-11-26T12:00Z'));

  expect(entries.map(tell)).toEqual([
    '2026-11-24T08:00 paper/gamma',
    '2026-11-24T08:00 paper/alpha',
    '2026-11-25T08:00 paper/beta',
    '2026-11-27T08:00 paper/delta',
  ]);
  expect(entries.map(({ otherwise }) => otherwise)).toEqual([
    ...[{ at: new Date('2026-11-26T08:00Z') }, undefined, undefined, undefined],
  ]);
  expect(posted).toEqual(['2026-11-24T08:00 paper/gamma']);
});

test('what is approved behind more than the plan has room for is in the plan all the same', async () => {
  const programme = { crons: { digest: [], news: [], papers: ['0 9 * * 1'] } };
  const parts = { scheduled: [BLUESKY], programme, approval: ALWAYS };
  const desk = makeTestDesk(makeTempDatabase(), parts);
  await keep(desk, makeIssue({ papers: [...PAPERS, 'Epsilon', 'Zeta'] }));
  await tick(desk);
  await approve(desk, '7', { items: ['paper/zeta'] });

  const { entries, left } = await readPlan(desk);

  expect(entries[0]).toMatchObject({ item: 'paper/zeta', otherwise: { at: undefined } });
  expect(left.map(({ candidate }) => candidate.item)).toEqual(['paper/epsilon']);
  expect(await run(desk, new Date('2026-11-30T12:00Z'))).toEqual(['2026-11-30T08:00 paper/zeta']);
});

test('a folder whose first start is on a blackout day begins with the issue of that day, whatever changes meanwhile', async () => {
  const programme = { blackouts: [{ from: '2026-11-23', to: '2026-11-23' }] };
  const database = makeTempDatabase();
  const before = makeTestDesk(database, { scheduled: [FOLDER], programme });
  const desk = makeTestDesk(database, {
    scheduled: [FOLDER],
    clock: before.clock,
    programme: {
      ...programme,
      missed: 'skip',
      crons: { digest: ['0 18 * * 5'], news: [], papers: ['0 9 * * *', '30 19 * * *'] },
    },
  });
  const onDay = async (number: number): Promise<void> => {
    const day = desk.clock.now().toISOString().slice(0, 10);
    const issue = makeIssue({ number, papers: [`P${number}`] });
    await keep(desk, { ...issue, period: { start: day, end: day } });
  };
  await onDay(7);
  expect(await tick(before)).toEqual([]);
  await onDay(8);
  expect(await tick(desk)).toEqual([]);
  desk.clock.advance(DAY_MS - 2 * HOUR_MS);

  const posted = await run(desk, new Date('2026-11-25T12:00Z'));

  // The day's slot is made up for, as at any first start.
  expect(posted).toEqual(['2026-11-24T07:00 paper/p7', '2026-11-24T08:00 paper/p8']);
});
