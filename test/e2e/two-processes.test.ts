import { once } from 'node:events';
import { copyFile, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { collect, makeFolder, projectFolder, runPaperboy, startPaperboy } from './run-paperboy.ts';

/** Slots are whole minutes: three of them are waited for. */
const LONG_MS = 1_080_000;
const SETTINGS = `
schedule:
  cron: '* * * * *'
  to: [folder, discord]
sources:
  folder: ./inbox
`;

async function until<T>(what: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    const found = await what();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`did not come: ${String(what)}`);
    await wait(100);
  }
}

test('of two processes on one data folder one plans, both serve, and nothing comes twice', {
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
  const channelId = discord.addChannel();
  const account = {
    DISCORD_API: discord.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_CHANNEL_ID: channelId,
  };
  await mkdir(join(cwd, 'inbox'));
  await writeFile(join(cwd, 'paperboy.yaml'), SETTINGS);
  const start = () => {
    const env = { ...account, PAPERBOY_HTTP_PORT: '0' };
    const child = startPaperboy(['start'], { cwd, env });
    onTestFinished(() => void child.kill('SIGKILL'));
    return { child, output: collect(child) };
  };
  const both = [start(), start()];
  type Service = (typeof both)[number];
  const ask = async (service: Service | undefined, path: string): Promise<string> => {
    const [, address = ''] = /serves +(http:[^ ]+): \//.exec(service?.output().stdout ?? '') ?? [];
    return (await fetch(`${address}${path}`)).text();
  };
  const isUp = ({ output }: Service): boolean => /✓ the bot is online/.test(output().stdout);
  await until(() => both.every(isUp) || undefined);

  // An issue that is dropped in is taken by one of them.
  const sample = join(projectFolder, 'issues', 'issue-093.txt');
  await copyFile(sample, join(cwd, 'aside'));
  await rename(join(cwd, 'aside'), join(cwd, 'inbox', 'issue.txt'));
  const database = (): Sqlite.Database => new Sqlite(join(cwd, 'data', 'paperboy.db'));
  const read = (): { destination: string; item: string; state: string; attempts: number }[] => {
    const sqlite = database();
    try {
      return sqlite
        .prepare('select destination, item, state, attempts from deliveries order by due_at')
        .all() as { destination: string; item: string; state: string; attempts: number }[];
    } finally {
      sqlite.close();
    }
  };
  const roles = await Promise.all(
    both.map(async (one) => JSON.parse(await ask(one, '/healthz')).role as string),
  );
  const ready = await Promise.all(
    both.map(async (one) => JSON.parse(await ask(one, '/readyz')).status as string),
  );
  const metrics = await Promise.all(both.map((one) => ask(one, '/metrics')));
  const answered = await discord.dispatch.slash('latest').reply();
  await until(() => (read().length >= 2 ? true : undefined));
  const planner = both[roles.indexOf('planner')];
  const other = both[roles.indexOf('standby')];
  planner?.child.kill('SIGKILL');
  if (planner !== undefined && planner.child.exitCode === null) await once(planner.child, 'exit');
  const before = read().length;
  await until(() => (read().length >= before + 2 ? true : undefined));
  await until(() => (read().every(({ state }) => state === 'sent') ? true : undefined));
  const role = JSON.parse(await ask(other, '/healthz')).role as string;
  const alone = await discord.dispatch.slash('latest').reply();
  const listed = await runPaperboy(['queue', '--json'], { cwd, env: account });
  other?.child.kill('SIGTERM');
  if (other !== undefined) await once(other.child, 'exit');

  expect(roles.toSorted()).toEqual(['planner', 'standby']);
  expect(ready).toEqual(['ready', 'ready']);
  expect(metrics.map((text) => /^paperboy_is_planner (\d)$/m.exec(text)?.[1]).toSorted()).toEqual([
    '0',
    '1',
  ]);
  expect(role).toBe('planner');
  expect(other?.output().stdout).toMatch(/Another process plans/);
  expect(other?.output().stdout).toMatch(/this one plans now/);
  expect(answered.message).toBeDefined();
  expect(alone.message).toBeDefined();
  expect(listed.code).toBe(0);
  const rows = read();
  const items = rows.map(({ destination, item }) => `${destination} ${item}`);
  expect(new Set(items).size).toBe(items.length);
  // In the order of the issue at each of them.
  const folder = rows.filter(({ destination }) => destination === 'folder');
  const live = rows.filter(({ destination }) => destination !== 'folder');
  expect(live.map(({ item }) => item)).toEqual(
    folder.map(({ item }) => item).slice(0, live.length),
  );
  const sent = discord.messages(channelId).filter((one) => !('interaction_metadata' in one));
  expect(sent).toHaveLength(live.length);
  const posts = (await readdir(join(cwd, 'data', 'posts'))).filter((name) => !name.startsWith('.'));
  expect(posts.length).toBe(folder.length);
  expect((await readdir(join(cwd, 'inbox', 'imported'))).toSorted()).toEqual([
    'issue.txt',
    'issue.txt.findings.txt',
  ]);
});
