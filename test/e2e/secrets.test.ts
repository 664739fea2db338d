import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { startFakeMastodon } from '../fakes/mastodon/server.ts';
import { startReceiver } from '../fakes/webhook/receiver.ts';
import { type FaultyProxy, startFaultyProxy } from '../pds/faulty-proxy.ts';
import { startPds } from '../pds/start.ts';
import { findSecret } from '../support/find-secret.ts';
import {
  collect,
  makeFolder,
  projectFolder,
  type Ran,
  runPaperboy,
  startPaperboy,
  startService,
} from './run-paperboy.ts';

/** Stands in every error beside the secrets: where it is found, they would be too. */
const MARKER = `marker${randomBytes(6).toString('hex')}`;
/** What a started service serves over HTTP, to be looked through as well. */
const SERVED = ['/metrics', '/healthz', '/readyz'] as const;
/** Sessions have to be kept somewhere: in a file that its owner alone can read. */
const SESSION = /^data\/sessions\/[^/]+\.json$/;
/** Written by the operator, and read by Paperboy alone. */
const SETTINGS = /^(?:\.env|paperboy\.yaml|issue\.md)$/;

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
const random = (bytes = 24): string => randomBytes(bytes).toString('base64url');

/** All that came out of a run, by where. */
type Outlets = Map<string, Uint8Array>;

function expectNone(outlets: Outlets, secrets: Readonly<Record<string, string>>): void {
  const found: string[] = [];
  for (const [outlet, bytes] of outlets) {
    for (const [name, secret] of Object.entries(secrets)) {
      const place = findSecret(bytes, secret);
      if (place !== undefined) found.push(`${name} in ${outlet}, ${place}`);
    }
  }
  expect(found).toEqual([]);
}

/** Every file of a folder but those that hold secrets by purpose. */
async function readFiles(folder: string, outlets: Outlets): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (!SESSION.test(name) && !SETTINGS.test(name)) outlets.set(name, await readFile(path));
  }
}

function keep(outlets: Outlets, name: string, { stdout, stderr }: Pick<Ran, 'stdout' | 'stderr'>) {
  outlets.set(`${name}, stdout`, Buffer.from(stdout));
  outlets.set(`${name}, stderr`, Buffer.from(stderr));
}

/** A server that says again, wherever it can, what it was sent. */
async function startEcho(status: () => number, more: () => string): Promise<{ url: string }> {
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    const { authorization = '' } = headers;
    const said = `${MARKER} ${method} ${url} ${authorization} ${more()}`;
    const location = `http://user:${encodeURIComponent(more())}@127.0.0.1:1/${url}`;
    response.writeHead(status(), {
      'content-type': 'application/json',
      'x-echo': encodeURI(said),
      ...(status() === 302 ? { location } : {}),
    });
    const body = { error: 'Echo', message: said, error_description: said, code: 0, headers };
    response.end(JSON.stringify(url?.includes('/api/v1') ? { ...body, error: said } : body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('secrets that servers say again appear nowhere', { timeout: 600_000 }, async () => {
  const pds = await startPds();
  onTestFinished(() => pds.close());
  const [account] = pds.accounts;
  if (account === undefined) throw new Error('the PDS has no account');
  const bluesky = await startFaultyProxy(pds.url);
  onTestFinished(() => bluesky.close());
  const fake = await startFakeMastodon({ rateLimits: false });
  onTestFinished(() => fake.close());
  const { accessToken, id: mastodonId } = fake.addAccount();
  const mastodon = await startFaultyProxy(fake.server);
  onTestFinished(() => mastodon.close());
  const discord = await startFakeDiscord({
    openApiPath: specPath,
    rateLimits: false,
    callbackDeadlineMs: 15_000,
  });
  onTestFinished(() => discord.close());
  discord.dispatch.warmUp();
  const channelId = discord.addChannel();
  const discordProxy = await startFaultyProxy(new URL(discord.apiUrl).origin);
  onTestFinished(() => discordProxy.close());
  const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`;
  const receiver = await startReceiver(webhookSecret);
  onTestFinished(() => receiver.close());
  // Chance makes such ones too: without a digit, and with what another kind of secret begins with.
  const hook = `${random(64)
    .replace(/[^a-z]/gi, '')
    .slice(0, 30)}KZ`;
  const hookKey = random();
  const feedPath = `${random(6)}eyJ${random()}`;
  const feedToken = random();
  const imagePassword = random();
  const secrets: Record<string, string> = {
    'the app password': account.appPassword,
    'the token of the bot': discord.token,
    'the access token of Mastodon': accessToken,
    'the secret of the webhook': webhookSecret.slice('whsec_'.length),
    'the path of the webhook': hook,
    'the key of the webhook': hookKey,
    'the path of the feed': feedPath,
    'the token of the feed': feedToken,
    'the password of an image': imagePassword,
  };
  const image = `https://reader:${imagePassword}@127.0.0.1/figure.png`;
  // What Paperboy was not told is a secret by its shape alone: it is said in the form that it has.
  const known = Object.values(secrets).filter((secret) => secret !== imagePassword);
  const all = (): string => `${known.join(' ')} Bearer ${accessToken} for ${image}`;
  let feedStatus = 500;
  const echo = await startEcho(() => feedStatus, all);
  const feed = `${echo.url}/feeds/${feedPath}.xml?token=${feedToken}`;

  const cwd = await makeFolder();
  const env = {
    DISCORD_API: `${discordProxy.url}/api`,
    DISCORD_CHANNEL_ID: channelId,
    MASTODON_SERVER: mastodon.url,
    MASTODON_ACCESS_TOKEN: accessToken,
    BLUESKY_SERVICE: bluesky.url,
    BLUESKY_IDENTIFIER: account.handle,
    WEBHOOK_URL: `${new URL(receiver.url).origin}/hooks/${hook}?key=${hookKey}`,
    PAPERBOY_HTTP_PORT: '0',
    PAPERBOY_DEBUG: '1',
  };
  await writeFile(
    join(cwd, '.env'),
    [
      `BLUESKY_APP_PASSWORD=${account.appPassword}`,
      `DISCORD_TOKEN=${discord.token}`,
      `WEBHOOK_SECRET=${webhookSecret}`,
    ].join('\n'),
  );
  const hosts = [echo.url, bluesky.url].map((url) => new URL(url).host);
  await writeFile(
    join(cwd, 'paperboy.yaml'),
    `log: info\nsources: { feed: "${feed}", folder: ./inbox }\nfetch: { allow: ${JSON.stringify(hosts)} }\n`,
  );
  await mkdir(join(cwd, 'inbox'));
  const outlets: Outlets = new Map();
  let input = sample;
  const run = async (...args: string[]): Promise<Ran> => {
    const ran = await runPaperboy(args, { cwd, env, input });
    keep(outlets, `paperboy ${args.join(' ')}`, ran);
    return ran;
  };

  /** Posts until a first attempt is told of: what is not taken is tried again and again. */
  const post = async (...args: string[]): Promise<void> => {
    const child = startPaperboy(['post', ...args], { cwd, env });
    const output = collect(child);
    const look = setInterval(() => {
      if (/trying again/.test(output().stdout + output().stderr)) child.kill('SIGKILL');
    }, 100);
    await once(child, 'close');
    clearInterval(look);
    keep(outlets, `paperboy post ${args.join(' ')}`, output());
  };

  await run('import', '-');
  await run('import', `http://reader:${imagePassword}@127.0.0.1/issue.html`);
  await run('import', `${echo.url}/${feedPath}?token=${feedToken}`);
  await run('status'); // Every account is met once, by a server that is well.
  const { stdout: shown } = await run('show', '93', '--json');
  input = `<html><body><h1>Title</h1><p>#95</p><img src="${image}" alt="a"></body></html>`;
  await run('import', '-');
  const slugs: string[] = JSON.parse(shown).issue.papers.map(({ slug }: { slug: string }) => slug);
  const [session] = await readdir(join(cwd, 'data', 'sessions'));
  const sessionFile = join(cwd, 'data', 'sessions', session ?? '');
  expect((await stat(sessionFile)).mode & 0o777).toBe(0o600);
  const { session: tokens } = JSON.parse(await readFile(sessionFile, 'utf8'));
  secrets['the access token of Bluesky'] = tokens.accessJwt.split('.')[2];
  secrets['the refresh token of Bluesky'] = tokens.refreshJwt.split('.')[2];

  const fail = (proxy: FaultyProxy, path: RegExp, status: number): void => {
    const message = `${MARKER} ${all()} Bearer ${tokens.accessJwt}, ${tokens.refreshJwt} at ${env.WEBHOOK_URL} and ${feed}`;
    const body = { error: path.source.includes('v1') ? message : 'Echo', message, code: 50_001 };
    const headers = { 'x-echo': encodeURI(message), location: encodeURI(`/${message}`) };
    proxy.inject({ kind: 'status-before', path, status, body, headers, times: 50 });
  };
  for (const [index, status] of [500, 401, 302, 422].entries()) {
    fail(bluesky, /applyWrites|getRecord|uploadBlob|refreshSession|createSession/, status);
    fail(mastodon, /\/api\/v1\/statuses|\/api\/v1\/accounts/, status);
    fail(discordProxy, /\/channels\/|\/interactions\//, status);
    for (let n = 0; n < 5; n += 1) {
      const body = `${MARKER} ${all()} ${env.WEBHOOK_URL}`;
      receiver.answerNext({ status, body, headers: { location: encodeURI(body) } });
    }
    const paper = slugs[index % slugs.length] ?? '';
    const names = ['bluesky', 'mastodon', 'discord', 'webhook'];
    await Promise.all(names.map((to) => post('93', '--paper', paper, '--to', to)));
    for (const proxy of [bluesky, mastodon, discordProxy]) proxy.calm();
    receiver.calm();
  }
  fail(discordProxy, /\/interactions\//, 400);
  fail(mastodon, /./, 401);
  feedStatus = 302;
  const { child, until } = startService(cwd, env);
  let served = '';
  child.stdout?.on('data', (text: string) => {
    served += text;
  });
  let logged = '';
  child.stderr?.on('data', (text: string) => {
    logged += text;
  });
  const started = await until(/the bot is online/);
  const [, address = ''] = /serves +(http:[^ ]+): \//.exec(started) ?? [];
  discord.dispatch
    .slash('paper', { query: MARKER })
    .reply()
    .catch(() => undefined);
  await until(/feed of .*✗|✗ feed of/);
  await expect.poll(() => logged, { timeout: 20_000 }).toContain('interaction.');
  for (const path of SERVED) {
    const answer = await fetch(`${address}${path}`);
    outlets.set(path, Buffer.from(await answer.text()));
  }
  // With the process alive what it has open is there too: the log beside the database.
  await readFiles(cwd, outlets);
  expect([...outlets.keys()]).toContain('data/paperboy.db-wal');
  expectNone(outlets, secrets);
  child.kill('SIGTERM');
  await once(child, 'close');
  keep(outlets, 'paperboy start', { stdout: served, stderr: logged });

  const { deliveries } = JSON.parse((await run('queue', '--json')).stdout);
  const histories = deliveries.slice(0, 4).map(({ id }: { id: string }) => `history ${id}`);
  const asked = ['status', 'status --json', 'queue', 'export 93', 'preview 93', ...histories];
  for (const args of asked) await run(...args.split(' '));
  await readFiles(cwd, outlets);
  outlets.set('messages on Discord', Buffer.from(JSON.stringify(discord.messages(channelId))));
  outlets.set('statuses', Buffer.from(JSON.stringify(fake.statuses(mastodonId))));
  outlets.set('events', Buffer.from(receiver.requests.map(({ body }) => body).join('\n')));

  expectNone(outlets, secrets);
  // The errors did come to all these places, and looking there finds what is there.
  const marked = [...outlets].filter(([, bytes]) => findSecret(bytes, MARKER) !== undefined);
  const places = marked.map(([outlet]) => outlet);
  expect(places).toEqual(
    expect.arrayContaining([
      'data/paperboy.db',
      expect.stringMatching(/^paperboy post .* stderr$/),
      expect.stringMatching(/^paperboy (?:status|queue|history).*stdout$/),
      'paperboy start, stderr',
    ]),
  );
});

test.each([
  ['a key', (secret: string) => `${secret}: true\n`],
  ['a schedule', (secret: string) => `schedule: { cron: "${secret}" }\n`],
  ['a time zone', (secret: string) => `schedule: { timeZone: "${secret}" }\n`],
  ['a destination', (secret: string) => `schedule: { to: ["${secret}"] }\n`],
  ['a feed', (secret: string) => `sources: { feed: "https://me:${secret}@example.org/feed" }\n`],
  ['a host', (secret: string) => `fetch: { allow: ["http://me:${secret}@example.org"] }\n`],
  ['broken YAML', (secret: string) => `token: "${secret}\n`],
  ['more broken YAML', (secret: string) => `${secret}: [\n  ${secret}: }\n`],
  ['a level', (secret: string) => `log: "${secret}"\n`],
  ['an account', (secret: string) => `destinations: { "${secret}": {} }\n`],
  ['a setting', (secret: string) => `webhook: { format: "${secret}" }\nfolder: "${secret}"\n`],
])(
  'a configuration with secrets as %s is refused without them',
  async (_, write) => {
    const secrets = {
      'an app password': 'h2x7-q4ma-7bce-k5wz',
      'a token of Discord': `MTA1${randomBytes(15).toString('hex').slice(0, 22)}.GaBcDe.${random(27)}`,
      'a token of Mastodon': random(32),
      'a secret of a webhook': `whsec_${randomBytes(32).toString('base64')}`,
    };
    const outlets: Outlets = new Map();
    const cwd = await makeFolder();
    // Each where it belongs, and one of them where it does not.
    const env = {
      BLUESKY_IDENTIFIER: 'paperboy.test',
      BLUESKY_APP_PASSWORD: secrets['an app password'],
      MASTODON_SERVER: 'http://127.0.0.1:1',
      MASTODON_ACCESS_TOKEN: secrets['a token of Mastodon'],
      DISCORD_CHANNEL_ID: secrets['a token of Discord'],
      WEBHOOK_URL: secrets['a secret of a webhook'],
      WEBHOOK_SECRET: secrets['a token of Mastodon'],
      PAPERBOY_FEED: `https://me:${secrets['a token of Mastodon']}@example.org/feed`,
    };
    for (const [name, secret] of Object.entries(secrets)) {
      await writeFile(join(cwd, 'paperboy.yaml'), write(secret));
      const ran = await runPaperboy(['start'], { cwd, env, killAfterMs: 60_000 });
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('the configuration is wrong');
      keep(outlets, `with ${name}`, ran);
    }
    await readFiles(cwd, outlets);

    expectNone(outlets, secrets);
  },
  300_000,
);
