import { expect, test } from 'vitest';
import { retryDelayMs } from '../../src/delivery/retry-delay.ts';
import { LONGEST_RETRY_MS } from '../../src/outbox/line.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import {
  LEASE_MS,
  later,
  makeOutboxTools,
  NOW,
  unavailable,
  unknown,
} from '../support/make-outbox-tools.ts';

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

test.each([unavailable, unknown])(
  'a retry that was put off while a clock was ahead blocks nothing once it is right',
  async (outcome) => {
    const { outbox, settleNext, claim } = makeOutboxTools();
    await outbox.queue(makeNewDelivery(), NOW);
    await settleNext(outcome(MONTH_MS + 1_000), { now: later(MONTH_MS) });

    expect(await outbox.findReady(['folder'], NOW)).toEqual(['folder']);
    expect(await claim()).toBeDefined();
  },
);

test('a retry is waited for as long as a platform may ask for', async () => {
  const { outbox, settleNext, claim } = makeOutboxTools();
  await outbox.queue(makeNewDelivery(), NOW);
  const longestMs = retryDelayMs(99, 0, Number.POSITIVE_INFINITY);
  await settleNext(unavailable(longestMs));

  expect(longestMs).toBeLessThan(LONGEST_RETRY_MS);
  expect(await outbox.findReady(['folder'], NOW)).toEqual([]);
  expect(await claim()).toBeUndefined();
  expect(await claim({ now: later(longestMs) })).toBeDefined();
});

test('a doubt of a clock that was ahead is over with the next attempt', async () => {
  const { outbox, settleNext, mustClaim } = makeOutboxTools();
  await outbox.queue(makeNewDelivery(), NOW);
  await settleNext(unknown(MONTH_MS), { now: later(MONTH_MS) });
  await settleNext({ kind: 'unknown', retryAt: NOW, reason: 'wait', didNothing: true });

  const claimed = await mustClaim({ now: later(LEASE_MS) });

  expect(claimed.doubtfulSince).toEqual(NOW);
});
