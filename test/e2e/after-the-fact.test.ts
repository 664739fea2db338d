import { readdir, readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { makeFolder, projectFolder, type Ran, runPaperboy } from './run-paperboy.ts';

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
const corrected = sample.replace('from Tel Aviv University', 'made at Tel Aviv University');
const { username } = userInfo();
const PAPER = ['93', '--paper', 'tensorlens'];

type Shop = {
  readonly cwd: string;
  readonly discord: FakeDiscord;
  readonly channelId: string;
  /** Runs a command of Paperboy with the channel as its place. */
  readonly run: (args: readonly string[], input?: string) => Promise<Ran>;
  /** What the channel holds, a text a message. */
  readonly read: () => string[];
};

/** An issue of one's own, and a channel to post it to. */
async function open(): Promise<Shop> {
  const discord = await startFakeDiscord({ openApiPath: specPath });
  onTestFinished(() => discord.close());
  const channelId = discord.addChannel();
  const cwd = await makeFolder();
  const env = {
    DISCORD_API: discord.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_CHANNEL_ID: channelId,
  };
  const run: Shop['run'] = (args, input) =>
    runPaperboy(args, { cwd, env, ...(input === undefined ? {} : { input }) });
  await run(['import', '-'], sample);
  const read = (): string[] =>
    discord.messages(channelId).map(({ embeds }) => JSON.stringify(embeds));
  return { cwd, discord, channelId, run, read };
}

const readId = ({ stdout }: Ran): string => JSON.parse(stdout).deliveries[0].id;

describe('after the fact', () => {
  it('corrects what was posted, takes it back, and posts it anew', async () => {
    const { run, read } = await open();
    await run(['post', ...PAPER]);
    const posted = read();
    await run(['import', '-', '--revise'], corrected);

    const correct = await run(['correct', ...PAPER]);
    const inPlace = read();
    const again = await run(['correct', ...PAPER]);
    const retract = await run(['retract', ...PAPER]);
    const gone = read();
    const whole = await run(['post', '93', '--to', 'discord', '--at', '2031-01-01T09:00Z']);
    const anew = await run(['post', ...PAPER]);
    const history = await run(['history', ...PAPER]);

    expect([correct.code, again.code, retract.code, anew.code, history.code]).toEqual([
      0, 0, 0, 0, 0,
    ]);
    expect(posted).toHaveLength(1);
    expect(inPlace).toHaveLength(1);
    expect(inPlace[0]).toContain('made at Tel Aviv');
    expect(correct.stdout).toMatch(
      /✓ TensorLens.* → discord corrected in place \(1 post\): https:/,
    );
    expect(again.stdout).toContain('as the newest revision of #93 has it');
    expect(gone).toEqual([]);
    expect(retract.stdout).toMatch(/✓ TensorLens.* → discord was taken back/);
    expect(whole.stderr).toMatch(/TensorLens.* was taken back, and is left so/);
    expect(whole.code).toBe(0);
    expect(read()).toHaveLength(1);
    const life = history.stdout.replaceAll(` by ${username}`, '');
    expect(life).toMatch(
      /queued\n.*attempt 1: sent after .*\n.*retract\n.*attempt 2 to take it back: taken back.*\n.*retry: posted anew\n.*attempt 3: sent/,
    );
    expect(life).not.toBe(history.stdout);
    expect(history.stdout).toMatch(/post 1 {2}https:\/\/discord\.com\//);
  }, 120_000);

  it('waits for a person where the channel is closed, says what to do, and goes on then', async () => {
    const { run, read, discord, channelId } = await open();
    discord.denyChannel(channelId);

    const refused = await run(['post', '93']);
    const status = await run(['status']);
    const waiting = await run(['post', ...PAPER.slice(0, 1), '--paper', 'reinforcement']);
    discord.allowChannel(channelId);
    const retry = await run(['retry', '--to', 'discord']);
    const rest = await run(['post', '93']);
    const after = await run(['status']);

    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(
      /✗ .* → discord was not sent: .*\n {4}→ .*paperboy retry [0-9a-f]{8}/,
    );
    expect(refused.stdout).toMatch(
      /✗ discord is paused: nothing else is tried there before\n {4}→ paperboy retry --to discord/,
    );
    expect(status.stdout).toMatch(/^Needs a person\n✗ discord is paused since/);
    expect(status.stdout.trim().split('\n').length).toBeLessThanOrEqual(24);
    expect(waiting.code).toBe(1);
    expect(waiting.stdout).toMatch(
      /✗ discord is paused since .*\n {4}→ .*, then: paperboy retry --to discord/,
    );
    expect(retry.stdout).toMatch(
      /✓ discord is paused no more\n(?:✓ .* → discord \(1 post\).*\n){4}/,
    );
    expect([retry.code, rest.code, after.code]).toEqual([0, 0, 0]);
    expect(read()).toHaveLength(4);
    expect(after.stdout).toMatch(/^✓ Nothing needs a person\.\n/);
    expect(after.stdout).toContain('discord: 4 sent');
  }, 120_000);

  it('holds, releases and cancels what waits, by item or by id', async () => {
    const { run, read } = await open();
    const queued = await run(['post', ...PAPER, '--at', '2031-01-01T09:00Z', '--json']);
    const id = readId(queued).slice(0, 8);

    const hold = await run(['hold', ...PAPER]);
    const held = await run(['queue']);
    const left = await run(['post', '93', '--at', '2031-02-01T09:00Z']);
    const release = await run(['release', id]);
    const cancel = await run(['cancel', id, '--json']);
    const cancelled = await run(['cancel', id]);
    const rest = await run(['cancel', '93']);
    const all = await run(['cancel', '93', '--all', '--to', 'discord']);

    expect([hold.code, release.code, cancel.code, cancelled.code, all.code]).toEqual(
      Array(5).fill(0),
    );
    expect(hold.stdout).toMatch(/✓ TensorLens.* → discord is held until it is released/);
    expect(held.stdout).toMatch(new RegExp(`^ID .*\\n${id} +held `));
    expect(left.stderr).toMatch(
      /TensorLens.* is held by .* since .*, and is left so: paperboy release 93/,
    );
    expect(release.stdout).toContain('is in line again');
    expect(JSON.parse(cancel.stdout).deliveries).toMatchObject([
      { outcome: 'done', state: 'cancelled' },
    ]);
    expect(cancelled.stdout).toContain('is cancelled already');
    expect(rest.code).toBe(1);
    expect(rest.stderr).toMatch(
      /Cannot tell which of the \d deliveries of issue #93 are meant\n.*--all/,
    );
    expect(read()).toEqual([]);
  }, 120_000);

  it('puts what was cancelled before its time in line again, and says when it is due', async () => {
    const { run, read } = await open();
    const id = readId(await run(['post', ...PAPER, '--at', '2031-01-01T09:00Z', '--json']));
    await run(['cancel', id]);

    const retry = await run(['retry', id]);
    await run(['cancel', id]);
    const json = await run(['retry', id, '--json']);

    expect([retry.code, json.code]).toEqual([0, 0]);
    expect(retry.stdout).toMatch(/TensorLens.* → discord is due .*2031/);
    expect(JSON.parse(json.stdout).deliveries).toMatchObject([{ outcome: 'done', id }]);
    expect(read()).toEqual([]);
  }, 120_000);

  it('lists what is due by itself', async () => {
    const { run, discord, channelId } = await open();
    discord.denyChannel(channelId);
    await run(['post', ...PAPER]);
    await run(['post', '93', '--paper', 'filtering', '--at', '2031-01-01T09:00Z']);
    const before = await run(['queue', '--state', 'due']);
    await run(['post', '93', '--paper', 'reinforcement']);

    const due = await run(['queue', '--state', 'due']);
    const json = await run(['queue', '--state', 'due', '--json']);
    const planned = await run(['queue', '--state', 'planned']);
    const wrong = await run(['queue', '--state', 'over']);

    expect([before.code, due.code, json.code, wrong.code]).toEqual([0, 0, 0, 1]);
    expect(before.stderr).toContain('Nothing is due.');
    expect(due.stdout.match(/^[0-9a-f]{8} +\w+/gm)).toEqual([expect.stringMatching(/ due$/)]);
    expect(due.stdout).toContain('waits, as the destination is paused');
    expect(JSON.parse(json.stdout).deliveries).toMatchObject([{ state: 'planned' }]);
    expect(planned.stdout).toMatch(/^[0-9a-f]{8} +planned /m);
    expect(wrong.stderr).toMatch(/planned, due, held/);
  }, 120_000);

  it('takes a person’s word for what nobody can look up', async () => {
    const { run, read, discord, channelId } = await open();
    discord.denyChannel(channelId);
    const id = readId(await run(['post', ...PAPER, '--json']));
    const url = 'https://discord.com/channels/1/2/3';

    const unsaid = await run(['resolve', id]);
    const wrong = await run(['resolve', id, '--sent', '--url', 'here']);
    const sent = await run(['resolve', id, '--sent', '--url', url]);
    const again = await run(['resolve', id, '--sent']);
    const history = await run(['history', id, '--json']);
    const status = await run(['status', '--json']);

    expect([unsaid.code, wrong.code, sent.code, again.code]).toEqual([1, 1, 0, 0]);
    expect(unsaid.stderr).toMatch(/not said what you have seen.*\n.*--not-sent/);
    expect(sent.stdout).toContain('counts as sent, on your word');
    expect(JSON.parse(history.stdout).histories).toMatchObject([
      {
        delivery: { id, state: 'sent', receipt: { posts: [] } },
        happenings: [
          { kind: 'queued' },
          { kind: 'attempt', outcome: 'refused' },
          { kind: 'action', verb: 'resolve sent', actor: username, note: url },
        ],
      },
    ]);
    expect(JSON.parse(status.stdout)).toMatchObject({
      pauses: [{ destination: `discord/${channelId}` }],
      sent: [{ id }],
      counts: { [`discord/${channelId}`]: { sent: 1 } },
    });
    expect(read()).toEqual([]);
  }, 120_000);

  it('corrects and takes back the files of a folder in the same way', async () => {
    const { run, cwd } = await open();
    const posts = join(cwd, 'data', 'posts');
    await run(['post', ...PAPER, '--to', 'folder']);
    await run(['import', '-', '--revise'], corrected);

    const correct = await run(['correct', ...PAPER, '--to', 'folder', '--json']);
    const [folder = '', ...more] = await readdir(posts);
    const names = (await readdir(join(posts, folder))).filter((name) => name.endsWith('.txt'));
    const texts = await Promise.all(
      names.map((name) => readFile(join(posts, folder, name), 'utf8')),
    );
    const retract = await run(['retract', readId(correct).slice(0, 6)]);
    const history = await run(['history', readId(correct)]);

    expect([correct.code, retract.code]).toEqual([0, 0]);
    expect(more).toEqual([]);
    expect(texts.join()).toContain('made at Tel Aviv');
    expect(await readdir(posts)).toEqual([]);
    expect(history.stdout).toMatch(/corrects [0-9a-f]{8} of revision 1 \(retracted\)/);
  }, 120_000);

  it.each([
    'status',
    'history',
    'correct',
    'retract',
    'retry',
    'hold',
    'release',
    'cancel',
    'resolve',
  ])('says what %s does', async (verb) => {
    const { code, stdout } = await runPaperboy([verb, '--help'], { cwd: await makeFolder() });

    expect(code).toBe(0);
    expect(stdout).toContain('--json');
    if (verb !== 'status') expect(stdout).toMatch(/Examples?:/);
  });
});
