import { expect, test } from 'vitest';
import { approve } from '../../src/desk/approval/approve.ts';
import { propose } from '../../src/desk/approval/propose.ts';
import type { Destination } from '../../src/desk/desk.ts';
import { planSlots } from '../../src/desk/plan/plan-slots.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, DISCORD, keep, makeProgramme, makeTestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

test('what one instant takes goes out in the order of its lanes', async () => {
  const everyNine = ['0 9 * * *'];
  const programme = {
    ...makeProgramme(),
    crons: { digest: everyNine, news: everyNine, papers: everyNine },
  };
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY], programme });
  // Nine in the morning there.
  desk.clock.set('2026-11-23T08:00:00Z');
  await planSlots(desk);
  const numbers = [201, 202, 203, 204];
  for (const number of numbers) {
    const news = [{ text: 'A lab opened house', figures: [] }];
    await keep(desk, { ...makeIssue({ number, papers: ['Alpha', 'Beta'] }), news });
  }

  const items: string[] = [];
  for (const _ of numbers) {
    desk.clock.advance(DAY_MS);
    await planSlots(desk);
    desk.clock.advance(1000);
    for (;;) {
      const delivered = await desk.courier.deliverNext([BLUESKY.key]);
      if (delivered === undefined) break;
      items.push(delivered.claim.delivery.item);
    }
    desk.clock.advance(-1000);
  }

  expect(items).toEqual(numbers.flatMap(() => ['digest', 'news', expect.stringMatching(/^paper/)]));
});

test('a place that comes later gets nothing of an issue that was approved when it was news', async () => {
  const scheduled: Destination[] = [BLUESKY];
  const desk = makeTestDesk(makeTempDatabase(), { scheduled, approval: { kind: 'always' } });
  await keep(desk, makeIssue({ number: 201, papers: ['Alpha', 'Beta', 'Gamma'] }));
  await propose(desk, false);
  await planSlots(desk);
  await approve(desk, '201');
  // So many that the first is none of the newest any more.
  for (let number = 202; number < 220; number += 1) {
    await keep(desk, makeIssue({ number, papers: [] }));
  }

  scheduled.push(DISCORD);
  await planSlots(desk);
  desk.clock.advance(DAY_MS);
  await planSlots(desk);

  const got = await desk.outbox.list({ destination: DISCORD.key });
  expect(got.map(({ issue, item }) => `${issue} ${item}`)).toEqual([]);
});
