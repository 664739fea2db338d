import { expect, test } from 'vitest';
import { approve } from '../../src/desk/approval/approve.ts';
import { holdItems, releaseItems } from '../../src/desk/approval/hold-items.ts';
import { planSlots } from '../../src/desk/plan/plan-slots.ts';
import { retryDeliveries, retryDestination } from '../../src/desk/retry.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, type TestDesk } from '../support/make-test-desk.ts';
import { as, HOUR_MS, importIt, PAPERS, standings } from './approval/asking-desk.ts';
import { makeClosing } from './closing-desk.ts';

const ALPHA = { paper: 'alpha' };

const read = async ({ outbox }: TestDesk): Promise<Delivery> =>
  (await outbox.list({ destination: BLUESKY.key }))[0] ?? expect.fail();

const revise = (desk: TestDesk, text: string): Promise<unknown> =>
  importIt(desk, makeIssue({ papers: PAPERS, text }));

test('retryDestination sends the words that were approved while the newest wait', async () => {
  const { desk, open, sent } = await makeClosing();
  await revise(desk, 'Nobody has approved this.');
  open();

  const { acted } = await retryDestination(desk, BLUESKY);
  await desk.courier.deliverNext([BLUESKY.key]);

  expect(acted).toMatchObject([
    {
      outcome: 'done',
      said: 'is in line again, in the words of revision 1: those of revision 2 wait for an editor',
      command: 'paperboy approve 7 --paper alpha',
    },
  ]);
  expect(await standings(desk)).toMatchObject({ 'paper/alpha': 'waits' });
  expect(await read(desk)).toMatchObject({ state: 'sent', revision: 1 });
  expect(sent()).not.toContain('Nobody has approved');
});

test('retryDeliveries sends the words that were approved last, though the delivery has older ones', async () => {
  const { desk, open, sent } = await makeClosing();
  await revise(desk, 'An editor has approved this.');
  await approve(desk, '7', {});
  await revise(desk, 'Nobody has approved this.');
  open();

  const [acted] = await retryDeliveries(desk, [await read(desk)]);
  await desk.courier.deliverNext([BLUESKY.key]);

  expect(acted?.said).toBe(
    'is in line again, in the words of revision 2: those of revision 3 wait for an editor',
  );
  expect(await read(desk)).toMatchObject({ state: 'sent', revision: 2 });
  expect(sent()).toContain('An editor has approved');
});

test.each(['one delivery', 'a destination'])(
  'what an editor holds is held and told when %s is tried again, and goes out once it is released',
  async (what) => {
    const { desk, open } = await makeClosing();
    await holdItems(as(desk, 'ada'), '7', ALPHA);
    open();

    const acted =
      what === 'a destination'
        ? (await retryDestination(desk, BLUESKY)).acted
        : await retryDeliveries(desk, [await read(desk)]);
    const nothing = await desk.courier.deliverNext([BLUESKY.key]);
    await releaseItems(desk, '7', ALPHA);
    await desk.courier.deliverNext([BLUESKY.key]);

    expect(acted).toMatchObject([
      {
        delivery: { state: 'held' },
        outcome: 'left',
        said: 'is held until it is released, as ada holds it',
        command: 'paperboy release 7 --paper alpha',
      },
    ]);
    expect(nothing).toBeUndefined();
    expect((await read(desk)).state).toBe('sent');
  },
);

test('what an editor holds goes out in the new words once it is released, as that approves them', async () => {
  const { desk, open, sent } = await makeClosing();
  await holdItems(desk, '7', ALPHA);
  await revise(desk, 'Released by an editor.');
  open();

  await retryDestination(desk, BLUESKY);
  const held = await read(desk);
  await releaseItems(desk, '7', ALPHA);
  await desk.courier.deliverNext([BLUESKY.key]);

  expect(held).toMatchObject({ state: 'held', revision: 1 });
  expect(await read(desk)).toMatchObject({ state: 'sent', revision: 2 });
  expect(sent()).toContain('Released by an editor');
});

test('what an editor began to hold while a worker was at it is held before the pause ends', async () => {
  const { desk } = await makeClosing({ refusal: 'unavailable' });
  await desk.verdicts.decide(7, [{ item: 'paper/alpha', wordsHash: 'x' }], 'held', {
    actor: 'ada',
    now: desk.clock.now(),
  });
  desk.clock.advance(HOUR_MS);

  const { acted } = await retryDestination(desk, BLUESKY);

  expect(acted).toMatchObject([{ outcome: 'left', delivery: { state: 'held' } }]);
  expect(await desk.courier.deliverNext([BLUESKY.key])).toBeUndefined();
});

test('what may be in place and is held by an editor is told as what nobody can keep', async () => {
  const { desk } = await makeClosing({ refusal: 'unknown' });
  await holdItems(as(desk, 'ada'), '7', ALPHA);

  const { acted } = await retryDestination(desk, BLUESKY);

  const [one] = acted;
  expect(one).toMatchObject({ outcome: 'failed' });
  expect(one?.said).toBe(
    'may be in place already, and is looked up before it is repeated, though ada holds it',
  );
  expect(one?.command).toMatch(/^paperboy retract /);
});

test('the clock takes the next paper while a refused one is held', async () => {
  const { desk } = await makeClosing();
  await holdItems(desk, '7', ALPHA);
  await retryDestination(desk, BLUESKY);

  desk.clock.advance(24 * HOUR_MS);
  await planSlots(desk);

  const items = (await desk.outbox.list({ states: ['planned'] })).map(({ item }) => item);
  expect(items).toEqual(['paper/beta']);
});
