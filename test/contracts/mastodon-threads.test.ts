import { describe, expect, it } from 'vitest';
import type { DraftFor } from '../../formatters/draft.ts';
import { makeDraft } from './drafts.ts';
import { startMastodonRig } from './mastodon-rig.ts';
import { attemptAgain, makeOutgoing, patience, send } from './publisher-contract.ts';

let aheadMs = 0;
const rig = await startMastodonRig({
  rateLimits: false,
  now: () => new Date(Date.now() + aheadMs),
});
const { fake } = rig;
const POST = /^POST \/api\/v1\/statuses$/;
const HOUR_MS = 3_600_000;

const made = makeDraft('mastodon', 20);
if (made.platform !== 'mastodon') throw new Error('not a Mastodon draft');
const eight: DraftFor<'mastodon'> = { ...made, posts: made.posts.slice(0, 8) };
const texts = eight.posts.map(({ status }) => status);
if (texts.length !== 8) throw new Error('the draft is too short');

const failAt = (
  index: number,
  kind: 'reset-before' | 'reset-after' | 'hang-body-after' | 'status-after',
) => {
  if (index > 0) fake.inject({ path: POST, kind: 'delay', delayMs: 0, times: index });
  fake.inject(kind === 'status-after' ? { path: POST, kind, status: 503 } : { path: POST, kind });
};
const ids = (): string[] => fake.statuses(rig.account().id).map(({ id }) => id);

describe('a thread of eight', () => {
  const cases = ['reset-before', 'reset-after', 'status-after'] as const;
  const prefixes = cases.flatMap((kind) => texts.map((_, index) => [kind, index] as const));

  it.each(prefixes)(
    'is whole after %s at post %i, each answering the one before',
    async (kind, at) => {
      rig.renew();
      const outgoing = makeOutgoing(eight);
      failAt(at, kind);

      const broken = await rig.make().publish(outgoing, [], patience());
      const between = rig.texts();
      const found = await rig.make().find(outgoing, patience());
      const again = await attemptAgain(rig.make(), outgoing);

      const done = kind === 'reset-before' ? at : at + 1;
      expect(broken.kind).toBe('unknown');
      expect(between).toEqual(texts.slice(0, done));
      expect(found.kind).toBe(done === 0 ? 'absent' : done === 8 ? 'whole' : 'begun');
      expect(again.kind === 'sent' && again.receipt.posts.map(({ id }) => id)).toEqual(ids());
      expect(rig.texts()).toEqual(texts);
      const statuses = fake.statuses(rig.account().id);
      expect(statuses.map(({ inReplyToId }) => inReplyToId)).toEqual([null, ...ids().slice(0, -1)]);
      expect(statuses.map(({ visibility }) => visibility)).toEqual(
        eight.posts.map(({ visibility }) => visibility),
      );
    },
  );

  it('is not sent again while a post whose answer was lost may be on its way', async () => {
    rig.renew();
    const outgoing = makeOutgoing(eight);
    failAt(2, 'reset-before');
    await rig.make().publish(outgoing, [], patience());
    const doubtful = { ...outgoing, doubtfulSince: new Date() };

    const early = await attemptAgain(rig.make(), doubtful);
    const between = rig.texts();
    const since = new Date(Date.now() - 20_000);
    const late = await attemptAgain(rig.make(), { ...outgoing, doubtfulSince: since });

    expect(early.kind === 'unavailable' && early.retryAfterMs).toBeGreaterThan(15_000);
    expect(between).toEqual(texts.slice(0, 2));
    expect(late.kind).toBe('sent');
    expect(rig.texts()).toEqual(texts);
  });

  it('is whole after an answer that stopped in the middle', async () => {
    rig.renew();
    const outgoing = makeOutgoing(eight);
    failAt(3, 'hang-body-after');

    const broken = await rig.make().publish(outgoing, [], AbortSignal.timeout(1_500));
    const again = await attemptAgain(rig.make(), outgoing);

    expect([broken.kind, again.kind]).toEqual(['unknown', 'sent']);
    expect(rig.texts()).toEqual(texts);
  });

  it('is whole where the server has forgotten the keys', async () => {
    rig.renew();
    const outgoing = makeOutgoing(eight);
    failAt(3, 'reset-after');
    await rig.make().publish(outgoing, [], patience());
    aheadMs = 2 * HOUR_MS;

    const again = await attemptAgain(rig.make(), outgoing);
    aheadMs = 0;

    expect(again.kind).toBe('sent');
    expect(rig.texts()).toEqual(texts);
  });

  it('is whole where a repeated key breaks the server', async () => {
    rig.renew();
    const outgoing = makeOutgoing(eight);
    fake.breakKeys(true);
    failAt(3, 'reset-after');
    await rig.make().publish(outgoing, [], patience());

    // As where a list lags behind: the second attempt does not see what the first did.
    const blind = await rig.make().publish(outgoing, [], patience());
    const again = await attemptAgain(rig.make(), outgoing);
    fake.breakKeys(false);

    expect([blind.kind, again.kind]).toEqual(['unknown', 'sent']);
    expect(rig.texts()).toEqual(texts);
  });

  it('is whole where an attempt does not see what is in place, by its keys', async () => {
    rig.renew();
    const outgoing = makeOutgoing(eight);
    failAt(3, 'reset-after');
    await rig.make().publish(outgoing, [], patience());

    const blind = await rig.make().publish(outgoing, [], patience());

    expect(blind.kind).toBe('sent');
    expect(rig.texts()).toEqual(texts);
  });

  it('is read with two requests, however long it is', async () => {
    rig.renew();
    const outgoing = makeOutgoing(eight);
    await send(rig.make(), outgoing);
    const before = fake.requests.length;

    await rig.make().find(outgoing, patience());

    expect(fake.requests.slice(before).map(({ path }) => path)).toEqual([
      '/api/v1/accounts/verify_credentials',
      `/api/v1/accounts/${rig.account().id}/statuses`,
    ]);
  });

  it('is found behind two hundred later posts and boosts', async () => {
    rig.renew();
    const outgoing = makeOutgoing(eight);
    await send(rig.make(), outgoing);
    const [first] = ids();
    for (let i = 0; i < 100; i += 1) {
      fake.postAs(rig.account().id, `talk ${i}`);
      fake.postAs(rig.account().id, '', { reblogOf: first ?? '' });
    }

    const found = await rig.make().find(outgoing, patience());

    expect(found.kind).toBe('whole');
  });

  it('is found on an account whose public posts a moderator has unlisted', async () => {
    rig.renew();
    fake.silence(rig.account().id);
    const outgoing = makeOutgoing(eight);
    await send(rig.make(), outgoing);

    const found = await rig.make().find(outgoing, patience());

    expect(found.kind).toBe('whole');
  });

  it.each([0, 1, 4])('is not gone on with where a person has deleted post %i', async (index) => {
    rig.renew();
    const outgoing = makeOutgoing(eight);
    await send(rig.make(), outgoing);
    fake.deleteStatus(ids()[index] ?? '');
    // The keys, which would tell as well, are forgotten.
    aheadMs = 2 * HOUR_MS;

    const again = await attemptAgain(rig.make(), outgoing);
    aheadMs = 0;

    expect(again.kind === 'refused' && again.remedy).toMatch(/paperboy retract/);
    expect(again).not.toHaveProperty('isClosed');
    expect(rig.texts()).toHaveLength(7);
  });

  it('is not gone on with where the last post in place is deleted meanwhile', async () => {
    rig.renew();
    const outgoing = makeOutgoing(eight);
    failAt(3, 'reset-before');
    await rig.make().publish(outgoing, [], patience());
    const found = await rig.make().find(outgoing, patience());
    fake.deleteStatus(ids()[2] ?? '');

    const posts = found.kind === 'begun' ? found.posts : [];
    const attempt = await rig.make().publish(outgoing, posts, patience());

    expect(posts).toHaveLength(3);
    expect(attempt.kind === 'refused' && attempt.reason).toMatch(/deleted on Mastodon/);
    expect(rig.texts()).toHaveLength(2);
  });
});
