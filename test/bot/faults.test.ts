import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Fault } from '../fakes/discord/faults.ts';
import { makeArchiveIssues } from '../support/make-archive.ts';
import { type BotProcess, makeBotRig, startBotRig } from './bot-rig.ts';

const CALLBACK = { method: 'POST', path: /\/callback$/ } as const;

const count = (bot: BotProcess, event: string): number =>
  bot.log.filter(({ msg }) => msg === event).length;

test('a slow answer is deferred and filled in', async () => {
  const { discord, bot } = await startBotRig({ SLOW: '5000' });

  const reply = await discord.dispatch.slash('about').reply();

  expect(reply).toMatchObject({ type: 5, isDeferred: true, isEphemeral: true });
  expect(reply.message?.content).toBe('at last');
  expect(await bot.see('interaction.answered')).toMatchObject({
    isDeferred: true,
    command: 'about',
  });
});

test('an error is one sentence for the asker, with an id that is in the log', async () => {
  const { discord, bot } = await startBotRig({ SLOW: '1' });

  const reply = await discord.dispatch.slash('help').reply();

  const failed = await bot.see('interaction.failed');
  expect(reply.isEphemeral).toBe(true);
  expect(failed.errorId).toMatch(/^E-[0-9a-f]{6}$/);
  expect(reply.message?.content).toContain(String(failed.errorId));
  expect(reply.message?.content).not.toContain('shelf');
  expect(failed.reason).toContain('the shelf fell over');
});

test.each([true, false])(
  'a deferred answer that Discord refuses becomes a sentence with an id (private: %s)',
  async (isPrivate) => {
    const { discord, bot } = await startBotRig({ SLOW: '1800' });
    const refusal = { kind: 'refuse', status: 400, code: 50_035, message: 'Invalid Form Body' };
    discord.inject({ method: 'PATCH', path: /original$/, ...refusal } as Fault);

    const handle = discord.dispatch.slash('about', { private: isPrivate });
    const failed = await bot.see('interaction.failed');
    await bot.see('interaction.answered');

    // What everybody was promised is taken back: the sentence is for the asker alone.
    const shown = isPrivate ? handle.message : handle.followUps[0];
    expect(failed.reason).toContain('Invalid Form Body');
    expect(shown?.content).toContain(String(failed.errorId));
    expect(handle.message === undefined).toBe(!isPrivate);
  },
);

test.each<[string, Fault]>([
  ['5xx before', { ...CALLBACK, kind: 'status-before', status: 503 }],
  ['5xx after it took effect', { ...CALLBACK, kind: 'status-after', status: 502 }],
  ['a reset before', { ...CALLBACK, kind: 'reset-before' }],
  ['a reset after it took effect', { ...CALLBACK, kind: 'reset-after' }],
  ['a slow callback', { ...CALLBACK, kind: 'delay', delayMs: 1_500 }],
])('%s: the callback arrives once, and nobody hears of it', async (_, fault) => {
  const { discord, bot, channelId } = await startBotRig();
  discord.inject(fault);

  const reply = await discord.dispatch.slash('paper', { query: 'TensorLens' }).reply();
  await bot.see('interaction.answered');

  expect(reply.message?.content).toBe('');
  expect(discord.messages(channelId)).toHaveLength(1);
  expect(count(bot, 'interaction.failed') + count(bot, 'interaction.unanswered')).toBe(0);
});

test('an interaction that is over is left alone', async () => {
  const { discord, bot } = await startBotRig({}, { callbackDeadlineMs: 3_000 });
  discord.inject({ ...CALLBACK, kind: 'delay', delayMs: 3_300 });
  discord.inject({ ...CALLBACK, kind: 'delay', delayMs: 1_000 });

  const handle = discord.dispatch.slash('latest');
  const failure = await handle.reply().catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(Error);
  expect(await bot.see('interaction.late')).toMatchObject({ command: 'latest' });
  expect(await discord.dispatch.slash('latest').reply()).toMatchObject({ type: 4 });
});

test('a connection lost in the middle of an interaction loses no answer', async () => {
  const { discord, bot } = await startBotRig({ SLOW: '700' });
  const handle = discord.dispatch.slash('about');
  await delay(200);
  discord.gateway.cut();

  const reply = await handle.reply();
  await bot.see('bot.resumed');
  const after = await discord.dispatch.slash('latest').reply();

  expect(reply.message?.content).toBe('at last');
  expect(after.message?.embeds).toHaveLength(1);
  expect(discord.gateway.identifies).toBe(1);
});

test('an interaction that a resume brings again is answered once', async () => {
  const { discord, bot, channelId } = await startBotRig();
  await discord.dispatch.slash('latest').reply();
  discord.gateway.repeatOnResume(1);
  discord.gateway.cut();
  await bot.see('bot.resumed');
  await discord.dispatch.slash('news').reply();

  const callbacks = discord.requests.filter(({ path }) => path.endsWith('/callback'));
  expect(callbacks).toHaveLength(2);
  expect(discord.messages(channelId)).toHaveLength(2);
});

test('what was asked while the connection was away is answered after the resume', async () => {
  const { discord, bot } = await startBotRig();
  discord.gateway.cut();
  const handle = discord.dispatch.slash('latest');

  const callback = await handle.callback(8_000);
  await bot.see('bot.resumed');

  expect(callback.type).toBe(4);
});

test('opcode 7, and opcode 9 with and without a session, are lived through', async () => {
  const { discord, bot } = await startBotRig();
  discord.gateway.askToReconnect();
  await bot.see('bot.resumed', 1);
  discord.gateway.invalidate(true);
  await bot.see('bot.resumed', 2);
  discord.gateway.invalidate(false);
  for (let n = 0; n < 500 && discord.gateway.identifies < 2; n += 1) await delay(20);
  await discord.gateway.whenReady();

  const reply = await discord.dispatch.slash('latest').reply();

  expect(reply.type).toBe(4);
  expect(discord.gateway.identifies).toBe(2);
});

test('a session that ends while an event is being read is a lost connection, and no crash', async () => {
  const { discord, bot } = await startBotRig();
  discord.gateway.invalidate(true);
  await discord.gateway.whenResumed();
  // discord.js 14.28.1 throws when this comes while it reads its RESUMED.
  discord.gateway.invalidate(false);
  for (let n = 0; n < 1_000 && discord.gateway.identifies < 2; n += 1) await delay(20);
  await discord.gateway.whenReady();

  const reply = await discord.dispatch.slash('latest').reply();

  expect(reply.type).toBe(4);
  expect(bot.child.exitCode).toBeNull();
});

test('a token that is revoked ends the bot with a clear message and code 78', async () => {
  const { discord, bot } = await startBotRig();
  discord.revokeToken();

  expect(await bot.end()).toBe(78);
  expect(bot.printed()).toContain('Discord does not accept the bot token');
  expect(bot.printed()).toContain('DISCORD_TOKEN');
  expect(bot.printed() + JSON.stringify(bot.log)).not.toContain(discord.token);
});

test('a token that never was one ends it at once', async () => {
  const rig = await makeBotRig();
  rig.discord.revokeToken();
  const bot = rig.start();

  expect(await bot.end()).toBe(78);
  expect(bot.printed()).toContain('Discord does not accept the bot token');
});

test('intents that are not allowed end it as well', async () => {
  const { discord, bot } = await startBotRig();
  discord.gateway.close(4014);

  expect(await bot.end()).toBe(78);
  expect(bot.printed()).toContain('intents');
});

test('Discord away at the start is waited for', async () => {
  const rig = await makeBotRig();
  rig.discord.inject({ path: /gateway/, kind: 'status-before', status: 503, times: 5 });
  const bot = rig.start();

  await bot.see('bot.offline');
  await bot.see('bot.ready');
});

test('a stop finishes what is running, begins nothing new, and ends with code 0', async () => {
  const { discord, bot } = await startBotRig({ SLOW: '5000' });
  const running = discord.dispatch.slash('about');
  // By the deferral the bot is at work on it.
  await running.callback();
  bot.child.kill('SIGTERM');
  await expect.poll(() => bot.printed(), { timeout: 10_000 }).toContain('SIGTERM');
  const late = await discord.dispatch.slash('latest').reply();

  expect((await running.reply()).message?.content).toBe('at last');
  expect(late.message?.content).toContain('being restarted');
  expect(await bot.end()).toBe(0);
});

test('commands are registered only when they have changed', async () => {
  const rig = await makeBotRig();
  const puts = (): number => rig.discord.requests.filter(({ method }) => method === 'PUT').length;

  const first = rig.start();
  const changed = await first.see('commands.registered');
  await first.stop();
  const second = rig.start();
  const unchanged = await second.see('commands.registered');

  expect([changed.code, unchanged.code]).toEqual(['changed', 'unchanged']);
  expect(puts()).toBe(1);
});

test('an issue that is imported while members search is found soon, and no answer fails', async () => {
  const { discord, desk, bot } = await startBotRig();
  const users = Array.from({ length: 12 }, (_, n) => `${923456789012345000n + BigInt(n)}`);
  const writing = desk.keep(makeArchiveIssues({ papers: 200, words: 120, without: [93, 102] }));

  const replies = await Promise.all(
    users.map((userId) =>
      discord.dispatch.slash('search', { query: 'distillation' }, { userId }).reply(),
    ),
  );
  await writing;
  const after = await discord.dispatch.slash('search', { query: 'distillation' }).reply();

  expect(replies.every(({ message }) => message !== undefined)).toBe(true);
  expect(count(bot, 'interaction.failed')).toBe(0);
  expect(JSON.stringify(after.message?.embeds)).toMatch(/page 1 of \d/);
});
