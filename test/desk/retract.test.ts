import { expect, test } from 'vitest';
import { queueCorrections } from '../../src/desk/correct.ts';
import { deliverNow } from '../../src/desk/deliver-now.ts';
import { findDeliveries } from '../../src/desk/find-deliveries.ts';
import { planSlots } from '../../src/desk/plan/plan-slots.ts';
import { queuePost } from '../../src/desk/post.ts';
import { retractDeliveries } from '../../src/desk/retract.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import { makeFakePlatform, type PublishFate, WORKS } from '../support/fake-platform.ts';
import { makeIssue } from '../support/make-issue.ts';
import { FOLDER, keep, type TestDesk } from '../support/make-test-desk.ts';
import { makeDesk, NO_NOTE, tell } from './stage.ts';

const ALPHA = { paper: 'alpha' };

async function post(desk: TestDesk, request: object = ALPHA): Promise<Delivery[]> {
  const posted = await queuePost(desk, '7', request);
  return deliver(
    desk,
    posted.map(({ delivery }) => delivery.id),
  );
}

/** Delivers, and again once all that was on its way has arrived. */
async function deliver(desk: TestDesk, ids: string[]): Promise<Delivery[]> {
  await deliverNow(desk, ids, NO_NOTE);
  desk.clock.advance(61_000);
  await desk.courier.deliverNext(desk.destinations.map(({ key }) => key));
  return deliverNow(desk, ids, NO_NOTE);
}

async function retract(
  desk: TestDesk,
  reference = '7',
  request: object = ALPHA,
): Promise<string[]> {
  const named = await findDeliveries(desk, reference, request);
  const acted = await retractDeliveries(desk, named);
  await deliver(
    desk,
    acted.map(({ delivery }) => delivery.id),
  );
  return list(desk);
}

async function list(desk: TestDesk): Promise<string[]> {
  const all = await desk.outbox.list();
  return all
    .map((one) => `${one.destination.split('/')[0]} ${one.item} r${one.revision} ${tell(one)}`)
    .sort();
}

const revise = (desk: TestDesk, text = 'Corrected.'): Promise<void> =>
  keep(desk, makeIssue({ text }));

async function correct(desk: TestDesk, request: object): Promise<Delivery[]> {
  const acted = await queueCorrections(desk, '7', { ...ALPHA, ...request });
  return deliver(
    desk,
    acted.map(({ delivery }) => delivery.id),
  );
}

test('what was posted is taken back from every place that it went to', async () => {
  const desk = await makeDesk();
  await post(desk);
  const posts = desk.platform.placed.length;

  const after = await retract(desk);

  expect(posts).toBeGreaterThan(2);
  expect(desk.platform.placed).toEqual([]);
  expect(after).toEqual(
    ['bluesky', 'discord', 'folder'].map((name) => `${name} paper/alpha r1 retracted`),
  );
});

test('what was taken back is not posted by the clock, nor with the issue, but by its name', async () => {
  const desk = await makeDesk({ scheduled: [FOLDER] });
  await post(desk);
  await retract(desk);

  const [planned] = (await planSlots(desk)).planned;
  const [whole] = await queuePost(desk, '7', {});
  const [named] = await post(desk);

  expect(planned?.delivery?.item).toBe('paper/beta');
  expect(whole).toMatchObject({ action: 'left', delivery: { state: 'retracted' } });
  expect(named).toMatchObject({ state: 'sent', item: 'paper/alpha' });
  const placed = desk.platform.placed.filter(({ delivery }) => delivery === named?.id);
  expect(placed).toHaveLength(named?.draft.posts.length ?? 0);
});

test('what is posted anew has the words of the newest revision, and one row', async () => {
  const desk = await makeDesk({ scheduled: [FOLDER] });
  await post(desk);
  await retract(desk);
  await revise(desk);

  const [anew] = await post(desk);

  expect(anew).toMatchObject({ state: 'sent', revision: 2 });
  expect(await list(desk)).toEqual(['folder paper/alpha r2 sent']);
  expect(desk.platform.placed.every(({ content }) => !content.includes('simple'))).toBe(true);
});

test('what was cancelled is posted anew in the same way, and what is held is released', async () => {
  const desk = await makeDesk({ scheduled: [FOLDER] });
  const at = new Date('2026-12-01T09:00:00Z');
  const by = { actor: 'editor', now: desk.clock.now() };
  const [alpha] = await queuePost(desk, '7', { ...ALPHA, at });
  const [beta] = await queuePost(desk, '7', { paper: 'beta', at });
  await desk.outbox.cancel(alpha?.delivery.id ?? '', by);
  await desk.outbox.hold(beta?.delivery.id ?? '', by);

  const whole = await queuePost(desk, '7', {});
  const named = [...(await post(desk)), ...(await post(desk, { paper: 'beta' }))];

  expect(whole.map(({ action }) => action)).toEqual(['left', 'left']);
  expect(named.map(({ state }) => state)).toEqual(['sent', 'sent']);
});

test('a corrected delivery is taken back with one word, and posted anew by itself', async () => {
  const desk = await makeDesk();
  await post(desk);
  await revise(desk);
  await correct(desk, { how: 'repost' });

  const after = await retract(desk);
  const anew = await post(desk);

  expect(new Set(after.map((line) => line.split(' ').at(-1)))).toEqual(new Set(['retracted']));
  expect(anew.map(({ state, revision, replaces }) => [state, revision, replaces])).toEqual(
    Array(3).fill(['sent', 2, undefined]),
  );
});

test('an answer goes with its thread, and the thread stays when the answer alone is named', async () => {
  const desk = await makeDesk();
  await post(desk, { ...ALPHA, to: 'bluesky' });
  await revise(desk);
  const [answer] = await correct(desk, { how: 'reply', words: 'It is Ito.' });
  const answered = desk.platform.placed.length;

  await retract(desk, answer?.id ?? '', {});
  const threadAlone = desk.platform.placed.length;
  const [again] = await correct(desk, { how: 'reply', words: 'It is Ito, really.' });
  await retract(desk);

  expect(answer?.state).toBe('sent');
  expect(threadAlone).toBe(answered - 1);
  expect(again?.state).toBe('sent');
  expect(desk.platform.placed).toEqual([]);
});

test('a correction that waits is cancelled with what it was to correct', async () => {
  const desk = await makeDesk({ scheduled: [FOLDER] });
  await post(desk);
  await revise(desk);
  await queueCorrections(desk, '7', { ...ALPHA, to: 'folder' });

  const after = await retract(desk);

  expect(after).toEqual(['folder paper/alpha r1 retracted', 'folder paper/alpha r2 cancelled']);
  expect(desk.platform.placed).toEqual([]);
});

test('a correction that broke off is taken back with the posts that it had begun to change', async () => {
  const platform = makeFakePlatform();
  const fates: PublishFate[] = [WORKS, { kind: 'is unknown', posts: 1 }];
  const publisher = platform.makePublisher({
    find: () => 'is unavailable',
    publish: () => fates.shift() ?? WORKS,
  });
  const desk = { ...(await makeDesk({ scheduled: [FOLDER], publisher })), platform };
  await post(desk);
  await revise(desk);
  const [torn] = await correct(desk, { to: 'folder' });

  const named = await findDeliveries(desk, torn?.id ?? '', {});
  const acted = await retractDeliveries(desk, named);
  await deliver(
    desk,
    acted.map(({ delivery }) => delivery.id),
  );

  expect(torn?.state).not.toBe('sent');
  expect(acted).toHaveLength(2);
  expect(await list(desk)).toEqual([
    'folder paper/alpha r1 retracted',
    'folder paper/alpha r2 retracted',
  ]);
  expect(platform.placed).toEqual([]);
});

test('what a refused revision may have left behind is taken back when the next is posted', async () => {
  const platform = makeFakePlatform();
  const fates: PublishFate[] = [{ kind: 'is refused', posts: 0 }];
  const publisher = platform.makePublisher({
    find: () => 'answers',
    publish: () => fates.shift() ?? WORKS,
  });
  const desk = { ...(await makeDesk({ scheduled: [FOLDER], publisher })), platform };
  await post(desk);
  await revise(desk);

  const [sent] = await post(desk);

  expect(sent).toMatchObject({ state: 'sent', revision: 2 });
  expect(await list(desk)).toEqual([
    'folder paper/alpha r1 retracted',
    'folder paper/alpha r2 sent',
  ]);
  expect([...platform.calls].sort()).toEqual(['publish', 'publish', 'retract']);
});
