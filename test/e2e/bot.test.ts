import { once } from 'node:events';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { MANAGE_GUILD } from '../fakes/discord/interactions-situation.ts';
import { objectsOf } from '../fakes/discord/json.ts';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { makeFolder, projectFolder, runPaperboy, startService } from './run-paperboy.ts';

const EPHEMERAL = 1 << 6;
const MANAGER = { permissions: MANAGE_GUILD };

async function openDiscord(): Promise<FakeDiscord> {
  const discord = await startFakeDiscord({
    openApiPath: specPath,
    rateLimits: false,
    callbackDeadlineMs: 15_000,
  });
  onTestFinished(() => discord.close());
  discord.dispatch.warmUp();
  return discord;
}

const sample = (number: string): string => join(projectFolder, 'issues', `issue-${number}.txt`);
const accountOf = ({ apiUrl, token }: FakeDiscord): Record<string, string> => ({
  DISCORD_API: apiUrl,
  DISCORD_TOKEN: token,
});

async function until(what: () => boolean): Promise<void> {
  for (let waitedMs = 0; waitedMs < 20_000 && !what(); waitedMs += 50) await wait(50);
  expect(what()).toBe(true);
}

const LONG_MS = 120_000;

test('start answers members, and an issue that arrives goes to who follows, once', {
  timeout: LONG_MS,
}, async () => {
  const discord = await openDiscord();
  const cwd = await makeFolder();
  const env = accountOf(discord);
  const channelId = discord.addChannel();
  await mkdir(join(cwd, 'inbox'));
  await writeFile(join(cwd, 'paperboy.yaml'), 'sources:\n  folder: ./inbox\n');
  await runPaperboy(['import', sample('093')], { cwd, env });
  const first = startService(cwd, env);
  await first.until(/✓ the bot is online/);
  const shown = await first.until(/Running until Ctrl\+C/);

  const paper = await discord.dispatch.slash('paper', { query: 'tensorlens' }).reply();
  const followed = await discord.dispatch
    .slash('follow everything', {}, { ...MANAGER, channelId, guildLocale: 'de' })
    .reply();
  const closedId = discord.addChannel();
  discord.denyChannel(closedId);
  const kept = await Promise.all([
    discord.dispatch
      .slash('follow everything', {}, { ...MANAGER, channelId: closedId, locale: 'de' })
      .reply(),
    discord.dispatch.slash('follow everything', {}, { ...MANAGER, place: 'foreign-guild' }).reply(),
  ]);
  const before = discord.messages(channelId).length;
  await copyFile(sample('102'), join(cwd, 'aside'));
  await rename(join(cwd, 'aside'), join(cwd, 'inbox', 'issue.txt'));
  await until(() => discord.messages(channelId).length >= before + 4);
  first.child.kill('SIGTERM');
  const [code] = await once(first.child, 'exit');
  const second = startService(cwd, env);
  await second.until(/✓ the bot is online/);
  const latest = await discord.dispatch.slash('latest').reply();
  const status = await runPaperboy(['status'], { cwd, env });
  const posted = discord.messages(channelId).length;
  const taken = await runPaperboy(['retract', '102', '--all'], { cwd, env });

  expect(shown).toContain('Discord: DISCORD_CHANNEL_ID; the bot answers without it');
  expect(JSON.stringify(paper.message)).toContain('TensorLens');
  expect(followed.message?.embeds).toHaveLength(1);
  expect(kept.map(({ message }) => message?.content)).toEqual([
    expect.stringMatching(
      /^In diesem Kanal kann ich noch nichts posten\. Gib mir hier „Nachrichten/,
    ),
    expect.stringMatching(/^I am not in this server yet/),
  ]);
  expect(kept.map(({ message }) => message?.flags)).toEqual([EPHEMERAL, EPHEMERAL]);
  expect(JSON.stringify(followed.message?.embeds)).toContain('are in German');
  expect(code).toBe(0);
  expect(JSON.stringify(objectsOf(latest.message?.embeds))).toContain('#102');
  expect(status.stdout).toContain('Nothing needs a person');
  expect(status.stdout).toMatch(/1 followed channel: 4 sent/);
  expect(taken).toMatchObject({ code: 0 });
  expect(discord.messages(channelId)).toHaveLength(posted - 4);
});

test('a token that Discord refuses ends a process that has nothing else to do, with 78', {
  timeout: LONG_MS,
}, async () => {
  const discord = await openDiscord();
  const cwd = await makeFolder();
  const env = { ...accountOf(discord), DISCORD_TOKEN: `${discord.token.slice(0, -4)}XXXX` };

  const ran = await runPaperboy(['start'], { cwd, env, killAfterMs: 60_000 });

  expect(ran).toMatchObject({ code: 78, signal: null });
  expect(ran.stderr).toMatch(/✗ Cannot run the bot as .*token/);
  expect(ran.stderr).toMatch(/→ .*DISCORD_TOKEN/);
});
