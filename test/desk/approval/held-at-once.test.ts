import { expect, test } from 'vitest';
import { approve } from '../../../src/desk/approval/approve.ts';
import { holdItems, releaseItems } from '../../../src/desk/approval/hold-items.ts';
import { postNamed } from '../../../src/desk/approval/post-named.ts';
import { moveDeliveries } from '../../../src/desk/move.ts';
import { queuePost } from '../../../src/desk/post.ts';
import type { Outbox } from '../../../src/outbox/outbox.ts';
import { BLUESKY, DISCORD, type TestDesk } from '../../support/make-test-desk.ts';
import { as, makeAsking } from './asking-desk.ts';

const ALPHA = { paper: 'alpha' };

/** A desk at which everything is approved. */
async function makeApproved(): Promise<TestDesk> {
  const desk = await makeAsking({ scheduled: [BLUESKY] });
  await approve(desk, '7', {});
  return desk;
}

const hold = (desk: TestDesk): Promise<unknown> => holdItems(as(desk, 'bo'), '7', ALPHA);

/** The desk of somebody than whom another is quicker, who holds an item just before a verb of the ledger. */
function makeSlow(desk: TestDesk, verb: 'queue' | 'releaseUnlessHeld'): TestDesk {
  let isHeld = false;
  const holdFirst = async (): Promise<void> => {
    if (!isHeld) await hold(desk);
    isHeld = true;
  };
  const own: Pick<Outbox, 'queue' | 'releaseUnlessHeld'> = {
    queue: async (...request) => {
      if (verb === 'queue') await holdFirst();
      const queued = await desk.outbox.queue(...request);
      // A courier is quicker still.
      await deliver(desk);
      return queued;
    },
    releaseUnlessHeld: async (...request) => {
      if (verb === 'releaseUnlessHeld') await holdFirst();
      const released = await desk.outbox.releaseUnlessHeld(...request);
      await deliver(desk);
      return released;
    },
  };
  return { ...desk, outbox: { ...desk.outbox, ...own } };
}

async function deliver({ courier, destinations }: TestDesk): Promise<void> {
  await courier.deliverNext(destinations.map(({ key }) => key));
}

const states = async (desk: TestDesk): Promise<string[]> =>
  (await desk.outbox.list()).map(({ destination, state }) => `${destination} ${state}`);

test('what is held at the moment at which it is queued is held, and who posts it is told', async () => {
  const desk = await makeApproved();

  const done = await postNamed(makeSlow(desk, 'queue'), '7', ALPHA);

  expect(done).toMatchObject({ posted: [], held: [{ verdict: { actor: 'bo' } }] });
  expect(await states(desk)).toEqual([`${BLUESKY.key} held`]);
});

test('what is held again at the moment at which a post lets it go stays held', async () => {
  const desk = await makeApproved();
  await queuePost(desk, '7', ALPHA);
  await hold(desk);

  const done = await postNamed(makeSlow(desk, 'releaseUnlessHeld'), '7', ALPHA);

  expect(done).toMatchObject({ posted: [], held: [{ verdict: { actor: 'bo' } }] });
  expect(await states(desk)).toEqual([`${BLUESKY.key} held`]);
});

test('what is held again at the moment at which its item is released stays held', async () => {
  const desk = await makeApproved();
  await queuePost(desk, '7', ALPHA);
  await hold(desk);

  const { acted } = await releaseItems(makeSlow(desk, 'releaseUnlessHeld'), '7', ALPHA);

  expect(acted).toMatchObject([{ outcome: 'failed' }]);
  expect(await states(desk)).toEqual([`${BLUESKY.key} held`]);
});

test('what is held while it is moved is held at the new place, which is told', async () => {
  const desk = await makeApproved();
  await queuePost(desk, '7', ALPHA);

  const [acted] = await moveDeliveries(makeSlow(desk, 'queue'), BLUESKY.key, DISCORD);

  expect(acted?.said).toBe(
    `is moved from ${BLUESKY.key}; it is held until it is released, as an editor holds it`,
  );
  expect(await states(desk)).toEqual([`${BLUESKY.key} cancelled`, `${DISCORD.key} held`]);
});
