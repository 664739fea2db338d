import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planSlots } from '../../../src/desk/plan/plan-slots.ts';
import { type PlanEntry, readPlan } from '../../../src/desk/plan/read-plan.ts';
import { queuePost } from '../../../src/desk/post.ts';
import { retryDestination } from '../../../src/desk/retry.ts';
import { ON_TIME_MS } from '../../../src/schedule/judge-slots.ts';
import type { Programme } from '../../../src/schedule/programme.ts';
import { makeFakeClock } from '../../support/fake-clock.ts';
import { makeFakePlatform, WORKS } from '../../support/fake-platform.ts';
import { makeIssue } from '../../support/make-issue.ts';
import {
  BLUESKY,
  FOLDER,
  keep,
  makeTestDesk,
  type TestDesk,
} from '../../support/make-test-desk.ts';
import { makeTempDatabase } from '../../support/temp-database.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const PAPERS = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta', 'Eta', 'Theta'];

async function deliver(desk: TestDesk): Promise<void> {
  while ((await desk.courier.deliverNext([BLUESKY.key, FOLDER.key])) !== undefined);
}

const tell = ({ at, item }: Pick<PlanEntry, 'at' | 'item'>): string =>
  `${at.toISOString().slice(0, 16)} ${item}`;

/** What the plan says that the clock will post. */
async function draw(desk: TestDesk, until: Date): Promise<string[]> {
  const { entries } = await readPlan(desk, until);
  return entries.filter(({ delivery }) => delivery === undefined).map(tell);
}

/** What the clock posts from now on, which looks every five minutes. */
async function run(desk: TestDesk, until: Date): Promise<string[]> {
  const posted: string[] = [];
  for (; desk.clock.now() <= until; desk.clock.advance(5 * MINUTE_MS)) {
    await deliver(desk);
    const now = desk.clock.now();
    for (const { slot, delivery } of (await planSlots(desk)).planned) {
      const isLate = now.getTime() - slot.at.getTime() > ON_TIME_MS;
      if (delivery !== undefined) posted.push(tell({ at: isLate ? now : slot.at, ...delivery }));
    }
    await deliver(desk);
  }
  return posted;
}

const programmes: fc.Arbitrary<Partial<Programme>> = fc.record({
  crons: fc.record({
    digest: fc.constantFrom([], ['0 18 * * *'], ['0 10 * * 2']),
    news: fc.constant([]),
    papers: fc.constantFrom(['0 9 * * *'], ['0 8-20/3 * * *'], ['0,20,40 9 * * *']),
  }),
  gapMs: fc.constantFrom(0, 30, 180).map((minutes) => minutes * MINUTE_MS),
  blackouts: fc.constantFrom([], [{ weekday: 2 }], [{ from: '2026-11-24', to: '2026-11-25' }]),
  missed: fc.constantFrom('catch-up', 'skip'),
});

const scene = fc.record({
  programme: programmes,
  isLive: fc.boolean(),
  isFirst: fc.boolean(),
  /** In steps of five minutes. */
  downFor: fc.integer({ min: 0, max: 576 }),
  queuedIn: fc.array(fc.integer({ min: 1, max: 576 }), { maxLength: 2 }),
  isPaused: fc.boolean(),
});

/** Started again five minutes after a slot, with others missed before it. */
const BESIDE_A_SLOT = {
  programme: {
    crons: { digest: [], news: [], papers: ['0,20,40 9 * * *'] },
    gapMs: 0,
    blackouts: [],
    missed: 'catch-up' as const,
  },
  isLive: false,
  isFirst: false,
  downFor: 573,
  queuedIn: [],
  isPaused: false,
};

test('what is drawn is what happens: after downtime, beside what is queued, and when a pause is over', async () => {
  await fc.assert(
    fc.asyncProperty(scene, async ({ programme, isLive, isFirst, downFor, queuedIn, isPaused }) => {
      const place = isLive ? BLUESKY : FOLDER;
      const fate = { isClosed: false };
      const desk = makeTestDesk(makeTempDatabase(), {
        clock: makeFakeClock('2026-11-23T09:00:00.000Z'),
        scheduled: [place],
        programme,
        publisher: makeFakePlatform().makePublisher({
          find: () => 'answers',
          publish: () => (fate.isClosed ? { kind: 'is closed', posts: 0 } : WORKS),
        }),
      });
      await keep(desk, makeIssue({ papers: PAPERS }));
      if (!isFirst) {
        await planSlots(desk);
        await deliver(desk);
      }
      if (isPaused) {
        fate.isClosed = true;
        await queuePost(desk, '7', { paper: 'theta', to: place.name });
        await deliver(desk);
      }
      desk.clock.advance(downFor * 5 * MINUTE_MS);
      for (const [index, steps] of queuedIn.entries()) {
        const at = new Date(desk.clock.now().getTime() + steps * 5 * MINUTE_MS);
        const paper = ['eta', 'zeta'][index];
        if (paper !== undefined) await queuePost(desk, '7', { paper, to: place.name, at });
      }
      if (isPaused) {
        await planSlots(desk);
        fate.isClosed = false;
        await retryDestination(desk, place);
        await deliver(desk);
      }
      const until = new Date(desk.clock.now().getTime() + 3 * DAY_MS);

      const drawn = await draw(desk, until);
      const posted = await run(desk, until);

      // What one turn takes is told by the times of its slots, whichever of them went first.
      expect(posted.toSorted()).toEqual(drawn.toSorted());
    }),
    { numRuns: 15, examples: [[BESIDE_A_SLOT]] },
  );
}, 240_000);

test('what was missed is drawn as one post now, and all else follows from it', async () => {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY] });
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'] }));
  await planSlots(desk);
  desk.clock.advance(2 * DAY_MS);

  const { entries } = await readPlan(desk);

  expect(entries).toMatchObject([
    { item: 'paper/alpha', at: desk.clock.now(), isCatchUp: true },
    { item: 'paper/beta', at: new Date('2026-11-26T08:00Z') },
  ]);
  expect(entries[1]).not.toHaveProperty('isCatchUp');
});

test('on a blackout day what was missed is drawn when the day is over', async () => {
  const blackouts = [{ from: '2026-11-25', to: '2026-11-25' }];
  const programme = { blackouts };
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY], programme });
  await keep(desk, makeIssue({ papers: ['Alpha'] }));
  await planSlots(desk);
  desk.clock.advance(2 * DAY_MS);

  const { entries } = await readPlan(desk);

  expect(entries).toMatchObject([{ at: new Date('2026-11-25T23:00Z'), isCatchUp: true }]);
});

test('a post of an old issue that is queued keeps the papers away', async () => {
  const desk = makeTestDesk(makeTempDatabase(), {
    scheduled: [BLUESKY],
    programme: { gapMs: HOUR_MS },
  });
  await keep(desk, {
    ...makeIssue({ number: 3 }),
    period: { start: '2026-01-05', end: '2026-01-11' },
  });
  await keep(desk, makeIssue({ number: 7, papers: ['Alpha'] }));
  await planSlots(desk);
  const at = new Date('2026-11-24T07:30Z');
  await queuePost(desk, '3', { paper: 'beta', to: 'bluesky', at });

  const drawn = await draw(desk, new Date('2026-11-26T12:00Z'));
  const posted = await run(desk, new Date('2026-11-26T12:00Z'));

  expect(drawn).toEqual(['2026-11-25T08:00 paper/alpha']);
  expect(posted).toEqual(drawn);
});

test('a paused place is told, and its entries are marked', async () => {
  const desk = makeTestDesk(makeTempDatabase(), {
    scheduled: [BLUESKY],
    publisher: makeFakePlatform().makePublisher({
      find: () => 'answers',
      publish: () => ({ kind: 'is closed', posts: 0 }),
    }),
  });
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'] }));
  await queuePost(desk, '7', { paper: 'alpha' });
  await deliver(desk);

  const { entries, pauses } = await readPlan(desk);

  expect(pauses).toMatchObject([{ destination: BLUESKY, pause: { destination: BLUESKY.key } }]);
  expect(entries).toMatchObject([{ item: 'paper/beta', isPaused: true }]);
});
