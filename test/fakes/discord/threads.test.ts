import { expect, test } from 'vitest';
import { refusalOf, startForTest } from './test-kit.ts';

type Thread = {
  readonly id: string;
  readonly name: string;
  readonly message: { readonly id: string };
};
type Threads = { readonly threads: readonly Thread[]; readonly has_more: boolean };

const message = { content: 'A paper' };

test('a forum post is a thread whose first message has its id', async () => {
  const { discord, rest } = await startForTest();
  const forumId = discord.addChannel({ type: 15 });

  const thread = (await rest.post(`/channels/${forumId}/threads`, {
    body: { name: 'Title', message },
  })) as Thread;
  const listed = await rest.get(`/channels/${thread.id}/messages`);

  expect(thread).toMatchObject({ name: 'Title', parent_id: forumId, type: 11 });
  expect(thread.message.id).toBe(thread.id);
  expect(listed).toEqual([thread.message]);
  expect(discord.messages(thread.id)).toEqual([thread.message]);
  expect(discord.threads(forumId)).toHaveLength(1);
});

test('a forum that demands a tag refuses a post without one, and an unknown one', async () => {
  const { discord, rest } = await startForTest();
  const tags = [{ name: 'llm', id: '100000000000000009' }];
  const forumId = discord.addChannel({ type: 15, tags, requiresTag: true });
  const post = (applied_tags?: string[]): Promise<unknown> =>
    rest.post(`/channels/${forumId}/threads`, { body: { name: 'Title', message, applied_tags } });

  const bare = await refusalOf(post());
  const unknown = await refusalOf(post(['100000000000000008']));
  const tagged = await post(['100000000000000009']);

  expect(bare).toMatchObject({ status: 400, code: 40067 });
  expect(unknown).toMatchObject({ status: 404, code: 10087 });
  expect(tagged).toMatchObject({ applied_tags: ['100000000000000009'] });
  expect(discord.threads(forumId)).toHaveLength(1);
});

test('a forum post holds the rules of names and messages', async () => {
  const { discord, rest } = await startForTest();
  const forumId = discord.addChannel({ type: 15 });
  const post = (body: object): Promise<unknown> =>
    rest.post(`/channels/${forumId}/threads`, { body });

  const longName = await refusalOf(post({ name: 'n'.repeat(101), message }));
  const longText = await refusalOf(post({ name: 'n', message: { content: 'x'.repeat(2001) } }));
  const noMessage = await refusalOf(post({ name: 'n' }));
  const empty = await refusalOf(post({ name: 'n', message: {} }));
  const direct = await refusalOf(rest.post(`/channels/${forumId}/messages`, { body: message }));

  expect(longName).toMatchObject({ code: 50035, errors: { name: {} } });
  expect(longText).toMatchObject({ code: 50035, errors: { message: { content: {} } } });
  expect(noMessage).toMatchObject({ code: 50035, errors: { message: {} } });
  expect(empty).toMatchObject({ code: 50006 });
  expect(direct).toMatchObject({ code: 50008 });
  expect(discord.threads(forumId)).toEqual([]);
});

test('threads are listed among the active ones until they are archived', async () => {
  let at = new Date('2026-02-02T09:00:00Z');
  const { discord, rest } = await startForTest({ now: () => at });
  const forumId = discord.addChannel({ type: 15 });
  const ids: string[] = [];
  for (const name of ['one', 'two', 'three', 'four']) {
    const body = { name, message };
    ids.push(((await rest.post(`/channels/${forumId}/threads`, { body })) as Thread).id);
  }
  for (const id of ids.slice(0, 3)) {
    at = new Date(at.getTime() + 60_000);
    discord.archiveThread(id);
  }

  const active = (await rest.get(`/guilds/${discord.guildId}/threads/active`)) as Threads;
  const archived = (await rest.get(`/channels/${forumId}/threads/archived/public`, {
    query: new URLSearchParams({ limit: '2' }),
  })) as Threads;
  const older = (await rest.get(`/channels/${forumId}/threads/archived/public`, {
    query: new URLSearchParams({ before: '2026-02-02T09:02:00Z' }),
  })) as Threads;

  expect(active.threads.map(({ name }) => name)).toEqual(['four']);
  expect(archived.threads.map(({ name }) => name)).toEqual(['three', 'two']);
  expect(archived.has_more).toBe(true);
  expect(older.threads.map(({ name }) => name)).toEqual(['one']);
});

test('a message into an archived thread opens it again, and deleting a thread ends it', async () => {
  const { discord, rest } = await startForTest();
  const forumId = discord.addChannel({ type: 15 });
  const body = { name: 'Title', message };
  const { id } = (await rest.post(`/channels/${forumId}/threads`, { body })) as Thread;
  discord.archiveThread(id);

  await rest.post(`/channels/${id}/messages`, { body: { content: 'more' } });
  const active = (await rest.get(`/guilds/${discord.guildId}/threads/active`)) as Threads;
  await rest.delete(`/channels/${id}`);
  const gone = await refusalOf(rest.get(`/channels/${id}`));

  expect(active.threads.map((thread) => thread.id)).toEqual([id]);
  expect(gone).toMatchObject({ status: 404, code: 10003 });
});

test('a post answered with a lost line is there to be found among the active threads', async () => {
  const { discord, rest } = await startForTest();
  const forumId = discord.addChannel({ type: 15 });
  discord.inject({ kind: 'reset-after', method: 'POST', path: /threads$/ });
  const body = { name: 'Title', message };

  await expect(rest.post(`/channels/${forumId}/threads`, { body })).rejects.toThrow();
  const active = (await rest.get(`/guilds/${discord.guildId}/threads/active`)) as Threads;

  expect(active.threads).toHaveLength(1);
});
