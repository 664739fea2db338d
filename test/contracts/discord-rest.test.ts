import { afterAll, afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { makeDiscordPublisher } from '../../src/publishers/discord.ts';
import { makePacer } from '../../src/publishers/discord-pacer.ts';
import {
  type DiscordRest,
  makeDiscordRest,
  UnsentError,
} from '../../src/publishers/discord-rest.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { makeDraft } from './drafts.ts';
import { makeOutgoing, patience, send } from './publisher-contract.ts';

const discord = await startFakeDiscord({
  openApiPath: specPath,
  rateLimits: { createMessage: { limit: 2, windowMs: 1_500 } },
});
afterAll(() => discord.close());
afterEach(() => discord.clearFaults());

const SIX_HOURS_MS = 6 * 60 * 60 * 1000;
const makeRest = (perSecond?: number, timeoutMs?: number): DiscordRest =>
  makeDiscordRest({ token: discord.token, api: discord.apiUrl }, makePacer(perSecond), timeoutMs);
const make = (rest: DiscordRest, channelId: string): Publisher =>
  makeDiscordPublisher({ channelId }, rest, { crosspost: false, forumPer: 'paper' });
const draft = makeDraft('discord', 4);

describe('one client for all channels of a bot', () => {
  it('asks but once who the bot is', async () => {
    const rest = makeRest();
    const channels = Array.from({ length: 12 }, () => discord.addChannel());
    const before = discord.requests.length;

    await Promise.all(channels.map((id) => send(make(rest, id), makeOutgoing(draft))));

    const asked = discord.requests.slice(before).filter(({ path }) => path === '/users/@me');
    expect(asked).toHaveLength(1);
  });

  it('asks again when it was not told', async () => {
    const rest = makeRest();
    discord.inject({ kind: 'status-before', status: 502, path: /@me$/ });

    await expect(rest.readBotId(patience())).rejects.toThrow();

    expect(await rest.readBotId(patience())).toBe(discord.botUserId);
  });

  it('goes on after the token was revoked and restored', async () => {
    const rest = makeRest();
    const channelId = discord.addChannel();
    discord.revokeToken();
    const refused = await make(rest, channelId).publish(makeOutgoing(draft), [], patience());
    discord.restoreToken();

    const attempt = await make(rest, channelId).publish(makeOutgoing(draft), [], patience());

    expect([refused.kind, attempt.kind]).toEqual(['refused', 'sent']);
    expect(refused).toMatchObject({ isClosed: true });
  });

  it('knows that what still waited for its turn was not sent', async () => {
    const rest = makeRest(2);
    const channelId = discord.addChannel();
    const publisher = make(rest, channelId);
    await publisher.find(makeOutgoing(draft), patience());
    const busy = Array.from({ length: 6 }, () => rest.get('/users/@me', patience()));

    const outcome = await publisher.publish(makeOutgoing(draft), [], AbortSignal.timeout(500));
    await Promise.all(busy);
    await rest.get('/users/@me', patience());

    expect(outcome.kind).toBe('unavailable');
    expect(discord.messages(channelId)).toEqual([]);
  });

  it('does not count the wait for a turn as a slow answer', async () => {
    const rest = makeRest(2, 2_000);
    const all = Array.from({ length: 7 }, () => rest.get('/users/@me', patience()));

    expect(await Promise.all(all)).toHaveLength(7);
  });

  it('knows that what still waited for its bucket was not sent, then or later', async () => {
    const slow = await startFakeDiscord({
      openApiPath: specPath,
      rateLimits: { createMessage: { limit: 2, windowMs: 5_000 } },
    });
    onTestFinished(() => slow.close());
    const rest = makeDiscordRest({ token: slow.token, api: slow.apiUrl }, makePacer());
    const channelId = slow.addChannel();
    const publisher = make(rest, channelId);
    for (let i = 0; i < 2; i += 1) await send(publisher, makeOutgoing(draft));

    const outcome = await publisher.publish(makeOutgoing(draft), [], AbortSignal.timeout(300));
    await send(publisher, makeOutgoing(draft));

    expect(outcome.kind).toBe('unavailable');
    expect(slow.messages(channelId)).toHaveLength(3);
  });

  it('waits for a bucket without a 429', async () => {
    const rest = makeRest();
    const channelId = discord.addChannel();
    const before = discord.requests.length;

    for (let i = 0; i < 5; i += 1) await send(make(rest, channelId), makeOutgoing(draft));

    expect(discord.requests.slice(before).filter(({ status }) => status === 429)).toEqual([]);
    expect(discord.messages(channelId)).toHaveLength(5);
  });

  it.each(['hang-before', 'hang-body-after'] as const)(
    'has a deadline over all of a request: %s',
    async (kind) => {
      const rest = makeRest(undefined, 300);
      discord.inject({ kind, path: /@me$/ });

      const asked = rest.get('/users/@me', patience());

      await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
    },
  );

  it('waits with everything when Discord limits the bot as a whole', async () => {
    const own = makePacer();
    const told = Promise.withResolvers<void>();
    const pause = (ms: number): void => {
      own.pause(ms);
      told.resolve();
    };
    const pacer = { ...own, pause };
    const rest = makeDiscordRest({ token: discord.token, api: discord.apiUrl }, pacer);
    discord.inject({ kind: 'rate-limit', retryAfterMs: 1_000, isGlobal: true, path: /@me$/ });
    const channels = Array.from({ length: 3 }, () => discord.addChannel());
    const begun = performance.now();
    const limited = rest.get('/users/@me', patience());
    await told.promise;

    await Promise.all(channels.map((id) => rest.get(`/channels/${id}`, patience())));

    expect(performance.now() - begun).toBeGreaterThanOrEqual(950);
    await limited;
  });

  it('says of a call that is over before it began that it was not sent', async () => {
    const rest = makeRest();

    await expect(rest.get('/users/@me', AbortSignal.abort())).rejects.toThrow(UnsentError);
  });

  it('passes on how long Discord asks to wait', async () => {
    const rest = makeRest();
    const publisher = make(rest, discord.addChannel());
    discord.inject({ kind: 'rate-limit', retryAfterMs: 60_000, method: 'POST' });

    const attempt = await publisher.publish(makeOutgoing(draft), [], patience());

    expect(attempt.kind === 'unavailable' && attempt.retryAfterMs).toBeGreaterThan(55_000);
  });

  it('stops the whole bot for six hours at most, whatever Discord asks for', async () => {
    const pauses: number[] = [];
    const pacer = { ...makePacer(), pause: (ms: number) => void pauses.push(ms) };
    const rest = makeDiscordRest({ token: discord.token, api: discord.apiUrl }, pacer);
    discord.inject({ kind: 'rate-limit', retryAfterMs: 999_999_999_000, isGlobal: true });

    const asked = rest.get('/users/@me', patience());

    // The client adds the length of a request.
    const retryAfter = expect.toSatisfy((ms: number) => ms > 0 && ms < SIX_HOURS_MS + 1_000);
    await expect(asked).rejects.toMatchObject({ retryAfter });
    expect(pauses).toEqual([SIX_HOURS_MS]);
  });
});
