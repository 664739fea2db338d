import { describe, expect, it } from 'vitest';
import { holdItems } from '../../src/desk/approval/hold-items.ts';
import { deliverNow } from '../../src/desk/deliver-now.ts';
import { readHistory } from '../../src/desk/history.ts';
import { queuePost } from '../../src/desk/post.ts';
import { retryDestination } from '../../src/desk/retry.ts';
import { readStatus, type Status } from '../../src/desk/status.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import { makeFakePlatform, type PublishFate, WORKS } from '../support/fake-platform.ts';
import { FOLDER, type TestDesk } from '../support/make-test-desk.ts';
import { bringTo, makeDesk, NO_NOTE } from './stage.ts';

/** A desk whose folder is closed for the first so many attempts. */
async function makeClosed(times: number): Promise<TestDesk> {
  const platform = makeFakePlatform();
  const fates = Array<PublishFate>(times).fill({ kind: 'is closed', posts: 0 });
  const publisher = platform.makePublisher({
    find: () => 'answers',
    publish: () => fates.shift() ?? WORKS,
  });
  return { ...(await makeDesk({ scheduled: [FOLDER], publisher })), platform };
}

async function postAll(desk: TestDesk): Promise<Delivery[]> {
  const posted = await queuePost(desk, '7', {});
  return deliverNow(
    desk,
    posted.map(({ delivery }) => delivery.id),
    NO_NOTE,
  );
}

describe('a destination that is closed', () => {
  it('is tried once, and what comes after waits without anybody waiting for it', async () => {
    const desk = await makeClosed(1);
    const startedAt = desk.clock.now().getTime();

    const deliveries = await postAll(desk);

    expect(deliveries.map(({ state }) => state)).toEqual(['refused', 'planned']);
    expect(desk.clock.now().getTime() - startedAt).toBeLessThan(1_000);
  });

  it('needs a person once, and not once for every delivery', async () => {
    const desk = await makeClosed(1);
    await postAll(desk);

    const { pauses, refused, next } = await readStatus(desk);

    expect(pauses).toMatchObject([{ destination: 'folder', reason: 'no such account' }]);
    expect(refused).toEqual([]);
    expect(next.map(({ item }) => item)).toEqual(['paper/beta']);
  });

  it('goes on where a person has put it right', async () => {
    const desk = await makeClosed(1);
    await postAll(desk);
    desk.clock.advance(1_000);

    const { wasPaused, acted } = await retryDestination(desk, FOLDER);
    await deliverNow(
      desk,
      (await desk.outbox.list()).map(({ id }) => id),
      NO_NOTE,
    );
    const again = await retryDestination(desk, FOLDER);

    expect(wasPaused).toBe(true);
    expect(acted.map(({ outcome }) => outcome)).toEqual(['done', 'already']);
    expect((await desk.outbox.list()).map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(again).toEqual({ wasPaused: false, acted: [] });
  });
});

describe('readStatus', () => {
  it('is empty, but for the next slot, where nothing has happened', async () => {
    const status = await readStatus(await makeDesk());

    expect(status).toMatchObject({ pauses: [], refused: [], underWay: [], next: [], sent: [] });
    expect(status.nextSlot).toEqual(new Date('2026-11-24T08:00:00.000Z'));
  });

  it('has what the clock posts next, and not what the ledger has already', async () => {
    const desk = await makeDesk({ scheduled: [FOLDER] });
    await queuePost(desk, '7', { paper: 'alpha', at: new Date('2026-11-30T09:00:00.000Z') });

    const { upcoming, next } = await readStatus(desk);

    expect(upcoming.map(({ item }) => item)).toEqual(['paper/beta']);
    expect(next.map(({ item }) => item)).toEqual(['paper/alpha']);
  });

  it('has what waits for an editor and what is held, but nothing that went everywhere', async () => {
    const desk = await makeDesk({ scheduled: [FOLDER], approval: { kind: 'always' } });
    const before = await readStatus(desk);
    await postAll(desk);
    const after = await readStatus(desk);
    await holdItems(desk, '7', {});
    const held = await readStatus(desk);

    const items = ({ proposed }: Status): string[] =>
      proposed.flatMap((one) => one.items.map(({ item }) => item));
    expect(items(before)).toEqual(['paper/alpha', 'paper/beta']);
    expect(before.upcoming.map(({ isTentative }) => isTentative)).toEqual([true, true]);
    expect([items(after), after.upcoming]).toEqual([[], []]);
    expect([items(held), held.heldItems]).toEqual([[], []]);
  });

  it.each([
    ['planned', 'next'],
    ['planned, tried', 'underWay'],
    ['held', 'held'],
    ['sending', 'underWay'],
    ['unknown', 'underWay'],
    ['sent', 'sent'],
    ['refused', 'refused'],
    ['to be retracted', 'underWay'],
    ['refused retraction', 'refused'],
    ['cancelled', undefined],
    ['retracted', undefined],
  ] as const)('puts what is %s under %s', async (stage, where) => {
    const desk = await makeDesk();
    await bringTo(desk, stage);

    const status = await readStatus(desk);

    for (const list of ['next', 'underWay', 'held', 'sent', 'refused'] as const) {
      expect(status[list], list).toHaveLength(list === where ? 1 : 0);
    }
    expect([...status.counts.keys()]).toEqual(['folder']);
  });

  it('tells of the last five that were sent, the latest first', async () => {
    const papers = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((letter) => `Paper ${letter}`);
    const desk = await makeDesk({ scheduled: [FOLDER] }, papers);
    for (const paper of papers) {
      desk.clock.advance(1_000);
      const posted = await queuePost(desk, '7', { paper });
      await deliverNow(
        desk,
        posted.map(({ delivery }) => delivery.id),
        NO_NOTE,
      );
    }

    const { sent, counts } = await readStatus(desk);

    expect(sent.map(({ title }) => title.at(-1))).toEqual(['G', 'F', 'E', 'D', 'C']);
    expect(counts.get('folder')).toEqual({ sent: 7 });
  });
});

describe('readHistory', () => {
  it('has every attempt and every act in order of time', async () => {
    const desk = await makeDesk();
    const delivery = await bringTo(desk, 'retracted');

    const { happenings, corrects, correctedBy } = await readHistory(desk, delivery);

    const told = happenings.map((one) =>
      one.kind === 'attempt'
        ? `${one.attempt.task} ${one.attempt.outcome}`
        : one.kind === 'action'
          ? `${one.action.verb} by ${one.action.actor}`
          : one.kind,
    );
    expect(told[0]).toBe('queued');
    expect([...told].sort()).toEqual([
      'publish sent',
      'queued',
      'retract by editor',
      'retract retracted',
    ]);
    expect([corrects, correctedBy]).toEqual([undefined, []]);
  });
});
