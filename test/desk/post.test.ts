import { expect, test } from 'vitest';
import { deliverNow } from '../../src/desk/deliver-now.ts';
import { queuePost } from '../../src/desk/post.ts';
import { PaperboyError } from '../../src/kit/errors.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import { makeFakePlatform, type PublishFate, WORKS } from '../support/fake-platform.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, FOLDER, keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const REFUSED: PublishFate = { kind: 'is refused', posts: 0 };
const OFFLINE: PublishFate = { kind: 'is unavailable', posts: 0 };

/** A desk with issue #7 in the archive; publishing meets the fates in turn, then works. */
async function makeDeskWithIssue(
  fates: PublishFate[] = [],
  papers: readonly string[] = ['Zeta', 'Alpha', 'Mu'],
): Promise<TestDesk> {
  const platform = makeFakePlatform();
  const publisher = platform.makePublisher({
    find: () => 'answers',
    publish: () => fates.shift() ?? WORKS,
  });
  const desk = { ...makeTestDesk(makeTempDatabase(), { publisher }), platform };
  await keep(desk, makeIssue({ papers }));
  return desk;
}

async function catchError(run: () => Promise<unknown>): Promise<PaperboyError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof PaperboyError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

async function post(
  desk: TestDesk,
  request: Parameters<typeof queuePost>[2] = {},
): Promise<{ actions: string[]; settled: string[]; states: string[] }> {
  const posted = await queuePost(desk, '#7', request);
  const settled: string[] = [];
  const deliveries = await deliverNow(
    desk,
    posted.map(({ delivery }) => delivery.id),
    { onSettled: ({ item, state }) => settled.push(`${item} ${state}`) },
  );
  return {
    actions: posted.map(({ delivery, action }) => `${delivery.item} ${action}`),
    settled,
    states: deliveries.map(({ state }) => state),
  };
}

test('the papers of an issue go out in its order', async () => {
  const desk = await makeDeskWithIssue();

  const { settled } = await post(desk);

  const inOrder = await Promise.all(
    [...new Set(desk.platform.placed.map(({ delivery }) => delivery))].map((id) =>
      desk.outbox.read(id),
    ),
  );
  expect(settled).toEqual(['paper/zeta sent', 'paper/alpha sent', 'paper/mu sent']);
  expect(inOrder.map((delivery) => delivery?.item)).toEqual([
    'paper/zeta',
    'paper/alpha',
    'paper/mu',
  ]);
});

test('posting twice does not post twice', async () => {
  const desk = await makeDeskWithIssue();
  await post(desk);
  const { length } = desk.platform.placed;

  const again = await post(desk);

  expect(again.actions).toEqual([
    'paper/zeta already there',
    'paper/alpha already there',
    'paper/mu already there',
  ]);
  expect(again.states).toEqual(['sent', 'sent', 'sent']);
  expect(length).toBeGreaterThan(0);
  expect(desk.platform.placed).toHaveLength(length);
});

test('what was refused is put back in line and sent, the rest stays as it is', async () => {
  const desk = await makeDeskWithIssue([WORKS, REFUSED]);

  const first = await post(desk);
  const second = await post(desk);

  expect(first.states).toEqual(['sent', 'refused', 'sent']);
  expect(second.actions).toEqual([
    'paper/zeta already there',
    'paper/alpha requeued',
    'paper/mu already there',
  ]);
  expect(second.states).toEqual(['sent', 'sent', 'sent']);
});

test('what was refused and is posted again for later is due later', async () => {
  const desk = await makeDeskWithIssue([REFUSED], ['Alpha']);
  await post(desk);
  const at = new Date('2026-12-01T08:00:00.000Z');

  const [requeued] = await queuePost(desk, '7', { at });

  expect(requeued).toMatchObject({ action: 'requeued', delivery: { state: 'planned', dueAt: at } });
});

test('a post for later is queued for then, and not delivered now', async () => {
  const desk = await makeDeskWithIssue();
  const at = new Date('2026-12-01T08:00:00.000Z');

  const { states, settled } = await post(desk, { at });

  const due = (await desk.outbox.list()).map(({ dueAt }) => dueAt.getTime() - at.getTime());
  expect(states).toEqual(['planned', 'planned', 'planned']);
  expect(settled).toEqual([]);
  expect(due).toEqual([2, 1, 0]);
  expect(desk.platform.placed).toEqual([]);
});

test('one paper is named by its slug, or by a part of slug or title', async () => {
  const desk = await makeDeskWithIssue([], ['Deep nets', 'Deep nets again', 'Shallow ones']);

  const named = async (paper: string): Promise<string[]> =>
    (await queuePost(desk, 'latest', { paper })).map(({ delivery }) => delivery.item);

  expect(await named('deep-nets')).toEqual(['paper/deep-nets']);
  expect(await named('AGAIN')).toEqual(['paper/deep-nets-again']);
  expect(await named('Shallow o')).toEqual(['paper/shallow-ones']);
});

test.each([
  ['7', { paper: 'deep' }, 'paper.ambiguous', 'deep-nets, deep-nets-again'],
  ['7', { paper: 'tall' }, 'paper.not-found', 'deep-nets, deep-nets-again, shallow-ones'],
  ['7', { to: 'mastodon' }, 'destination.unknown', 'folder, bluesky, discord'],
  ['8', {}, 'issue.not-found', 'paperboy import'],
  ['newest', {}, 'issue.bad-reference', 'latest'],
])(
  'posting %s with %j is turned away as %s, and nothing is queued',
  async (reference, request, code, hint) => {
    const desk = await makeDeskWithIssue([], ['Deep nets', 'Deep nets again', 'Shallow ones']);

    const error = await catchError(() => queuePost(desk, reference, request));

    expect(error.code).toBe(code);
    expect(error.remedy).toContain(hint);
    expect(await desk.outbox.list()).toEqual([]);
  },
);

test('a sample is not posted to a live destination, whether named or scheduled', async () => {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [FOLDER, BLUESKY] });
  await keep(desk, makeIssue(), true);

  const named = await catchError(() => queuePost(desk, '7', { to: 'bluesky' }));
  const scheduled = await catchError(() => queuePost(desk, '7', {}));
  const queued = await desk.outbox.list();
  const toFolder = await queuePost(desk, '7', { to: 'folder' });

  expect([named.code, scheduled.code]).toEqual(['sample.not-live', 'sample.not-live']);
  expect(queued).toEqual([]);
  expect(toFolder).toHaveLength(2);
});

test('a retry that is near is waited for', async () => {
  const desk = await makeDeskWithIssue([OFFLINE, OFFLINE], ['Alpha']);

  const { states } = await post(desk);

  expect(states).toEqual(['sent']);
});

test('a retry that is far is left to the service, and told as it stands', async () => {
  const desk = await makeDeskWithIssue(Array<PublishFate>(12).fill(OFFLINE), ['Alpha']);
  const startedAt = desk.clock.now().getTime();

  const { states, settled } = await post(desk);

  expect(states).toEqual(['planned']);
  expect(settled).toEqual([]);
  expect(desk.clock.now().getTime() - startedAt).toBeLessThan(120_000);
});

test('a delivery in the hands of another worker is waited for', async () => {
  const desk = await makeDeskWithIssue([], ['Alpha']);
  const [posted] = await queuePost(desk, '7', {});
  const claim = await desk.outbox.claim({
    owner: 'service',
    now: desk.clock.now(),
    leaseMs: 90_000,
    destinations: ['folder'],
  });
  if (claim === undefined || posted === undefined) throw new Error('nothing to wait for');
  const told: Delivery[] = [];

  const delivering = deliverNow(desk, [posted.delivery.id], {
    onSettled: (delivery) => told.push(delivery),
  });
  await desk.outbox.settle(
    claim,
    { kind: 'sent', receipt: { posts: [{ id: 'theirs' }] } },
    desk.clock.now(),
  );
  const [delivered] = await delivering;

  expect(delivered?.receipt).toEqual({ posts: [{ id: 'theirs' }] });
  expect(told.map(({ state }) => state)).toEqual(['sent']);
  expect(desk.platform.placed).toEqual([]);
});

test('what went out under one revision does not go out again under the next', async () => {
  const desk = await makeDeskWithIssue();
  await post(desk);
  const { length } = desk.platform.placed;
  await keep(desk, makeIssue({ papers: ['Zeta', 'Alpha', 'Mu'], text: 'Corrected.' }));

  const again = await post(desk);

  expect(new Set(again.actions.map((action) => action.split(' ').slice(1).join(' ')))).toEqual(
    new Set(['already there']),
  );
  expect(desk.platform.placed).toHaveLength(length);
  expect(await desk.outbox.list()).toHaveLength(3);
});

test('what waits takes the text of the newest revision, and the time that is asked for last', async () => {
  const desk = await makeDeskWithIssue();
  const at = new Date('2030-01-01T09:00:00Z');
  await queuePost(desk, '7', { paper: 'alpha', at });
  await keep(desk, makeIssue({ papers: ['Zeta', 'Alpha', 'Mu'], text: 'Corrected.' }));
  const later = new Date('2031-05-05T09:00:00Z');

  const [moved] = await queuePost(desk, '7', { paper: 'alpha', at: later });
  const { settled } = await post(desk, { paper: 'alpha' });

  expect(moved).toMatchObject({ action: 'replanned', delivery: { revision: 2, dueAt: later } });
  expect(JSON.stringify(moved?.delivery.draft)).toContain('Corrected.');
  expect(settled).toEqual(['paper/alpha sent']);
  expect(await desk.outbox.list()).toHaveLength(1);
});

test('what was refused under one revision goes out under the corrected one', async () => {
  const desk = await makeDeskWithIssue([REFUSED]);
  await post(desk, { paper: 'alpha' });
  await keep(desk, makeIssue({ papers: ['Zeta', 'Alpha', 'Mu'], text: 'Corrected.' }));

  const { actions, settled } = await post(desk, { paper: 'alpha' });
  const third = await post(desk, { paper: 'alpha' });

  expect(actions).toEqual(['paper/alpha queued']);
  expect(settled).toEqual(['paper/alpha sent']);
  expect(third.actions).toEqual(['paper/alpha already there']);
});

test('a post now does not wait for a retry that is far', async () => {
  const desk = await makeDeskWithIssue(Array<PublishFate>(9).fill(OFFLINE));
  const first = await post(desk, { paper: 'alpha' });

  const second = await post(desk, { paper: 'alpha' });

  expect(first.states).toEqual(['planned']);
  expect(second.actions).toEqual(['paper/alpha replanned']);
});
