const FIRST_MS = 2_000;
const LONGEST_MS = 15 * 60 * 1000;
/** Whatever a platform asks for: a wait that hides from people for longer is a mistake of its. */
const LONGEST_ASKED_MS = 6 * 60 * 60 * 1000;

/**
 * How long to wait after attempt number `attempt` (from 1), in milliseconds: doubling from two
 * seconds to a quarter of an hour, each with up to half of it taken off at `random` (0 to 1) so
 * that workers spread; never less than the platform asked for, up to six hours.
 */
export function retryDelayMs(attempt: number, random: number, askedMs = 0): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 20));
  const asked = Number.isNaN(askedMs) ? 0 : Math.ceil(Math.min(askedMs, LONGEST_ASKED_MS));
  return Math.max(asked, Math.round(full * (1 - random / 2)));
}
