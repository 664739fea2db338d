import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSlotAfter } from '../../src/schedule/find-slot-after.ts';

test('the slot after an instant is the first that is later, however many there are', () => {
  const instants = fc.array(fc.nat(50), { maxLength: 40 });
  fc.assert(
    fc.property(instants, fc.nat(60), (all, instant) => {
      const slots = all
        .toSorted((a, b) => a - b)
        .map((ms) => ({ lane: 'digest', at: new Date(ms) }) as const);

      const found = findSlotAfter(slots, new Date(instant));

      expect(found).toEqual(slots.find(({ at }) => at.getTime() > instant)?.at);
    }),
  );
});
