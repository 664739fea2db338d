import { expect, test } from 'vitest';
import { holdItems } from '../../src/desk/approval/hold-items.ts';
import { findApproved } from '../../src/desk/find-approved.ts';
import { moveDeliveries } from '../../src/desk/move.ts';
import { queuePost } from '../../src/desk/post.ts';
import { retryDeliveries } from '../../src/desk/retry.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, DISCORD, type TestDesk } from '../support/make-test-desk.ts';
import { as, importIt, makeAsking, PAPERS } from './approval/asking-desk.ts';
import { makeClosing } from './closing-desk.ts';

const ALPHA = { paper: 'alpha' };

const read = async ({ outbox }: TestDesk): Promise<Delivery> =>
  (await outbox.list({ destination: BLUESKY.key }))[0] ?? expect.fail();

/** Imports revisions in which only likes have grown. */
async function like(desk: TestDesk, times: number, text?: string): Promise<void> {
  const issue = makeIssue({ papers: PAPERS, ...(text === undefined ? {} : { text }) });
  for (let likes = 1; likes <= times; likes += 1) {
    const papers = issue.papers.map((paper) => ({ ...paper, likes: 1_000 + likes }));
    await importIt(desk, { ...issue, papers });
  }
}

/** The desk, and how many revisions are read there. */
function countReads(desk: TestDesk): { readonly counting: TestDesk; readonly reads: () => number } {
  let reads = 0;
  const readRevision: TestDesk['archive']['readRevision'] = (...of) => {
    reads += 1;
    return desk.archive.readRevision(...of);
  };
  return {
    counting: { ...desk, archive: { ...desk.archive, readRevision } },
    reads: () => reads,
  };
}

test('findApproved reads no revision but the own one of what an editor holds', async () => {
  const { desk } = await makeClosing();
  await like(desk, 12);
  await holdItems(as(desk, 'ada'), '7', ALPHA);
  const { counting, reads } = countReads(desk);

  const { holder, wanted } = await findApproved(counting, await read(desk));

  expect([holder?.actor, wanted?.revision, reads()]).toEqual(['ada', 1, 1]);
});

test('findApproved reads no revision but the own one where that has the words that were approved', async () => {
  const { desk } = await makeClosing();
  await like(desk, 12, 'Nobody has approved this.');
  const { counting, reads } = countReads(desk);

  const { waiting, wanted } = await findApproved(counting, await read(desk));

  expect([waiting, wanted?.revision, reads()]).toEqual([13, 1, 1]);
});

test('what is held and has the same words in the newest revision is not told to wait for an editor', async () => {
  const { desk } = await makeClosing();
  await like(desk, 1);
  await holdItems(as(desk, 'ada'), '7', ALPHA);

  const [acted] = await moveDeliveries(desk, BLUESKY.key, DISCORD);

  expect(acted?.said).toBe(
    `is moved from ${BLUESKY.key}; it is held until it is released, as ada holds it`,
  );
});

test('what was queued before editors were asked has no other words where only likes have grown', async () => {
  const desk = await makeAsking({ scheduled: [BLUESKY] });
  await queuePost(desk, '7', { ...ALPHA, to: 'bluesky' });
  await like(desk, 1);
  const same = await findApproved(desk, await read(desk));
  await like(desk, 1, 'Nobody has approved this.');
  const other = await findApproved(desk, await read(desk));

  expect([same.waiting, same.wanted?.revision]).toEqual([undefined, 1]);
  expect([other.waiting, other.wanted?.revision]).toEqual([3, 1]);
});

test('what is held of a paper that the issue has no more is released by itself', async () => {
  const { desk, open } = await makeClosing();
  await holdItems(as(desk, 'ada'), '7', ALPHA);
  await importIt(desk, makeIssue({ papers: PAPERS.slice(1) }));
  open();
  const delivery = await read(desk);

  const [kept] = await retryDeliveries(desk, [delivery]);
  const [again] = await retryDeliveries(desk, [await read(desk)]);

  const command = `paperboy release ${delivery.id.slice(0, 8)}`;
  expect(kept).toMatchObject({ delivery: { state: 'held' }, outcome: 'left', command });
  expect(again).toMatchObject({ outcome: 'left', command });
});
