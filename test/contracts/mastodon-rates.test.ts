import { describe, expect, it } from 'vitest';
import type { DraftFor } from '../../formatters/draft.ts';
import { makeDraft } from './drafts.ts';
import { startMastodonRig, WRITES } from './mastodon-rig.ts';
import { attemptAgain, makeOutgoing, patience, send } from './publisher-contract.ts';

const MINUTE_MS = 60_000;
// The limits' windows begin at whole multiples of their length.
const startedAt = new Date('2026-02-02T09:00:00Z');
let at = startedAt;
const now = (): Date => at;
const pass = (ms: number): void => {
  at = new Date(at.getTime() + ms);
};

const rig = await startMastodonRig({
  now,
  rateLimits: { statuses: { limit: 5, windowMs: 60 * MINUTE_MS } },
});
const { fake } = rig;
const roomy = await startMastodonRig({ now });
const make = () => rig.make({ now });

const ofPosts = (count: number): DraftFor<'mastodon'> => ({
  item: makeDraft('mastodon', 1).item,
  platform: 'mastodon',
  posts: Array.from({ length: count }, (_, index) => ({
    status: `Post ${index + 1}`,
    visibility: 'unlisted',
    language: 'en',
  })),
});
const outgoingOf = (count: number) => makeOutgoing(ofPosts(count), { stampedAt: now() });

describe('the rate limits of Mastodon', () => {
  it('stop a thread in the middle, which is whole once they have passed', async () => {
    rig.renew();
    const outgoing = outgoingOf(8);
    const publisher = make();

    const first = await publisher.publish(outgoing, [], patience());
    const between = rig.texts().length;
    const before = fake.requests.length;
    const early = await attemptAgain(publisher, outgoing);
    const writes = fake.requests.slice(before).filter(({ method }) => method === 'POST');
    pass(60 * MINUTE_MS);
    const late = await attemptAgain(publisher, outgoing);

    expect(first).toMatchObject({ kind: 'unknown', retryAfterMs: 60 * MINUTE_MS });
    expect(between).toBe(5);
    expect(early).toMatchObject({ kind: 'unknown', retryAfterMs: 60 * MINUTE_MS });
    expect(writes).toEqual([]);
    expect(late.kind).toBe('sent');
    expect(rig.texts()).toEqual(ofPosts(8).posts.map(({ status }) => status));
  });

  it('let nothing be sent once the last request is used up, though it went well', async () => {
    rig.renew();
    pass(60 * MINUTE_MS);
    const publisher = make();
    await send(publisher, outgoingOf(5));
    const before = fake.requests.length;

    const attempt = await publisher.publish(outgoingOf(1), [], patience());

    expect(attempt).toMatchObject({ kind: 'unavailable', retryAfterMs: 60 * MINUTE_MS });
    expect(fake.requests.length).toBe(before);
  });

  it('are waited for by the server’s clock, whatever this one says', async () => {
    rig.renew();
    const publisher = rig.make({ now: () => new Date(at.getTime() + 24 * 60 * MINUTE_MS) });
    fake.inject({ path: WRITES, kind: 'rate-limit', retryAfterMs: 90_000 });

    const attempt = await publisher.publish(outgoingOf(1), [], patience());

    expect(attempt).toMatchObject({ kind: 'unavailable', retryAfterMs: 90_000 });
  });

  it('are waited for six hours at most, whatever the server asks for', async () => {
    rig.renew();
    const publisher = make();
    fake.inject({ path: WRITES, kind: 'rate-limit', retryAfterMs: 999_999_999_000 });

    const attempt = await publisher.publish(outgoingOf(1), [], patience());
    pass(6 * 60 * MINUTE_MS);
    const late = await publisher.publish(outgoingOf(1), [], patience());

    expect(attempt).toMatchObject({ kind: 'unavailable', retryAfterMs: 6 * 60 * MINUTE_MS });
    expect(late.kind).toBe('sent');
  });

  it('are waited for without a number where the server gives none', async () => {
    rig.renew();
    pass(60 * MINUTE_MS);
    fake.inject({ path: WRITES, kind: 'rate-limit', retryAfterMs: 1, hasRetryAfter: false });

    const attempt = await make().publish(outgoingOf(1), [], patience());

    expect(attempt.kind).toBe('unavailable');
    expect(attempt).not.toHaveProperty('retryAfterMs');
  });

  it('let a thread of seventy be taken back in three turns', async () => {
    const outgoing = outgoingOf(70);
    const receipt = await send(roomy.make({ now }), outgoing);
    const turns: string[] = [];

    for (let turn = 0; turn < 3; turn += 1) {
      const retraction = await roomy.make({ now }).retract(outgoing, receipt, patience());
      turns.push(retraction.kind);
      if (retraction.kind === 'unavailable') pass(retraction.retryAfterMs ?? 0);
    }

    expect(turns).toEqual(['unavailable', 'unavailable', 'retracted']);
    expect(roomy.texts()).toEqual([]);
  });
});
