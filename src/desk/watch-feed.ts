import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import type { ImportDesk } from './import.ts';
import { type EntryNews, type Polled, pollFeed, type WatchedFeed } from './poll-feed.ts';

export type FeedWatch = {
  readonly feed: WatchedFeed;
  readonly log: Log;
  /** Called for every poll that has something to say to the editor. */
  readonly tell: (host: string, polled: Exclude<Polled, { kind: 'waiting' }>) => void;
};

/** The clock may be set, or the machine asleep: nobody sleeps longer without a look at it. */
const LONGEST_SLEEP_MS = 60_000;

/** Keeps what a feed publishes, until the signal. A failure is logged and tried again. */
export async function watchFeed(
  desk: ImportDesk,
  { feed, log, tell }: FeedWatch,
  signal: AbortSignal,
): Promise<void> {
  const host = new URL(feed.url).host;
  while (!signal.aborted) {
    let sleepMs = LONGEST_SLEEP_MS;
    try {
      const polled = await pollFeed(desk, feed, signal);
      if (signal.aborted && polled.kind === 'failed') break;
      logPoll(log, host, polled);
      if (isWorthTelling(polled)) tell(host, polled);
      sleepMs = polled.nextAt.getTime() - desk.clock.now().getTime();
    } catch (error) {
      log.error({ feed: host, reason: describeError(error) }, 'feed.broken');
    }
    await desk.clock.sleep(Math.min(Math.max(sleepMs, 1_000), LONGEST_SLEEP_MS), signal);
  }
}

/** A feed that stays away is told once; the log has every try. */
function isWorthTelling(polled: Polled): polled is Exclude<Polled, { kind: 'waiting' }> {
  if (polled.kind === 'failed') return polled.failures === 1;
  return polled.kind === 'polled' && polled.news.length > 0;
}

function logPoll(log: Log, feed: string, polled: Polled): void {
  if (polled.kind === 'failed') {
    const { reason, nextAt } = polled;
    log.warn({ feed, reason, retryAt: nextAt.toISOString() }, 'feed.failed');
  }
  if (polled.kind === 'polled') for (const one of polled.news) logEntry(log, feed, one);
}

function logEntry(log: Log, feed: string, { isStub, result }: EntryNews): void {
  const { issue, findings, saved, revision } = result;
  const fields = { feed, ...(issue === undefined ? {} : { issue: issue.number }) };
  const code = findings.find(({ severity }) => severity === 'error')?.code;
  if (isStub) log.info(fields, 'feed.entry-stub');
  else if (saved === undefined || saved === 'conflict') {
    log.warn({ ...fields, ...(code === undefined ? {} : { code }) }, 'feed.entry-rejected');
  } else {
    const event = saved === 'revised' ? 'feed.issue-revised' : 'feed.issue-imported';
    log.info({ ...fields, ...(revision === undefined ? {} : { revision }) }, event);
  }
}
