import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { Agent, CredentialSession } from '@atproto/api';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { startFakeMastodon } from '../fakes/mastodon/server.ts';
import { type FaultyProxy, startFaultyProxy } from '../pds/faulty-proxy.ts';
import { type Pds, startPds } from '../pds/start.ts';
import { collect, makeFolder, type Ran, runPaperboy, startPaperboy } from './run-paperboy.ts';

const lines = (...answers: readonly string[]): string => answers.map((one) => `${one}\n`).join('');
const said = ({ stdout, stderr }: Pick<Ran, 'stdout' | 'stderr'>): string => stdout + stderr;
const readEnv = (cwd: string): Promise<string> => readFile(join(cwd, '.env'), 'utf8');
const hasEnv = (cwd: string): Promise<boolean> =>
  stat(join(cwd, '.env')).then(
    () => true,
    () => false,
  );

describe('paperboy connect bluesky', () => {
  const profileOf = 'app.bsky.actor.profile';
  const selfLabels = 'com.atproto.label.defs#selfLabels';
  let pds: Pds;
  let proxy: FaultyProxy;

  beforeAll(async () => {
    pds = await startPds({ accounts: 2 });
    proxy = await startFaultyProxy(pds.url);
  });
  afterAll(async () => {
    await proxy?.close();
    await pds?.close();
  });

  const account = (index = 0) => pds.accounts[index] ?? expect.unreachable('no account');
  async function logIn(index = 0): Promise<Agent> {
    const session = new CredentialSession(new URL(pds.url));
    const { handle, appPassword } = account(index);
    await session.login({ identifier: handle, password: appPassword });
    return new Agent((path, init) => session.fetchHandler(path, init));
  }
  async function readProfile(agent: Agent, index = 0): Promise<Record<string, unknown>> {
    const place = { repo: account(index).did, collection: profileOf, rkey: 'self' };
    return (await agent.com.atproto.repo.getRecord(place)).data.value as Record<string, unknown>;
  }
  const writeProfile = (agent: Agent, record: Record<string, unknown>, index = 0) =>
    agent.com.atproto.repo.putRecord({
      repo: account(index).did,
      collection: profileOf,
      rkey: 'self',
      record: { $type: profileOf, ...record },
    });

  it('signs in, writes .env, and keeps the profile and what changes it meanwhile', async () => {
    const cwd = await makeFolder();
    const agent = await logIn();
    const { handle, did, appPassword } = account();
    const { data } = await agent.uploadBlob(Buffer.from([0x89, 0x50, 0x4e, 0x47]), {
      encoding: 'image/png',
    });
    const labels = { $type: selfLabels, values: [{ val: '!no-unauthenticated' }] };
    await writeProfile(agent, { displayName: 'Old', avatar: data.blob, labels });
    proxy.inject({
      kind: 'meanwhile',
      path: /putRecord/,
      act: () => writeProfile(agent, { displayName: 'New', avatar: data.blob, labels }),
    });
    const input = lines(proxy.url, `@${handle}`, appPassword, 'y');

    const ran = await runPaperboy(['connect', 'bluesky'], { cwd, input });

    expect(ran.code, said(ran)).toBe(0);
    expect(ran.stdout).toContain(`@${handle} (${did})`);
    expect(ran.stdout).toContain('The profile says that it is a bot');
    expect(ran.stdout).toContain('BLUESKY_APP_PASSWORD');
    expect(said(ran)).not.toContain(appPassword);
    expect(parseEnv(await readEnv(cwd))).toEqual({
      BLUESKY_SERVICE: proxy.url,
      BLUESKY_IDENTIFIER: handle,
      BLUESKY_APP_PASSWORD: appPassword,
    });
    expect((await stat(join(cwd, '.env'))).mode & 0o777).toBe(0o600);
    const profile = await readProfile(agent);
    expect(profile).toMatchObject({ displayName: 'New', avatar: { ref: data.blob.ref } });
    expect(profile.labels).toEqual({ ...labels, values: [...labels.values, { val: 'bot' }] });

    const again = await runPaperboy(['connect', 'bluesky'], { cwd, input: lines('', '', '', '') });

    expect(again.code, said(again)).toBe(0);
    expect(again.stdout).toContain('has it all already');
    expect(again.stdout).toContain('said already that it is a bot');
    expect(await readProfile(agent)).toEqual(profile);
  });

  it('labels a profile that is not there yet; a no, and --no-label, leave it so', async () => {
    const cwd = await makeFolder();
    const agent = await logIn(1);
    const { handle, appPassword, did } = account(1);
    const first = lines(proxy.url, handle, appPassword);

    const no = await runPaperboy(['connect', 'bluesky'], { cwd, input: `${first}n\n` });
    const off = await runPaperboy(['connect', 'bluesky', '--no-label'], { cwd, input: first });
    const without = await readProfile(agent, 1).catch(({ error }: { error: string }) => error);
    const byMail = lines(proxy.url, 'courier-2@mail.test', appPassword, '');
    const yes = await runPaperboy(['connect', 'bluesky', '--json'], { cwd, input: byMail });

    expect([no.code, off.code, without]).toEqual([0, 0, 'RecordNotFound']);
    expect(yes.code, said(yes)).toBe(0);
    expect(JSON.parse(yes.stdout)).toEqual({
      kind: 'bluesky',
      name: 'bluesky',
      account: { service: proxy.url, handle, did },
      file: join(cwd, '.env'),
      variables: ['BLUESKY_SERVICE', 'BLUESKY_IDENTIFIER', 'BLUESKY_APP_PASSWORD'],
      changed: [],
      shadowed: [],
    });
    expect((await readProfile(agent, 1)).labels).toEqual({
      $type: selfLabels,
      values: [{ val: 'bot' }],
    });
  });

  it('tells a wrong password as such, and leaves .env to the byte', async () => {
    const cwd = await makeFolder();
    const before = '# mine\r\nexport BLUESKY_IDENTIFIER="old.test" # why\r\nX=\'1\'';
    await writeFile(join(cwd, '.env'), before, { mode: 0o640 });
    const { handle } = account();
    const wrong = 'wrng-pass-word-here';
    const run = (...answers: readonly string[]) =>
      runPaperboy(['connect', 'bluesky'], { cwd, input: lines(proxy.url, ...answers) });

    const own = await run(handle, 'my own password', wrong);
    const ran = await run(handle, wrong, wrong, wrong);
    const refused = await run('no handle', wrong, wrong);

    expect([own.code, ran.code, refused.code]).toEqual([1, 1, 1]);
    expect(own.stderr).toContain('no app password');
    expect(own.stderr).toContain('https://bsky.app/settings/app-passwords');
    expect(ran.stderr).toMatch(/does not take courier-1\.test with this app password: Invalid/);
    expect(ran.stderr.match(/Whose account is it/g)).toHaveLength(1);
    expect(refused.stderr).toContain('no handle, no DID and no e-mail address');
    expect(refused.stderr).not.toContain('app password');
    for (const one of [own, ran, refused]) {
      expect(one.stderr).toContain('.env is as it was');
      expect(one.stderr).toContain('without a terminal nothing is asked twice');
      expect(said(one)).not.toContain(wrong);
    }
    expect(await readEnv(cwd)).toBe(before);
    expect((await stat(join(cwd, '.env'))).mode & 0o777).toBe(0o640);
  });

  it('writes another name’s variables in place, keeps all else, and says what the environment has', async () => {
    const cwd = await makeFolder();
    const before = '# mine\r\nexport BLUESKY_DE_IDENTIFIER="old.test" # why\r\nX=\'1\'\r\n#end\r\n';
    await writeFile(join(cwd, '.env'), before, { mode: 0o644 });
    const { handle, appPassword } = account();
    const env = { BLUESKY_DE_APP_PASSWORD: 'aaaa-bbbb-cccc-dddd' };
    const input = lines(proxy.url, handle, appPassword);
    const args = ['connect', 'bluesky', '--name', 'bluesky-de', '--no-label'];

    const ran = await runPaperboy(args, { cwd, env, input });

    expect(ran.code, said(ran)).toBe(0);
    expect(await readEnv(cwd)).toBe(
      `# mine\r\nexport BLUESKY_DE_IDENTIFIER=${handle} # why\r\nX='1'\r\n#end\r\n` +
        `BLUESKY_DE_SERVICE=${proxy.url}\r\nBLUESKY_DE_APP_PASSWORD=${appPassword}\r\n`,
    );
    expect(ran.stdout).toContain('BLUESKY_DE_APP_PASSWORD is set to something else');
    expect(ran.stdout).toContain('mode 0644');
    expect(ran.stdout).toContain('    bluesky-de: {}');
  });

  it('leaves .env as it was wherever it is broken off', async () => {
    const { handle, appPassword } = account();
    const all = [proxy.url, handle, appPassword];
    for (let count = 0; count <= all.length; count += 1) {
      const cwd = await makeFolder();

      const ran = await runPaperboy(['connect', 'bluesky'], {
        cwd,
        input: lines(...all.slice(0, count)),
      });

      expect([ran.code, await hasEnv(cwd)], said(ran)).toEqual([1, false]);
      expect(ran.stderr).toContain('left without an answer');
    }
  });

  it('names the host that cannot be reached', async () => {
    const cwd = await makeFolder();
    const input = lines('http://127.0.0.1:1', 'a.test', 'aaaa-bbbb-cccc-dddd');

    const ran = await runPaperboy(['connect', 'bluesky'], { cwd, input });

    expect([ran.code, await hasEnv(cwd)]).toEqual([1, false]);
    expect(ran.stderr).toContain('Cannot ask 127.0.0.1:1 as it cannot be reached');
    expect(said(ran)).not.toContain('aaaa-bbbb');
  });
});

describe('paperboy connect discord', () => {
  async function start() {
    const discord = await startFakeDiscord({ rateLimits: false });
    onTestFinished(() => discord.close());
    const cwd = await makeFolder();
    const run = (args: readonly string[], input: string) =>
      runPaperboy(['connect', 'discord', ...args], {
        cwd,
        env: { DISCORD_API: discord.apiUrl },
        input,
      });
    return { discord, cwd, run };
  }

  it('asks for exactly what is used, looks at the channel, and gives the lines for editors', async () => {
    const { discord, cwd, run } = await start();
    const [channel, editors] = [discord.addChannel({ name: 'news' }), discord.addChannel()];

    const ran = await run([], lines(discord.token, channel, editors));

    expect(ran.code, said(ran)).toBe(0);
    const { searchParams } = new URL(/https:\S+integration_type=0/.exec(ran.stdout)?.[0] ?? '');
    const bits = [10, 11, 14, 16, 34, 38].reduce((sum, bit) => sum + 2n ** BigInt(bit), 0n);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: discord.botUserId,
      scope: 'bot applications.commands',
      permissions: String(bits),
      integration_type: '0',
    });
    expect(ran.stdout).toContain('#news of The Papers');
    expect(ran.stdout).toContain(`    guild: '${discord.guildId}'\n    channel: '${editors}'`);
    expect(ran.stdout).toContain(`      - '${discord.editorRoleId}' # Editors`);
    expect(ran.stdout).toContain('It is not public');
    expect(said(ran)).not.toContain(discord.token);
    expect(parseEnv(await readEnv(cwd))).toEqual({
      DISCORD_TOKEN: discord.token,
      DISCORD_CHANNEL_ID: channel,
    });
  });

  it('names what the bot lacks, and what is no channel', async () => {
    const { discord, cwd, run } = await start();
    const channel = discord.addChannel();
    const deny = String((1n << 14n) | (1n << 16n));
    discord.setOverwrites(channel, [{ id: discord.botRoleId, type: 0, allow: '0', deny }]);

    const ran = await run([], lines(discord.token, channel, channel));
    const garbage = await run([], lines(discord.token, 'garbage', discord.token));

    expect([ran.code, garbage.code, await hasEnv(cwd)]).toEqual([1, 1, false]);
    expect(ran.stderr).toContain('Give it there: Embed Links, Read Message History');
    expect(garbage.stderr).toContain('17 to 20 digits');
    expect(garbage.stderr.match(/The id of the channel/g)).toHaveLength(1);
    expect(said(garbage)).not.toContain(discord.token);
  });

  it('sets up a bot that only answers, in JSON too, and a further channel with its token', async () => {
    const { discord, cwd, run } = await start();
    discord.setApplication({ isPublic: true, installs: ['1'] });
    const forum = discord.addChannel({ type: 15, name: 'forum' });

    const bot = await run(['--json'], lines(discord.token, ''));
    const further = await run(['--name', 'discord-news'], lines('', forum));

    expect(bot.code, said(bot)).toBe(0);
    expect(JSON.parse(bot.stdout)).toMatchObject({
      account: { isPublic: true, installs: { guild: false, user: true }, channel: null },
      variables: ['DISCORD_TOKEN'],
    });
    expect(said(bot)).not.toContain(discord.token);
    expect(further.code, said(further)).toBe(0);
    expect(further.stdout).toContain('Allow Guild Install first');
    expect(parseEnv(await readEnv(cwd))).toEqual({
      DISCORD_TOKEN: discord.token,
      DISCORD_NEWS_CHANNEL_ID: forum,
    });
  });

  it('refuses tokens that are none, without repeating them', async () => {
    const { cwd, run } = await start();
    const wrong = `${'x'.repeat(24)}.${'y'.repeat(6)}.${'z'.repeat(30)}`;

    const short = await run([], lines('short', wrong));
    const accented = await run([], lines(`${wrong}é`, wrong));
    const ran = await run([], lines(wrong, wrong));

    expect([short.code, accented.code, ran.code, await hasEnv(cwd)]).toEqual([1, 1, 1, false]);
    for (const one of [short, accented]) expect(one.stderr).toContain('no token of a bot');
    expect(ran.stderr).toContain('does not accept the bot token');
    for (const one of [short, accented, ran]) {
      expect(said(one)).not.toContain(wrong.slice(0, 30));
      expect(one.stderr.match(/The token of the bot\?/g)).toHaveLength(1);
    }
  });
});

describe('paperboy connect mastodon', () => {
  async function start() {
    const mastodon = await startFakeMastodon({ rateLimits: false });
    onTestFinished(() => mastodon.close());
    return { mastodon, cwd: await makeFolder() };
  }

  it('signs in with a browser elsewhere: an address, and a code', async () => {
    const { mastodon, cwd } = await start();
    const { id } = mastodon.addAccount();
    const child = startPaperboy(['connect', 'mastodon'], { cwd });
    const output = collect(child);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    child.stdin?.write(lines(mastodon.server, 'browser'));
    let address: string | undefined;
    for (let tries = 0; address === undefined && tries < 500; tries += 1) {
      await wait(20);
      [address] = /http\S+\/oauth\/authorize\S+(?=\s)/.exec(output().stderr) ?? [];
    }
    const code = mastodon.authorize(address ?? expect.unreachable(said(output())), id);

    // The input stays open: the command ends by itself.
    child.stdin?.write(lines(code));
    const [exitCode] = await once(child, 'close');

    expect(exitCode, said(output())).toBe(0);
    expect(output().stdout).toContain(`@paper1@${new URL(mastodon.server).host}`);
    const { MASTODON_SERVER, MASTODON_ACCESS_TOKEN = '', ...others } = parseEnv(await readEnv(cwd));
    expect([MASTODON_SERVER, others]).toEqual([mastodon.server, {}]);
    expect(MASTODON_ACCESS_TOKEN).toHaveLength(43);
    expect(said(output())).not.toContain(MASTODON_ACCESS_TOKEN);
    expect(said(output())).not.toContain(code);
  });

  it('takes a token that is pasted, and says which scopes another lacks', async () => {
    const { mastodon, cwd } = await start();
    const weak = mastodon.addAccount(['read', 'write:media']).accessToken;
    const { accessToken } = mastodon.addAccount(['read', 'write']);
    const host = mastodon.server;

    const args = ['connect', 'mastodon', '--json'];
    const lacking = await runPaperboy(args, { cwd, input: lines(host, weak, accessToken) });
    const hasWritten = await hasEnv(cwd);
    const ran = await runPaperboy(args, { cwd, input: lines(host, accessToken) });

    expect([lacking.code, lacking.stdout, hasWritten]).toEqual([1, '', false]);
    expect(lacking.stderr).toContain('The token lacks write:statuses:');
    expect(ran.code, said(ran)).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      account: { server: host, acct: 'paper2' },
      changed: ['MASTODON_SERVER', 'MASTODON_ACCESS_TOKEN'],
    });
    expect(said(lacking)).not.toContain(weak);
    for (const one of [lacking, ran]) expect(said(one)).not.toContain(accessToken);
  });

  it('refuses a token of nobody or of another server, and a server that is none', async () => {
    const { mastodon, cwd } = await start();
    const other = 'a'.repeat(43);
    const echo = await startFakeDiscord({ rateLimits: false });
    onTestFinished(() => echo.close());
    const run = (...answers: readonly string[]) =>
      runPaperboy(['connect', 'mastodon'], { cwd, input: lines(...answers) });

    const nobody = await run(mastodon.server, other);
    const app = await run(mastodon.server, mastodon.addAppToken(), other);
    const none = await run(new URL(echo.apiUrl).origin, other);
    const away = await run('https://127.0.0.1:9', 'ZA-secret-tok');

    const ran = [nobody, app, none, away];
    expect(ran.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    expect(await hasEnv(cwd)).toBe(false);
    expect(nobody.stderr).toContain('does not accept the access token');
    expect(app.stderr).toContain('stands for no account');
    expect(none.stderr).toContain('does not answer as a Mastodon server');
    expect(away.stderr).toContain('127.0.0.1:9 cannot be reached');
    for (const one of [none, away]) expect(said(one)).not.toContain('token');
    for (const one of ran) expect(said(one)).not.toMatch(/ZA-secret-tok|a{43}/i);
  });

  it('warns where Git would take .env, and not where it does not', async () => {
    const { mastodon, cwd } = await start();
    execFileSync('git', ['init', '-q'], { cwd });
    const { accessToken } = mastodon.addAccount();
    const input = lines(mastodon.server, accessToken);

    const exposed = await runPaperboy(['connect', 'mastodon'], { cwd, input });
    await writeFile(join(cwd, '.gitignore'), '.env\n');
    const ignored = await runPaperboy(['connect', 'mastodon'], { cwd, input });

    expect([exposed.code, ignored.code]).toEqual([0, 0]);
    expect(exposed.stdout).toContain('Git does not ignore it');
    expect(ignored.stdout).not.toContain('Git');
  });
});

it('refuses a name of another kind before anything is asked', async () => {
  const cwd = await makeFolder();

  const ran = await runPaperboy(['connect', 'bluesky', '--name', 'mastodon-de'], { cwd });

  expect([ran.code, ran.stdout]).toEqual([1, '']);
  expect(ran.stderr).toContain('--name bluesky-de');
});
