import { expect, test } from 'vitest';
import { connectBare } from './gateway-kit.ts';
import type { Handle } from './interactions-handle.ts';
import type { JsonObject } from './json.ts';
import type { FakeDiscord } from './server.ts';
import { fetchAs, specPath, startForTest } from './test-kit.ts';

const everywhere = { contexts: [0, 1, 2], integration_types: [0, 1] };
const query = { type: 3, name: 'query', description: 'q', required: true, max_length: 9 };
const commands = [
  { name: 'paper', description: 'p', ...everywhere, options: [{ ...query, autocomplete: true }] },
  { name: 'latest', description: 'l', ...everywhere },
  { name: 'set', description: 's', contexts: [0], default_member_permissions: '32' },
];

/** A fake with a bare client, a channel, those commands and a clock that the test moves. */
async function startBare(): Promise<{ discord: FakeDiscord; skip: (ms: number) => void }> {
  let skippedMs = 0;
  const { discord } = await startForTest({ now: () => new Date(Date.now() + skippedMs) });
  discord.addChannel();
  await connectBare(discord);
  await call(discord, 'PUT', `/applications/${discord.botUserId}/commands`, commands);
  return {
    discord,
    skip: (ms) => {
      skippedMs += ms;
    },
  };
}

async function call(
  discord: FakeDiscord,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; code: unknown; body: JsonObject }> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetchAs(discord, path, init);
  const json = (answer.status === 204 ? {} : await answer.json()) as JsonObject;
  return { status: answer.status, code: json.code, body: json };
}

const callback = (discord: FakeDiscord, { id, token }: Handle, body: unknown, query = '') =>
  call(discord, 'POST', `/interactions/${id}/${token}/callback${query}`, body);
const webhook = ({ botUserId }: FakeDiscord, { token }: Handle, rest = '') =>
  `/webhooks/${botUserId}/${token}${rest}`;
const hello = { type: 4, data: { content: 'hello' } };

test('an interaction is answered once, in three seconds, with its own token', async () => {
  const { discord, skip } = await startBare();
  const [first, late] = [discord.dispatch.slash('latest'), discord.dispatch.slash('latest')];

  const stranger = await callback(discord, { ...first, token: late.token }, hello);
  const once = await callback(discord, first, hello, '?with_response=true');
  const twice = await callback(discord, first, hello);
  skip(3_001);
  const tooLate = await callback(discord, late, hello);

  expect(stranger).toMatchObject({ status: 404, code: 10062 });
  expect(once.body).toMatchObject({
    interaction: { id: first.id, response_message_ephemeral: false },
    resource: { type: 4, message: { content: 'hello' } },
  });
  expect(twice).toMatchObject({ status: 400, code: 40060 });
  expect(tooLate).toMatchObject({ status: 404, code: 10062 });
});

const wrongTypes: readonly (readonly [
  kind: 'slash' | 'typed' | 'pressed' | 'sent',
  type: number,
])[] = [
  ['slash', 6],
  ['slash', 7],
  ['slash', 8],
  ['slash', 1],
  ['typed', 4],
  ['typed', 5],
  ['pressed', 8],
  ['sent', 9],
  ['sent', 7],
];

test.for(wrongTypes)('an interaction %s is not answered with type %i', async ([kind, type]) => {
  const { discord } = await startBare();
  const handle = await dispatchKind(discord, kind);

  const answer = await callback(discord, handle, { type, data: {} });

  expect(answer).toMatchObject({ status: 400, code: 50035 });
  expect(answer.body.errors).toHaveProperty('type');
  expect(handle.isAnswered).toBe(false);
});

const form = {
  custom_id: 'form',
  title: 'Form',
  components: [
    { type: 1, components: [{ type: 4, custom_id: 'a', label: 'A', style: 1, required: false }] },
  ],
};

async function dispatchKind(
  discord: FakeDiscord,
  kind: 'slash' | 'typed' | 'pressed' | 'sent',
): Promise<Handle> {
  const { dispatch } = discord;
  if (kind === 'typed') return dispatch.autocomplete('paper', { option: 'query', typed: '' });
  const slash = dispatch.slash('latest');
  if (kind === 'slash') return slash;
  const button = { type: 2, style: 1, label: 'x', custom_id: 'x' };
  const message = { components: [{ type: 1, components: [button] }] };
  await callback(
    discord,
    slash,
    kind === 'sent' ? { type: 9, data: form } : { type: 4, data: message },
  );
  const reply = await slash.reply();
  if (kind === 'sent') return dispatch.submit(slash, reply, { a: 'x' });
  if (reply.message === undefined) throw new Error('no message');
  return dispatch.press(reply.message, 'x');
}

const badBodies: readonly (readonly [kind: 'slash' | 'typed', body: JsonObject, field: string])[] =
  [
    ['slash', { type: 4, data: { content: 'x'.repeat(2_001) } }, 'data.content'],
    ['slash', { type: 9, data: { ...form, title: 'x'.repeat(46) } }, 'data.title'],
    ['slash', { type: 9, data: { ...form, components: [] } }, 'data.components'],
    [
      'typed',
      { type: 8, data: { choices: [{ name: 'x', value: 'x'.repeat(101) }] } },
      'data.choices.0.value',
    ],
    ['typed', { type: 8, data: { choices: [{ name: 'x', value: 1 }] } }, 'data.choices.0.value'],
    ['typed', { type: 8, data: { choices: [{ name: '', value: 'x' }] } }, 'data.choices.0.name'],
    [
      'typed',
      {
        type: 8,
        data: { choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: 'x' })) },
      },
      'data.choices',
    ],
  ];

test.for(badBodies)('an interaction %s is not answered with %o', async ([kind, body, field]) => {
  const { discord } = await startBare();
  const handle = await dispatchKind(discord, kind);

  const answer = await callback(discord, handle, body);

  expect(answer).toMatchObject({ status: 400, code: 50035 });
  expect(answer.body.errors).toHaveProperty(field);
});

test('the webhook of an interaction opens with its callback and closes after 15 minutes', async () => {
  const { discord, skip } = await startBare();
  const handle = discord.dispatch.slash('latest');
  const original = webhook(discord, handle, '/messages/@original');

  const before = await call(discord, 'PATCH', original, { content: 'edited' });
  await callback(discord, handle, { type: 5, data: { flags: 64 } });
  const loading = await call(discord, 'GET', original);
  const filled = await call(discord, 'POST', webhook(discord, handle), { content: 'filled' });
  const encoded = webhook(discord, handle, '/messages/%40original');
  const edited = await call(discord, 'PATCH', encoded, { content: 'edited' });
  const second = await call(discord, 'POST', webhook(discord, handle), { content: 'second' });
  const empty = await call(discord, 'POST', webhook(discord, handle), {});
  const gone = await call(
    discord,
    'DELETE',
    webhook(discord, handle, `/messages/${second.body.id}`),
  );
  skip(15 * 60_000 + 1);
  const after = await call(discord, 'PATCH', original, { content: 'again' });

  expect(before).toMatchObject({ status: 404, code: 10015 });
  expect(loading.body).toMatchObject({ flags: 64 | 128, content: '' });
  expect(filled.body).toMatchObject({ id: loading.body.id, flags: 64, content: 'filled' });
  expect(edited.body).toMatchObject({ id: loading.body.id, content: 'edited' });
  expect(second.status).toBe(200);
  expect(empty).toMatchObject({ status: 400, code: 50006 });
  expect(gone.status).toBe(204);
  expect(after).toMatchObject({ status: 401, code: 50027 });
});

test('an application that only the user installed has five follow-ups', async () => {
  const { discord } = await startBare();
  const handle = discord.dispatch.slash('latest', {}, { place: 'private' });
  await callback(discord, handle, hello);

  const statuses: number[] = [];
  for (let count = 0; count < 6; count += 1) {
    statuses.push((await call(discord, 'POST', webhook(discord, handle), { content: 'x' })).status);
  }

  expect(statuses).toEqual([200, 200, 200, 200, 200, 400]);
});

test('what Discord would not let a member do throws in the test', async () => {
  const { discord } = await startBare();
  const { dispatch } = discord;
  const message = discord.postAs(discord.addChannel(), { authorId: '1'.repeat(18), body: {} });

  expect(() => dispatch.slash('nothing')).toThrow('not registered');
  expect(() => dispatch.slash('paper')).toThrow('"query" is required');
  expect(() => dispatch.slash('paper', { query: 'x'.repeat(10) })).toThrow('max_length is 9');
  expect(() => dispatch.slash('paper', { query: 1 })).toThrow('it is text');
  expect(() => dispatch.slash('paper', { query: 'x', other: 1 })).toThrow('no such option');
  expect(() => dispatch.slash('set')).toThrow('without the permissions 32');
  expect(() => dispatch.slash('set', {}, { place: 'dm' })).toThrow('in context 1');
  expect(() => dispatch.press(message, 'x')).toThrow('it is not there');
});

test('interactions are outside of the rate limits, and tokens of the bot are not asked for', async () => {
  const { discord } = await startBare();
  const answer = async (): Promise<number> => {
    const { id, token } = discord.dispatch.slash('latest');
    const url = `${discord.apiUrl}/v10/interactions/${id}/${token}/callback`;
    const headers = { 'content-type': 'application/json', 'user-agent': 'x' };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(hello) })).status;
  };

  const statuses = await Promise.all(Array.from({ length: 80 }, answer));

  expect(new Set(statuses)).toEqual(new Set([204]));
});

test('a user who takes no direct messages is a 50007', async () => {
  const { discord } = await startBare();
  const userId = '7'.repeat(18);

  const opened = await call(discord, 'POST', '/users/@me/channels', { recipient_id: userId });
  const again = await call(discord, 'POST', '/users/@me/channels', { recipient_id: userId });
  const path = `/channels/${opened.body.id}/messages`;
  const sent = await call(discord, 'POST', path, { content: 'x' });
  discord.closeDirectMessages(userId);
  const refused = await call(discord, 'POST', path, { content: 'x' });

  expect(opened.body).toMatchObject({ type: 1, recipients: [{ id: userId }] });
  expect(again.body.id).toBe(opened.body.id);
  expect(sent.status).toBe(200);
  expect(refused).toMatchObject({ status: 403, code: 50007 });
});

test.skipIf(specPath === undefined)(
  'the spec refuses what the hand rules do not know',
  async () => {
    const { discord } = await startBare();
    const handle = discord.dispatch.slash('latest');

    const answer = await callback(discord, handle, { type: 4, data: { content: 'x', tts: 'yes' } });

    expect(answer).toMatchObject({ status: 400, code: 50035 });
    expect(answer.body.errors).toHaveProperty('data.tts');
  },
);
