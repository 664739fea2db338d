import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDiscordRest } from '../../src/publishers/discord-rest.ts';
import { type KnownRights, readChannelRights } from '../../src/publishers/discord-rights.ts';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/server.ts';

const DENY = { type: 0, allow: '0' } as const;

let discord: FakeDiscord;

beforeAll(async () => {
  discord = await startFakeDiscord({ rateLimits: false });
});
afterAll(() => discord.close());

const rest = () => makeDiscordRest({ token: discord.token, api: discord.apiUrl });
const read = (id: string) => readChannelRights(rest(), id);
async function readKnown(id: string): Promise<KnownRights> {
  const rights = await read(id);
  return rights.kind === 'known' ? rights : expect.unreachable(`not known: ${rights.kind}`);
}
const names = (list: KnownRights['missing']) => list.map(({ name }) => name);

it('a channel that is open to everybody has all that is needed, and says where it is', async () => {
  const rights = await readKnown(discord.addChannel({ name: 'papers' }));

  expect(rights.missing).toEqual([]);
  expect(rights.channel).toMatchObject({ name: 'papers', kind: 'text' });
  expect(rights.channel.guild).toEqual({
    id: discord.guildId,
    name: 'The Papers',
    roles: [{ id: discord.editorRoleId, name: 'Editors' }],
  });
});

it('what a channel takes from the bot is named', async () => {
  const id = discord.addChannel({ type: 5 });
  const deny = String((1n << 11n) | (1n << 14n));
  discord.setOverwrites(id, [{ id: discord.botRoleId, ...DENY, deny }]);

  const { missing, channel } = await readKnown(id);

  expect(channel.kind).toBe('announcement');
  expect(names(missing).sort()).toEqual(['Embed Links', 'Send Messages']);
});

it('a forum wants threads too, and Manage Threads is no must', async () => {
  const id = discord.addChannel({ type: 15 });
  const deny = String((1n << 38n) | (1n << 34n));
  discord.setOverwrites(id, [{ id: discord.botRoleId, ...DENY, deny }]);

  const { missing, wanting } = await readKnown(id);

  expect(names(missing)).toEqual(['Send Messages in Threads']);
  expect(names(wanting)).toEqual(['Manage Threads']);
});

it('a thread has the rights of its channel', async () => {
  const id = discord.addChannel();
  discord.setOverwrites(id, [{ id: discord.guildId, ...DENY, deny: String(1n << 38n) }]);
  const signal = AbortSignal.timeout(5_000);
  const body = { name: 'a thread', type: 11 };
  const thread = await rest().post<{ id: string }>(`/channels/${id}/threads`, body, signal);

  const { missing, channel } = await readKnown(thread.id);

  expect(channel.kind).toBe('thread');
  expect(names(missing)).toEqual(['Send Messages in Threads']);
});

it('a bot that is timed out may not post until then', async () => {
  const id = discord.addChannel();
  discord.timeOutBot(new Date(Date.now() + 60_000));
  const during = await readKnown(id);
  discord.timeOutBot(new Date(Date.now() - 60_000));

  const after = await readKnown(id);

  expect(names(during.missing)).toContain('Send Messages');
  expect(after.missing).toEqual([]);
});

it('a channel that is hidden or not there, and a bad token, are for a person; a lost line is not', async () => {
  const hidden = discord.addChannel();
  discord.denyChannel(hidden, 'view');
  const bad = makeDiscordRest({ token: 'x'.repeat(40), api: discord.apiUrl });
  const gone = makeDiscordRest({ token: discord.token, api: 'http://127.0.0.1:1/api' });

  const [unseen, absent, refused, lost] = [
    await read(hidden),
    await read('1052345678901234567'),
    await readChannelRights(bad, hidden),
    await readChannelRights(gone, hidden),
  ];

  expect([unseen.kind, absent.kind, refused.kind, lost.kind]).toEqual([
    'refused',
    'refused',
    'refused',
    'unavailable',
  ]);
  expect(absent).toMatchObject({ reason: expect.stringContaining('1052345678901234567') });
});
