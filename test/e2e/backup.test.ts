import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/database/open-database.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import {
  collect,
  makeFolder,
  projectFolder,
  type Ran,
  runPaperboy,
  seeItTurn,
  startService,
} from './run-paperboy.ts';

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
const MANY = 400;

describe('paperboy backup', () => {
  it('copies a whole ledger while a service posts as fast as it can', async () => {
    const cwd = await makeFolder();
    await queueMany(cwd);
    const { child, until } = startService(cwd);
    await until(/✓ .* → folder/);

    const backups: Ran[] = [];
    for (const name of ['1.db', '2.db', '3.db']) {
      backups.push(await runPaperboy(['backup', name, '--json'], { cwd }));
    }
    const last = readStates(join(cwd, 'data', 'paperboy.db'));
    await stop(child);

    const states = ['1.db', '2.db', '3.db'].map((name) => readStates(join(cwd, name)));
    for (const [index, { code, stdout, stderr }] of backups.entries()) {
      expect(code, stderr).toBe(0);
      // The schedule may have added one of its own.
      const { deliveries }: { deliveries: number } = JSON.parse(stdout);
      expect(deliveries - MANY).toBeOneOf([0, 1]);
      expect(states[index]?.integrity).toBe('ok');
      expect((states[index]?.open ?? 0) + (states[index]?.sent ?? 0)).toBe(deliveries);
    }
    // They were made in the midst of it.
    expect(states[0]?.sent).toBeGreaterThan(0);
    expect(states[0]?.sent).toBeLessThan(last.sent);
    expect(statSync(join(cwd, '1.db')).mode & 0o777).toBe(0o600);
    expect(readdirSync(cwd).filter((name) => /part|-wal|-shm|-journal/.test(name))).toEqual([]);

    const fresh = await makeFolder();
    const restored = await runPaperboy(['restore', join(cwd, '1.db')], { cwd: fresh });
    const list = await runPaperboy(['queue', '--json'], { cwd: fresh });
    expect(restored, restored.stderr).toMatchObject({ code: 0 });
    expect(readStates(join(fresh, 'data', 'paperboy.db'))).toEqual(states[0]);
    expect(list.code).toBe(0);
  }, 120_000);

  it('loses no file, unless it is told to', async () => {
    const cwd = await makeData();
    await writeFile(join(cwd, 'mine.db'), 'mine');

    const refused = await runPaperboy(['backup', 'mine.db'], { cwd });
    const kept = readFileSync(join(cwd, 'mine.db'), 'utf8');
    const forced = await runPaperboy(['backup', 'mine.db', '--force'], { cwd });

    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/already there.*\n.*--force/s),
    });
    expect(kept).toBe('mine');
    expect(forced).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('It does not hold .env'),
    });
    expect(readStates(join(cwd, 'mine.db')).integrity).toBe('ok');
  });

  it.each([
    ['the database itself', 'data/paperboy.db', /the database itself/],
    ['a folder', 'data', /is a folder/],
    ['a folder that is not there', 'nowhere/b.db', /its folder is not there/],
  ])('refuses %s', async (_, name, expected) => {
    const cwd = await makeData();

    const ran = await runPaperboy(['backup', name, '--force'], { cwd });

    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(expected) });
    expect(readStates(join(cwd, 'data', 'paperboy.db')).integrity).toBe('ok');
  });

  it('makes no database where there is none', async () => {
    const cwd = await makeFolder();

    const ran = await runPaperboy(['backup', 'b.db'], { cwd });

    expect(ran).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/there is none yet.*\n.*→/s),
    });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('leaves nothing on a disk that takes no more', async () => {
    const cwd = await makeData();

    const ran = await runOnFullDisk(['backup', 'b.db'], cwd);

    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/disk.*\n.*→/s) });
    expect(readdirSync(cwd)).toEqual(['data']);
  });
});

describe('paperboy restore', () => {
  it.each<[string, (cwd: string) => Promise<unknown>, RegExp]>([
    ['no file', async () => {}, /there is no such file/],
    ['a letter', (cwd) => writeFile(join(cwd, 'b.db'), 'Dear friend, '.repeat(500)), /no SQLite/],
    ['an empty file', (cwd) => writeFile(join(cwd, 'b.db'), ''), /no SQLite database/],
    ['a folder', (cwd) => mkdir(join(cwd, 'b.db')), /cannot be read/],
    [
      'a packed file',
      (cwd) => writeFile(join(cwd, 'b.db'), Buffer.from('1f8b0800000000000003', 'hex')),
      /gunzip/,
    ],
    [
      'a database of another program',
      async (cwd) =>
        change(join(cwd, 'b.db'), 'create table notes (text); pragma user_version = 3'),
      /another program/,
    ],
    [
      'a backup of a newer Paperboy',
      async (cwd) => {
        await copyFile(join(cwd, 'good.db'), join(cwd, 'b.db'));
        change(join(cwd, 'b.db'), 'pragma user_version = 99');
      },
      /newer Paperboy: version 99(?:.*\n)+.*Update Paperboy/,
    ],
    [
      'a backup of which a piece is missing',
      async (cwd) => {
        await copyFile(join(cwd, 'good.db'), join(cwd, 'b.db'));
        await truncate(join(cwd, 'b.db'), 100_000);
      },
      /is damaged/,
    ],
  ])('refuses %s, says what to do, and changes nothing', async (_, prepare, expected) => {
    const cwd = await makeData();
    await runPaperboy(['backup', 'good.db'], { cwd });
    await prepare(cwd);
    const before = snapshot(cwd);

    const ran = await runPaperboy(['restore', 'b.db', '--yes'], { cwd });

    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(expected) });
    expect(ran.stderr).toContain('→');
    expect(snapshot(cwd)).toEqual(before);
  });

  it('refuses the database itself', async () => {
    const cwd = await makeData();

    const ran = await runPaperboy(['restore', 'data/paperboy.db', '--yes'], { cwd });

    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/the database itself/) });
  });

  it('asks a person first, and takes no answer from a program', async () => {
    const cwd = await makeData();
    await runPaperboy(['backup', 'b.db'], { cwd });
    const before = snapshot(cwd);

    const ran = await runPaperboy(['restore', 'b.db'], { cwd, input: 'restore\n' });

    expect(ran).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/nobody has said.*\n.*--yes/s),
    });
    expect(snapshot(cwd)).toEqual(before);
  });

  it('changes nothing on a disk that takes no more', async () => {
    const cwd = await makeData();
    await runPaperboy(['backup', 'b.db'], { cwd });
    const before = snapshot(cwd);

    const ran = await runOnFullDisk(['restore', 'b.db', '--yes'], cwd);

    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/disk.*\n.*→/s) });
    expect(snapshot(cwd)).toEqual(before);
  });

  it('refuses while a service runs, and while anybody has the database open', async () => {
    const cwd = await makeData();
    await runPaperboy(['backup', 'b.db'], { cwd });
    const { child, until } = startService(cwd);
    await until(/Running until/);

    const beside = await runPaperboy(['restore', 'b.db', '--yes'], { cwd });
    await stop(child);
    await forgetLife(cwd);
    const reader = new Sqlite(join(cwd, 'data', 'paperboy.db'));
    reader.prepare('select * from issues').all();
    const open = await runPaperboy(['restore', 'b.db', '--yes'], { cwd });
    reader.close();
    const after = await runPaperboy(['restore', 'b.db', '--yes'], { cwd });

    expect(beside).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/paperboy start runs on/),
    });
    expect(open).toMatchObject({ code: 1, stderr: expect.stringMatching(/has the database open/) });
    expect(after, after.stderr).toMatchObject({ code: 0 });
  }, 270_000);

  it('keeps the former database whole, with what was only in its log, also a damaged one', async () => {
    const cwd = await makeData();
    const file = join(cwd, 'data', 'paperboy.db');
    await runPaperboy(['backup', 'b.db'], { cwd });
    await queueMany(cwd, 3);

    const first = await runPaperboy(['restore', 'b.db', '--yes', '--json'], { cwd });
    const former: string = JSON.parse(first.stdout).former;
    await wait(1_100);
    await writeFile(file, 'Spilt. '.repeat(9_000));
    await writeFile(`${file}-wal`, 'Spilt as well.');
    const second = await runPaperboy(['restore', former, '--yes', '--json'], { cwd });

    expect(readStates(former)).toMatchObject({ integrity: 'ok', open: 3 });
    expect(second, second.stderr).toMatchObject({ code: 0 });
    expect(readStates(file)).toMatchObject({ integrity: 'ok', open: 3 });
    const damaged: string = JSON.parse(second.stdout).former;
    expect(readFileSync(damaged, 'utf8')).toMatch(/^Spilt\. /);
    expect(readFileSync(`${damaged}-wal`, 'utf8')).toBe('Spilt as well.');
  });

  it('posts nothing twice: all waits for a person, and what is there is found', async () => {
    const discord = await startFakeDiscord({ openApiPath: specPath });
    onTestFinished(() => discord.close());
    const channelId = discord.addChannel();
    const cwd = await makeFolder();
    await writeFile(join(cwd, 'paperboy.yaml'), "schedule: { cron: '0 0 1 1 *' }\n");
    const env = {
      ...{ DISCORD_API: discord.apiUrl, DISCORD_TOKEN: discord.token },
      DISCORD_CHANNEL_ID: channelId,
    };
    await runPaperboy(['import', '-'], { cwd, env, input: sample });
    const { stdout } = await runPaperboy(['show', '93', '--json'], { cwd, env });
    const [a = '', b = '', c = '']: string[] = JSON.parse(stdout).issue.papers.map(
      ({ slug }: { slug: string }) => slug,
    );
    const post = (slug: string): Promise<Ran> =>
      runPaperboy(['post', '93', '--paper', slug, '--to', 'discord'], { cwd, env });
    await post(a);
    await post(b);
    await runPaperboy(['backup', 'b.db'], { cwd, env });
    // As it was a moment earlier: what it has in line went out, and it knows nothing of the third.
    change(
      join(cwd, 'b.db'),
      `delete from attempts where delivery_id in (select id from deliveries where item = 'paper/${b}');
       update deliveries set state = 'planned', receipt = null, settled_at = null, attempts = 0,
         first_attempt = null, first_attempt_at = null
       where item = 'paper/${b}'`,
    );
    await post(c);
    const count = discord.messages(channelId).length;

    const restored = await runPaperboy(['restore', 'b.db', '--yes', '--json'], { cwd, env });
    const { child, until } = startService(cwd, env);
    const greeting = await until(/Running until/);
    await seeItTurn(child, cwd);
    await stop(child, 'SIGKILL');
    const whilePaused = discord.messages(channelId).length;
    const retried = await retryWhenPossible(() =>
      runPaperboy(['retry', '--to', 'discord'], { cwd, env }),
    );

    expect(count).toBe(3);
    expect(restored, restored.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(restored.stdout)).toMatchObject({
      deliveries: 1,
      paused: [`discord/${channelId}`],
    });
    expect(greeting).toMatch(/discord is paused since .*restored from a backup/);
    expect(greeting).toContain('paperboy retry --to discord');
    expect(whilePaused).toBe(3);
    expect(retried, retried.stderr + retried.stdout).toMatchObject({ code: 0 });
    const texts = discord.messages(channelId).map(({ embeds }) => JSON.stringify(embeds));
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).toHaveLength(3);
  }, 360_000);
});

/** A data folder with an issue in it. */
async function makeData(): Promise<string> {
  const cwd = await makeFolder();
  const ran = await runPaperboy(['import', '-'], { cwd, input: sample });
  if (ran.code !== 0) throw new Error(ran.stderr);
  return cwd;
}

/** Puts deliveries to the folder in line, all due. */
async function queueMany(cwd: string, many = MANY): Promise<void> {
  const database = openDatabase(join(cwd, 'data', 'paperboy.db'));
  const outbox = makeOutbox(database);
  for (let n = 0; n < many; n += 1) {
    const dueAt = new Date();
    await outbox.queue(makeNewDelivery({ item: `paper/p${n}`, dueAt }), dueAt);
  }
  await database.destroy();
}

/** No file may be longer than 100 kB, which a disk says at another place, but no later. */
async function runOnFullDisk(args: readonly string[], cwd: string): Promise<Ran> {
  const program = join(projectFolder, 'bin', 'paperboy.js');
  const script = 'ulimit -f 200; exec "$0" "$@"';
  const child = spawn('sh', ['-c', script, process.execPath, program, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: '1', NODE_DISABLE_COMPILE_CACHE: '1' },
  });
  const output = collect(child);
  child.stdin.end();
  const [code, signal] = await once(child, 'close');
  return { code, signal, ...output() };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  child.kill(signal);
  await once(child, 'exit');
}

/** As if the last sign of life were long ago. */
async function forgetLife(cwd: string): Promise<void> {
  const beat = { pid: 1, at: '2026-01-01T00:00:00.000Z' };
  await writeFile(join(cwd, 'data', 'heartbeat.json'), JSON.stringify(beat));
}

/** What was in doubt is believed missing only after a while; until then a command says so. */
async function retryWhenPossible(run: () => Promise<Ran>): Promise<Ran> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const ran = await run();
    if (ran.code === 0 || Date.now() > deadline) return ran;
    await wait(2_000);
  }
}

function change(file: string, statements: string): void {
  const sqlite = new Sqlite(file);
  sqlite.exec(statements);
  sqlite.close();
}

/** Every file with its bytes, but for those by which SQLite shares memory and an empty log. */
function snapshot(cwd: string): Readonly<Record<string, string>> {
  const entries = readdirSync(cwd, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/-(?:shm|wal)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of entries)
    if (existsSync(`${path}-wal`)) expect(statSync(`${path}-wal`).size).toBe(0);
  return Object.fromEntries(entries.map((path) => [path, readFileSync(path).toString('base64')]));
}

type States = { integrity: unknown; open: number; sent: number };

function readStates(file: string): States {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    const count = (states: string): number =>
      Number(
        sqlite.prepare(`select count(*) from deliveries where state in (${states})`).pluck().get(),
      );
    return {
      integrity: sqlite.pragma('integrity_check', { simple: true }),
      open: count("'planned', 'sending', 'unknown'"),
      sent: count("'sent'"),
    };
  } finally {
    sqlite.close();
  }
}
