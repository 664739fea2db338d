import { describe, expect, it } from 'vitest';
import type { Polled } from '../../src/desk/poll-feed.ts';
import { watchFeed } from '../../src/desk/watch-feed.ts';
import { makeFeedLedger } from '../../src/sources/feed-ledger.ts';
import type { Fetched } from '../../src/sources/fetch.ts';
import { makeTestDesk } from '../support/make-test-desk.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const DOWN: Fetched = { kind: 'unavailable', reason: 'it is down', retryAfterMs: undefined };

describe('watchFeed', () => {
  it('tells a feed that stays away once, logs each try, and never its address', async () => {
    const temp = makeTempDatabase();
    const desk = makeTestDesk(temp);
    const log = makeRecordLog();
    const stop = new AbortController();
    const told: Polled[] = [];
    const askedAt: number[] = [];
    const feed = {
      url: 'https://rss.example.org/secret.xml',
      ledger: makeFeedLedger(temp.database),
      random: () => 0.99,
      fetch: async (): Promise<Fetched> => {
        askedAt.push(desk.clock.now().getTime());
        if (askedAt.length === 6) stop.abort();
        if (askedAt.length === 3) throw new Error('a bug in fetch');
        return DOWN;
      },
    };

    await watchFeed(desk, { feed, log, tell: (_, polled) => told.push(polled) }, stop.signal);

    const waits = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(60_000);
    expect(told).toMatchObject([{ kind: 'failed', reason: 'it is down' }]);
    expect(log.lines.filter(({ event }) => event === 'feed.failed')).toHaveLength(4);
    expect(log.lines.filter(({ event }) => event === 'feed.broken')).toHaveLength(1);
    expect(JSON.stringify(log.lines)).not.toContain('secret');
  });
});
