import { expect, test } from 'vitest';
import { approve } from '../../src/desk/approval/approve.ts';
import { holdItems, releaseItems } from '../../src/desk/approval/hold-items.ts';
import { holdDeliveries, releaseDeliveries } from '../../src/desk/hold.ts';
import { moveDeliveries } from '../../src/desk/move.ts';
import { queuePost } from '../../src/desk/post.ts';
import { resolveDeliveries } from '../../src/desk/resolve.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, DISCORD, type TestDesk } from '../support/make-test-desk.ts';
import { as, importIt, makeAsking, PAPERS } from './approval/asking-desk.ts';
import { makeClosing } from './closing-desk.ts';

const ALPHA = { paper: 'alpha' };
const NEW_TEXT = 'Nobody has approved this.';

const listAt = ({ outbox }: TestDesk, destination: string): Promise<Delivery[]> =>
  outbox.list({ destination });

const revise = (desk: TestDesk): ReturnType<typeof importIt> =>
  importIt(desk, makeIssue({ papers: PAPERS, text: NEW_TEXT }));

test('moveDeliveries brings the words that were approved while the newest wait', async () => {
  const { desk } = await makeClosing();
  await revise(desk);

  const acted = await moveDeliveries(desk, BLUESKY.key, DISCORD);

  const [there] = await listAt(desk, DISCORD.key);
  expect(acted).toMatchObject([
    {
      outcome: 'done',
      said: `is moved from ${BLUESKY.key}, in the words of revision 1: those of revision 2 wait for an editor`,
    },
  ]);
  expect(there).toMatchObject({ state: 'planned', revision: 1, draft: { platform: 'discord' } });
  expect(JSON.stringify(there?.draft)).not.toContain(NEW_TEXT);
});

test('moveDeliveries holds at the new place what an editor holds, until it is released', async () => {
  const { desk } = await makeClosing();
  await holdItems(as(desk, 'ada'), '7', ALPHA);

  const [acted] = await moveDeliveries(desk, BLUESKY.key, DISCORD);
  const [held] = await listAt(desk, DISCORD.key);
  await releaseItems(desk, '7', ALPHA);

  expect(acted?.said).toBe(
    `is moved from ${BLUESKY.key}; it is held until it is released, as ada holds it`,
  );
  expect(held?.state).toBe('held');
  expect(await listAt(desk, DISCORD.key)).toMatchObject([{ state: 'planned' }]);
});

test('who has seen that nothing is there lets nothing out that an editor holds', async () => {
  const { desk } = await makeClosing();
  await holdItems(as(desk, 'ada'), '7', ALPHA);

  const acted = await resolveDeliveries(desk, await listAt(desk, BLUESKY.key), {
    kind: 'not sent',
  });

  expect(acted).toMatchObject([
    {
      delivery: { state: 'held' },
      outcome: 'done',
      said: 'counts as never tried, and is held until it is released, as ada holds it',
      command: 'paperboy release 7 --paper alpha',
    },
  ]);
});

test('a delivery that is released by itself goes out in the words that it had, and says who holds the rest', async () => {
  const desk = await makeAsking({ scheduled: [BLUESKY] });
  await approve(desk, '7', {});
  await queuePost(desk, '7', { ...ALPHA, to: 'bluesky' });
  await holdItems(as(desk, 'ada'), '7', ALPHA);
  await revise(desk);

  const acted = await releaseDeliveries(desk, await listAt(desk, BLUESKY.key));

  expect(acted).toMatchObject([
    {
      delivery: { state: 'planned', revision: 1 },
      outcome: 'done',
      said: 'is in line again, and it alone: ada goes on holding its item',
      command: 'paperboy release 7 --paper alpha',
    },
  ]);
});

test('what is held by its item has the new words once that is released, which approves them', async () => {
  const desk = await makeAsking({ scheduled: [BLUESKY] });
  await approve(desk, '7', {});
  await queuePost(desk, '7', { ...ALPHA, to: 'bluesky' });
  await holdItems(desk, '7', ALPHA);

  const { revised } = await revise(desk);
  await releaseItems(desk, '7', ALPHA);

  expect(revised).toMatchObject([
    { action: 'left', reason: 'an editor holds it, and its new words wait for its release' },
  ]);
  expect(await listAt(desk, BLUESKY.key)).toMatchObject([{ state: 'planned', revision: 2 }]);
});

test('where nobody is asked, what is held has the newest words', async () => {
  const desk = await makeAsking({ scheduled: [BLUESKY], approval: { kind: 'never' } });
  await queuePost(desk, '7', { ...ALPHA, to: 'bluesky' });
  await holdItems(desk, '7', ALPHA);

  await revise(desk);

  expect(await listAt(desk, BLUESKY.key)).toMatchObject([{ state: 'held', revision: 2 }]);
});

test('a delivery that was held by itself is released without another word', async () => {
  const desk = await makeAsking({ approval: { kind: 'never' } });
  await queuePost(desk, '7', { ...ALPHA, to: 'bluesky' });
  await holdDeliveries(desk, await listAt(desk, BLUESKY.key));

  const acted = await releaseDeliveries(desk, await listAt(desk, BLUESKY.key));

  expect(acted).toMatchObject([{ outcome: 'done', said: 'is in line again' }]);
  expect(acted[0]?.command).toBeUndefined();
});
