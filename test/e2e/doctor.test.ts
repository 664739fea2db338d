import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { Agent, CredentialSession } from '@atproto/api';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/server.ts';
import { type FakeMastodon, startFakeMastodon } from '../fakes/mastodon/server.ts';
import { type Receiver, startReceiver } from '../fakes/webhook/receiver.ts';
import { type Pds, startPds } from '../pds/start.ts';
import { serve } from '../sources/serve.ts';
import {
  makeFolder,
  projectFolder,
  type Ran,
  type RunOptions,
  runPaperboy,
  startService,
} from './run-paperboy.ts';

const issue = join(projectFolder, 'issues', 'issue-093.txt');
const html = await readFile(join(projectFolder, 'test/issue/forms/issue-rss-body.html'), 'utf8');
/** The only member of the fake server beside the bot. */
const MEMBER = '213456789012345678';
const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const FOLLOW = `insert into follows (id, place, channel_id, owner_id, topic, topic_label, what, how,
  language, created_at, since_issue, seen) values ('f', 'channel', '1052345678901234567',
  '213456789012345678', '', '', 'papers', 'each', 'en', '2026-01-01T00:00:00.000Z', 0, '[]')`;
const clockAhead = join(projectFolder, 'test', 'support', 'clock-ahead.ts');
const patientDeadline = join(projectFolder, 'test', 'support', 'patient-deadline.ts');
const scarceDisk = join(projectFolder, 'test', 'support', 'statfs-scarce.ts');

type Found = {
  readonly code: string;
  readonly section: string;
  readonly level: 'ok' | 'warning' | 'error' | 'skipped';
  readonly said: string;
  readonly remedy: string | null;
};
type Report = { readonly ok: boolean; readonly checks: readonly Found[] };

const LEVELS = ['ok', 'warning', 'error', 'skipped'];
const SECTIONS = 'configuration data clock destinations editors sources plan http'.split(' ');

/** What holds of every report, whatever it says. */
function readReport({ stdout, code }: Ran): Report {
  const report: Report = JSON.parse(stdout);
  expect(Object.keys(report)).toEqual(['ok', 'checks']);
  expect(report.checks.length).toBeGreaterThan(8);
  for (const one of report.checks) {
    expect(Object.keys(one)).toEqual(['code', 'section', 'level', 'said', 'remedy']);
    expect(one.code).toMatch(/^doctor\.[a-z]+(?:-[a-z]+)*$/);
    expect(LEVELS).toContain(one.level);
    expect(one.said).not.toBe('');
    const needsRemedy = one.level === 'warning' || one.level === 'error';
    expect(one.remedy === null, JSON.stringify(one)).toBe(!needsRemedy);
    if (one.remedy !== null) expect(one.remedy.length).toBeGreaterThan(10);
  }
  const order = report.checks.map(({ section }) => SECTIONS.indexOf(section));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  const hasErrors = report.checks.some(({ level }) => level === 'error');
  expect(report.ok).toBe(!hasErrors);
  expect(code).toBe(hasErrors ? 1 : 0);
  return report;
}

const find = ({ checks }: Report, code: string): Found[] =>
  checks.filter((one) => one.code === code);
const only = (report: Report, code: string): Found =>
  find(report, code)[0] ??
  expect.unreachable(`no ${code} in ${JSON.stringify(report.checks, null, 1)}`);
const bad = ({ checks }: Report): string[] =>
  checks.filter(({ level }) => level === 'error' || level === 'warning').map(({ code }) => code);

async function examine(options: RunOptions, ...args: string[]): Promise<Report> {
  const preloads = [patientDeadline, ...(options.preloads ?? [])];
  return readReport(await runPaperboy(['doctor', '--json', ...args], { ...options, preloads }));
}

/** Every file of a folder, by name and content. */
async function hashFolder(folder: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const content = entry.isFile() ? await readFile(path) : 'a folder';
    hashes[relative(folder, path)] = createHash('sha256').update(content).digest('hex');
  }
  return hashes;
}

const writeFeed = (day: Date): string =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title><item><title>One Tensor to Read a Whole Transformer</title><guid>1</guid><pubDate>${day.toUTCString()}</pubDate><content:encoded><![CDATA[${html}]]></content:encoded></item></channel></rss>`;

describe('paperboy doctor, with everything configured', () => {
  let pds: Pds;
  let discord: FakeDiscord;
  let mastodon: FakeMastodon;
  let receiver: Receiver;
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    [pds, discord, mastodon, receiver] = await Promise.all([
      startPds(),
      startFakeDiscord({ rateLimits: false }),
      startFakeMastodon({ rateLimits: false }),
      startReceiver(WEBHOOK_SECRET),
    ]);
    closing.push(pds.close, discord.close, mastodon.close, () => receiver.close());
  }, 120_000);
  afterAll(async () => {
    for (const close of closing) await close();
  });

  type Shop = {
    readonly options: RunOptions;
    readonly env: Record<string, string>;
    readonly channelId: string;
    readonly token: string;
    readonly account: Pds['accounts'][number];
    readonly write: (settings: string) => Promise<void>;
  };

  async function open(): Promise<Shop> {
    const cwd = await makeFolder();
    const [account] = pds.accounts;
    if (account === undefined) throw new Error('the PDS has no account');
    const { host } = await serve((_, response) => {
      response.setHeader('content-type', 'application/rss+xml');
      response.end(writeFeed(new Date()));
    });
    const channelId = discord.addChannel({ name: 'papers' });
    const editors = discord.addChannel({ name: 'editors' });
    const { accessToken: token } = mastodon.addAccount();
    const env = {
      BLUESKY_SERVICE: pds.url,
      BLUESKY_IDENTIFIER: account.handle,
      BLUESKY_APP_PASSWORD: account.appPassword,
      DISCORD_API: discord.apiUrl,
      DISCORD_TOKEN: discord.token,
      DISCORD_CHANNEL_ID: channelId,
      MASTODON_SERVER: mastodon.server,
      MASTODON_ACCESS_TOKEN: token,
      WEBHOOK_URL: receiver.url,
      WEBHOOK_SECRET,
    };
    const write = (settings: string): Promise<void> =>
      writeFile(
        join(cwd, 'paperboy.yaml'),
        [
          `editors: { guild: '${discord.guildId}', channel: '${editors}', roles: ['${discord.editorRoleId}'], users: ['${MEMBER}'] }`,
          `sources: { folder: ./inbox, feed: "http://${host}/feed" }`,
          `fetch: { allow: ["${host}"] }`,
          settings,
        ].join('\n'),
      );
    await write('schedule: { timeZone: Europe/Berlin }\nhttp: { port: 0 }');
    await mkdir(join(cwd, 'inbox'));
    return { options: { cwd, env }, env, channelId, token, account, write };
  }

  async function label(account: Shop['account']): Promise<void> {
    const session = new CredentialSession(new URL(pds.url));
    await session.login({ identifier: account.handle, password: account.appPassword });
    const agent = new Agent((path, init) => session.fetchHandler(path, init));
    const labels = { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'bot' }] };
    await agent.com.atproto.repo.putRecord({
      repo: account.did,
      collection: 'app.bsky.actor.profile',
      rkey: 'self',
      record: { $type: 'app.bsky.actor.profile', labels },
    });
  }

  it('finds all well beside a service that runs, and asks nobody to do anything', async () => {
    const { options, env, account, write } = await open();
    const { cwd } = options;
    expect(bad(await examine(options))).toContain('doctor.bluesky-unlabelled');
    await label(account);
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    taken.close();
    await write(`schedule: { timeZone: Europe/Berlin, cron: 0 9 * * * }\nhttp: { port: ${port} }`);
    await runPaperboy(['import', issue], options);
    const { until } = startService(cwd, env);
    await until(/the bot is online/);
    await expect
      .poll(() => discord.commands('guild').length, { timeout: 20_000 })
      .toBeGreaterThan(7);
    const countPosts = (): number =>
      discord.requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD').length;
    // The editors are shown the issue.
    await expect.poll(countPosts, { timeout: 20_000 }).toBeGreaterThan(2);
    const posts = countPosts();

    const report = await examine(options);

    expect(bad(report)).toEqual([]);
    expect(only(report, 'doctor.running').said).toMatch(/seen \d+ s ago; process \d+ on .* plans$/);
    expect(only(report, 'doctor.bluesky').said).toMatch(
      new RegExp(`signed in as @${account.handle} .*; left are 5000 write points in an hour`),
    );
    expect(only(report, 'doctor.mastodon').said).toContain('the token is that of @');
    expect(only(report, 'doctor.mastodon-limits').said).toContain('at most 500 characters');
    expect(only(report, 'doctor.discord-bot').level).toBe('ok');
    expect(only(report, 'doctor.discord-channel').said).toContain(
      'the bot may post in #papers of The Papers, a text channel',
    );
    expect(only(report, 'doctor.webhook').said).toContain('nothing is sent');
    expect(only(report, 'doctor.editors-role').said).toContain('Editors');
    expect(only(report, 'doctor.editors-commands').said).toContain('8 commands are registered');
    expect(only(report, 'doctor.feed').said).toContain(
      '1 issue that can be read, the newest of 20',
    );
    expect(only(report, 'doctor.http').said).toContain(`served at 127.0.0.1:${port}`);
    expect(only(report, 'doctor.clock').said).toContain('the clock is right');
    expect(only(report, 'doctor.next').said).toContain('next: #93');
    expect(receiver.requests).toEqual([]);
    expect(countPosts()).toBe(posts);
  }, 360_000);

  it('changes nothing, and prints no secret', async () => {
    const { options, env, token } = await open();
    await runPaperboy(['import', issue], options);
    await runPaperboy(['status'], options);
    const before = await hashFolder(options.cwd);

    const ran = await runPaperboy(['doctor'], { ...options, preloads: [patientDeadline] });
    const after = await hashFolder(options.cwd);

    const isSession = (name: string): boolean => /sessions\/bluesky\.json$/.test(name);
    const rest = (hashes: Record<string, string>) =>
      Object.entries(hashes).filter(([name]) => !isSession(name));
    expect(rest(after)).toEqual(rest(before));
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(ran.code).toBe(0);
    for (const secret of [token, discord.token, env.BLUESKY_APP_PASSWORD, WEBHOOK_SECRET]) {
      expect(ran.stdout + ran.stderr).not.toContain(secret);
    }
  }, 180_000);

  it('says of each place what is wrong there', async () => {
    const { options, env, channelId, write } = await open();
    const forum = discord.addChannel({ name: 'forum', type: 15, requiresTag: true });
    const secret = discord.addChannel({ name: 'secret' });
    discord.denyChannel(secret, 'view');
    // Without Send Messages and Embed Links, as the channel's settings say.
    const deny = String((1n << 11n) | (1n << 14n));
    discord.setOverwrites(channelId, [{ id: discord.guildId, type: 0, allow: '0', deny }]);
    const { accessToken } = mastodon.addAccount(['read:accounts', 'read:statuses']);
    await write(
      `destinations:\n  discord-forum: {}\n  discord-secret: {}\n  discord-tagged: { forumTag: Gone }\n  discord-none: {}`,
    );
    const tagged = discord.addChannel({
      name: 'tagged',
      type: 15,
      requiresTag: true,
      tags: [{ name: 'Misc' }],
    });
    const report = await examine({
      cwd: options.cwd,
      env: {
        ...env,
        BLUESKY_APP_PASSWORD: 'abcd-efgh-ijkl-mnop',
        MASTODON_ACCESS_TOKEN: accessToken,
        DISCORD_FORUM_CHANNEL_ID: forum,
        DISCORD_SECRET_CHANNEL_ID: secret,
        DISCORD_TAGGED_CHANNEL_ID: tagged,
        DISCORD_NONE_CHANNEL_ID: '1052345678901234567',
        WEBHOOK_URL: 'http://127.0.0.1:9/hook',
      },
    });

    expect(only(report, 'doctor.bluesky-login')).toMatchObject({
      level: 'error',
      remedy: expect.stringContaining('BLUESKY_APP_PASSWORD'),
    });
    expect(only(report, 'doctor.mastodon-scopes').said).toContain(
      'lacks write:statuses, write:media',
    );
    expect(only(report, 'doctor.discord-rights')).toMatchObject({
      level: 'error',
      said: 'discord: in #papers of The Papers the bot lacks Embed Links, Send Messages',
      remedy: expect.stringContaining('allow Embed Links, Send Messages'),
    });
    const channels = find(report, 'doctor.discord-channel').filter(
      ({ level }) => level === 'error',
    );
    expect(channels.map(({ said }) => said.split(':')[0])).toEqual([
      'discord-secret',
      'discord-none',
    ]);
    expect(channels.at(-1)?.remedy).toContain('DISCORD_NONE_CHANNEL_ID');
    expect(find(report, 'doctor.discord-tag').map(({ level }) => level)).toEqual([
      'warning',
      'error',
    ]);
    expect(only(report, 'doctor.webhook-unreachable').level).toBe('error');
  }, 180_000);

  it('says what is wrong about the editors, the feed and the inbox', async () => {
    const { options, env } = await open();
    const { host } = await serve((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<html><body><p>No feed.</p></body></html>');
    });
    const hidden = discord.addChannel({ name: 'hidden' });
    const deny = String(1n << 10n);
    discord.setOverwrites(hidden, [{ id: discord.guildId, type: 0, allow: '0', deny }]);
    await writeFile(
      join(options.cwd, 'paperboy.yaml'),
      [
        `editors: { guild: '${discord.guildId}', channel: '${hidden}', roles: ['1052345678901234567'], users: ['1052345678901234568'] }`,
        `sources: { folder: ./inbox, feed: ["http://${host}/feed", "http://127.0.0.1:9/feed", "http://localhost:81/feed"] }`,
        `fetch: { allow: ["${host}", "127.0.0.1:9"] }`,
      ].join('\n'),
    );
    await mkdir(join(options.cwd, 'inbox', 'rejected'));
    await writeFile(join(options.cwd, 'inbox', 'rejected', 'letter.txt'), 'Dear editor');

    const report = await examine({ cwd: options.cwd, env });

    expect(only(report, 'doctor.discord-rights').said).toMatch(
      /^editors: in #hidden .* View Channel/,
    );
    expect(only(report, 'doctor.editors-role')).toMatchObject({ level: 'error' });
    expect(only(report, 'doctor.editors-user')).toMatchObject({ level: 'error' });
    expect(only(report, 'doctor.feed-unreadable').said).toContain(host);
    expect(only(report, 'doctor.feed-unreachable').level).toBe('warning');
    expect(only(report, 'doctor.feed-refused').remedy).toContain('fetch: { allow');
    expect(only(report, 'doctor.inbox-rejected').remedy).toContain('letter.txt.findings.txt');

    await writeFile(
      join(options.cwd, 'paperboy.yaml'),
      `editors: { guild: '1052345678901234567', channel: '${hidden}', users: ['${MEMBER}'] }`,
    );
    const elsewhere = await examine({ cwd: options.cwd, env });
    expect(only(elsewhere, 'doctor.editors-server').level).toBe('error');
  }, 180_000);

  it('tells what the ledger has that needs a person', async () => {
    const { options, env, channelId } = await open();
    await runPaperboy(['import', join(projectFolder, 'issues', 'issue-102.txt')], options);
    await runPaperboy(['import', issue], options);
    discord.denyChannel(channelId);
    await runPaperboy(['post', '93', '--paper', 'tensorlens', '--to', 'discord'], options);

    const paused = await examine(options);
    const moved = await examine({
      cwd: options.cwd,
      env: { ...env, DISCORD_CHANNEL_ID: discord.addChannel({ name: 'new' }) },
    });

    expect(only(paused, 'doctor.not-planned').remedy).toContain('paperboy approve 93');
    expect(only(paused, 'doctor.paused').remedy).toContain('paperboy retry --to discord');
    expect(only(moved, 'doctor.orphans').remedy).toBe(
      `Queue them for the place that follows it: paperboy move --from discord/${channelId}`,
    );
    expect(find(moved, 'doctor.paused')).toEqual([]);
  }, 180_000);

  it('measures the clock by what servers say', async () => {
    const { options, env } = await open();
    const ahead = (ms: number): Promise<Report> =>
      examine({
        cwd: options.cwd,
        env: { ...env, CLOCK_AHEAD_MS: String(ms) },
        preloads: [clockAhead],
      });

    const [some, much] = [await ahead(120_000), await ahead(-3_600_000)];

    expect(only(some, 'doctor.clock-off')).toMatchObject({
      level: 'warning',
      said: expect.stringMatching(/12\d s fast|1[12]\d s fast|2 minutes fast/),
    });
    expect(only(much, 'doctor.clock-off')).toMatchObject({
      level: 'error',
      said: expect.stringContaining('60 minutes slow'),
    });
  }, 180_000);

  it('waits for no server that hangs', async () => {
    const { options, env } = await open();
    const hanging = createServer(() => {}).listen(0, '127.0.0.1');
    await once(hanging, 'listening');
    onTestFinished(() => {
      hanging.closeAllConnections();
      hanging.close();
    });
    const url = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;

    // That it comes to its end is the proof: these never answer.
    const hung = { DISCORD_API: `${url}/api`, MASTODON_SERVER: url, BLUESKY_SERVICE: url };
    const ran = await runPaperboy(['doctor', '--json'], { ...options, env: { ...env, ...hung } });
    const report = readReport(ran);

    const late = find(report, 'doctor.no-answer').map(({ said }) => said);
    expect(late).toContain('mastodon: no answer in 8 seconds');
    expect(late).toContain('bluesky: no answer in 8 seconds');
    expect(late.length).toBeGreaterThan(3);
    expect(only(report, 'doctor.webhook').level).toBe('ok');
  }, 180_000);

  it('asks nobody offline', async () => {
    const { options, env } = await open();
    const before = [discord.requests.length, mastodon.requests.length];

    const report = await examine({ cwd: options.cwd, env }, '--offline');

    expect([discord.requests.length, mastodon.requests.length]).toEqual(before);
    expect(report.checks.filter(({ level }) => level === 'skipped').length).toBeGreaterThan(6);
    expect(only(report, 'doctor.mastodon').said).toBe('mastodon: not asked (--offline)');
  }, 180_000);
});

describe('paperboy doctor, on a machine alone', () => {
  it('makes nothing in an empty folder, and says what there is to do', async () => {
    const cwd = await makeFolder();

    const { code, stdout } = await runPaperboy(['doctor'], { cwd });

    expect(code).toBe(0);
    expect(await readdir(cwd)).toEqual([]);
    expect(stdout).toMatch(
      /^Configuration\n {2}✓ the configuration is right \[doctor\.configuration\]$/m,
    );
    expect(stdout).toMatch(
      /^ {2}! no account is configured.*\n {4}→ Set one up: paperboy connect/m,
    );
  });

  it('tells every problem of a broken configuration, and looks at all else', async () => {
    const cwd = await makeFolder();
    await writeFile(
      join(cwd, 'paperboy.yaml'),
      'data: ./elsewhere\nshedule: {}\nlog: loud\napproval: 12x\n',
    );
    await writeFile(join(cwd, '.env'), 'BLUESKY_PASSWORD=secret-of-mine\nDISCORD_TOKEN=short\n');
    await chmod(join(cwd, '.env'), 0o644);

    const report = await examine({ cwd });
    const { stdout } = await runPaperboy(['doctor'], { cwd });

    const wrong = find(report, 'doctor.configuration-wrong').map(({ said }) => said);
    expect(wrong.some((said) => said.startsWith('DISCORD_TOKEN must be'))).toBe(true);
    expect(wrong.join('\n')).toMatch(/shedule/);
    expect(wrong.join('\n')).toMatch(/^log in paperboy\.yaml/m);
    expect(wrong.join('\n')).toMatch(/^approval in paperboy\.yaml/m);
    expect(wrong).toHaveLength(4);
    expect(only(report, 'doctor.env-open').remedy).toContain('chmod 600');
    expect(only(report, 'doctor.variable-unknown').said).toContain('BLUESKY_APP_PASSWORD?');
    expect(only(report, 'doctor.data').said).toContain('elsewhere');
    expect(stdout).not.toContain('secret-of-mine');
    expect(await readdir(cwd)).toEqual(['.env', 'paperboy.yaml']);
  });

  it('does not say that no zone is set where a wrong one is', async () => {
    const cwd = await makeFolder();
    await writeFile(join(cwd, 'paperboy.yaml'), 'schedule: { timeZone: Mars, cron: never }\n');

    const report = await examine({ cwd });

    const wrong = find(report, 'doctor.configuration-wrong').map(({ said }) => said);
    expect(wrong.map((said) => said.split(' ')[0])).toEqual(['schedule.timeZone', 'schedule.cron']);
    expect(find(report, 'doctor.time-zone-unset')).toEqual([]);
    expect(only(report, 'doctor.time-zone').level).toBe('skipped');
  });

  it('knows an .env that git has', async () => {
    const cwd = await makeFolder();
    const git = (...args: string[]): void => {
      execFileSync('git', ['-C', cwd, ...args], { stdio: 'ignore' });
    };
    git('init');
    await writeFile(join(cwd, '.env'), 'PAPERBOY_DATA=./data\n');
    await chmod(join(cwd, '.env'), 0o600);

    const open = await examine({ cwd });
    await writeFile(join(cwd, '.gitignore'), '.env\n');
    const ignored = await examine({ cwd });
    git('add', '--force', '.env');
    const tracked = await examine({ cwd });

    expect(only(open, 'doctor.env-unignored').level).toBe('warning');
    expect(only(ignored, 'doctor.env').said).toContain('for its owner alone');
    expect(only(tracked, 'doctor.env-tracked').level).toBe('error');
  });

  it('knows a full disk', async () => {
    const cwd = await makeFolder();
    const withFree = (bytes: number): Promise<Report> =>
      examine({ cwd, env: { FREE_BYTES: String(bytes) }, preloads: [scarceDisk] });

    expect(only(await withFree(499e6), 'doctor.disk-low').level).toBe('warning');
    expect(only(await withFree(49e6), 'doctor.disk-low').level).toBe('error');
    expect(only(await withFree(501e6), 'doctor.disk').level).toBe('ok');
  });

  it('knows a data folder that is none, and a port that another program has', async () => {
    const cwd = await makeFolder();
    await writeFile(join(cwd, 'file'), '');
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => {
      other.close();
    });
    const { port } = other.address() as AddressInfo;

    const report = await examine({
      cwd,
      env: { PAPERBOY_DATA: './file/data', PAPERBOY_HTTP_PORT: String(port) },
    });
    const nowhere = await examine({
      cwd,
      env: { PAPERBOY_HTTP_PORT: '8123', PAPERBOY_HTTP_HOST: '192.0.2.1' },
    });

    expect(only(report, 'doctor.data-unwritable').level).toBe('error');
    expect(only(report, 'doctor.folder-unwritable').level).toBe('error');
    expect(only(report, 'doctor.http-taken').remedy).toContain('http.port');
    expect(only(nowhere, 'doctor.http-unusable').remedy).toContain('http.host');
  });

  it('goes on where the database is broken', async () => {
    const cwd = await makeFolder();
    await runPaperboy(['import', issue], { cwd });
    const file = join(cwd, 'data', 'paperboy.db');
    const whole = await readFile(file);
    await writeFile(
      file,
      Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(40_000, 1), whole.subarray(44_096)]),
    );

    const report = await examine({ cwd });
    await rm(file);
    await writeFile(file, 'something else');
    const foreign = await examine({ cwd });

    expect(only(report, 'doctor.database-damaged').remedy).toContain('paperboy restore');
    expect(only(report, 'doctor.plan').level).toBe('ok');
    expect(only(foreign, 'doctor.database-foreign').level).toBe('error');
  });

  it('tells what was refused, what nobody knows, who follows, and an inbox that is none', async () => {
    const cwd = await makeFolder();
    await writeFile(join(cwd, 'file'), '');
    await writeFile(join(cwd, 'paperboy.yaml'), 'sources: { folder: ./file/inbox }\n');
    await runPaperboy(['import', issue], { cwd });
    const change = (statement: string): void => {
      const sqlite = new Sqlite(join(cwd, 'data', 'paperboy.db'));
      sqlite.exec(statement);
      sqlite.close();
    };
    await runPaperboy(['post', '93', '--paper', 'tensorlens'], { cwd });
    change(FOLLOW);
    change("update deliveries set state = 'refused', reason = 'r', remedy = 'm'");

    const refused = await examine({ cwd });
    change("update deliveries set state = 'unknown'");
    const unknown = await examine({ cwd });

    expect(only(refused, 'doctor.refused').said).toBe('1 delivery was refused');
    expect(find(refused, 'doctor.unknown')).toEqual([]);
    expect(only(refused, 'doctor.follows')).toMatchObject({
      level: 'ok',
      said: '1 channel follows',
    });
    expect(only(refused, 'doctor.inbox-unwritable').remedy).toContain(join(cwd, 'file'));
    expect(only(unknown, 'doctor.unknown').level).toBe('warning');
    expect(find(unknown, 'doctor.refused')).toEqual([]);
  });

  it('tells what waits for a person in the ledger', async () => {
    const cwd = await makeFolder();
    await writeFile(
      join(cwd, 'paperboy.yaml'),
      'schedule: { cron: 0 9 * * 1, timeZone: Europe/Berlin }\napproval: always\n',
    );
    await runPaperboy(['import', issue], { cwd });
    await runPaperboy(['hold', '93', '--paper', 'tensorlens'], { cwd });
    const sqlite = new Sqlite(join(cwd, 'data', 'paperboy.db'));
    const longAgo = new Date(Date.now() - 5 * 24 * 3_600_000).toISOString();
    sqlite.prepare('update issues set imported_at = ?').run(longAgo);
    sqlite.close();

    const report = await examine({ cwd });

    expect(only(report, 'doctor.approval-waiting')).toMatchObject({
      level: 'warning',
      remedy: expect.stringContaining('paperboy approve 93'),
    });
    expect(only(report, 'doctor.held').remedy).toContain('paperboy release 93');
    expect(only(report, 'doctor.plan-pile-up').said).toMatch(/papers come in a week, and 1 slot/);
  });
});
