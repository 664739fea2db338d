import { describe, expect, it } from 'vitest';
import type { Draft } from '../../formatters/draft.ts';
import { makeBlueskyPublisher } from '../../src/publishers/bluesky.ts';
import { type BlueskySpending, makeBlueskyBudget } from '../../src/publishers/bluesky-budget.ts';
import type { Attempt, Publisher } from '../../src/publishers/publisher.ts';
import { makeBlueskySpending, makeSpending } from '../support/make-spending.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { type BlueskyRig, COLLECTION, keepSession, startBlueskyRigs } from './bluesky-rig.ts';
import { makeDraft } from './drafts.ts';
import { makeOutgoing, patience } from './publisher-contract.ts';

// Each account has its own points, and all may ask 3,000 times from one address in five minutes.
const [careful, shared] = await startBlueskyRigs({ accounts: 2, hasRateLimits: true });
if (!careful || !shared) throw new Error('the PDS has not two accounts');
const { proxy } = careful;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Eight of the longest threads fit into an hour's 5,000 points, at 3 a post. */
const POSTS = 200;
const FITTING = 8;

const longDraft = ((): Draft => {
  const draft = makeDraft('bluesky', 1);
  if (draft.platform !== 'bluesky') throw new Error('not a Bluesky draft');
  const post = { $type: COLLECTION, text: 'Short.', langs: ['en'] } as const;
  return { ...draft, posts: Array.from({ length: POSTS }, () => post) };
})();

const unlimited: BlueskySpending = {
  writes: { take: async () => undefined },
  uploads: { take: async () => undefined },
};

function make({ login }: BlueskyRig, spending: BlueskySpending): Publisher {
  const fetchImage = () => Promise.reject(new Error('an image was asked for'));
  const images = { fetchImage, log: makeRecordLog(), now: () => new Date() };
  return makeBlueskyPublisher(login, keepSession(), images, spending);
}

const listWrites = () => proxy.requests.filter(({ path }) => path.endsWith('applyWrites'));

/** Until the first of an hour's threads no longer counts. */
function expectWait(attempt: Attempt): void {
  expect(attempt.kind).toBe('unavailable');
  const { retryAfterMs = 0 } = attempt.kind === 'unavailable' ? attempt : {};
  expect(retryAfterMs).toBeGreaterThan(HOUR_MS / 2);
  expect(retryAfterMs).toBeLessThanOrEqual(HOUR_MS + 1_000);
}

describe('the points of an account on Bluesky', () => {
  it('are never overdrawn by those who keep account, though each process is new', async () => {
    const spending = makeBlueskySpending();
    const publish = () => make(careful, spending).publish(makeOutgoing(longDraft), [], patience());
    const before = listWrites().length;
    for (let thread = 0; thread < FITTING; thread += 1) await publish();

    const attempt = await publish();

    const written = listWrites().slice(before);
    expect(written.map(({ status }) => status)).toEqual(Array.from({ length: FITTING }, () => 200));
    expectWait(attempt);
  });

  it('that others spent are heeded as the server tells them', async () => {
    const publisher = make(shared, unlimited);
    const elsewhere = (count: number) =>
      shared.agent.com.atproto.repo.applyWrites({
        repo: shared.did,
        writes: Array.from({ length: count }, (_, index) => ({
          $type: 'com.atproto.repo.applyWrites#create' as const,
          collection: COLLECTION,
          value: {
            $type: COLLECTION,
            text: `Elsewhere ${index}`,
            createdAt: '2026-02-02T09:00:00Z',
          },
        })),
      });
    for (let thread = 0; thread < FITTING - 1; thread += 1) await elsewhere(POSTS);
    const before = listWrites().length;

    const first = await publisher.publish(makeOutgoing(longDraft), [], patience());
    const second = await publisher.publish(makeOutgoing(longDraft), [], patience());
    const small = await publisher.publish(makeOutgoing(makeDraft('bluesky', 1)), [], patience());

    const written = listWrites().slice(before);
    expect([first.kind, second.kind, small.kind]).toEqual(['sent', 'unavailable', 'sent']);
    expect(written.map(({ status }) => status)).toEqual([200, 200]);
    expectWait(second);
  });

  it('end in a 429 for a client that knows of none of that, which says until when', async () => {
    const attempt = await make(shared, unlimited).publish(makeOutgoing(longDraft), [], patience());

    expect(listWrites().at(-1)?.status).toBe(429);
    expectWait(attempt);
  });
});

describe('a budget', () => {
  const now = new Date('2026-02-02T09:00:00Z');
  const later = (ms: number): Date => new Date(now.getTime() + ms);
  const makeBudget = (at: { now: Date }, spending = makeBlueskySpending()) =>
    makeBlueskyBudget(spending, () => at.now);
  const headers = (remaining: number, resetInMs: number, serverNow = now): Headers =>
    new Headers({
      date: serverNow.toUTCString(),
      'ratelimit-remaining': String(remaining),
      'ratelimit-reset': String((serverNow.getTime() + resetInMs) / 1000),
    });
  const APPLY_WRITES = '/xrpc/com.atproto.repo.applyWrites';

  it('counts 3 points for a post and 1 for a deletion', async () => {
    const writes = makeSpending();

    await makeBudget({ now }, { writes, uploads: makeSpending() }).takeWrites(7, 5);

    expect(writes.taken.map(({ points }) => points)).toEqual([26]);
  });

  it('says when points fit again, by the hour and by the day', async () => {
    const at = { now };
    const budget = makeBudget(at);
    const fill = async (): Promise<void> => {
      for (let times = 0; times < FITTING; times += 1) await budget.takeWrites(POSTS, 0);
    };
    await fill();
    await expect(budget.takeWrites(POSTS, 0)).rejects.toMatchObject({ retryAfterMs: HOUR_MS });
    await expect(budget.takeWrites(0, POSTS)).resolves.toBeUndefined();

    for (let hour = 1; hour < 7; hour += 1) {
      at.now = later(hour * HOUR_MS);
      await fill();
    }
    at.now = later(7 * HOUR_MS);
    await budget.takeWrites(POSTS, 0);
    await budget.takeWrites(POSTS, 0);

    await expect(budget.takeWrites(POSTS, 0)).rejects.toMatchObject({
      retryAfterMs: DAY_MS - 7 * HOUR_MS,
    });
  });

  it('allows a thousand uploads a day', async () => {
    const at = { now };
    const budget = makeBudget(at);
    for (let times = 0; times < 1000; times += 1) await budget.takeUpload();

    await expect(budget.takeUpload()).rejects.toMatchObject({ retryAfterMs: DAY_MS });
    at.now = later(DAY_MS);
    await expect(budget.takeUpload()).resolves.toBeUndefined();
  });

  it.each([
    ['right', now],
    ['a day fast', later(-DAY_MS)],
    ['a day slow', later(DAY_MS)],
  ])('waits for the server’s reset, though our clock is %s', async (_how, serverNow) => {
    const at = { now };
    const budget = makeBudget(at);
    budget.heed(APPLY_WRITES, headers(10, 60_000, serverNow));

    await expect(budget.takeWrites(3, 1)).resolves.toBeUndefined();
    await expect(budget.takeWrites(4, 0)).rejects.toMatchObject({ retryAfterMs: 61_000 });
    at.now = later(61_000);
    await expect(budget.takeWrites(4, 0)).resolves.toBeUndefined();
  });

  it('writes nothing when no request at all is left', async () => {
    const budget = makeBudget({ now });
    budget.heed('/xrpc/com.atproto.repo.getRecord', headers(0, 5_000));

    await expect(budget.takeWrites(1, 0)).rejects.toMatchObject({ retryAfterMs: 6_000 });
  });

  it.each([
    {},
    { 'ratelimit-remaining': '0' },
    { 'ratelimit-remaining': 'x', 'ratelimit-reset': '' },
  ])('is not moved by headers that say nothing: %j', async (given) => {
    const budget = makeBudget({ now });
    budget.heed(APPLY_WRITES, new Headers(given as Record<string, string>));

    await expect(budget.takeWrites(1, 0)).resolves.toBeUndefined();
  });
});
