import { expect, test } from 'vitest';
import { runPlan } from '../../../src/cli/plan.ts';
import { listPlanned, readPlanned } from '../../../src/desk/plan/list-planned.ts';
import { planSlots } from '../../../src/desk/plan/plan-slots.ts';
import { readPlan } from '../../../src/desk/plan/read-plan.ts';
import { makeTerminal } from '../../cli/terminal.ts';
import { makeIssue } from '../../support/make-issue.ts';
import {
  BLUESKY,
  DISCORD,
  keep,
  makeTestDesk,
  type TestDesk,
} from '../../support/make-test-desk.ts';
import { makeTempDatabase } from '../../support/temp-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST = 201;

/** A place that was planned when the first of so many issues was the newest. */
async function makeBacklog(count: number, rest: 'queue' | 'drop' = 'queue'): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY], programme: { rest } });
  for (let number = FIRST; number < FIRST + count; number += 1) {
    await keep(desk, makeIssue({ number, papers: ['Alpha'] }));
    if (number === FIRST) await planSlots(desk);
  }
  return desk;
}

test('nothing of a backlog that is longer than usual is lost', async () => {
  const desk = await makeBacklog(40);

  const { entries, left } = await readPlan(
    desk,
    new Date(desk.clock.now().getTime() + 50 * DAY_MS),
  );
  const posted: (number | undefined)[] = [];
  for (let day = 0; day < 4; day += 1) {
    desk.clock.advance(DAY_MS);
    posted.push(...(await planSlots(desk)).planned.map(({ delivery }) => delivery?.issue));
    while ((await desk.courier.deliverNext([BLUESKY.key])) !== undefined);
  }

  expect(entries.map(({ issue }) => issue)).toEqual(
    Array.from({ length: 40 }, (_, index) => FIRST + index),
  );
  expect(left).toEqual([]);
  expect(posted).toEqual([201, 202, 203, 204]);
});

test('where nothing is left of the older issues, they are not read', async () => {
  const dropped = await makeBacklog(40, 'drop');
  const queued = await makeBacklog(40);
  const later: TestDesk = { ...queued, scheduled: [DISCORD] };
  const { programme } = queued;
  const crons = { digest: ['0 9 * * *'], news: [], papers: [] };
  const digests: TestDesk = { ...queued, programme: (name) => ({ ...programme(name), crons }) };

  // The second place was never planned, and the digest of the third: they begin with the newest.
  const lists = [];
  for (const desk of [dropped, later, digests]) lists.push(await listPlanned(desk));

  expect(lists.map(({ length }) => length)).toEqual([16, 16, 16]);
});

test('a backlog beyond all bounds is cut, and that is told', async () => {
  const desk = await makeBacklog(125);

  const { issues, cutBefore } = await readPlanned(desk);
  const plan = await readPlan(desk);

  expect(issues).toHaveLength(120);
  expect(cutBefore).toBe(FIRST + 5);
  expect(plan.cutBefore).toBe(FIRST + 5);
  const terminal = makeTerminal(desk);
  await runPlan(terminal.context, {});
  expect(terminal.read()).toContain('the clock does not look at issues before #206');
});
