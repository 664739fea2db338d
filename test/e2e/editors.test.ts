import { once } from 'node:events';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ADA, BO, findControl, ROLE_ID, readAll } from '../bot/editor-rig.ts';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { makeFolder, projectFolder, runPaperboy, startService } from './run-paperboy.ts';

/** Slots are whole minutes: two of them are waited for. */
const LONG_MS = 900_000;

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 150_000;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error(`did not come: ${String(what)}`);
    await wait(100);
  }
}

test('start asks the editors about an issue that arrives, and posts nothing before one has answered', {
  timeout: LONG_MS,
}, async () => {
  const discord = await startFakeDiscord({
    openApiPath: specPath,
    rateLimits: false,
    callbackDeadlineMs: 15_000,
  });
  onTestFinished(() => discord.close());
  discord.dispatch.warmUp();
  const cwd = await makeFolder();
  const [editorsChannel, channelId] = [discord.addChannel(), discord.addChannel()];
  const env = {
    DISCORD_API: discord.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_CHANNEL_ID: channelId,
  };
  await mkdir(join(cwd, 'inbox'));
  await writeFile(
    join(cwd, 'paperboy.yaml'),
    `
approval: always
schedule: { cron: '* * * * *' }
sources: { folder: ./inbox }
editors:
  guild: '${discord.guildId}'
  channel: '${editorsChannel}'
  roles: ['${ROLE_ID}']
`,
  );
  const service = startService(cwd, env);
  await service.until(/✓ the bot is online/);
  await copyFile(join(projectFolder, 'issues', 'issue-093.txt'), join(cwd, 'aside'));
  await rename(join(cwd, 'aside'), join(cwd, 'inbox', 'issue.txt'));
  await until(() => discord.messages(editorsChannel).length === 1);
  const [board] = discord.messages(editorsChannel);
  if (board === undefined) throw new Error('no message');

  // A slot comes and goes.
  await wait(61_000);
  const unasked = discord.messages(channelId).length;
  const latest = await discord.dispatch.slash('latest').reply();
  const wrong = await discord.dispatch.press(board, findControl(board, 'approve:1:a'), BO).reply();
  const right = await discord.dispatch.press(board, findControl(board, 'approve:1:a'), ADA).reply();
  await until(() => discord.messages(channelId).length > 0);
  const { stdout } = await runPaperboy(['history', '93'], { cwd, env });
  await until(() => readAll(discord.messages(editorsChannel)[0] ?? board).includes('sent'));
  service.child.kill('SIGTERM');
  const [code] = await once(service.child, 'exit');

  expect(readAll(board)).toContain('waits for approval');
  expect(unasked).toBe(0);
  expect(JSON.stringify(latest.message)).not.toContain('#93');
  expect(wrong).toMatchObject({ type: 4, isEphemeral: true });
  expect(right.type).toBe(7);
  expect(stdout).toMatch(/@ada \(Discord 723456789012345601\)/);
  expect(discord.messages(editorsChannel)).toHaveLength(1);
  expect(discord.messages(channelId)).toHaveLength(1);
  expect(discord.commands('guild').map(({ name }) => name)).toContain('approve');
  expect(code).toBe(0);
});
