import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDeliveryId, makeNonce, makeTid } from '../../src/kit/ids.ts';

const id = fc
  .tuple(fc.nat(500), fc.string(), fc.nat(5), fc.string())
  .map((parts) => makeDeliveryId(...parts));
const at = fc.date({
  min: new Date('2023-01-01T00:00Z'),
  max: new Date('2200-01-01T00:00Z'),
  noInvalidDate: true,
});

test('the parts of a delivery id cannot run into each other', () => {
  const ids = [
    makeDeliveryId(1, 'paper/a', 1, 'b'),
    makeDeliveryId(11, 'paper/a', 1, 'b'),
    makeDeliveryId(1, 'paper/a1', 1, 'b'),
    makeDeliveryId(1, 'paper/a', 11, 'b'),
    makeDeliveryId(1, 'paper/a', 1, '1b'),
    makeDeliveryId(1, 'paper/a,1', 1, 'b'),
  ];

  expect(new Set(ids).size).toBe(ids.length);
  for (const one of ids) expect(one).toMatch(/^[0-9a-f]{24}$/);
  expect(makeDeliveryId(1, 'paper/a', 1, 'b')).toBe(ids[0]);
});

test('a TID has the shape of a record key, sorts by its place, and is the same each time', () => {
  fc.assert(
    fc.property(id, at, fc.nat(50), (delivery, instant, index) => {
      const tid = makeTid(delivery, instant, index);

      // https://atproto.com/specs/tid
      expect(tid).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
      expect(makeTid(delivery, new Date(instant), index)).toBe(tid);
      expect(makeTid(delivery, instant, index + 1) > tid).toBe(true);
    }),
  );
});

test('a TID tells the instant that it was made from, to the millisecond', () => {
  const alphabet = '234567abcdefghijklmnopqrstuvwxyz';

  fc.assert(
    fc.property(id, at, (delivery, instant) => {
      const tid = makeTid(delivery, instant, 0);

      const bits = [...tid].reduce((sum, char) => sum * 32n + BigInt(alphabet.indexOf(char)), 0n);
      expect(Number((bits >> 10n) / 1000n)).toBe(instant.getTime());
    }),
  );
});

test('nonces have 25 characters and differ by delivery, stamp and place', () => {
  const nonces = ['a', 'b'].flatMap((delivery) =>
    [0, 1].flatMap((ms) => [0, 1, 10].map((i) => makeNonce(delivery, new Date(ms), i))),
  );

  expect(new Set(nonces).size).toBe(12);
  for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{25}$/);
  expect(makeNonce('a', new Date(0), 0)).toBe(nonces[0]);
});
