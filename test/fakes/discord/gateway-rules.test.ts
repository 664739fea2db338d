import { once } from 'node:events';
import { inflateSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startControl } from './gateway-control.ts';
import { connectBare, startBot } from './gateway-kit.ts';
import type { FakeDiscord } from './server.ts';
import { fetchAs, startForTest } from './test-kit.ts';

const identify = (discord: FakeDiscord, more: object = {}) => ({
  op: 2,
  d: { token: discord.token, intents: 1, properties: {}, ...more },
});

function open({ apiUrl }: FakeDiscord, query = 'v=10&encoding=json'): WebSocket {
  const socket = new WebSocket(`${apiUrl.replace('http', 'ws')}/?${query}`);
  onTestFinished(() => socket.terminate());
  return socket;
}

const wrong: readonly (readonly [number, string, (discord: FakeDiscord) => readonly unknown[]])[] =
  [
    [4001, 'an unknown opcode', () => [{ op: 99 }]],
    [4002, 'no JSON', () => ['{']],
    [4003, 'a presence before IDENTIFY', () => [{ op: 3, d: {} }]],
    [4004, 'a wrong token', (one) => [identify(one, { token: 'x' })]],
    [
      4004,
      'a wrong token at RESUME',
      () => [{ op: 6, d: { token: 'x', session_id: 'x', seq: 1 } }],
    ],
    [4005, 'a second IDENTIFY', (one) => [identify(one), identify(one)]],
    [4008, '121 events in a minute', () => Array.from({ length: 121 }, () => ({ op: 1, d: null }))],
    [4010, 'a shard beyond the count', (one) => [identify(one, { shard: [1, 1] })]],
    [4013, 'intents that are none', (one) => [identify(one, { intents: 1 << 30 })]],
    [4014, 'intents that were not granted', (one) => [identify(one, { intents: 1 << 1 })]],
  ];

test.for(wrong)('%i closes on %s', async ([code, , payloads]) => {
  const { discord } = await startForTest();
  const socket = open(discord);
  await once(socket, 'open');

  for (const payload of payloads(discord)) {
    socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload));
  }
  const [closed] = await once(socket, 'close');

  expect(closed).toBe(code);
});

test('an old version closes with 4012, and transport compression is refused', async () => {
  const { discord } = await startForTest();

  const [closed] = await once(open(discord, 'v=8&encoding=json'), 'close');
  const [error] = await once(open(discord, 'v=10&encoding=json&compress=zlib-stream'), 'error');

  expect(closed).toBe(4012);
  expect(String(error)).toContain('400');
});

test('payloads are compressed for who asks for it in IDENTIFY', async () => {
  const { discord } = await startForTest();
  const socket = open(discord);
  await once(socket, 'message');

  socket.send(JSON.stringify(identify(discord, { compress: true })));
  const [bytes, isBinary] = await once(socket, 'message');

  expect(isBinary).toBe(true);
  expect(JSON.parse(inflateSync(bytes).toString('utf8'))).toMatchObject({
    op: 0,
    s: 1,
    t: 'READY',
  });
});

test('a bot whose session starts are used up says so and does not connect', async () => {
  const { discord } = await startForTest({ sessionStarts: 0 });
  const bot = startBot(discord);

  const refused = await bot.see('refused');

  expect(refused.message).toContain('Not enough sessions remaining');
  expect(discord.gateway.notes).toEqual([]);
});

test('a client without heartbeats is closed with 4009', async () => {
  const { discord } = await startForTest({ heartbeatIntervalMs: 50 });
  const socket = await connectBare(discord);

  const [closed] = await once(socket, 'close');

  expect(closed).toBe(4009);
});

test('another process drives the fake: a dispatch is answered with its reply and the milliseconds', async () => {
  const { discord } = await startForTest();
  discord.addChannel();
  const control = await startControl(discord);
  onTestFinished(() => control.close());
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const init = { method: 'POST', body: JSON.stringify(body) };
    return (await fetch(`${control.url}/_control/${path}`, init)).json();
  };
  const bot = startBot(discord);
  await bot.see('ready');

  const state = await (await fetch(`${control.url}/_control/state`)).json();
  const unknown = await post('dispatch', { kind: 'slash', name: 'nothing' });
  const slash = await post('dispatch', { kind: 'slash', name: 'echo', options: { text: 'x' } });
  const { message } = slash as { message: { id: string } };
  const pressed = await post('dispatch', {
    kind: 'press',
    messageId: message.id,
    customId: 'next',
  });
  await post('gateway', { verb: 'cut' });
  await discord.gateway.whenResumed();

  expect(state).toEqual({ isConnected: true, identifies: 1, resumes: 0, commands: 5 });
  expect(unknown).toMatchObject({ error: expect.stringContaining('not registered') });
  expect(slash).toMatchObject({
    type: 4,
    callbackMs: expect.any(Number),
    message: { content: 'x' },
  });
  expect(pressed).toMatchObject({ type: 7, message: { id: message.id, content: 'next page' } });
});

test('the gateway is named with the sessions that are left', async () => {
  const { discord } = await startForTest();
  await connectBare(discord);

  const answer = await (await fetchAs(discord, '/gateway/bot')).json();

  expect(answer).toMatchObject({ session_start_limit: { total: 1000, remaining: 999 } });
});
