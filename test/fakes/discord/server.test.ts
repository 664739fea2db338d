import { expect, test } from 'vitest';
import { loadSpec } from './spec.ts';
import { fetchAs, makeRest, refusalOf, specPath, startForTest } from './test-kit.ts';

type Message = Record<string, unknown> & { id: string; nonce?: string };

test('the fake knows its bot, its application and its gateway', async () => {
  const { discord, rest } = await startForTest();

  const me = await rest.get('/users/@me');
  const application = await rest.get('/applications/@me');
  const gateway = await rest.get('/gateway/bot');

  expect(me).toMatchObject({ id: discord.botUserId, bot: true });
  expect(discord.botUserId).toMatch(/^\d{17,19}$/);
  expect(application).toMatchObject({ id: discord.botUserId });
  expect(gateway).toMatchObject({ url: discord.apiUrl.replace('http', 'ws').replace('/api', '') });
});

test('a created message is what listing and getting return, without its nonce', async () => {
  const { discord, rest } = await startForTest();
  const channelId = discord.addChannel();
  const embeds = [{ title: 'A paper', timestamp: '2026-02-02T09:00:00Z', color: 1 }];

  const created = (await rest.post(`/channels/${channelId}/messages`, {
    body: { content: ' hello ', embeds, nonce: 'n-1', enforce_nonce: true },
  })) as Message;
  const listed = (await rest.get(`/channels/${channelId}/messages`)) as Message[];
  const got = await rest.get(`/channels/${channelId}/messages/${created.id}`);

  const { nonce, ...rest1 } = created;
  expect(nonce).toBe('n-1');
  expect(listed).toEqual([rest1]);
  expect(got).toEqual(rest1);
  expect(discord.messages(channelId)).toEqual([rest1]);
  expect(rest1).toMatchObject({ content: 'hello', author: { id: discord.botUserId } });
  expect(rest1.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/);
  expect(rest1.embeds).toMatchObject([{ type: 'rich', timestamp: '2026-02-02T09:00:00+00:00' }]);
});

test.skipIf(specPath === undefined)(
  'every answer fits the response schemas of the spec',
  async () => {
    const { discord, rest } = await startForTest();
    const spec = loadSpec(specPath);
    const channelId = discord.addChannel();
    const forumId = discord.addChannel({ type: 15, tags: [{ name: 'llm' }] });
    const form = new FormData();
    const payload = {
      flags: 1 << 15,
      components: [
        {
          type: 17,
          components: [
            { type: 10, content: 'text' },
            { type: 14 },
            { type: 12, items: [{ media: { url: 'attachment://a.png' }, description: 'alt' }] },
            {
              type: 9,
              components: [{ type: 10, content: 'section' }],
              accessory: { type: 11, media: { url: 'https://example.com/a.png' } },
            },
            { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] },
          ],
        },
      ],
    };
    form.set('payload_json', JSON.stringify(payload));
    form.set('files[0]', new File(['png'], 'a.png', { type: 'image/png' }));

    const answers = {
      UserPIIResponse: await rest.get('/users/@me'),
      GatewayBotResponse: await rest.get('/gateway/bot'),
      GuildChannelResponse: await rest.get(`/channels/${forumId}`),
      MessageResponse: await (
        await fetchAs(discord, `/channels/${channelId}/messages`, { method: 'POST', body: form })
      ).json(),
      CreatedThreadResponse: await rest.post(`/channels/${forumId}/threads`, {
        body: { name: 'A paper', message: { content: 'text' } },
      }),
      ThreadsResponse: await rest.get(`/guilds/${discord.guildId}/threads/active`),
    };

    expect(discord.isSpecChecked).toBe(true);
    for (const [name, answer] of Object.entries(answers)) {
      expect.soft(spec?.check(name, answer), name).toEqual([]);
    }
    expect(discord.messages(channelId)[0]).toMatchObject({
      attachments: [{ filename: 'a.png', size: 3 }],
    });
  },
);

test('an enforced nonce returns the earlier message, and only within its window', async () => {
  let at = new Date('2026-02-02T09:00:00Z');
  const { discord, rest } = await startForTest({ now: () => at, nonceWindowMs: 60_000 });
  const channelId = discord.addChannel();
  const post = async (nonce: string | number, isEnforced: boolean): Promise<Message> =>
    (await rest.post(`/channels/${channelId}/messages`, {
      body: { content: 'x', nonce, enforce_nonce: isEnforced },
    })) as Message;

  const first = await post('same', true);
  const again = await post('same', true);
  at = new Date('2026-02-02T09:01:01Z');
  const later = await post('same', true);
  const free = await post('same', false);

  expect(again).toEqual(first);
  expect(new Set([first.id, later.id, free.id]).size).toBe(3);
  expect(discord.messages(channelId)).toHaveLength(3);
});

test('twenty creates at once with one nonce leave one message', async () => {
  const { discord } = await startForTest({ rateLimits: false });
  const channelId = discord.addChannel();
  const body = JSON.stringify({ content: 'x', nonce: 'one', enforce_nonce: true });

  await Promise.all(
    Array.from({ length: 20 }, () =>
      fetchAs(discord, `/channels/${channelId}/messages`, { method: 'POST', body }),
    ),
  );

  expect(discord.messages(channelId)).toHaveLength(1);
});

test('listing pages newest first by limit, before, after and around', async () => {
  const { discord, rest } = await startForTest();
  const channelId = discord.addChannel();
  const ids = Array.from(
    { length: 9 },
    (_, n) =>
      discord.postAs(channelId, { authorId: '100000000000000001', body: { content: `${n}` } }).id,
  );
  const list = async (query: string): Promise<string[]> => {
    const found = (await rest.get(`/channels/${channelId}/messages`, {
      query: new URLSearchParams(query),
    })) as Message[];
    return found.map(({ content }) => String(content));
  };

  expect(await list('limit=3')).toEqual(['8', '7', '6']);
  expect(await list(`limit=2&before=${ids[4]}`)).toEqual(['3', '2']);
  expect(await list(`limit=2&after=${ids[4]}`)).toEqual(['6', '5']);
  expect(await list(`limit=3&around=${ids[4]}`)).toEqual(['5', '4', '3']);
  expect(await list('')).toHaveLength(9);
  expect(await refusalOf(list('limit=101'))).toMatchObject({ status: 400, code: 50035 });
});

test('ids grow strictly while the clock stands still or goes back', async () => {
  let at = new Date('2026-02-02T09:00:00Z');
  const { discord } = await startForTest({ now: () => at });
  const channelId = discord.addChannel();
  const post = (): bigint =>
    BigInt(
      discord.postAs(channelId, { authorId: '100000000000000001', body: { content: 'x' } }).id,
    );

  const ids = [post(), post()];
  at = new Date('2026-02-02T08:00:00Z');
  ids.push(post());

  expect(ids).toEqual([...new Set(ids)].sort((a, b) => (a < b ? -1 : 1)));
  expect((ids[0] ?? 0n) >> 22n).toBe(
    BigInt(Date.parse('2026-02-02T09:00:00Z')) - 1_420_070_400_000n,
  );
});

test('a message is edited and deleted by its author alone', async () => {
  const { discord, rest } = await startForTest();
  const channelId = discord.addChannel();
  const path = `/channels/${channelId}/messages` as const;
  const mine = (await rest.post(path, { body: { content: 'old' } })) as Message;
  const other = discord.postAs(channelId, {
    authorId: '100000000000000001',
    body: { content: 'noise' },
  });

  const edited = await rest.patch(`${path}/${mine.id}`, { body: { content: 'new' } });
  const emptied = await refusalOf(rest.patch(`${path}/${mine.id}`, { body: { content: '' } }));
  const foreign = await refusalOf(rest.patch(`${path}/${other.id}`, { body: { content: 'x' } }));
  await rest.delete(`${path}/${mine.id}`);
  const gone = await refusalOf(rest.get(`${path}/${mine.id}`));

  expect(edited).toMatchObject({
    id: mine.id,
    content: 'new',
    edited_timestamp: expect.any(String),
  });
  expect(emptied).toMatchObject({ status: 400, code: 50006 });
  expect(foreign).toMatchObject({ status: 403, code: 50005 });
  expect(gone).toMatchObject({ status: 404, code: 10008 });
  expect(discord.messages(channelId)).toEqual([other]);
});

test('an announcement is crossposted once', async () => {
  const { discord, rest } = await startForTest();
  const channelId = discord.addChannel({ type: 5 });
  const path = `/channels/${channelId}/messages` as const;
  const { id } = (await rest.post(path, { body: { content: 'news' } })) as Message;

  const crossposted = await rest.post(`${path}/${id}/crosspost`);
  const twice = await refusalOf(rest.post(`${path}/${id}/crosspost`));

  expect(crossposted).toMatchObject({ flags: 1 });
  expect(twice).toMatchObject({ status: 400, code: 40033 });
});

test('what the bot may not do is refused with the codes of Discord', async () => {
  const { discord, rest } = await startForTest();
  const channelId = discord.addChannel();
  const path = `/channels/${channelId}/messages` as const;
  const body = { content: 'x' };

  discord.denyChannel(channelId);
  const mute = await refusalOf(rest.post(path, { body }));
  discord.denyChannel(channelId, 'view');
  const blind = await refusalOf(rest.get(path));
  discord.allowChannel(channelId);
  await rest.post(path, { body });
  discord.removeChannel(channelId);
  const gone = await refusalOf(rest.post(path, { body }));

  expect(mute).toMatchObject({ status: 403, code: 50013 });
  expect(blind).toMatchObject({ status: 403, code: 50001 });
  expect(gone).toMatchObject({ status: 404, code: 10003 });
  expect(discord.messages(channelId)).toHaveLength(1);
});

test('a wrong or revoked token is answered with 401, a missing User-Agent with 403', async () => {
  const { discord } = await startForTest();
  const wrong = makeRest(discord, 'wrong');

  const unknown = await refusalOf(wrong.get('/users/@me'));
  discord.revokeToken();
  const revoked = await fetchAs(discord, '/users/@me');
  discord.restoreToken();
  const restored = await fetchAs(discord, '/users/@me');
  const { request } = await import('node:http');
  const nameless = await new Promise<number | undefined>((resolve, reject) => {
    request(`${discord.apiUrl}/users/@me`, { headers: { authorization: `Bot ${discord.token}` } })
      .on('response', (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });

  expect(unknown).toMatchObject({ status: 401, code: 0 });
  expect(revoked.status).toBe(401);
  expect(await revoked.json()).toEqual({ message: '401: Unauthorized', code: 0 });
  expect(restored.status).toBe(200);
  expect(nameless).toBe(403);
});

test('an unknown route is a 404 that stays in the record, and no token does', async () => {
  const { discord } = await startForTest();

  const answer = await fetchAs(discord, '/nowhere?x=1', { method: 'POST', body: '{}' });

  expect(answer.status).toBe(404);
  expect(await answer.json()).toEqual({ message: '404: Not Found', code: 0 });
  expect(discord.requests).toMatchObject([
    { method: 'POST', path: '/nowhere', query: '?x=1', status: 404, startedAt: expect.any(Date) },
  ]);
  expect(JSON.stringify(discord.requests)).not.toContain(discord.token);
});
