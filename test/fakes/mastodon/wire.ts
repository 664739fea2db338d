import type { Fault } from '../discord/faults.ts';
import { type Ending, endAfter, endBefore } from '../discord/wire.ts';
import { writeReset } from './rate-limits.ts';

export { endAfter };

/** How a fault ends a request of which nothing is done; a 429 is worded as Mastodon words it. */
export function endUndone(fault: Fault | undefined, now: Date): Ending | undefined {
  if (fault?.kind !== 'rate-limit') return endBefore(fault);
  const resetAt = new Date(now.getTime() + fault.retryAfterMs);
  const date = now.toUTCString();
  const headers = {
    date,
    'x-ratelimit-limit': '300',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': writeReset(resetAt),
  };
  return {
    kind: 'answer',
    answer: {
      status: 429,
      body: { error: 'Too many requests' },
      headers: fault.hasRetryAfter === false ? { date } : headers,
    },
  };
}
