import type { LaneSlot } from './programme.ts';

/** When the first of some slots after an instant is, which are in order; undefined where none is. */
export function findSlotAfter(slots: readonly LaneSlot[], instant: Date): Date | undefined {
  let [from, to] = [0, slots.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const slot = slots[middle];
    if (slot !== undefined && slot.at <= instant) from = middle + 1;
    else to = middle;
  }
  return slots[from]?.at;
}
