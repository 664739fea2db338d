import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryDelayMs } from '../../src/delivery/retry-delay.ts';

const MINUTE_MS = 60_000;
const SIX_HOURS_MS = 360 * MINUTE_MS;
const attempt = fc.integer({ min: 1, max: 10_000 });
const random = fc.double({ min: 0, max: 1, noNaN: true });
const asked = fc.option(fc.nat(100 * MINUTE_MS), { nil: undefined });

test('a delay is between one second and a quarter of an hour, unless the platform asks for more', () => {
  fc.assert(
    fc.property(attempt, random, asked, (count, chance, askedMs) => {
      const delay = retryDelayMs(count, chance, askedMs);

      expect(Number.isInteger(delay)).toBe(true);
      expect(delay).toBeGreaterThanOrEqual(Math.max(1_000, askedMs ?? 0));
      expect(delay).toBeLessThanOrEqual(Math.max(15 * MINUTE_MS, askedMs ?? 0));
    }),
  );
});

test('a delay is never longer than six hours, whatever a server asks for', () => {
  const anything = fc.oneof(fc.double(), fc.double({ min: 0 }), fc.constant(999_999_999_000));

  fc.assert(
    fc.property(attempt, random, anything, (count, chance, askedMs) => {
      const delay = retryDelayMs(count, chance, askedMs);

      expect(Number.isInteger(delay)).toBe(true);
      expect(delay).toBeGreaterThanOrEqual(Math.min(SIX_HOURS_MS, askedMs || 0));
      expect(delay).toBeLessThanOrEqual(SIX_HOURS_MS);
    }),
  );
});

test('a delay never shrinks from one attempt to the next at the same chance', () => {
  fc.assert(
    fc.property(attempt, random, asked, (count, chance, askedMs) => {
      const [delay, next] = [count, count + 1].map((n) => retryDelayMs(n, chance, askedMs));

      expect(next).toBeGreaterThanOrEqual(delay ?? Infinity);
    }),
  );
});

test('chance takes off at most a half', () => {
  fc.assert(
    fc.property(attempt, random, (count, chance) => {
      const [full, some, least] = [0, chance, 1].map((it) => retryDelayMs(count, it));

      expect(some).toBeLessThanOrEqual(full ?? 0);
      expect(some).toBeGreaterThanOrEqual(least ?? Infinity);
      expect(least).toBe((full ?? 0) / 2);
    }),
  );
});

test('delays double from two seconds', () => {
  expect([1, 2, 3, 9, 10, 99].map((count) => retryDelayMs(count, 0))).toEqual([
    2_000,
    4_000,
    8_000,
    512_000,
    15 * MINUTE_MS,
    15 * MINUTE_MS,
  ]);
});
