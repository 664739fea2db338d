import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { type BotProcess, startBot } from './gateway-kit.ts';
import { MANAGE_GUILD } from './interactions-situation.ts';
import type { FakeDiscord, FakeDiscordOptions } from './server.ts';
import { startForTest } from './test-kit.ts';

async function startReady(
  options: FakeDiscordOptions = {},
): Promise<{ discord: FakeDiscord; bot: BotProcess; channelId: string }> {
  const { discord } = await startForTest(options);
  const channelId = discord.addChannel();
  const bot = startBot(discord);
  await bot.see('ready');
  return { discord, bot, channelId };
}

test('discord.js signs in, sees its guild and registers its commands', async () => {
  const { discord, bot } = await startReady();

  expect(bot.events).toContainEqual({
    event: 'ready',
    userId: discord.botUserId,
    guilds: 1,
    commands: 5,
  });
  expect(discord.gateway.identifies).toBe(1);
  expect(discord.gateway.notes[0]).toMatchObject({ op: 2, data: { intents: 1 } });
});

test('every kind of interaction reaches discord.js and gets its answer', async () => {
  const { discord, bot, channelId } = await startReady();
  const { dispatch } = discord;

  const slash = await dispatch.slash('echo', { text: 'hello', where: channelId }).reply();
  if (slash.message === undefined) throw new Error('no message');
  const typed = await dispatch.autocomplete('echo', { option: 'text', typed: 'he' }).reply();
  const hidden = await dispatch.slash('echo', { text: 'psst', private: true }).reply();
  const slow = dispatch.slash('slow');
  const later = await slow.reply();
  const more = await slow.whenFollowedUp();
  const pressed = await dispatch.press(slash.message, 'next').reply();
  const chosen = await dispatch.select(hidden.message ?? slash.message, 'menu', ['b']).reply();
  const asking = dispatch.slash('ask');
  const form = await asking.reply();
  const told = await dispatch.submit(asking, form, { field: 'yes' }).reply();
  const message = discord.postAs(channelId, {
    authorId: '623456789012345678',
    body: { content: 'x' },
  });
  const found = await dispatch.messageCommand('Find this paper', message).reply();
  const followed = await dispatch
    .slash('follow topic', { how: 'each' }, { permissions: MANAGE_GUILD })
    .reply();

  expect(slash).toMatchObject({ type: 4, isDeferred: false, isEphemeral: false });
  expect(slash.message).toMatchObject({ content: `hello in ${channelId}`, channel_id: channelId });
  expect(slash.callbackMs).toBeGreaterThan(0);
  expect(await bot.see('answered')).toMatchObject({ messageId: slash.message.id });
  expect(typed.choices).toEqual([{ name: 'he', value: 'he!' }]);
  expect(hidden).toMatchObject({ isEphemeral: true, message: { flags: 64, content: 'psst' } });
  expect(later).toMatchObject({ type: 5, isDeferred: true, isEphemeral: true });
  expect(later.message).toMatchObject({ content: 'there', flags: 64 });
  expect(later.replyMs).toBeGreaterThan(later.callbackMs);
  expect(more).toMatchObject([{ content: 'and more', flags: 64 }]);
  expect(pressed).toMatchObject({
    type: 7,
    message: { id: slash.message.id, content: 'next page' },
  });
  expect(chosen).toMatchObject({ type: 6, isEphemeral: true, message: { content: 'chose b' } });
  expect(form.modal).toMatchObject({ custom_id: 'form', title: 'A form' });
  expect(told.message?.content).toBe('told: yes');
  expect(found.message?.content).toBe('read: x');
  expect(followed.message?.content).toBe('topic: each');
  const listed = discord.messages(channelId).map(({ content }) => content);
  expect(listed).toEqual(['next page', 'told: yes', 'x', 'read: x', 'topic: each']);
});

test('direct messages, other guilds and talks between users reach the bot as well', async () => {
  const { discord } = await startReady();
  const { dispatch } = discord;

  const dm = await dispatch.slash('echo', { text: 'a' }, { place: 'dm' }).reply();
  const elsewhere = await dispatch.slash('echo', { text: 'b' }, { place: 'foreign-guild' }).reply();
  const talk = await dispatch
    .slash('echo', { text: 'c' }, { place: 'private', locale: 'de' })
    .reply();
  if (talk.message === undefined || dm.message === undefined) throw new Error('no message');
  const paged = await dispatch.press(talk.message, 'next').reply();
  const pagedDm = await dispatch.press(dm.message, 'next').reply();

  expect(discord.messages(dm.message.channel_id)).toHaveLength(1);
  expect(elsewhere.message?.content).toBe('b');
  expect(paged.message).toMatchObject({ id: talk.message.id, content: 'next page' });
  expect(pagedDm.message?.content).toBe('next page');
});

test('a client that lost TCP resumes, and gets what it missed', async () => {
  const { discord, bot } = await startReady();

  discord.gateway.cut();
  const missed = discord.dispatch.slash('slow');
  const reply = await missed.reply();

  expect(reply.message?.content).toBe('there');
  expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 1 });
  expect(await bot.see('resumed')).toMatchObject({ replayed: 2 });
});

test('a resume that repeats an interaction meets 40060 at the second callback', async () => {
  const { discord, bot } = await startReady();
  const first = discord.dispatch.slash('echo', { text: 'once' });
  await first.reply();

  discord.gateway.repeatOnResume(1);
  discord.gateway.askToReconnect();
  await discord.gateway.whenResumed();

  expect(await bot.see('failed')).toMatchObject({ code: 40060 });
  expect(bot.events.filter(({ event }) => event === 'interaction')).toHaveLength(2);
});

test('a session that is gone is started anew, and one that is not is resumed', async () => {
  const { discord, bot } = await startReady();

  discord.gateway.invalidate(true);
  // discord.js 14.28.1 dies of a TypeError when the second opcode 9 comes while it reads RESUMED.
  await bot.see('resumed');
  const resumed = discord.gateway.identifies;
  discord.gateway.invalidate(false);
  await bot.see('reconnecting');
  await discord.gateway.whenReady();
  const reply = await discord.dispatch.slash('echo', { text: 'back' }).reply();

  expect(resumed).toBe(1);
  expect(discord.gateway.identifies).toBe(2);
  expect(reply.message?.content).toBe('back');
});

test('a resume of a forgotten session is refused, and the client identifies', async () => {
  const { discord } = await startReady();

  discord.gateway.forgetSessions();
  discord.gateway.close(4000);
  await expect.poll(() => discord.gateway.identifies, { timeout: 15_000 }).toBe(2);

  expect(discord.gateway.resumes).toBe(0);
});

test('a connection without acknowledged heartbeats is left and resumed', async () => {
  const { discord } = await startReady({ heartbeatIntervalMs: 2_000 });

  discord.gateway.mute();
  await expect
    .poll(() => discord.gateway.notes, { timeout: 15_000 })
    .toContainEqual({ kind: 'closed', code: 4200 });
  discord.gateway.mute(false);
  await discord.gateway.whenResumed();

  expect(discord.gateway.identifies).toBe(1);
});

test('a token revoked while connected closes with 4004, and no client comes back', async () => {
  const { discord, bot } = await startReady();

  discord.revokeToken();

  expect(await bot.see('disconnected')).toMatchObject({ code: 4004 });
  expect(await bot.see('error')).toMatchObject({ message: 'Authentication failed' });
});

test('a wrong token and intents that were not granted are refused', async () => {
  const { discord } = await startForTest();
  const stranger = startBot(discord, { TOKEN: `${discord.token}x` });
  const curious = startBot(discord, { INTENTS: String(1 | (1 << 15)) });

  const refused = await stranger.see('refused');
  const error = await curious.see('error');

  expect(refused.message).toBe('An invalid token was provided.');
  expect(error.message).toBe('Used disallowed intents');
  // The client hears of it before the server notes it.
  await vi.waitFor(
    () => expect(discord.gateway.notes.at(-1)).toEqual({ kind: 'closed', code: 4014 }),
    10_000,
  );
});

test('a callback that is lost after it took effect is tried again and meets 40060', async () => {
  const { discord, bot } = await startReady();
  discord.inject({ kind: 'status-after', status: 502, method: 'POST', path: /\/callback$/ });

  const reply = await discord.dispatch.slash('echo', { text: 'twice?' }).reply();

  expect(reply.message?.content).toBe('twice?');
  expect(await bot.see('failed')).toMatchObject({ code: 40060 });
});

test('a callback after three seconds meets an unknown interaction', async () => {
  const { discord, bot } = await startReady();
  discord.inject({ kind: 'delay', delayMs: 3_100, method: 'POST', path: /\/callback$/ });

  const handle = discord.dispatch.slash('echo', { text: 'late' });

  await expect(handle.reply()).rejects.toThrow('did not answer');
  expect(await bot.see('failed')).toMatchObject({ code: 10062 });
});

test('channels that come and go are told to the client, which leaves when asked', async () => {
  const { discord, bot } = await startReady();

  const id = discord.addChannel({ name: 'news' });

  expect(await bot.see('channel')).toEqual({ event: 'channel', id });
  bot.child.kill('SIGTERM');
  await once(bot.child, 'exit');
  expect(discord.gateway.notes.at(-1)).toEqual({ kind: 'closed', code: 1000 });
});
