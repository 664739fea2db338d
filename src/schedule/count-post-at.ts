import { ON_TIME_MS } from './judge-slots.ts';

const SECOND_MS = 1000;

/**
 * When a post counts as posted, for `PlaceState.lastPostAt`: at its time, although it went out some
 * seconds after, so that the gap to the next slot is what the programme says; but one that went out
 * late counts from then. What one instant takes is due some milliseconds apart, and counts as at it.
 * What has not gone out (`sentAt` is undefined) is about to.
 */
export function countPostAt(
  { dueAt, sentAt }: { readonly dueAt: Date; readonly sentAt: Date | undefined },
  now: Date,
): Date {
  // What a clock that was ahead has sent is to come by its time, and was sent long since.
  const at = sentAt === undefined ? now : sentAt > now ? dueAt : sentAt;
  if (at.getTime() - dueAt.getTime() > ON_TIME_MS) return at;
  return new Date(Math.floor(dueAt.getTime() / SECOND_MS) * SECOND_MS);
}
