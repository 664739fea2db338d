import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import type { DraftFor } from '../../formatters/draft.ts';
import type { FetchedImage } from '../../src/publishers/images.ts';
import { makeDraft } from './drafts.ts';
import { startMastodonRig } from './mastodon-rig.ts';
import {
  attemptAgain,
  makeCorrection,
  makeOutgoing,
  patience,
  send,
} from './publisher-contract.ts';

const rig = await startMastodonRig({ rateLimits: false });
const { fake, log } = rig;
const LIMITS = { mostMedia: 4, descriptionLength: 1500, imagePixels: 33_177_600 };
afterEach(() => {
  fake.setRules(LIMITS);
  fake.setProcessing(0);
  fake.calm();
});

const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#123456' } })
  .png()
  .toBuffer();
const fetched: FetchedImage = { kind: 'fetched', bytes: png };
const fetchImage = async (): Promise<FetchedImage> => fetched;
const gone = async (): Promise<FetchedImage> => ({ kind: 'refused', reason: 'it is gone' });
const late = async (): Promise<FetchedImage> => ({ kind: 'unavailable', reason: 'too busy' });

/** A thread whose posts have so many images. */
const withImages = (words: string, ...counts: number[]): DraftFor<'mastodon'> => ({
  item: makeDraft('mastodon', 1).item,
  platform: 'mastodon',
  posts: counts.map((count, post) => ({
    status: `${words} ${post + 1}`,
    visibility: post === 0 ? 'public' : 'unlisted',
    language: 'en',
    ...(count === 0 ? {} : { media: Array.from({ length: count }, (_, n) => figure(post, n)) }),
  })),
});
const figure = (post: number, n: number) => ({
  url: `https://example.org/${post}/${n}.png`,
  description: `Figure ${n + 1} of post ${post + 1}`,
});
/** The words of the images in place, for each post. */
const shown = (): (readonly (string | null | undefined)[])[] =>
  fake
    .statuses(rig.account().id)
    .map(({ mediaIds }) => mediaIds.map((id) => fake.media(id)?.description));
const leftOut = (): unknown[] =>
  log.lines.filter(({ event }) => event === 'image.left-out').map(({ fields }) => fields.reason);
const afterAMinute = { now: () => new Date(Date.now() + 61_000) };

describe('images on Mastodon', () => {
  it('are in the posts that they belong to, with their words', async () => {
    rig.renew();

    await send(rig.make({ fetchImage }), makeOutgoing(withImages('Paper', 2, 0, 1)));

    expect(shown()).toEqual([
      ['Figure 1 of post 1', 'Figure 2 of post 1'],
      [],
      ['Figure 1 of post 3'],
    ]);
    const [id = ''] = fake.statuses(rig.account().id)[0]?.mediaIds ?? [];
    expect(Buffer.from(fake.media(id)?.bytes ?? []).equals(png)).toBe(true);
  });

  it('are waited for while the server processes them', async () => {
    rig.renew();
    fake.setProcessing(2);

    await send(rig.make({ fetchImage }), makeOutgoing(withImages('Paper', 1)));

    expect(shown()).toEqual([['Figure 1 of post 1']]);
  });

  it('have no longer words than the server takes', async () => {
    rig.renew();
    fake.setRules({ descriptionLength: 8 });

    await send(rig.make({ fetchImage }), makeOutgoing(withImages('Paper', 1)));

    expect(shown()).toEqual([['Figure 1']]);
  });

  it.each([
    ['cannot be had', gone, {}, /it is gone/],
    ['have more pixels than the server takes', fetchImage, { imagePixels: 1000 }, /1000 pixels/],
  ])('that %s are left out, and the log is told', async (_what, load, rules, reason) => {
    rig.renew();
    fake.setRules(rules);
    const outgoing = makeOutgoing(withImages('Paper', 1));

    const receipt = await send(rig.make({ fetchImage: load }), outgoing);
    const found = await rig.make().find(outgoing, patience());

    expect(shown()).toEqual([[]]);
    expect(leftOut().at(-1)).toMatch(reason);
    expect(found).toEqual({ kind: 'whole', receipt });
  });

  it('that are more than the server takes are left out', async () => {
    rig.renew();
    fake.setRules({ mostMedia: 1 });

    await send(rig.make({ fetchImage }), makeOutgoing(withImages('Paper', 2)));

    expect(shown()).toEqual([['Figure 1 of post 1']]);
    expect(leftOut().at(-1)).toMatch(/a post has at most 1/);
  });

  it('that the server does not take are left out', async () => {
    rig.renew();
    fake.inject({ path: /^POST .*media$/, kind: 'status-before', status: 413 });

    await send(rig.make({ fetchImage }), makeOutgoing(withImages('Paper', 1)));

    expect(shown()).toEqual([[]]);
    expect(leftOut().at(-1)).toMatch(/does not take it: 413/);
  });

  it.each([
    ['come yet', late, undefined],
    ['be uploaded', fetchImage, 'status-before'],
    ['have been uploaded', fetchImage, 'reset-after'],
  ] as const)('that may %s hold the thread back for a minute only', async (_what, load, kind) => {
    rig.renew();
    const outgoing = makeOutgoing(withImages('Paper', 1, 0));
    const path = /^POST .*media$/;
    const strike = () => {
      if (kind === 'status-before') fake.inject({ path, kind, status: 503 });
      else if (kind !== undefined) fake.inject({ path, kind });
    };

    strike();
    const held = await rig.make({ fetchImage: load }).publish(outgoing, [], patience());
    const between = rig.texts();
    strike();
    const sent = await rig
      .make({ fetchImage: load, ...afterAMinute })
      .publish(outgoing, [], patience());

    expect([held.kind, sent.kind]).toEqual(['unavailable', 'sent']);
    expect(between).toEqual([]);
    expect(rig.texts()).toEqual(['Paper 1', 'Paper 2']);
    expect(shown()).toEqual([[], []]);
  });

  it('are uploaded only for the posts that are missing', async () => {
    rig.renew();
    const outgoing = makeOutgoing(withImages('Paper', 1, 1));
    fake.inject({ path: /^POST .*statuses$/, kind: 'reset-after' });
    const first = await rig.make({ fetchImage }).publish(outgoing, [], patience());
    const before = fake.requests.length;

    const again = await attemptAgain(rig.make({ fetchImage }), outgoing);

    const uploads = fake.requests.slice(before).filter(({ path }) => path.endsWith('/media'));
    expect([first.kind, again.kind, uploads.length]).toEqual(['unknown', 'sent', 1]);
    expect(shown()).toEqual([['Figure 1 of post 1'], ['Figure 1 of post 2']]);
  });

  it('that may come yet leave the state of a begun thread to be looked up', async () => {
    rig.renew();
    const outgoing = makeOutgoing(withImages('Paper', 0, 1));
    const posts = [{ id: fake.postAs(rig.account().id, 'Paper 1').id }];

    const attempt = await rig.make({ fetchImage: late }).publish(outgoing, posts, patience());

    expect(attempt.kind).toBe('unknown');
  });

  it('close the destination where the token may upload nothing', async () => {
    rig.renew(['read', 'write:statuses']);

    const outgoing = makeOutgoing(withImages('Paper', 1));
    const attempt = await rig.make({ fetchImage }).publish(outgoing, [], patience());

    expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
    expect(attempt.kind === 'refused' && attempt.remedy).toMatch(/write:media/);
    expect(rig.texts()).toEqual([]);
  });

  it.each([
    ['come', [0], [1]],
    ['go', [1, 2], [0, 2]],
    ['come with a new post', [1], [1, 1]],
  ])('%s with a correction', async (_what, counts, corrected) => {
    rig.renew();
    const old = makeOutgoing(withImages('Paper', ...counts));
    const receipt = await send(rig.make({ fetchImage }), old);
    const draft = withImages('Paper', ...corrected);
    const correction = makeCorrection(old, receipt, draft, 'edit');

    const before = await rig.make().find(correction, patience());
    const after = await send(rig.make({ fetchImage }), correction);
    const found = await rig.make().find(correction, patience());

    expect(before.kind).not.toBe('whole');
    expect(shown().map(({ length }) => length)).toEqual(corrected);
    expect(found).toEqual({ kind: 'whole', receipt: after });
  });
});
