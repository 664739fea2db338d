import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import {
  AT_NOON,
  collect,
  makeFolder,
  projectFolder,
  runPaperboy,
  startPaperboy,
} from './run-paperboy.ts';

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
const slug = 'tensorlens-end-to-end-transformer-analysis-via-high-order-attention-tensors';

/** A folder with the sample text kept in it as an issue of one's own. */
async function makeArchive(): Promise<string> {
  const cwd = await makeFolder();
  await runPaperboy(['import', '-'], { cwd, input: sample });
  return cwd;
}

describe('paperboy import', () => {
  it('keeps an issue and shows it again', async () => {
    const cwd = await makeFolder();

    const imported = await runPaperboy(['import', '-'], { cwd, input: sample });
    const shown = await runPaperboy(['show', '#93', '--json'], { cwd });

    expect(imported.code).toBe(0);
    expect(imported.stdout).toContain('Imported #93');
    expect(JSON.parse(shown.stdout)).toMatchObject({ issue: { number: 93 }, revision: 1 });
  });

  it('changes nothing the second time, and says so', async () => {
    const cwd = await makeArchive();

    const again = await runPaperboy(['import', '-'], { cwd, input: sample });
    const listed = await runPaperboy(['list', '--json'], { cwd });

    expect(again.code).toBe(0);
    expect(again.stdout).toContain('Nothing has changed');
    expect(JSON.parse(listed.stdout).issues).toMatchObject([{ number: 93, revision: 1 }]);
  });

  it('prints issue and findings for programs, and stores nothing, on a dry run', async () => {
    const cwd = await makeFolder();
    await writeFile(join(cwd, 'issue.txt'), sample);

    const { code, stdout } = await runPaperboy(['import', 'issue.txt', '--dry-run', '--json'], {
      cwd,
    });

    const printed = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(printed.issue.papers.map((paper: { likes: number }) => paper.likes)).toEqual([
      4300, 882, 320, 902,
    ]);
    expect(printed.findings.length).toBeGreaterThan(0);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });

  it('takes the year from --year', async () => {
    const cwd = await makeFolder();

    const { stdout } = await runPaperboy(['import', '-', '--dry-run', '--json', '--year', '2024'], {
      cwd,
      input: sample,
    });

    expect(JSON.parse(stdout).issue.period).toEqual({ start: '2024-01-26', end: '2024-02-02' });
  });

  it('refuses the same number with other text, and keeps it as a revision with --revise', async () => {
    const cwd = await makeArchive();
    const changed = sample.replace('Squeeze a language model', 'Press a language model');

    const refused = await runPaperboy(['import', '-'], { cwd, input: changed });
    const between = await runPaperboy(['show', '93', '--json'], { cwd });
    const revised = await runPaperboy(['import', '-', '--revise'], { cwd, input: changed });
    const after = await runPaperboy(['show', '93', '--json'], { cwd });

    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('[issue.number-taken]');
    expect(JSON.parse(between.stdout).revision).toBe(1);
    expect(revised.code).toBe(0);
    expect(JSON.parse(after.stdout).revision).toBe(2);
  });

  const withoutBody = sample.replace(
    /(♥ 902 Transformer Interpretability\n)[\s\S]*?(Reply)/,
    '$1$2',
  );
  it.each([
    ['an empty file', '', 'source.empty'],
    ['blanks', ' \n\n\t\n', 'source.empty'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'source.not-text'],
    ['50 MB', Buffer.alloc(50 * 1024 * 1024, 'words '), 'source.too-large'],
    ['a text that is no issue', 'Dear reader,\nthis is a letter.\nYours', 'issue.unrecognized'],
    ['a paper without a body', withoutBody, 'paper.body-missing'],
  ])('refuses %s, says why, and stores nothing', async (_name, input, code) => {
    const cwd = await makeFolder();

    const imported = await runPaperboy(['import', '-'], { cwd, input });
    const listed = await runPaperboy(['list', '--json'], { cwd });

    expect(imported.code).toBe(1);
    expect(imported.stdout).toContain(`[${code}]`);
    expect(imported.stdout).toContain('→');
    expect(JSON.parse(listed.stdout).issues).toEqual([]);
  });

  it('says what to do about a file that is not there, and about a folder', async () => {
    const cwd = await makeFolder();
    await mkdir(join(cwd, 'folder'));

    const missing = await runPaperboy(['import', 'missing.txt'], { cwd });
    const folder = await runPaperboy(['import', 'folder'], { cwd });

    for (const { code, stderr } of [missing, folder]) {
      expect(code).toBe(1);
      expect(stderr).toMatch(/Cannot read .*\n\s+→ Check the path/);
    }
  });
});

describe('paperboy preview', () => {
  it('prints the records and bodies that would be sent', async () => {
    const cwd = await makeArchive();

    const { code, stdout } = await runPaperboy(['preview', 'latest', '--json'], { cwd });

    const { drafts } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(drafts).toHaveLength(8);
    expect(drafts[0]).toMatchObject({
      item: { kind: 'paper', issue: 93 },
      platform: 'bluesky',
      posts: [{ $type: 'app.bsky.feed.post', langs: ['en'] }, ...Array(5).fill({})],
    });
    expect(drafts[1]).toMatchObject({
      platform: 'discord',
      posts: [{ embeds: [{ title: drafts[0].item.title }], allowed_mentions: { parse: [] } }],
    });
  });

  it('shows one paper on one platform for people', async () => {
    const cwd = await makeArchive();

    const { stdout } = await runPaperboy(
      ['preview', '93', '--paper', 'tensorlens', '--to', 'bluesky'],
      { cwd },
    );

    expect(stdout).toMatch(/^bluesky TensorLens.*\(\d posts\)/);
    expect(stdout).toContain('/300');
    expect(stdout).not.toContain('Quantization');
  });

  it.each([
    [['preview', '7'], /issue #7.*#93/],
    [['preview', 'newest'], /“newest”/],
    [['preview', '93', '--paper', 'nothing'], /none like it\n.*tensorlens/],
    [['preview', '93', '--paper', 'distillation'], /2 papers of issue #93 match/],
    [['preview', '93', '--to', 'myspace'], /no such platform/],
    [['post', '93', '--to', 'bluesky'], /no such destination is configured/],
    [['post', '93', '--at', 'soon'], /is no time/],
    [['post', '93', '--at', '2020-01-01T00:00Z'], /that is over/],
    [['preview'], /missing required argument/],
    [['prewiev', '93'], /Did you mean preview/],
  ])('%j ends with a sentence that helps', async (args, message) => {
    const cwd = await makeArchive();

    const { code, stderr, stdout } = await runPaperboy(args, { cwd });

    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
  });
});

describe('paperboy post', () => {
  it('posts a paper now, once, and shows it in the queue', async () => {
    const cwd = await makeArchive();

    const first = await runPaperboy(['post', '93', '--paper', 'tensorlens'], { cwd });
    const again = await runPaperboy(['post', '93', '--paper', 'tensorlens'], { cwd });
    const queue = await runPaperboy(['queue', '--json'], { cwd });

    expect([first.code, again.code]).toEqual([0, 0]);
    expect(first.stdout).toMatch(/✓ TensorLens.* → folder \(5 posts\)/);
    expect(again.stderr).toContain('not posted twice');
    expect(JSON.parse(queue.stdout).deliveries).toMatchObject([
      { item: `paper/${slug}`, state: 'sent', attempts: 1, receipt: { posts: Array(5).fill({}) } },
    ]);
    expect(await readdir(join(cwd, 'data', 'posts'))).toEqual([`093-${slug}`]);
  });

  it('posts every paper of an issue in its order', async () => {
    const cwd = await makeArchive();

    const { code, stdout } = await runPaperboy(['post', '93', '--json'], { cwd });

    const { deliveries } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(deliveries.map(({ state }: { state: string }) => state)).toEqual(Array(4).fill('sent'));
    const settled = deliveries.map(({ settledAt }: { settledAt: string }) => settledAt);
    expect(settled).toEqual([...settled].sort());
  });

  it('queues for later, which another command sees', async () => {
    const cwd = await makeArchive();
    const at = { cwd, ...AT_NOON };

    const posted = await runPaperboy(['post', '93', '--paper', slug, '--at', '09:00'], at);
    const queue = await runPaperboy(['queue'], at);

    expect(posted.code).toBe(0);
    expect(posted.stdout).toMatch(/due .* 09:00 \(UTC\)/);
    expect(queue.stdout).toMatch(/planned .* 09:00 .*folder .*#93 .*TensorLens/);
    expect(existsSync(join(cwd, 'data', 'posts'))).toBe(false);
  });

  it('says what else goes out, as it was due before', async () => {
    const cwd = await makeArchive();
    await runPaperboy(['post', '93', '--paper', 'quantiz', '--at', '2030-01-01T09:00Z'], { cwd });
    const sqlite = new Sqlite(join(cwd, 'data', 'paperboy.db'));
    sqlite.exec("update deliveries set due_at = '2020-01-01T09:00:00.000Z'");
    sqlite.close();

    const { code, stdout, stderr } = await runPaperboy(['post', '93', '--paper', slug], { cwd });

    expect(code).toBe(0);
    expect(stderr).toContain('This was due there as well, and the order is kept:');
    expect(stdout).toMatch(/^✓ Quantiz.* → folder.*\n✓ TensorLens.* → folder/);
  });

  it('moves what is queued for later when it is posted now', async () => {
    const cwd = await makeArchive();
    const args = ['post', '93', '--paper', slug];
    await runPaperboy([...args, '--at', '2030-01-01T09:00Z'], { cwd });

    const moved = await runPaperboy([...args, '--at', '2031-05-05T09:00Z'], { cwd });
    const now = await runPaperboy(args, { cwd });

    expect(moved.code).toBe(0);
    expect(moved.stdout).toContain('2031');
    expect(now.code).toBe(0);
    expect(now.stdout).toMatch(/✓ TensorLens.* → folder/);
  });

  it('ends with an error, and what to do, when a post could not be sent', async () => {
    const cwd = await makeArchive();
    await writeFile(join(cwd, 'data', 'posts'), 'a file where the folder should be');

    const { code, stdout } = await runPaperboy(['post', '93', '--paper', slug], { cwd });

    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ TensorLens.*cannot be written.*\n\s+→ Make it a folder/);
  });

  it('finishes the posts although nobody reads what it prints', async () => {
    const cwd = await makeArchive();
    const child = startPaperboy(['post', '93'], { cwd });
    child.stdout?.destroy();
    child.stderr?.resume();

    const [code] = await once(child, 'close');
    const queue = await runPaperboy(['queue', '--json'], { cwd });

    expect(code).toBe(0);
    const { deliveries } = JSON.parse(queue.stdout);
    expect(deliveries.map(({ state }: { state: string }) => state)).toEqual(Array(4).fill('sent'));
  });

  it('says in a sentence that another process holds the database', async () => {
    const cwd = await makeArchive();
    const holder = new Sqlite(join(cwd, 'data', 'paperboy.db'));
    holder.exec('begin immediate');

    const { code, stderr } = await runPaperboy(['post', '93', '--paper', slug], { cwd });
    holder.close();

    expect(code).toBe(1);
    expect(stderr).toMatch(/Cannot use the database as another process has held it.*\n\s+→ Wait/);
  });

  it('never sends a sample to a live account', async () => {
    const cwd = await makeFolder();
    const env = {
      BLUESKY_IDENTIFIER: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa',
      BLUESKY_APP_PASSWORD: 'aaaa-bbbb-cccc-dddd',
      BLUESKY_SERVICE: 'http://localhost:1',
    };
    const { samplesImported } = await startOnce(cwd);

    const { code, stderr } = await runPaperboy(['post', '93'], { cwd, env });

    expect(samplesImported).toBe(true);
    expect(code).toBe(1);
    expect(stderr).toContain('it is a sample');
  });
});

describe('wrong configuration', () => {
  it('gives one line that names the variable, and never the secret', async () => {
    const cwd = await makeFolder();

    const { code, stderr } = await runPaperboy(['list'], {
      cwd,
      env: {
        DISCORD_TOKEN: 'my secret token with blanks',
        DISCORD_CHANNEL_ID: 'general',
        DATABASE_URL: 'postgres://me:hunter2@example.org/db',
      },
    });

    expect(code).toBe(1);
    expect(stderr).toMatch(/DISCORD_CHANNEL_ID must be the id of a channel, .* for example \d+/);
    expect(stderr).toMatch(/DISCORD_TOKEN must be/);
    expect(stderr).toMatch(/DATABASE_URL must be/);
    expect(stderr).not.toMatch(/my secret|hunter2/);
  });
});

/** Starts without an account until the samples are there. */
async function startOnce(cwd: string): Promise<{ samplesImported: boolean }> {
  const child = startPaperboy(['start'], { cwd });
  const output = collect(child);
  const deadline = Date.now() + 20_000;
  while (!output().stdout.includes('sample #102') && Date.now() < deadline) await wait(50);
  child.kill('SIGKILL');
  await once(child, 'close');
  return { samplesImported: output().stdout.includes('sample #93') };
}
