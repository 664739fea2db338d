import type { Desk } from '../desk.ts';

/**
 * Forgets how far destinations are planned that are there and no more posted to by the clock: one that
 * comes back is as a new one. An account that is not there is left, as nobody can tell for how long: its
 * platform may be down, or its variables missing at one start, and what is left for it would be lost.
 */
export async function forgetPlaces(
  { outbox, destinations, scheduled }: Pick<Desk, 'outbox' | 'destinations' | 'scheduled'>,
  now: Date,
): Promise<void> {
  const planned = new Set(scheduled.map(({ key }) => key));
  for (const { key: destination, isFollowed } of destinations) {
    if (isFollowed || planned.has(destination)) continue;
    const before = await outbox.readLanes(destination);
    if (before.length === 0) continue;
    const gone = before.map(({ lane }) => lane);
    await outbox.takeSlots({ destination, before, after: [], gone, deliveries: [] }, now);
  }
}
