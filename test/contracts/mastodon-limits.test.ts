import { afterEach, describe, expect, it } from 'vitest';
import type { DraftFor } from '../../formatters/draft.ts';
import { describeError } from '../../src/kit/errors.ts';
import { readMastodonLimits } from '../../src/publishers/mastodon-limits.ts';
import { serve } from '../sources/serve.ts';
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
const { fake } = rig;
const USUAL = { maxCharacters: 500, charactersPerUrl: 23 };
afterEach(() => {
  fake.setRules(USUAL);
  fake.calm();
});

const ofLength = (...lengths: number[]): DraftFor<'mastodon'> => ({
  item: makeDraft('mastodon', 1).item,
  platform: 'mastodon',
  posts: lengths.map((length, index) => ({
    status: `${index} `.padEnd(length, 'x'),
    visibility: index === 0 ? 'public' : 'unlisted',
    language: 'en',
  })),
});

describe('the limits of a Mastodon server', () => {
  it('are read from the server, without a token', async () => {
    fake.setRules({ maxCharacters: 5000, charactersPerUrl: 30 });

    const limits = await readMastodonLimits(fake.server);

    expect(limits).toEqual({
      maxCharacters: 5000,
      charactersPerUrl: 30,
      mostMedia: 4,
      descriptionLength: 1500,
      imageBytes: 16 * 1024 * 1024,
      imagePixels: 33_177_600,
    });
  });

  it('cannot be read where no Mastodon is', async () => {
    const reading = readMastodonLimits(`${fake.server}/elsewhere/`);
    fake.inject({ kind: 'status-before', status: 404 });

    await expect(reading).rejects.toMatchObject({ code: 'mastodon-limits' });
  });

  it('let a longer post through where a server takes it', async () => {
    rig.renew();
    fake.setRules({ maxCharacters: 1000 });

    await send(rig.make(), makeOutgoing(ofLength(900, 1000)));

    expect(rig.texts().map((text) => text.length)).toEqual([900, 1000]);
  });

  it('refuse a post before anything is written, and say what to set', async () => {
    rig.renew();
    fake.setRules({ maxCharacters: 300 });
    const before = fake.requests.length;

    const attempt = await rig.make().publish(makeOutgoing(ofLength(200, 301)), [], patience());

    expect(attempt).toEqual({
      kind: 'refused',
      reason: 'post 2 was not sent as its text has 301 characters, at most 300',
      remedy:
        'Set posts.mastodon.maxCharacters to 300 and posts.mastodon.charactersPerUrl to 23 if paperboy.yaml has them: that is what the server allows by now',
      isUnsent: true,
    });
    expect(fake.requests.slice(before).map(({ path }) => path)).toEqual(['/api/v2/instance']);
  });

  it('are read once, and again when a post would be over them', async () => {
    rig.renew();
    const publisher = rig.make();
    const before = fake.requests.length;
    await send(publisher, makeOutgoing(ofLength(500)));
    await send(publisher, makeOutgoing(ofLength(400)));
    fake.setRules({ maxCharacters: 600 });

    await send(publisher, makeOutgoing(ofLength(600)));

    const asked = fake.requests.slice(before).filter(({ method }) => method === 'GET');
    expect(asked.map(({ path }) => path)).toEqual(['/api/v2/instance', '/api/v2/instance']);
  });

  it('are handed on whenever they are read, so that the next draft is cut by them', async () => {
    rig.renew();
    const read: unknown[] = [];
    const publisher = rig.make({}, {}, ({ maxCharacters }) => read.push(maxCharacters));
    await send(publisher, makeOutgoing(ofLength(500)));
    fake.setRules({ maxCharacters: 450 });

    await publisher.publish(makeOutgoing(ofLength(460)), [], patience());

    expect(read).toEqual([500, 450]);
  });

  it('are read again when the server refuses a post, so that the reason says what to set', async () => {
    rig.renew();
    const publisher = rig.make();
    await send(publisher, makeOutgoing(ofLength(500)));
    fake.setRules({ maxCharacters: 450 });

    const attempt = await publisher.publish(makeOutgoing(ofLength(300, 460)), [], patience());

    expect(attempt.kind === 'refused' && attempt.remedy).toMatch(/maxCharacters to 450 /);
    expect(rig.texts()).toHaveLength(2);
    expect(attempt).not.toHaveProperty('isUnsent');
    expect(attempt).not.toHaveProperty('isClosed');
  });
});

describe('what Mastodon refuses', () => {
  const draft = ofLength(20, 20);
  const refuse = async (make = rig.make()) => make.publish(makeOutgoing(draft), [], patience());

  it.each([
    ['a token without a scope', () => rig.renew(['read']), /write:statuses/],
    ['a suspended account', () => fake.suspend(rig.account().id), /moderators/],
    ['a deleted account', () => fake.removeAccount(rig.account().id), /MASTODON_ACCESS_TOKEN/],
  ])('closes the destination for %s', async (_what, arrange, remedy) => {
    rig.renew();
    arrange();

    const attempt = await refuse();
    const found = await rig.make().find(makeOutgoing(draft), patience());

    expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
    expect(attempt.kind === 'refused' && attempt.remedy).toMatch(remedy);
    expect(['refused', 'absent']).toContain(found.kind);
  });

  it('closes the destination for a token of an application alone', async () => {
    const attempt = await rig
      .make({}, { accessToken: fake.addAppToken() })
      .find(makeOutgoing(draft), patience());

    expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
    expect(attempt.kind === 'refused' && attempt.remedy).toMatch(/Your access token/);
  });

  it.each([404, 301, 410])(
    'closes the destination for a server that answers %i',
    async (status) => {
      fake.inject({ path: /instance/, kind: 'status-before', status });

      const attempt = await refuse();

      expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
      expect(attempt.kind === 'refused' && attempt.remedy).toMatch(/MASTODON_SERVER/);
    },
  );

  it('closes the destination for a server that leads elsewhere, and does not follow it', async () => {
    const { host } = await serve((request, response) => {
      response.writeHead(301, { location: `${fake.server}${request.url}` }).end();
    });
    const before = fake.requests.length;

    const attempt = await refuse(rig.make({}, { server: `http://${host}` }));

    expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
    expect(fake.requests.length).toBe(before);
  });

  it.each(['find', 'publish', 'retract'] as const)(
    'ends %s truly when it is given up before a write',
    async (verb) => {
      rig.renew();
      fake.inject({ path: /^GET/, kind: 'hang-body-after' });
      const outgoing = makeOutgoing(draft);
      const signal = AbortSignal.timeout(200);
      const publisher = rig.make();

      const outcome = await {
        find: () => publisher.find(outgoing, signal),
        publish: () => publisher.publish(outgoing, [], signal),
        retract: () => publisher.retract(outgoing, undefined, signal),
      }[verb]();

      expect(outcome.kind).toBe('unavailable');
    },
  );

  it('is of this post alone where it is the content, and says how many are in place', async () => {
    rig.renew();
    const publisher = rig.make();
    const outgoing = makeOutgoing(draft);
    fake.inject({ path: /^POST/, kind: 'reset-after' });
    await publisher.publish(outgoing, [], patience());
    fake.refuseNextStatus(422, 'Validation failed: Text is not wanted here');

    const attempt = await attemptAgain(publisher, outgoing);

    expect(attempt).toMatchObject({
      kind: 'refused',
      reason:
        'Mastodon refused a post: Validation failed: Text is not wanted here (posts in place: 1)',
    });
    expect(attempt).not.toHaveProperty('isClosed');
    expect(attempt).not.toHaveProperty('isUnsent');
  });

  it('says how many posts are in place where it is of everything, too', async () => {
    rig.renew();
    fake.inject({ path: /^POST/, kind: 'status-before', status: 403, skip: 1 });

    const attempt = await rig.make().publish(makeOutgoing(ofLength(20, 30)), [], patience());

    expect(rig.texts()).toHaveLength(1);
    expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
    expect(attempt.kind === 'refused' && attempt.reason).toMatch(/ \(posts in place: 1\)$/);
    expect(attempt).not.toHaveProperty('isUnsent');
  });

  it('says how many posts of a correction have the new text', async () => {
    rig.renew();
    const old = makeOutgoing(ofLength(20, 30, 40));
    const receipt = await send(rig.make(), old);
    fake.inject({ path: /^PUT/, kind: 'status-before', status: 403, skip: 1 });

    const correction = makeCorrection(old, receipt, ofLength(21, 31, 41), 'edit');
    const attempt = await rig.make().publish(correction, [], patience());

    expect(rig.texts().map(({ length }) => length)).toEqual([21, 30, 40]);
    expect(attempt.kind === 'refused' && attempt.reason).toMatch(
      / \(posts with the new text: 1 of 3\)$/,
    );
  });

  it('leaves nothing behind where it is the first post, and says so', async () => {
    rig.renew();
    fake.refuseNextStatus(422, 'Validation failed: Text is not wanted here');

    const attempt = await refuse();

    expect(attempt).toMatchObject({ kind: 'refused', isUnsent: true });
    expect(rig.texts()).toEqual([]);
  });

  it.each([
    ['find', 500],
    ['find', 503],
    ['publish', 503],
  ] as const)('is not told where %s meets a %i before any write', async (verb, status) => {
    fake.inject({ path: /^GET/, kind: 'status-before', status });
    const outgoing = makeOutgoing(draft);

    const outcome =
      verb === 'find'
        ? await rig.make().find(outgoing, patience())
        : await rig.make().publish(outgoing, [], patience());

    expect(outcome.kind).toBe('unavailable');
  });

  it('closes the destination for a token that no server can have made', async () => {
    const attempt = await refuse(rig.make({}, { accessToken: 'a token\nof two lines' }));

    expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
    expect(JSON.stringify(attempt)).not.toContain('two lines');
  });

  it('never repeats the token', async () => {
    rig.renew();
    const { accessToken } = rig.account();
    fake.refuseNextStatus(422, `Not with ${accessToken}, nor at all`);

    const attempts = [await refuse(), await refuse(rig.make({}, { server: 'http://127.0.0.1:1' }))];
    fake.revokeToken(accessToken);
    attempts.push(await refuse());

    for (const attempt of attempts) {
      const cause = 'cause' in attempt ? describeError(attempt.cause) : '';
      expect(`${JSON.stringify(attempt)} ${cause}`).not.toContain(accessToken);
    }
  });
});
