import { expect, test } from 'vitest';
import { planSlots } from '../../../src/desk/plan/plan-slots.ts';
import { readPlan } from '../../../src/desk/plan/read-plan.ts';
import type { Programme } from '../../../src/schedule/programme.ts';
import { makeIssue } from '../../support/make-issue.ts';
import {
  BLUESKY,
  DISCORD,
  keep,
  makeProgramme,
  makeTestDesk,
  type TestDesk,
} from '../../support/make-test-desk.ts';
import { makeTempDatabase } from '../../support/temp-database.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const PAPERS = makeProgramme().crons;
const WITH_DIGEST = { ...PAPERS, digest: ['0 8 * * 1'] };
const DIGEST = { ...WITH_DIGEST, papers: [] };

/** A desk that is started anew from time to time, with other settings. */
function makeStarts(): (crons: Programme['crons'], scheduled?: TestDesk['scheduled']) => TestDesk {
  const database = makeTempDatabase();
  const { clock } = makeTestDesk(database);
  return (crons, scheduled = [BLUESKY]) =>
    makeTestDesk(database, { clock, scheduled, programme: { crons } });
}

/** An issue that is news now, with one paper. */
async function keepNews(desk: TestDesk, number: number): Promise<void> {
  const end = desk.clock.now().toISOString().slice(0, 10);
  await keep(desk, {
    ...makeIssue({ number, papers: [`P${number}`] }),
    period: { start: end, end },
  });
}

async function plan(desk: TestDesk): Promise<string[]> {
  const { planned, failures } = await planSlots(desk);
  expect(failures).toEqual([]);
  const keys = desk.destinations.map(({ key }) => key);
  while ((await desk.courier.deliverNext(keys)) !== undefined);
  return planned.flatMap(({ delivery }) =>
    delivery === undefined ? [] : [`${delivery.issue} ${delivery.item}`],
  );
}

/** What the clock posts in some days, and the issues that come at the end of each week. */
async function live(
  desk: TestDesk,
  days: number,
  issues: readonly number[] = [],
): Promise<string[]> {
  const posted: string[] = [];
  for (let day = 1; day <= days; day += 1) {
    desk.clock.advance(DAY_MS);
    posted.push(...(await plan(desk)));
    const number = day % 7 === 0 ? issues[day / 7 - 1] : undefined;
    if (number !== undefined) await keepNews(desk, number);
  }
  return posted;
}

test('a digest that is added later begins with the newest issue, and so does its plan', async () => {
  const start = makeStarts();
  const before = start(PAPERS);
  await keepNews(before, 7);
  await plan(before);
  await live(before, 35, [8, 9, 10, 11, 12]);

  const after = start(WITH_DIGEST);
  const atOnce = await plan(after);
  const { entries, left } = await readPlan(after);
  const posted = await live(after, 14, [13]);

  const isDigest = (one: string): boolean => one.endsWith('digest');
  expect(atOnce).toEqual([]);
  expect(entries.map(({ issue, item }) => `${issue} ${item}`)).toEqual([
    '12 paper/p12',
    '12 digest',
  ]);
  expect(left).toEqual([]);
  expect(posted.filter(isDigest)).toEqual(['12 digest', '13 digest']);
  expect(await after.outbox.readLanes(BLUESKY.key)).toMatchObject([
    { lane: 'digest', sinceIssue: 12 },
    { lane: 'papers', sinceIssue: 7 },
  ]);
});

test('papers that are added later begin with the newest issue', async () => {
  const start = makeStarts();
  const before = start(DIGEST);
  await keepNews(before, 7);
  await plan(before);
  await live(before, 14, [8, 9]);

  const after = start(WITH_DIGEST);
  await plan(after);
  const posted = await live(after, 3);

  expect(posted.filter((one) => one.includes('paper/'))).toEqual(['9 paper/p9']);
});

test('what was there before goes on where it was when another lane is added', async () => {
  const start = makeStarts();
  const before = start(PAPERS);
  for (const number of [7, 8, 9]) await keepNews(before, number);
  await keep(before, { ...makeIssue({ number: 9, papers: ['P9', 'Q9'] }) });
  await plan(before);
  await keepNews(before, 10);
  await keepNews(before, 11);

  const after = start(WITH_DIGEST);
  await plan(after);
  const posted = await live(after, 5);

  expect(posted.filter((one) => one.includes('paper/'))).toEqual([
    '9 paper/p9',
    '9 paper/q9',
    '10 paper/p10',
    '11 paper/p11',
  ]);
});

test('a lane that was taken out and is put back begins with its next slot and the newest issue', async () => {
  const start = makeStarts();
  const before = start(WITH_DIGEST);
  await keepNews(before, 7);
  await plan(before);
  await live(before, 8);
  const without = start(PAPERS);
  await plan(without);
  const marks = await without.outbox.readLanes(BLUESKY.key);
  await live(without, 21, [8, 9, 10]);

  const after = start(WITH_DIGEST);
  after.clock.advance(3 * HOUR_MS);
  const atOnce = await plan(after);
  const posted = await live(after, 14);

  expect(marks).toMatchObject([{ lane: 'papers' }]);
  expect(atOnce).toEqual([]);
  expect(posted.filter((one) => one.endsWith('digest'))).toEqual(['10 digest']);
});

test('a digest that found nothing waits for no papers when it is put back', async () => {
  const start = makeStarts();
  const before = start(WITH_DIGEST);
  await plan(before);
  await live(before, 8);
  const open = await before.outbox.readLanes(BLUESKY.key);
  await plan(start(PAPERS));

  const after = start(WITH_DIGEST);
  await keepNews(after, 7);
  await plan(after);
  const posted = await live(after, 7);

  expect(open).toMatchObject([{ lane: 'digest', isOpen: true }, { lane: 'papers' }]);
  expect(posted).toEqual(['7 paper/p7', '7 digest']);
});

test('an account whose variables are missing for a while goes on where it was', async () => {
  const start = makeStarts();
  const before = start(PAPERS, [BLUESKY, DISCORD]);
  for (const number of [7, 8, 9]) await keepNews(before, number);
  await keep(before, makeIssue({ number: 9, papers: ['P9', 'Q9', 'R9'] }));
  await plan(before);
  await live(before, 1);
  const without = start(PAPERS, [DISCORD]);
  const others = without.destinations.filter(({ key }) => key !== BLUESKY.key);
  await live({ ...without, destinations: others }, 3);
  await keepNews(without, 10);

  const after = start(PAPERS, [BLUESKY, DISCORD]);
  const atOnce = await plan(after);
  const next = await live(after, 1);

  expect(atOnce).toEqual(['9 paper/q9']);
  expect(next).toEqual(['9 paper/r9', '10 paper/p10']);
});

test('a place that is no more posted to, and then again, begins with its next slot', async () => {
  const start = makeStarts();
  const before = start(PAPERS, [BLUESKY, DISCORD]);
  await keepNews(before, 7);
  await plan(before);
  await live(before, 1);
  await live(start(PAPERS, [DISCORD]), 3);

  const after = start(PAPERS, [BLUESKY, DISCORD]);
  await keepNews(after, 8);
  const atOnce = await plan(after);
  const marks = await after.outbox.readLanes(BLUESKY.key);
  const next = await live(after, 1);

  expect(atOnce).toEqual([]);
  expect(marks).toMatchObject([{ lane: 'papers', sinceIssue: 8 }]);
  expect(next).toEqual(['8 paper/p8', '8 paper/p8']);
});
