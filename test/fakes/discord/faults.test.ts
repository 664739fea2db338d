import { RateLimitError } from '@discordjs/rest';
import { expect, test } from 'vitest';
import type { Fault } from './faults.ts';
import { fetchAs, refusalOf, startForTest } from './test-kit.ts';

type Case = readonly [fault: Fault, messages: number, status: number | null];

const lostAnswers: readonly Case[] = [
  [{ kind: 'reset-before' }, 0, null],
  [{ kind: 'reset-after' }, 1, null],
  [{ kind: 'hang-before' }, 0, null],
  [{ kind: 'hang-after' }, 1, null],
  [{ kind: 'status-before', status: 502 }, 0, 502],
  [{ kind: 'status-after', status: 502 }, 1, 502],
  [{ kind: 'hang-body-after' }, 1, 200],
];

test.for(lostAnswers)(
  'a create under %j fails and leaves %i messages',
  async ([fault, count, status]) => {
    const { discord, rest } = await startForTest();
    const channelId = discord.addChannel();
    const create = (signal?: AbortSignal): Promise<unknown> =>
      rest.post(`/channels/${channelId}/messages`, {
        body: { content: 'x', nonce: 'n', enforce_nonce: true },
        ...(signal === undefined ? {} : { signal }),
      });
    discord.inject({ ...fault, method: 'POST', path: /^\/channels\/\d+\/messages$/ });

    await expect(create(AbortSignal.timeout(2_000))).rejects.toThrow();

    expect(discord.messages(channelId)).toHaveLength(count);
    expect(discord.requests).toMatchObject([{ fault: fault.kind, status }]);
    await create();
    expect(discord.messages(channelId)).toHaveLength(1);
  },
);

test('a fault strikes only what it names, as many times as it says', async () => {
  const { discord } = await startForTest();
  const channelId = discord.addChannel();
  discord.inject({
    kind: 'status-before',
    status: 503,
    method: 'GET',
    path: /messages/g,
    times: 2,
  });
  const get = async (path: string): Promise<number> => (await fetchAs(discord, path)).status;

  const statuses = [
    await get('/users/@me'),
    await get(`/channels/${channelId}/messages`),
    await get(`/channels/${channelId}/messages`),
    await get(`/channels/${channelId}/messages`),
  ];

  expect(statuses).toEqual([200, 503, 503, 200]);
});

test('a delayed request is done in the end', async () => {
  const { discord, rest } = await startForTest();
  discord.inject({ kind: 'delay', delayMs: 120 });
  const startedAt = performance.now();

  await rest.get('/users/@me');

  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(115);
});

test('an injected 429 is one of Discord: headers, scope, seconds', async () => {
  const { discord } = await startForTest();
  discord.inject({ kind: 'rate-limit', retryAfterMs: 1_500, isGlobal: true });
  discord.inject({ kind: 'rate-limit', retryAfterMs: 1_500, hasRetryAfter: false });

  const answer = await fetchAs(discord, '/users/@me');
  const bare = await fetchAs(discord, '/users/@me');

  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(answer.headers.get('x-ratelimit-scope')).toBe('global');
  expect(await answer.json()).toMatchObject({ retry_after: 1.5, global: true });
  expect(bare.headers.get('retry-after')).toBeNull();
  expect(await bare.json()).toEqual({ message: 'You are being rate limited.', global: false });
});

test('the sixth create of a channel within five seconds is a 429, and another channel is free', async () => {
  const { discord } = await startForTest();
  const [busy, free] = [discord.addChannel(), discord.addChannel()];
  const post = (channelId: string): Promise<Response> =>
    fetchAs(discord, `/channels/${channelId}/messages`, {
      method: 'POST',
      body: '{"content":"x"}',
    });

  const answers: Response[] = [];
  for (let count = 0; count < 6; count += 1) answers.push(await post(busy));
  const other = await post(free);

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual([
    '4',
    '3',
    '2',
    '1',
    '0',
    '0',
  ]);
  const last = answers.at(-1);
  expect(last?.headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]{32}$/);
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await last?.json()).toMatchObject({ retry_after: expect.any(Number), global: false });
  expect(other.status).toBe(200);
  expect(discord.messages(busy)).toHaveLength(5);
});

test('the real client learns the bucket and rejects before the wire', async () => {
  const { discord, rest } = await startForTest();
  const channelId = discord.addChannel();
  const post = (): Promise<unknown> =>
    rest.post(`/channels/${channelId}/messages`, { body: { content: 'x' } });

  for (let count = 0; count < 5; count += 1) await post();

  await expect(post()).rejects.toThrow(RateLimitError);
  expect(discord.requests).toHaveLength(5);
});

test('fifty requests a second pass over the whole bot, the next is a global 429', async () => {
  const { discord } = await startForTest();
  const ids = Array.from({ length: 200 }, () => discord.addChannel());

  const answers = await Promise.all(ids.map((id) => fetchAs(discord, `/channels/${id}`)));

  const limited = answers.filter(({ status }) => status === 429);
  expect(limited.length).toBeGreaterThan(0);
  expect(answers.length - limited.length).toBeGreaterThanOrEqual(50);
  expect(limited[0]?.headers.get('x-ratelimit-global')).toBe('true');
});

test('rate limits can be off or otherwise', async () => {
  const off = await startForTest({ rateLimits: false });
  const tight = await startForTest({
    rateLimits: { createMessage: { limit: 1, windowMs: 60_000 } },
  });
  const post = async ({ discord }: typeof off, channelId: string): Promise<number> => {
    const body = '{"content":"x"}';
    return (await fetchAs(discord, `/channels/${channelId}/messages`, { method: 'POST', body }))
      .status;
  };
  const [free, narrow] = [off.discord.addChannel(), tight.discord.addChannel()];

  const many = await Promise.all(Array.from({ length: 80 }, () => post(off, free)));
  const few = [await post(tight, narrow), await post(tight, narrow)];

  expect(new Set(many)).toEqual(new Set([200]));
  expect(few).toEqual([200, 429]);
});

test('a body that is no JSON, or no object, is refused', async () => {
  const { discord, rest } = await startForTest();
  const channelId = discord.addChannel();
  const path = `/channels/${channelId}/messages` as const;

  const broken = await fetchAs(discord, path, { method: 'POST', body: '{"content":' });
  const list = await refusalOf(rest.post(path, { body: [] }));

  expect(broken.status).toBe(400);
  expect(await broken.json()).toMatchObject({ code: 50109 });
  expect(list).toMatchObject({ status: 400, code: 50035 });
});
