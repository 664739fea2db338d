import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import {
  AT_NOON,
  makeFolder,
  projectFolder,
  runPaperboy,
  seeItTurn,
  startService,
} from './run-paperboy.ts';

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');

describe('paperboy start, without any configuration', () => {
  it('posts the first sample paper, says how to go live, and leaves on a signal', async () => {
    const cwd = await makeFolder();
    const { child, until } = startService(cwd, AT_NOON.env, AT_NOON.preloads);

    const text = await until(/✓ .* → folder/);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');

    expect(text).toMatch(/sample #93.*\n.*sample #102/);
    expect(text).toContain('BLUESKY_IDENTIFIER and BLUESKY_APP_PASSWORD');
    expect(text).toContain('DISCORD_TOKEN and DISCORD_CHANNEL_ID');
    expect(text).toContain('MASTODON_SERVER and MASTODON_ACCESS_TOKEN');
    expect(text).toContain('WEBHOOK_URL and WEBHOOK_SECRET');
    expect(code).toBe(0);
    const [posted, ...more] = await readdir(join(cwd, 'data', 'posts'));
    expect(more).toEqual([]);
    const folder = join(cwd, 'data', 'posts', posted ?? '');
    const record: unknown = JSON.parse(await readFile(join(folder, '1.json'), 'utf8'));
    expect(record).toMatchObject({
      text: (await readFile(join(folder, '1.txt'), 'utf8')).trimEnd(),
    });
  });

  it('posts nothing more when it is started again before the next slot', async () => {
    const cwd = await makeFolder();
    const first = startService(cwd, AT_NOON.env, AT_NOON.preloads);
    await first.until(/✓ .* → folder/);
    first.child.kill('SIGTERM');
    await once(first.child, 'exit');

    const second = startService(cwd, AT_NOON.env, AT_NOON.preloads);
    await second.until(/Running until/);
    await seeItTurn(second.child, cwd);
    second.child.kill('SIGTERM');
    await once(second.child, 'exit');

    expect(await readdir(join(cwd, 'data', 'posts'))).toHaveLength(1);
  });

  it('sends what an editor queues beside it, and both see the same queue', async () => {
    const cwd = await makeFolder();
    const { child, until } = startService(cwd, AT_NOON.env, AT_NOON.preloads);
    await until(/✓ .* → folder/);

    const [one, two] = await Promise.all([
      runPaperboy(['post', '93', '--paper', 'tensorlens'], { cwd, ...AT_NOON }),
      runPaperboy(['post', '93', '--paper', 'tensorlens'], { cwd, ...AT_NOON }),
    ]);
    const queue = await runPaperboy(['queue', '--json'], { cwd, ...AT_NOON });
    child.kill('SIGINT');
    await once(child, 'exit');

    expect([one.code, two.code]).toEqual([0, 0]);
    const { deliveries } = JSON.parse(queue.stdout);
    expect(deliveries.map(({ state }: { state: string }) => state)).toEqual(['sent', 'sent']);
    expect(await readdir(join(cwd, 'data', 'posts'))).toHaveLength(2);
  });

  it('takes an issue of one’s own in place of the sample of the same number', async () => {
    const cwd = await makeFolder();
    const { child, until } = startService(cwd, AT_NOON.env, AT_NOON.preloads);
    await until(/✓ .* → folder/);

    const imported = await runPaperboy(['import', '-'], {
      cwd,
      ...AT_NOON,
      input: sample.replace('Squeeze a language model', 'Press a language model'),
    });
    const latest = await runPaperboy(['show', 'latest', '--json'], { cwd, ...AT_NOON });
    await runPaperboy(['post', '93', '--paper', 'tensorlens'], { cwd, ...AT_NOON });
    const queue = await runPaperboy(['queue'], { cwd, ...AT_NOON });
    const json = await runPaperboy(['queue', '--json'], { cwd, ...AT_NOON });
    child.kill('SIGTERM');
    await once(child, 'exit');

    expect(imported.code).toBe(0);
    expect(queue.stdout).toMatch(/folder +#102 \(sample\) +\S.*\n.*folder +#93 r2 +TensorLens/);
    const { deliveries } = JSON.parse(json.stdout);
    expect(deliveries.map((one: { isSample: boolean }) => one.isSample)).toEqual([true, false]);
    expect(JSON.parse(latest.stdout)).toMatchObject({ issue: { number: 93 }, isSample: false });
  });

  it.each(['approval: always', 'approval: 12h', 'destinations: { folder-lab: {} }'])(
    'has no samples where something is set up: %s',
    async (yaml) => {
      const cwd = await makeFolder();
      await writeFile(join(cwd, 'paperboy.yaml'), yaml);
      const { until } = startService(cwd);

      const text = await until(/Running until/);

      expect(text).toContain('archive   empty; import an issue');
      expect(text).not.toContain('sample');
    },
  );

  it('is healthy while it runs, and not after', async () => {
    const cwd = await makeFolder();
    const never = await runPaperboy(['health'], { cwd });
    const { child, until } = startService(cwd);
    await until(/Running until/);
    await expect
      .poll(() => existsSync(join(cwd, 'data', 'heartbeat.json')), { timeout: 60_000 })
      .toBe(true);

    const running = await runPaperboy(['health'], { cwd });
    child.kill('SIGTERM');
    await once(child, 'exit');

    expect([never.code, running.code]).toEqual([1, 0]);
  });

  it('says which destination is paused, why, and what ends it', async () => {
    const discord = await startFakeDiscord({ openApiPath: specPath });
    onTestFinished(() => discord.close());
    const channelId = discord.addChannel();
    discord.denyChannel(channelId);
    const cwd = await makeFolder();
    const env = {
      DISCORD_API: discord.apiUrl,
      DISCORD_TOKEN: discord.token,
      DISCORD_CHANNEL_ID: channelId,
    };
    await runPaperboy(['import', '-'], { cwd, env, input: sample });
    await runPaperboy(['post', '93', '--paper', 'tensorlens'], { cwd, env });

    const { child, until } = startService(cwd, env);
    const text = await until(/Running until/);
    child.kill('SIGTERM');
    await once(child, 'exit');

    expect(text).toMatch(/posts to {2}discord\n/);
    expect(text).toMatch(
      /✗ discord is paused since .*\n {4}→ .*, then: paperboy retry --to discord/,
    );
    expect(text).not.toContain('DISCORD_TOKEN and');
  });
});
