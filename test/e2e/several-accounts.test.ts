import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/server.ts';
import { type FakeMastodon, startFakeMastodon } from '../fakes/mastodon/server.ts';
import { type Receiver, startReceiver } from '../fakes/webhook/receiver.ts';
import { makeFolder, projectFolder, type Ran, runPaperboy, startService } from './run-paperboy.ts';

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
const later = join(projectFolder, 'test', 'support', 'clock-ahead.ts');
const SECRETS = [1, 2].map((byte) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`);
const PLACES = [
  'folder',
  'folder-de',
  'discord',
  'discord-de',
  'mastodon',
  'mastodon-de',
  'webhook',
  'webhook-de',
] as const;
type Name = (typeof PLACES)[number];

type Shop = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly mastodon: FakeMastodon;
  readonly discord: FakeDiscord;
  readonly accounts: readonly { readonly id: string; readonly accessToken: string }[];
  readonly run: (args: readonly string[]) => Promise<Ran>;
  /** What is in place, as one text for each place. */
  readonly read: () => Promise<Readonly<Record<Name, string>>>;
  /** How many items each place has got. */
  readonly count: () => Promise<Readonly<Record<Name, number>>>;
};

/** Two places of each of four kinds, the second of each in German, and an issue of one's own. */
async function open(yaml: string): Promise<Shop> {
  const mastodon = await startFakeMastodon({ rateLimits: false });
  const discord = await startFakeDiscord({ rateLimits: false });
  const receivers = await Promise.all(SECRETS.map((secret) => startReceiver(secret)));
  onTestFinished(async () => {
    await Promise.all([mastodon, discord, ...receivers].map((one) => one.close()));
  });
  const accounts = [mastodon.addAccount(), mastodon.addAccount()];
  const channels = [discord.addChannel(), discord.addChannel()];
  const env = {
    DISCORD_API: discord.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_CHANNEL_ID: channels[0] ?? '',
    DISCORD_DE_CHANNEL_ID: channels[1] ?? '',
    MASTODON_SERVER: mastodon.server,
    MASTODON_ACCESS_TOKEN: accounts[0]?.accessToken ?? '',
    MASTODON_DE_SERVER: mastodon.server,
    MASTODON_DE_ACCESS_TOKEN: accounts[1]?.accessToken ?? '',
    WEBHOOK_URL: receivers[0]?.url ?? '',
    WEBHOOK_SECRET: SECRETS[0] ?? '',
    WEBHOOK_DE_URL: receivers[1]?.url ?? '',
    WEBHOOK_DE_SECRET: SECRETS[1] ?? '',
  };
  const cwd = await makeFolder();
  await writeFile(join(cwd, 'paperboy.yaml'), yaml);
  const run: Shop['run'] = (args) => runPaperboy(args, { cwd, env });
  const imported = await runPaperboy(['import', '-'], { cwd, env, input: sample });
  expect(imported.code, imported.stderr).toBe(0);
  const folders = [join(cwd, 'data', 'posts'), join(cwd, 'data', 'posts-de')];
  const list = async (index: number): Promise<Record<string, string[]>> => ({
    folder: await readTexts(folders[index] ?? ''),
    discord: discord.messages(channels[index] ?? '').map((message) => JSON.stringify(message)),
    mastodon: mastodon
      .statuses(accounts[index]?.id ?? '')
      .filter(({ inReplyToId }) => inReplyToId === null)
      .map((status) => JSON.stringify(status)),
    webhook: (receivers[index] as Receiver).kept.map(({ payload }) => JSON.stringify(payload)),
  });
  const listAll = async (): Promise<(readonly [Name, string[]])[]> => {
    const [first, second] = [await list(0), await list(1)];
    return PLACES.map((name) => {
      const texts = (name.endsWith('-de') ? second : first)[name.replace('-de', '')];
      return [name, texts ?? []] as const;
    });
  };
  return {
    cwd,
    env,
    mastodon,
    discord,
    accounts,
    run,
    read: async () =>
      Object.fromEntries(
        (await listAll()).map(([name, texts]) => [name, texts.join('\n')]),
      ) as Record<Name, string>,
    count: async () =>
      Object.fromEntries((await listAll()).map(([name, texts]) => [name, texts.length])) as Record<
        Name,
        number
      >,
  };
}

/** A text for each folder of a draft. */
async function readTexts(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const drafts = names.filter((name) => !name.startsWith('.'));
  return Promise.all(drafts.map((name) => readFile(join(folder, name, '1.txt'), 'utf8')));
}

const german = PLACES.filter((name) => name.endsWith('-de'));
const all = (value: number): Readonly<Record<Name, number>> =>
  Object.fromEntries(PLACES.map((name) => [name, value])) as Record<Name, number>;
const SEVERAL = `
schedule: { to: [${PLACES.join(', ')}] }
destinations: { ${german.map((name) => `${name}: { posts: { languages: [de] } }`).join(', ')} }
`;

it('several places of a kind get an item once each, in the language of each', async () => {
  const { run, read, count } = await open(SEVERAL);

  const posted = await run(['post', '93', '--digest', '--json']);
  const texts = await read();
  const again = await run(['post', '93', '--digest']);
  const preview = await run(['preview', '93', '--digest', '--to', 'mastodon-de']);

  expect([posted.code, again.code, preview.code], posted.stderr + again.stderr).toEqual([0, 0, 0]);
  const { deliveries } = JSON.parse(posted.stdout);
  expect(new Set(deliveries.map((one: { destination: string }) => one.destination)).size).toBe(
    PLACES.length,
  );
  for (const [name, text] of Object.entries(texts)) {
    const [own, other] = name.endsWith('-de')
      ? [/Ausgabe #93/, /Issue #93/]
      : [/Issue #93/, /Ausgabe #93/];
    expect(text, name).toMatch(own);
    expect(text, name).not.toMatch(other);
  }
  expect(preview.stdout).toContain('Ausgabe #93');
  expect(await count()).toEqual(all(1));
}, 120_000);

it('a place that is broken leaves the others alone, and says by which variable it is put right', async () => {
  const { run, count, discord, mastodon, accounts, env } = await open(SEVERAL);
  const token = accounts[1]?.accessToken ?? '';
  await run(['post', '93', '--paper', 'tensorlens']);
  mastodon.revokeToken(token);
  discord.removeChannel(env.DISCORD_DE_CHANNEL_ID ?? '');

  const posted = await run(['post', '93', '--digest']);
  const status = await run(['status']);
  const between = await count();
  mastodon.restoreToken(token);
  const retried = await run(['retry', '--to', 'mastodon-de']);

  expect(posted.code).toBe(1);
  expect(posted.stdout + posted.stderr).toMatch(/set MASTODON_DE_ACCESS_TOKEN to it/);
  expect(status.stdout).toMatch(/DISCORD_DE_CHANNEL_ID to .*--from discord\/\d+ --to discord-de/s);
  expect(between).toEqual({ ...all(2), 'mastodon-de': 1, 'discord-de': 1 });
  expect(retried.code, retried.stderr).toBe(0);
  expect(await count()).toEqual({ ...all(2), 'discord-de': 1 });
}, 120_000);

it('an account that turns out to be another destination’s is absent, and says so', async () => {
  const { cwd, env, mastodon, accounts, count } = await open(SEVERAL);
  const same = { ...env, MASTODON_DE_ACCESS_TOKEN: mastodon.renewToken(accounts[0]?.id ?? '') };

  const status = await runPaperboy(['status'], { cwd, env: same });
  const posted = await runPaperboy(['post', '93', '--digest', '--to', 'mastodon-de'], {
    cwd,
    env: same,
  });
  const first = await runPaperboy(['post', '93', '--digest', '--to', 'mastodon'], {
    cwd,
    env: same,
  });

  expect([status.code, posted.code, first.code]).toEqual([0, 1, 0]);
  expect(posted.stderr).toMatch(
    /mastodon-de .*it is the same account as mastodon\n.*Give mastodon-de/s,
  );
  expect(await count()).toEqual({ ...all(0), mastodon: 1 });
}, 120_000);

it('the clock posts to each live place by its own schedule', async () => {
  // One minute at least, and two at most, after now.
  const soon = new Date(Date.now() + 120_000);
  const slot = `${soon.getUTCMinutes()} ${soon.getUTCHours()} * * *`;
  const { cwd, env, count } = await open(`
schedule: { cron: [], timeZone: UTC }
destinations: { ${german.map((name) => `${name}: { schedule: { cron: ${slot} } }`).join(', ')} }
`);
  const first = startService(cwd, env);
  await first.until(/Running until/);
  first.child.kill('SIGKILL');
  const before = await count();

  const second = startService(cwd, { ...env, CLOCK_AHEAD_MS: '180000' }, [later]);
  await second.until(/(?:✓[^✓]*){3}/);

  expect(before).toEqual(all(0));
  expect(await count()).toEqual({
    ...all(0),
    ...{ 'discord-de': 1, 'mastodon-de': 1, 'webhook-de': 1 },
  });
}, 120_000);
