import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FakeMastodon, startFakeMastodon } from '../fakes/mastodon/server.ts';
import { makeFolder, projectFolder, type Ran, runPaperboy, startService } from './run-paperboy.ts';

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
const PAPER = ['93', '--paper', 'tensorlens', '--to', 'mastodon'];

type Shop = {
  readonly mastodon: FakeMastodon;
  readonly cwd: string;
  /** What the account is reached by. */
  readonly login: (token: string) => Readonly<Record<string, string>>;
  /** Runs a command of Paperboy with a token. */
  readonly run: (token: string, args: readonly string[]) => Promise<Ran>;
};

/** An issue of one's own, and a server without an account. */
async function open(): Promise<Shop> {
  const mastodon = await startFakeMastodon({ rateLimits: false });
  onTestFinished(() => mastodon.close());
  const cwd = await makeFolder();
  const login: Shop['login'] = (token) => ({
    MASTODON_SERVER: mastodon.server,
    MASTODON_ACCESS_TOKEN: token,
  });
  await runPaperboy(['import', '-'], { cwd, input: sample });
  const run: Shop['run'] = (token, args) => runPaperboy(args, { cwd, env: login(token) });
  return { mastodon, cwd, login, run };
}

const readDestination = ({ stdout }: Ran): string => JSON.parse(stdout).deliveries[0].destination;

describe('an account', () => {
  it('is the same destination with another token, and another one is another', async () => {
    const { mastodon, run } = await open();
    const first = mastodon.addAccount();
    const second = mastodon.addAccount();
    const renewed = mastodon.renewToken(first.id);

    const posted = await run(first.accessToken, ['post', ...PAPER, '--json']);
    const again = await run(renewed, ['post', ...PAPER, '--json']);
    const elsewhere = await run(second.accessToken, ['post', ...PAPER, '--json']);

    expect([posted.code, again.code, elsewhere.code]).toEqual([0, 0, 0]);
    expect(readDestination(posted)).toMatch(/^mastodon\/paper1@127\.0\.0\.1:\d+$/);
    expect(readDestination(again)).toBe(readDestination(posted));
    expect(readDestination(elsewhere)).toMatch(/^mastodon\/paper2@/);
    const count = mastodon.statuses(first.id).length;
    expect(count).toBeGreaterThan(0);
    expect(mastodon.statuses(second.id)).toHaveLength(count);
  }, 120_000);

  it('is not taken back from with another account’s token', async () => {
    const { mastodon, run } = await open();
    const first = mastodon.addAccount();
    const second = mastodon.addAccount();
    await run(first.accessToken, ['post', ...PAPER]);
    const before = mastodon.statuses(first.id);

    const retract = await run(second.accessToken, ['retract', '93', '--all']);

    expect(retract.code).toBe(1);
    expect(retract.stdout).not.toContain('was taken back');
    expect(mastodon.statuses(first.id)).toEqual(before);
  }, 120_000);

  it('that cannot be told is absent: all else works, and posting to it says why', async () => {
    const { mastodon, run, cwd, login } = await open();
    const { accessToken } = mastodon.addAccount();
    mastodon.revokeToken(accessToken);

    const looks = [];
    for (const verb of ['status', 'queue', 'list']) looks.push(await run(accessToken, [verb]));
    const named = await run(accessToken, ['post', ...PAPER]);
    const unnamed = await run(accessToken, ['post', '93']);
    const folder = await run(accessToken, ['post', '93', '--to', 'folder']);
    const { child, until } = startService(cwd, login(accessToken));
    const started = await until(/Running until/);
    child.kill('SIGKILL');
    mastodon.restoreToken(accessToken);
    const after = await run(accessToken, ['post', ...PAPER]);

    expect(looks.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect([named.code, unnamed.code, folder.code, after.code]).toEqual([1, 1, 0, 0]);
    expect(named.stderr).toMatch(
      /Cannot use mastodon as nobody can tell whose account it is: Mastodon does not accept the access token.*\n {2}→ Make a new token/,
    );
    expect(unnamed.stderr).toBe(named.stderr);
    expect(started).toMatch(/✗ mastodon takes nothing until the next start: .*\n {4}→ Make a new/);
    expect(started).not.toContain('Mastodon: MASTODON_SERVER');
    expect(`${named.stderr} ${started}`).not.toContain(accessToken);
  }, 120_000);

  it('that was met is known without a network', async () => {
    const { mastodon, run } = await open();
    const { accessToken } = mastodon.addAccount();
    await run(accessToken, ['post', ...PAPER]);
    await mastodon.close();

    const status = await run(accessToken, ['status']);
    const queued = await run(accessToken, ['post', ...PAPER, '--json']);

    expect(status.stdout).toContain('mastodon: 1 sent');
    expect(queued.code).toBe(0);
  }, 120_000);
});
