import { expect, test } from 'vitest';
import { fetchAs, refusalOf, startForTest } from './test-kit.ts';

type Made = { readonly id: string; readonly applied_tags?: readonly string[] };

const message = { content: 'A paper' };
const plain = '100000000000000008';
const moderated = '100000000000000009';
const tags = [
  { name: 'Data filtering', id: plain },
  { name: 'Best of', id: moderated, moderated: true },
];

async function startForum(type = 15) {
  const { discord, rest } = await startForTest();
  const forumId = discord.addChannel({ type, tags });
  const post = async (over: object = {}): Promise<Made> =>
    (await rest.post(`/channels/${forumId}/threads`, {
      body: { name: 'Title', message, ...over },
    })) as Made;
  const change = async (id: string, body: object): Promise<Made> =>
    (await rest.patch(`/channels/${id}`, { body })) as Made;
  return { discord, rest, post, change };
}

test.for([15, 16])('a channel of type %i takes threads, and no messages', async (type) => {
  const { discord, rest, post } = await startForum(type);

  const thread = await post();
  const direct = await refusalOf(rest.get(`/channels/${discord.addChannel({ type })}/messages`));

  expect(discord.messages(thread.id)).toHaveLength(1);
  expect(direct).toMatchObject({ code: 50024 });
});

test('a moderated tag is set and taken off by who may manage threads', async () => {
  const { discord, post, change } = await startForum();
  const tagged = await post({ applied_tags: [moderated] });
  discord.setManageThreads(false);

  const set = await refusalOf(post({ applied_tags: [moderated] }));
  const taken = await refusalOf(change(tagged.id, { applied_tags: [plain] }));
  const kept = await change(tagged.id, { applied_tags: [moderated, plain] });

  expect([set.code, taken.code]).toEqual([50013, 50013]);
  expect(kept.applied_tags).toEqual([moderated, plain]);
});

test('an archived thread takes a message, and no edit until it is opened', async () => {
  const { discord, rest, post, change } = await startForum();
  const { id } = await post();
  const edit = (): Promise<unknown> =>
    rest.patch(`/channels/${id}/messages/${id}`, { body: { content: 'other words' } });
  discord.archiveThread(id);

  const closed = await refusalOf(edit());
  const renamed = await refusalOf(change(id, { name: 'Other' }));
  await change(id, { archived: false, name: 'Other' });
  await edit();
  discord.archiveThread(id);
  await rest.post(`/channels/${id}/messages`, { body: message });

  expect([closed.code, renamed.code]).toEqual([50083, 50083]);
  expect(discord.messages(id)).toMatchObject([{ content: 'other words' }, message]);
});

test('a locked thread is closed to who may not manage threads', async () => {
  const { discord, rest, post, change } = await startForum();
  const { id } = await post();
  const say = (): Promise<unknown> => rest.post(`/channels/${id}/messages`, { body: message });
  discord.lockThread(id);
  discord.setManageThreads(false);

  const locked = await refusalOf(say());
  discord.archiveThread(id);
  const archived = await refusalOf(say());
  const opened = await refusalOf(change(id, { archived: false }));
  discord.setManageThreads(true);
  await change(id, { archived: false });
  await say();

  expect([locked.code, archived.code, opened.code]).toEqual([160005, 50083, 50013]);
});

test('a thread is deleted by who may manage threads, and its first message by its author', async () => {
  const { discord, rest, post } = await startForum();
  const { id } = await post();
  discord.setManageThreads(false);

  const refused = await refusalOf(rest.delete(`/channels/${id}`));
  await rest.delete(`/channels/${id}/messages/${id}`);
  const left = await rest.get(`/channels/${id}/messages`);

  expect(refused.code).toBe(50013);
  expect(left).toEqual([]);
});

test('messages older than an hour are edited three times in six seconds', async () => {
  let ageMs = 0;
  const { discord } = await startForTest({ now: () => new Date(Date.now() + ageMs) });
  const channelId = discord.addChannel();
  const path = `/channels/${channelId}/messages`;
  const made = (await (
    await fetchAs(discord, path, { method: 'POST', body: JSON.stringify(message) })
  ).json()) as Made;
  const edit = async (): Promise<Response> =>
    fetchAs(discord, `${path}/${made.id}`, { method: 'PATCH', body: '{"content":"x"}' });

  const young = [await edit(), await edit(), await edit(), await edit()];
  ageMs = 61 * 60 * 1000;
  const old = [await edit(), await edit(), await edit(), await edit()];

  expect(young.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(old.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(Number(old.at(-1)?.headers.get('retry-after'))).toBeLessThanOrEqual(6);
});

test('a refusal is Discord’s own, after as many as are let pass', async () => {
  const { discord, rest } = await startForTest();
  const refusal = { kind: 'refuse', status: 400, code: 200000, message: 'blocked' } as const;
  discord.inject({ ...refusal, method: ['POST', 'PATCH'], skip: 1 });
  const channelId = discord.addChannel();
  const say = (): Promise<unknown> =>
    rest.post(`/channels/${channelId}/messages`, { body: message });

  await say();
  await rest.get(`/channels/${channelId}`);
  const refused = await refusalOf(say());
  discord.inject(refusal);
  discord.clearFaults();
  await say();

  expect(refused).toMatchObject({ status: 400, code: 200000 });
  expect(discord.messages(channelId)).toHaveLength(2);
});
