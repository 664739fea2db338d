import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startReceiver } from '../fakes/webhook/receiver.ts';
import { startFaultyProxy } from '../pds/faulty-proxy.ts';
import { startPds } from '../pds/start.ts';
import { collect, makeFolder, projectFolder, runPaperboy, startPaperboy } from './run-paperboy.ts';

/** The promise is ten seconds; a busy machine gets some more. */
const LONGEST_MS = 15_000;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');

type Env = Readonly<Record<string, string>>;

/** What is queued is due when the service starts: its clock is that far ahead of the commands'. */
const AHEAD_MS = 120_000;
const aheadOf = (env: Env) => ({
  env: { ...env, CLOCK_AHEAD_MS: String(AHEAD_MS) },
  preloads: [join(projectFolder, 'test', 'support', 'clock-ahead.ts')],
});

/** An item that is due for the service. */
async function queue(cwd: string, env: Env, to: string): Promise<void> {
  await runPaperboy(['import', '-'], { cwd, env, input: sample });
  const at = new Date(Date.now() + AHEAD_MS).toISOString();
  const args = ['post', '93', '--paper', 'tensorlens', '--to', to, '--at', at];
  expect(await runPaperboy(args, { cwd, env })).toMatchObject({ code: 0 });
}

/** Starts the service, waits until something is true of the world, and sends it SIGTERM. */
async function stopWhen(
  cwd: string,
  env: Env,
  isTime: (stdout: string) => boolean,
): Promise<{ code: number | null; elapsedMs: number; stdout: string; stderr: string }> {
  const child = startPaperboy(['start'], { cwd, ...aheadOf(env) });
  const output = collect(child);
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect.poll(() => isTime(output().stdout), { timeout: 60_000 }).toBe(true);
  const startedAt = performance.now();
  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  return { code, elapsedMs: performance.now() - startedAt, ...output() };
}

/** A server that takes requests and never answers. */
async function startSilence(): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const server: Server = createServer(() => {
    asked += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked: () => asked };
}

/** SQLite's own check, and that the log beside the file was worked into it: nobody holds it open. */
function examine(cwd: string): { check: unknown; attempts: { outcome: string | null }[] } {
  const sqlite = new Sqlite(join(cwd, 'data', 'paperboy.db'));
  try {
    return {
      check: sqlite.pragma('integrity_check', { simple: true }),
      attempts: sqlite.prepare('select outcome from attempts').all() as {
        outcome: string | null;
      }[],
    };
  } finally {
    sqlite.close();
  }
}

describe('a stopped service', () => {
  it('leaves in time though a webhook never answers, and the item arrives once', async () => {
    const receiver = await startReceiver(SECRET);
    onTestFinished(() => receiver.close());
    const cwd = await makeFolder();
    const env = { WEBHOOK_URL: receiver.url, WEBHOOK_SECRET: SECRET };
    await queue(cwd, env, 'webhook');
    receiver.inject('hang-after');

    const stopped = await stopWhen(cwd, env, () => receiver.requests.length > 0);
    const left = examine(cwd);
    const next = await stopWhen(cwd, env, (stdout) => /✓ .* webhook/.test(stdout));

    expect(stopped.elapsedMs).toBeLessThan(LONGEST_MS);
    expect(stopped).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('SIGTERM: finishing'),
    });
    expect(stopped.stderr).toMatch(/Left with something in hand .* looked up at the next start/);
    expect(stopped.stdout).not.toContain('Nothing is half done');
    expect(left).toEqual({ check: 'ok', attempts: [{ outcome: null }] });
    expect(next).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing is half done'),
    });
    expect(receiver.requests.length).toBe(2);
    expect(receiver.acted).toBe(1);
    expect(examine(cwd).attempts.map(({ outcome }) => outcome)).toEqual(['unknown', 'sent']);
  }, 240_000);

  it('leaves in time though Bluesky never answers, and the thread is there once', async () => {
    const pds = await startPds();
    onTestFinished(() => pds.close());
    const proxy = await startFaultyProxy(pds.url);
    onTestFinished(() => proxy.close());
    const [account] = pds.accounts;
    if (account === undefined) throw new Error('the PDS has no account');
    const cwd = await makeFolder();
    const env = {
      BLUESKY_SERVICE: proxy.url,
      BLUESKY_IDENTIFIER: account.handle,
      BLUESKY_APP_PASSWORD: account.appPassword,
    };
    await queue(cwd, env, 'bluesky');
    proxy.inject({ kind: 'hang-after', path: /applyWrites/ });
    const hasHung = (): boolean => proxy.requests.some(({ path }) => path.includes('applyWrites'));

    const stopped = await stopWhen(cwd, env, hasHung);
    const next = await stopWhen(cwd, env, (stdout) => /✓ .* bluesky/.test(stdout));

    expect(stopped.elapsedMs).toBeLessThan(LONGEST_MS);
    expect(stopped.code).toBe(1);
    expect(next.code).toBe(0);
    expect(proxy.requests.filter(({ path }) => path.includes('applyWrites')).length).toBe(1);
    const records = await fetch(
      `${pds.url}/xrpc/com.atproto.repo.listRecords?repo=${account.did}&collection=app.bsky.feed.post&limit=100`,
    );
    const { records: posts } = (await records.json()) as {
      records: { value: { reply?: unknown } }[];
    };
    expect(posts.filter(({ value }) => value.reply === undefined).length).toBe(1);
  }, 360_000);

  it('finishes a post that takes some seconds, and says that nothing is half done', async () => {
    const receiver = await startReceiver(SECRET);
    onTestFinished(() => receiver.close());
    const proxy = await startFaultyProxy(receiver.url);
    onTestFinished(() => proxy.close());
    proxy.inject({ kind: 'delay', delayMs: 2_000, path: /./ });
    const cwd = await makeFolder();
    const env = { WEBHOOK_URL: `${proxy.url}/hook`, WEBHOOK_SECRET: SECRET };
    await queue(cwd, env, 'webhook');

    const hasClaimed = (): boolean => examine(cwd).attempts.length > 0;
    const stopped = await stopWhen(cwd, env, hasClaimed);

    expect(stopped).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing is half done'),
    });
    expect(receiver.acted).toBe(1);
  }, 180_000);

  it('leaves in time though a feed never answers', async () => {
    const silence = await startSilence();
    const cwd = await makeFolder();
    const { host } = new URL(silence.url);
    await writeFile(
      join(cwd, 'paperboy.yaml'),
      `sources: { feed: ${silence.url}/feed }\nfetch: { allow: ["${host}"] }\n`,
    );

    const stopped = await stopWhen(cwd, {}, () => silence.asked() > 0);

    expect(stopped.elapsedMs).toBeLessThan(LONGEST_MS);
    expect(stopped.code).toBe(0);
  }, 180_000);

  it('leaves in time while it is still asking an account who it is', async () => {
    const silence = await startSilence();
    const cwd = await makeFolder();
    const env = {
      BLUESKY_SERVICE: silence.url,
      BLUESKY_IDENTIFIER: 'paperboy.test',
      BLUESKY_APP_PASSWORD: 'abcd-efgh-ijkl-mnop',
    };

    const stopped = await stopWhen(cwd, env, () => silence.asked() > 0);

    expect(stopped.elapsedMs).toBeLessThan(LONGEST_MS);
    expect(stopped.stdout).toContain('SIGTERM: finishing');
  }, 180_000);

  it('leaves at once at a second signal', async () => {
    const receiver = await startReceiver(SECRET);
    onTestFinished(() => receiver.close());
    receiver.inject('hang-before');
    const cwd = await makeFolder();
    const env = { WEBHOOK_URL: receiver.url, WEBHOOK_SECRET: SECRET };
    await queue(cwd, env, 'webhook');
    const child = startPaperboy(['start'], { cwd, ...aheadOf(env) });
    const output = collect(child);
    onTestFinished(() => void child.kill('SIGKILL'));
    await expect.poll(() => receiver.requests.length, { timeout: 60_000 }).toBe(1);

    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await expect.poll(() => output().stdout, { timeout: 60_000 }).toContain('SIGTERM: finishing');
    await wait(2_500);
    child.kill('SIGTERM');
    const [code] = await closed;

    expect(code).toBe(1);
    // What waits to the end of its patience says so.
    expect(output().stderr).not.toContain('Left with something in hand');
  }, 180_000);
});
