import { afterAll, describe, expect, it } from 'vitest';
import { describeError } from '../../src/kit/errors.ts';
import { makeDiscordPublisher } from '../../src/publishers/discord.ts';
import type { DiscordOptions } from '../../src/publishers/discord-place.ts';
import { makeDiscordRest } from '../../src/publishers/discord-rest.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { PARAGRAPHS } from './discord-rig.ts';
import { makeDraft } from './drafts.ts';
import {
  attemptAgain,
  makeCorrection,
  makeOutgoing,
  patience,
  send,
} from './publisher-contract.ts';

const discord = await startFakeDiscord({ openApiPath: specPath, rateLimits: false });
afterAll(() => discord.close());

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const FORBIDDEN = {
  kind: 'refuse',
  status: 403,
  code: 50013,
  message: 'Missing Permissions',
} as const;
const SOMEBODY = '175928847299117063';
const make = (channelId: string, use: Partial<DiscordOptions> = {}): Publisher =>
  makeDiscordPublisher(
    { channelId },
    makeDiscordRest({ token: discord.token, api: discord.apiUrl }),
    { crosspost: false, forumPer: 'paper', ...use },
  );
const draft = makeDraft('discord', 4);
const long = makeDraft('discord', PARAGRAPHS);
const inComponents = makeDraft('discord', 4, { discord: { layout: 'components' } });

describe('a paper in a Discord channel', () => {
  it('pings nobody', async () => {
    const channelId = discord.addChannel();

    await send(make(channelId), makeOutgoing(draft));

    expect(discord.messages(channelId)).toMatchObject([{ mention_everyone: false }]);
  });

  it('is found behind a hundred and fifty messages of others', async () => {
    const channelId = discord.addChannel();
    const outgoing = makeOutgoing(draft);
    await send(make(channelId), outgoing);
    for (let i = 0; i < 150; i += 1) {
      discord.postAs(channelId, { authorId: SOMEBODY, body: { content: `talk ${i}` } });
    }

    const found = await make(channelId).find(outgoing, patience());

    expect(found.kind).toBe('whole');
  });

  it('is not mistaken for a copy that somebody else posted', async () => {
    const channelId = discord.addChannel();
    const outgoing = makeOutgoing(draft);
    const [first] = draft.platform === 'discord' ? draft.posts : [];
    const timestamp = outgoing.stampedAt.toISOString();
    const embeds = first?.embeds?.map((embed) => ({ ...embed, timestamp }));
    discord.postAs(channelId, { authorId: SOMEBODY, body: { embeds } });

    const found = await make(channelId).find(outgoing, patience());

    expect(found).toEqual({ kind: 'absent' });
  });

  it('is told from another delivery of the same second, in components too', async () => {
    const channelId = discord.addChannel();
    const stampedAt = new Date('2026-11-22T09:00:00.250Z');
    const earlier = makeOutgoing(inComponents, { stampedAt });
    const later = makeOutgoing(inComponents, { stampedAt: new Date(stampedAt.getTime() + 500) });
    const receipt = await send(make(channelId), earlier);

    const found = await make(channelId).find(later, patience());
    const own = await make(channelId).find(earlier, patience());

    expect(found).toEqual({ kind: 'absent' });
    expect(own).toEqual({ kind: 'whole', receipt });
  });

  it('is linked by a page that a person can open', async () => {
    const channelId = discord.addChannel();

    const { posts } = await send(make(channelId), makeOutgoing(draft));

    const id = discord.messages(channelId)[0]?.id;
    const url = `https://discord.com/channels/${discord.guildId}/${channelId}/${id}`;
    expect(posts).toEqual([{ id, url }]);
  });

  it.each([
    ['a deleted channel', (id: string) => discord.removeChannel(id), /DISCORD_CHANNEL_ID/],
    ['a channel it may not post in', (id: string) => discord.denyChannel(id), /Send Messages/],
    ['a channel it may not see', (id: string) => discord.denyChannel(id, 'view'), /View Channel/],
  ])('tells a person about %s, and stops there', async (_name, close, remedy) => {
    const channelId = discord.addChannel();
    close(channelId);

    const attempt = await make(channelId).publish(makeOutgoing(draft), [], patience());

    expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
    expect(attempt.kind === 'refused' && attempt.remedy).toMatch(remedy);
  });

  it('tells a person that a category takes no messages', async () => {
    const channelId = discord.addChannel({ type: 4 });

    const attempt = await make(channelId).publish(makeOutgoing(draft), [], patience());

    expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
  });

  it('says how to be rid of the first messages when a later one is refused', async () => {
    const channelId = discord.addChannel();
    const refusal = { kind: 'refuse', status: 400, code: 200000, message: 'blocked' } as const;
    discord.inject({ ...refusal, method: 'POST', skip: 1 });

    const attempt = await make(channelId).publish(makeOutgoing(long), [], patience());

    expect(attempt.kind === 'refused' && attempt.remedy).toMatch(/paperboy retract$/);
  });

  it('is taken back with a channel that is gone', async () => {
    const channelId = discord.addChannel();
    const outgoing = makeOutgoing(long);
    const receipt = await send(make(channelId), outgoing);
    discord.removeChannel(channelId);

    const retraction = await make(channelId).retract(outgoing, receipt, patience());

    expect(retraction).toEqual({ kind: 'retracted' });
  });

  it('is taken back where the bot may not post any more', async () => {
    const channelId = discord.addChannel();
    const outgoing = makeOutgoing(long);
    const receipt = await send(make(channelId), outgoing);
    discord.denyChannel(channelId);

    const retraction = await make(channelId).retract(outgoing, receipt, patience());

    expect(retraction).toEqual({ kind: 'retracted' });
    expect(discord.messages(channelId)).toEqual([]);
  });

  it('turns cards into components, and never back', async () => {
    const channelId = discord.addChannel();
    const old = makeOutgoing(draft);
    const receipt = await send(make(channelId), old);
    const forth = makeCorrection(old, receipt, inComponents, 'edit');
    const turned = await send(make(channelId), forth);

    const back = makeCorrection(forth, turned, draft, 'edit');
    const attempt = await make(channelId).publish(back, [], patience());

    expect(attempt.kind === 'refused' && attempt.remedy).toMatch(/components again/);
    expect(discord.messages(channelId)).toMatchObject([{ embeds: [], components: [{ type: 17 }] }]);
  });

  it.each([
    ['', 'posts in place: 1', false],
    [' of a correction', `posts with the new text: 1 of ${long.posts.length}`, true],
  ] as const)(
    'says how far it came when it is refused in the middle%s',
    async (_, told, isEdit) => {
      const channelId = discord.addChannel();
      const old = makeOutgoing(long);
      const receipt = isEdit ? await send(make(channelId), old) : { posts: [] };
      discord.inject({ ...FORBIDDEN, method: ['POST', 'PATCH'], skip: 1 });

      const outgoing = isEdit ? makeCorrection(old, receipt, long, 'edit') : old;
      const attempt = await make(channelId).publish(outgoing, [], patience());

      expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
      expect(attempt.kind === 'refused' && attempt.reason).toContain(` (${told})`);
    },
  );

  it('waits for its turn to correct messages older than an hour', async () => {
    let ageMs = 0;
    const limited = await startFakeDiscord({
      openApiPath: specPath,
      now: () => new Date(Date.now() + ageMs),
      rateLimits: { editOld: { limit: 2, windowMs: 1_500 } },
    });
    const channelId = limited.addChannel();
    const publisher = makeDiscordPublisher(
      { channelId },
      makeDiscordRest({ token: limited.token, api: limited.apiUrl }),
      { crosspost: false, forumPer: 'paper' },
    );
    const old = makeOutgoing(long);
    const receipt = await send(publisher, old);
    ageMs = 2 * 60 * 60 * 1000;

    const attempt = await publisher.publish(
      makeCorrection(old, receipt, long, 'edit'),
      [],
      patience(),
    );
    await limited.close();

    expect(receipt.posts.length).toBeGreaterThan(2);
    expect(attempt.kind).toBe('sent');
    expect(limited.messages(channelId).every((one) => one.edited_timestamp !== null)).toBe(true);
  });
});

describe('a thread as a destination', () => {
  const addThread = async (): Promise<string> => {
    const parent = discord.addChannel();
    const rest = makeDiscordRest({ token: discord.token, api: discord.apiUrl });
    const body = { name: 'Papers', type: 11 };
    return (await rest.post<{ id: string }>(`/channels/${parent}/threads`, body, patience())).id;
  };

  it('is opened when it was archived, to correct too', async () => {
    const threadId = await addThread();
    const old = makeOutgoing(draft);
    discord.archiveThread(threadId);
    const receipt = await send(make(threadId), old);
    discord.archiveThread(threadId);

    const correction = makeCorrection(old, receipt, makeDraft('discord', 5), 'edit');
    const corrected = await send(make(threadId), correction);

    expect(corrected.posts).toEqual(receipt.posts);
    expect(discord.messages(threadId)).toMatchObject([{ edited_timestamp: expect.any(String) }]);
  });

  it('is told to a person when it is locked to the bot', async () => {
    const threadId = await addThread();
    discord.archiveThread(threadId);
    discord.lockThread(threadId);
    discord.setManageThreads(false);

    const attempt = await make(threadId).publish(makeOutgoing(draft), [], patience());
    discord.setManageThreads(true);
    const again = await attemptAgain(make(threadId), makeOutgoing(draft));

    expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
    expect(attempt.kind === 'refused' && attempt.remedy).toMatch(/Manage Threads/);
    expect(again.kind).toBe('sent');
  });
});

describe('an announcement channel', () => {
  const isCrossposted = (channelId: string): boolean[] =>
    discord.messages(channelId).map(({ flags }) => (flags & 1) !== 0);

  it('has its messages published to its followers, where that is wanted', async () => {
    const [wanted, unwanted] = [discord.addChannel({ type: 5 }), discord.addChannel({ type: 5 })];

    await send(make(wanted, { crosspost: true }), makeOutgoing(draft));
    await send(make(unwanted), makeOutgoing(draft));

    expect([...isCrossposted(wanted), ...isCrossposted(unwanted)]).toEqual([true, false]);
  });

  it('takes what a person has published already for done', async () => {
    const channelId = discord.addChannel({ type: 5 });
    const refusal = { kind: 'refuse', status: 400, code: 40033, message: 'already' } as const;
    discord.inject({ ...refusal, path: /crosspost$/ });

    const attempt = await make(channelId, { crosspost: true }).publish(
      makeOutgoing(draft),
      [],
      patience(),
    );

    expect(attempt.kind).toBe('sent');
  });

  it('goes on with publishing when the hour has room again', async () => {
    const channelId = discord.addChannel({ type: 5 });
    const outgoing = makeOutgoing(long);
    discord.inject({ kind: 'rate-limit', retryAfterMs: 1_800_000, path: /crosspost$/, skip: 1 });

    const first = await make(channelId, { crosspost: true }).publish(outgoing, [], patience());
    const between = isCrossposted(channelId);
    const before = discord.requests.length;
    const again = await attemptAgain(make(channelId, { crosspost: true }), outgoing);

    expect(first).toMatchObject({ kind: 'unknown', retryAfterMs: expect.any(Number) });
    expect(first.kind === 'unknown' && describeError(first.cause)).toBe(
      'posted, not yet published to the servers that follow: Discord asks to wait',
    );
    expect(first.kind === 'unknown' && first.retryAfterMs).toBeGreaterThan(1_700_000);
    expect(between).toHaveLength(long.posts.length);
    expect(between.filter(Boolean)).toHaveLength(1);
    expect(again.kind).toBe('sent');
    expect(isCrossposted(channelId).every(Boolean)).toBe(true);
    const writes = discord.requests.slice(before).filter(({ method }) => method !== 'GET');
    expect(writes.map(({ path }) => path.endsWith('/crosspost'))).toEqual(
      long.posts.slice(1).map(() => true),
    );
  });

  it.each([
    ['posted', false],
    ['corrected', true],
  ] as const)('says that it is %s where the bot may not publish it', async (done, isEdit) => {
    const channelId = discord.addChannel({ type: 5 });
    const old = makeOutgoing(draft);
    const receipt = isEdit ? await send(make(channelId), old) : { posts: [] };
    const outgoing = isEdit ? makeCorrection(old, receipt, draft, 'edit') : old;
    const publisher = make(channelId, { crosspost: true });
    discord.inject({ ...FORBIDDEN, path: /crosspost$/ });

    const attempt = await publisher.publish(outgoing, [], patience());
    const between = discord.messages(channelId).length;
    const again = await attemptAgain(publisher, outgoing);

    expect(attempt).toMatchObject({
      kind: 'refused',
      reason: `${done}, but Discord does not let the bot publish it to the servers that follow: Missing Permissions (50013)`,
      remedy: expect.stringMatching(/Send Messages .*Manage Messages .*by hand$/),
      isClosed: true,
    });
    expect(attempt).not.toHaveProperty('isUnsent');
    expect(between).toBe(1);
    expect(again.kind).toBe('sent');
    expect(isCrossposted(channelId)).toEqual([true]);
  });

  it.each([
    ['unknown', { kind: 'reset-after' }, /^posted, perhaps not yet published/],
    ['unknown', { kind: 'status-before', status: 503 }, /^posted, perhaps not yet published/],
    [
      'refused',
      { kind: 'refuse', status: 400, code: 50035, message: 'Invalid Form Body' },
      /^posted, but not published .*: Discord refused the message: Invalid Form Body/,
    ],
    [
      'refused',
      { kind: 'refuse', status: 401, code: 0, message: '401: Unauthorized' },
      /^posted, but not published .*: Discord .* token/,
    ],
  ] as const)(
    'says that it is posted where publishing it is %s after %j',
    async (kind, fault, said) => {
      const channelId = discord.addChannel({ type: 5 });
      discord.inject({ ...fault, path: /crosspost$/ });

      const attempt = await make(channelId, { crosspost: true }).publish(
        makeOutgoing(draft),
        [],
        patience(),
      );

      expect(attempt.kind).toBe(kind);
      expect(attempt.kind === 'unknown' ? describeError(attempt.cause) : attempt).toEqual(
        kind === 'unknown'
          ? expect.stringMatching(said)
          : expect.objectContaining({ reason: expect.stringMatching(said) }),
      );
    },
  );
});
