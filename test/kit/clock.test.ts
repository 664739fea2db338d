import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/kit/clock.ts';

test('a sleep lasts as long as it was asked to', async () => {
  const startedAt = performance.now();

  await systemClock.sleep(30);

  // Timers may be a millisecond early.
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(28);
});

test('a sleep ends at once when its signal aborts, and leaves no listener behind', async () => {
  const controller = new AbortController();
  const sleep = systemClock.sleep(60_000, controller.signal);
  controller.abort();
  await sleep;
  await systemClock.sleep(60_000, controller.signal);

  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

test('a sleep that ends by itself leaves no listener behind', async () => {
  const controller = new AbortController();

  await systemClock.sleep(1, controller.signal);

  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});
