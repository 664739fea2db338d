import { expect, test } from 'vitest';
import type { Acted } from '../../../src/desk/act.ts';
import { approve } from '../../../src/desk/approval/approve.ts';
import { correctNamed } from '../../../src/desk/approval/correct-named.ts';
import { holdItems, releaseItems } from '../../../src/desk/approval/hold-items.ts';
import { resolveDeliveries } from '../../../src/desk/resolve.ts';
import { retryDeliveries, retryDestination } from '../../../src/desk/retry.ts';
import type { Delivery } from '../../../src/outbox/delivery.ts';
import type { Correction } from '../../../src/publishers/publisher.ts';
import { makeIssue } from '../../support/make-issue.ts';
import { makeNewDelivery } from '../../support/make-new-delivery.ts';
import { BLUESKY, type TestDesk } from '../../support/make-test-desk.ts';
import { makeClosing } from '../closing-desk.ts';
import { as, importIt, PAPERS } from './asking-desk.ts';

const ALPHA = { paper: 'alpha' };

/** The deliveries of the first paper, the oldest revision first. */
const rows = async ({ outbox }: TestDesk): Promise<Delivery[]> =>
  (await outbox.list({ destination: BLUESKY.key, isEarliestFirst: true })).filter(
    ({ item }) => item === 'paper/alpha',
  );
const states = async (desk: TestDesk): Promise<string[]> =>
  (await rows(desk)).map(({ revision, state }) => `${revision} ${state}`);
const deliver = async ({ courier }: TestDesk): Promise<void> => {
  while ((await courier.deliverNext([BLUESKY.key])) !== undefined);
};

/** A desk whose first paper is in place, and a correction of it in line. */
async function makeCorrected(
  how: Correction = 'repost',
): Promise<Awaited<ReturnType<typeof makeClosing>>> {
  const closing = await makeClosing();
  const { desk, open } = closing;
  open();
  await retryDestination(desk, BLUESKY);
  await deliver(desk);
  await importIt(desk, makeIssue({ papers: PAPERS, text: 'Corrected.' }));
  const words = how === 'reply' ? { words: 'Sorry.' } : {};
  await correctNamed(desk, '7', { ...ALPHA, to: 'bluesky', how, ...words });
  return closing;
}

test.each(['repost', 'reply'] as const)(
  'holdItems holds a correction by %s that is in line, and releaseItems lets it go',
  async (how) => {
    const { desk } = await makeCorrected(how);

    const held = await holdItems(as(desk, 'ada'), '7', ALPHA);
    await deliver(desk);
    const before = await states(desk);
    const { acted } = await releaseItems(desk, '7', ALPHA);
    await deliver(desk);

    expect(held.acted).toMatchObject([{ outcome: 'done', delivery: { revision: 2 } }]);
    expect(before).toEqual(['1 sent', '2 held']);
    expect(acted).toMatchObject([{ outcome: 'done', delivery: { revision: 2 } }]);
    expect(await states(desk)).toEqual([how === 'reply' ? '1 sent' : '1 retracted', '2 sent']);
  },
);

const AGAIN = {
  'its retry': async (desk, id) =>
    retryDeliveries(
      desk,
      (await rows(desk)).filter((one) => one.id === id),
    ),
  'the retry of its destination': async (desk) => (await retryDestination(desk, BLUESKY)).acted,
  'its not being sent': async (desk, id) =>
    resolveDeliveries(
      desk,
      (await rows(desk)).filter((one) => one.id === id),
      { kind: 'not sent' },
    ),
} as const satisfies Record<string, (desk: TestDesk, id: string) => Promise<readonly Acted[]>>;

test.each(Object.keys(AGAIN) as (keyof typeof AGAIN)[])(
  'a correction that was refused and is kept by %s goes out by the command that is told',
  async (how) => {
    const { desk, close, open } = await makeCorrected();
    close();
    await deliver(desk);
    await holdItems(as(desk, 'ada'), '7', ALPHA);
    open();

    const acted = await AGAIN[how](desk, (await rows(desk))[1]?.id ?? '');
    const before = await states(desk);
    await releaseItems(desk, '7', ALPHA);
    await desk.outbox.resume(BLUESKY.key);
    await deliver(desk);

    expect(acted).toMatchObject([{ command: 'paperboy release 7 --paper alpha' }]);
    expect(before).toEqual(['1 sent', '2 held']);
    expect(await states(desk)).toEqual(['1 retracted', '2 sent']);
  },
);

test('releaseItems lets nothing go beside what is in place, unless it corrects that', async () => {
  const { desk, open } = await makeClosing();
  open();
  await retryDestination(desk, BLUESKY);
  await deliver(desk);
  await importIt(desk, makeIssue({ papers: PAPERS, text: 'New words.' }));
  await holdItems(as(desk, 'ada'), '7', ALPHA);
  const [{ draft, item } = expect.fail()] = await rows(desk);
  const beside = { ...makeNewDelivery(), draft, item, revision: 2, destination: BLUESKY.key };
  await desk.outbox.queue(beside, desk.clock.now());

  const { acted } = await releaseItems(desk, '7', ALPHA);
  await approve(desk, '7', {});
  await deliver(desk);

  expect(acted).toEqual([]);
  expect(await states(desk)).toContain('2 held');
});
