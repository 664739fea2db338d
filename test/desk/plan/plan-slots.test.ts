import { expect, test } from 'vitest';
import { planSlots } from '../../../src/desk/plan/plan-slots.ts';
import { queuePost } from '../../../src/desk/post.ts';
import { retryDestination } from '../../../src/desk/retry.ts';
import { makeFakePlatform, WORKS } from '../../support/fake-platform.ts';
import { makeIssue } from '../../support/make-issue.ts';
import {
  BLUESKY,
  DISCORD,
  FOLDER,
  keep,
  makeTestDesk,
  type TestDesk,
} from '../../support/make-test-desk.ts';
import { makeTempDatabase } from '../../support/temp-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** The slot of the morning on which the tests' clock stands. */
const TODAY = new Date('2026-11-23T08:00:00.000Z');

/** Sends all that is in line. */
async function deliver(desk: TestDesk): Promise<void> {
  const keys = desk.destinations.map(({ key }) => key);
  while ((await desk.courier.deliverNext(keys)) !== undefined);
}

async function plan(desk: TestDesk): Promise<string[]> {
  const { planned } = await planSlots(desk);
  await deliver(desk);
  return planned.map(
    ({ destination, delivery }) => `${destination.name}: ${delivery?.item ?? 'nothing'}`,
  );
}

async function list(desk: TestDesk): Promise<string[]> {
  const deliveries = await desk.outbox.list();
  return deliveries
    .map(({ destination, item, revision }) => `${destination} ${item} r${revision}`)
    .sort();
}

test('the first start with a folder posts one paper, due at the slot that was', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'] }), true);

  const { planned } = await planSlots(desk);
  const { planned: again } = await planSlots(desk);

  expect(planned).toMatchObject([
    {
      destination: FOLDER,
      slot: { lane: 'papers', at: TODAY },
      delivery: { item: 'paper/alpha', dueAt: TODAY },
    },
  ]);
  expect(again).toEqual([]);
  expect(await list(desk)).toEqual(['folder paper/alpha r1']);
});

test('a live destination begins with its next slot', async () => {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY, DISCORD] });
  await keep(desk, makeIssue());

  const first = await plan(desk);
  desk.clock.advance(DAY_MS - 1 - 60 * 60 * 1000);
  const before = await plan(desk);
  desk.clock.advance(1);
  const next = await plan(desk);

  expect(first).toEqual([]);
  expect(before).toEqual([]);
  expect(next).toEqual(['bluesky: paper/alpha', 'discord: paper/alpha']);
});

test('the drafts that are queued are written for the platform of the destination', async () => {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [FOLDER, DISCORD] });
  await keep(desk, makeIssue());
  await plan(desk);
  desk.clock.advance(DAY_MS);

  await planSlots(desk);

  const platforms = (await desk.outbox.list()).map(
    ({ destination, draft }) => `${destination}: ${draft.platform}`,
  );
  expect(platforms.sort()).toEqual(['discord/1234: discord', 'folder: bluesky', 'folder: bluesky']);
});

test('the slots of a week in which nothing ran are caught up once', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'] }));
  await plan(desk);
  desk.clock.advance(7 * DAY_MS);

  const { planned } = await planSlots(desk);
  const { planned: again } = await planSlots(desk);

  expect(planned).toMatchObject([
    {
      slot: { at: new Date(TODAY.getTime() + 7 * DAY_MS) },
      delivery: { item: 'paper/beta', dueAt: new Date(TODAY.getTime() + 7 * DAY_MS) },
    },
  ]);
  expect(again).toEqual([]);
  expect(await list(desk)).toHaveLength(2);
});

test('papers go out in the order of the issue, then the slots stay empty', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  await keep(desk, makeIssue({ papers: ['Zeta', 'Alpha', 'Mu'] }));

  const planned: string[] = [];
  for (let day = 0; day < 5; day += 1) {
    planned.push(...(await plan(desk)));
    desk.clock.advance(DAY_MS);
  }

  expect(planned).toEqual([
    'folder: paper/zeta',
    'folder: paper/alpha',
    'folder: paper/mu',
    'folder: nothing',
    'folder: nothing',
  ]);
  expect(await list(desk)).toHaveLength(3);
});

test('a slot that was taken with nothing to post is not filled afterwards', async () => {
  const desk = makeTestDesk(makeTempDatabase());

  const empty = await plan(desk);
  await keep(desk, makeIssue());
  const filled = await plan(desk);
  desk.clock.advance(DAY_MS);
  const next = await plan(desk);

  expect(empty).toEqual(['folder: nothing']);
  expect(filled).toEqual([]);
  expect(next).toEqual(['folder: paper/alpha']);
});

test('desks that plan at the same time queue one paper', async () => {
  const connections = makeTempDatabase();
  const desks = Array.from({ length: 4 }, () => makeTestDesk(connections));
  const [desk] = desks;
  if (desk === undefined) throw new Error('no desk');
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'] }));

  const planned = await Promise.all(desks.map(plan));

  expect(planned.flat()).toEqual(['folder: paper/alpha']);
  expect(await list(desk)).toEqual(['folder paper/alpha r1']);
});

test('desks of two connections that plan one after the other queue one paper', async () => {
  const temp = makeTempDatabase();
  const [one, two] = [makeTestDesk(temp), makeTestDesk(temp.connect())];
  await keep(one, makeIssue());

  const planned = [await plan(one), await plan(two)];

  expect(planned).toEqual([['folder: paper/alpha'], []]);
});

test('a paper that an editor posted is not planned again', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  await keep(desk, makeIssue());
  await queuePost(desk, '7', { paper: 'alpha' });

  const planned = await plan(desk);

  expect(planned).toEqual(['folder: paper/beta']);
});

test('a revision does not post again what was posted under the former one', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'] }));
  await plan(desk);
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'], text: 'It was corrected.' }));
  desk.clock.advance(DAY_MS);

  const planned = await plan(desk);

  expect(planned).toEqual(['folder: paper/beta']);
  expect(await list(desk)).toEqual(['folder paper/alpha r1', 'folder paper/beta r2']);
});

test('what was posted of a sample does not count for the real issue of its number', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  await keep(desk, makeIssue(), true);
  await plan(desk);
  await keep(desk, makeIssue({ text: 'This one is real.' }));
  desk.clock.advance(DAY_MS);

  const planned = await plan(desk);

  expect(planned).toEqual(['folder: paper/alpha']);
  expect(await list(desk)).toEqual(['folder paper/alpha r1', 'folder paper/alpha r2']);
});

test('a sample never goes to a live destination, and its slot is taken all the same', async () => {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [FOLDER, BLUESKY] });
  await keep(desk, makeIssue(), true);
  await plan(desk);
  desk.clock.advance(DAY_MS);

  const planned = await plan(desk);

  expect(planned).toEqual(['folder: paper/beta', 'bluesky: nothing']);
  expect((await list(desk)).every((line) => line.startsWith('folder'))).toBe(true);
});

test('the newest real issue comes before newer samples', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  await keep(desk, makeIssue({ number: 9, papers: ['Sample'] }), true);
  await keep(desk, makeIssue({ number: 3, papers: ['Real'] }));
  await keep(desk, makeIssue({ number: 2, papers: ['Old'] }));

  const planned = await plan(desk);

  expect(planned).toEqual(['folder: paper/real']);
});

test('a schedule that never comes plans nothing', async () => {
  const desk = makeTestDesk(makeTempDatabase(), { cron: '0 9 30W 2 *' });
  await keep(desk, makeIssue());

  const planned = await plan(desk);

  expect(planned).toEqual([]);
  expect(await desk.outbox.readLanes('folder')).toEqual([]);
});

test('a changed schedule posts nothing at a slot that it would have had', async () => {
  const temp = makeTempDatabase();
  const before = makeTestDesk(temp, { scheduled: [BLUESKY, FOLDER] });
  await keep(before, makeIssue());
  await planSlots(before);
  before.clock.set('2026-11-24T10:00:00.000Z');
  const { planned: daily } = await planSlots(before);
  const after = makeTestDesk(temp, {
    scheduled: [BLUESKY],
    clock: before.clock,
    cron: '30 10 * * *',
  });

  const { planned: atOnce } = await planSlots(after);
  before.clock.set('2026-11-25T10:00:00.000Z');
  const { planned: nextDay } = await planSlots(after);

  expect(daily.map(({ destination }) => destination.name)).toEqual(['bluesky', 'folder']);
  expect(atOnce).toEqual([]);
  expect(nextDay).toHaveLength(1);
});

test('what a person holds, has cancelled or taken back is passed over by the clock', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'] }));
  const by = { actor: 'editor', now: desk.clock.now() };
  const at = new Date(TODAY.getTime() + DAY_MS);
  const [alpha] = await queuePost(desk, '7', { paper: 'alpha', at });
  const [beta] = await queuePost(desk, '7', { paper: 'beta', at });
  await desk.outbox.hold(alpha?.delivery.id ?? '', by);
  await desk.outbox.cancel(beta?.delivery.id ?? '', by);

  const planned = await plan(desk);

  expect(planned).toEqual(['folder: paper/gamma']);
});

test('what a platform that is down did not take comes one by one, and not in a burst', async () => {
  const desk = makeTestDesk(makeTempDatabase(), { cron: '0 * * * *' });
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'] }));
  await plan(desk);
  desk.clock.advance(60 * 60 * 1000);
  await planSlots(desk);

  const down: string[] = [];
  for (let hour = 0; hour < 24; hour += 1) {
    desk.clock.advance(60 * 60 * 1000);
    for (const { delivery } of (await planSlots(desk)).planned)
      down.push(delivery?.item ?? 'nothing');
  }
  const waited = await desk.outbox.list({ states: ['planned'] });
  await deliver(desk);
  desk.clock.advance(60 * 60 * 1000);
  const { planned: after } = await planSlots(desk);

  expect(new Set(down)).toEqual(new Set(['nothing']));
  expect(waited.map(({ item }) => item)).toEqual(['paper/beta']);
  expect(after).toMatchObject([{ delivery: { item: 'paper/gamma' } }]);
  expect(await desk.outbox.list()).toHaveLength(3);
});

test('a paused place gets what was blocked when a person has acted, and the rest at its slots', async () => {
  const fate = { isClosed: true };
  const desk = makeTestDesk(makeTempDatabase(), {
    scheduled: [BLUESKY],
    programme: { crons: { digest: ['0 12 * * *'], news: [], papers: ['0 * * * *'] } },
    publisher: makeFakePlatform().makePublisher({
      find: () => 'answers',
      publish: () => (fate.isClosed ? { kind: 'is closed', posts: 0 } : WORKS),
    }),
  });
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta', 'Gamma', 'Delta'] }));
  await plan(desk);
  desk.clock.advance(60 * 60 * 1000);
  const blocked = await plan(desk);

  const paused: string[] = [];
  for (let hour = 0; hour < 26; hour += 1) {
    desk.clock.advance(60 * 60 * 1000);
    paused.push(...(await plan(desk)));
  }
  const lanes = await desk.outbox.readLanes(BLUESKY.key);
  fate.isClosed = false;
  await retryDestination(desk, BLUESKY);
  await deliver(desk);
  const sent = await desk.outbox.list({ states: ['sent'] });
  desk.clock.advance(60 * 60 * 1000);
  const next = await plan(desk);

  expect(blocked).toEqual(['bluesky: paper/alpha']);
  expect(new Set(paused)).toEqual(new Set(['bluesky: nothing']));
  expect(lanes.filter(({ isOpen }) => isOpen).map(({ lane }) => lane)).toEqual(['digest']);
  expect(sent.map(({ item }) => item)).toEqual(['paper/alpha']);
  expect(next).toEqual(['bluesky: digest']);
});

test('a place whose posts cannot be written leaves the others alone, and its slot comes again', async () => {
  const broken = { is: true };
  const made = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY, DISCORD] });
  const desk: TestDesk = {
    ...made,
    format: (name) => {
      if (broken.is && name === 'bluesky') throw new Error('no words for it');
      return made.format(name);
    },
  };
  await keep(desk, makeIssue());
  await plan(desk);
  desk.clock.set('2026-11-24T08:00:00.000Z');

  const first = await planSlots(desk);
  broken.is = false;
  desk.clock.advance(60_000);
  const second = await planSlots(desk);

  expect(first.planned.map(({ destination }) => destination.name)).toEqual(['discord']);
  expect(first.failures).toMatchObject([
    { destination: BLUESKY, error: new Error('no words for it') },
  ]);
  expect(second).toMatchObject({
    planned: [{ destination: BLUESKY, delivery: { item: 'paper/alpha' } }],
    failures: [],
  });
});
