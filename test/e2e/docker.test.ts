import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { buildImage, type Image, place } from '../support/build-image.ts';
import { makeIsIgnored } from '../support/read-dockerfile.ts';
import { collect, projectFolder, type Ran } from './run-paperboy.ts';

const guard = join(projectFolder, 'test', 'setup', 'loopback-only.ts');
const isRoot = process.getuid?.() === 0;
const source = await readFile(join(projectFolder, 'Dockerfile'), 'utf8');
const composeText = await readFile(join(projectFolder, 'compose.yaml'), 'utf8');

const composeSchema = z.strictObject({
  services: z.strictObject({
    paperboy: z.strictObject({
      build: z.literal('.'),
      image: z.string(),
      env_file: z.array(z.strictObject({ path: z.literal('.env'), required: z.literal(false) })),
      volumes: z.array(z.string()),
      restart: z.literal('unless-stopped'),
      stop_grace_period: z.string().regex(/^\d+s$/),
      read_only: z.literal(true),
      tmpfs: z.array(z.string()),
      cap_drop: z.array(z.string()),
      security_opt: z.array(z.string()),
      ports: z.array(z.string()),
    }),
  }),
  volumes: z.record(z.string(), z.null()),
});

describe('the image, made without Docker', () => {
  let image: Image;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ image, close } = await buildImage(projectFolder, source));
    copyFileSync(guard, place(image, '/tmp/guard.ts'));
    // Where the test is not root, the files are its own: nobody may write them all the same.
    if (!isRoot) await runIn(image, ['chmod', '-R', 'a-w', place(image, image.workdir)]);
  });
  afterAll(() => close());

  it('has what runs and nothing else: no tests, no tools, no secrets', () => {
    const app = readdirSync(place(image, image.workdir)).sort();

    expect(app).toEqual(
      'LICENSE bin commands formatters issues node_modules package.json schema src'.split(' '),
    );
    const modules = readdirSync(place(image, `${image.workdir}/node_modules`));
    expect(modules).toContain('better-sqlite3');
    for (const tool of ['vitest', 'typescript', 'fast-check', 'node']) {
      expect(modules).not.toContain(tool);
    }
  });

  it(`starts as ${isRoot ? 'its own user' : 'whoever runs this test, who is not root'}, turns healthy, writes to data and /tmp alone, and stops on a signal`, async () => {
    const before = listFiles(place(image, image.workdir));
    const port = await findPort();
    const sick = await runIn(image, image.healthCommand);

    const child = startIn(image, image.command, { PAPERBOY_HTTP_PORT: String(port) });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const output = collect(child);
    await until(async () => (await runIn(image, image.healthCommand)).code === 0, output);
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
    const posted = await runIn(image, [
      ...['node', 'bin/paperboy.js', 'post', '93', '--paper', 'tensorlens', '--to', 'folder'],
    ]);
    const stoppedAt = performance.now();
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');

    expect(sick.code).toBe(1);
    expect(answer.status).toBe(200);
    expect(posted, posted.stderr).toMatchObject({ code: 0 });
    expect(existsSync(place(image, '/data/posts'))).toBe(true);
    expect(code, output().stderr).toBe(0);
    // The promise itself: after as long Docker kills what has not stopped.
    expect(performance.now() - stoppedAt).toBeLessThan(10_000);
    expect(output().stderr).not.toMatch(/EACCES|EROFS/);
    expect(listFiles(place(image, image.workdir))).toEqual(before);
    expect(readdirSync(place(image, '/home/node'))).toEqual([]);
    expect(readdirSync(image.root).sort()).toEqual(['app', 'data', 'home', 'tmp', 'usr']);
    expect(readdirSync(place(image, '/data'))).toContain('paperboy.db');
  }, 270_000);

  it('runs what an operator types in it, after a stop', async () => {
    const backup = await runIn(image, ['node', 'bin/paperboy.js', 'backup', '/data/b.db']);
    const restored = await runIn(image, [
      ...['node', 'bin/paperboy.js', 'restore', '/data/b.db', '--yes'],
    ]);

    expect(backup, backup.stderr).toMatchObject({ code: 0 });
    expect(restored, restored.stderr).toMatchObject({ code: 0 });
  }, 270_000);

  it('agrees with compose.yaml', () => {
    const { services, volumes } = composeSchema.parse(parse(composeText));
    const { paperboy } = services;
    const [port = ''] = image.ports;

    expect(image.volumes).toEqual([image.env.PAPERBOY_DATA]);
    expect(paperboy.volumes).toEqual([`paperboy:${image.env.PAPERBOY_DATA}`]);
    expect(Object.keys(volumes)).toEqual(['paperboy']);
    expect(image.env).toMatchObject({ PAPERBOY_HTTP_PORT: port, PAPERBOY_HTTP_HOST: '0.0.0.0' });
    expect(paperboy.ports).toEqual([`127.0.0.1:${port}:${port}`]);
    expect(Number.parseInt(paperboy.stop_grace_period, 10)).toBeGreaterThan(10);
    expect(paperboy.tmpfs).toEqual(['/tmp']);
    expect(image.env.NODE_COMPILE_CACHE).toMatch(/^\/tmp\//);
    // The settings are looked for where they would be mounted.
    expect(composeText).toContain(`# - ./paperboy.yaml:${image.workdir}/paperboy.yaml:ro`);
    expect(composeText).not.toContain('healthcheck:');
  });
});

describe('what reads the Dockerfile', () => {
  it.each([
    ['an instruction that it does not know', 'FROM node:24-slim\nSHELL ["bash"]', /line 2.*SHELL/],
    ['another base', 'FROM alpine', /line 1.*alpine/],
    ['a path that .dockerignore leaves out', 'FROM node:24-slim\nCOPY test ./test', /dockerignore/],
    ['a path that is not there', 'FROM node:24-slim\nCOPY nowhere ./', /no nowhere/],
    ['a stage that is not there', 'FROM node:24-slim\nCOPY --from=x /a ./', /line 2.*--from=x/],
    ['a step that fails', 'FROM node:24-slim\nRUN exit 3', /ended with 3/],
    ['a command that a shell would run', 'FROM node:24-slim\nCMD node a.js', /CMD node a.js/],
  ])('refuses %s', async (_, text, expected) => {
    await expect(buildImage(projectFolder, text)).rejects.toThrow(expected);
  });

  it('knows what is kept from the build', async () => {
    const isIgnored = makeIsIgnored(await readFile(join(projectFolder, '.dockerignore'), 'utf8'));

    for (const path of ['.env', '.git/config', 'data/paperboy.db', 'test/x.ts', 'node_modules/a']) {
      expect([path, isIgnored(path)]).toEqual([path, true]);
    }
    expect(isIgnored('src/main.ts')).toBe(false);
  });
});

/** A process in the image, as its user and with its variables; it cannot leave this machine. */
function startIn(
  image: Image,
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const inPlace = (text: string): string => (/^\/\w/.test(text) ? place(image, text) : text);
  const own = Object.entries(image.env).map(([key, value]) => [key, inPlace(value)]);
  const isNode = program === 'node';
  return spawn(isNode ? place(image, '/usr/local/bin/node') : program, args.map(inPlace), {
    cwd: place(image, image.workdir),
    env: {
      ...Object.fromEntries(own),
      HOME: place(image, '/home/node'),
      TMPDIR: place(image, '/tmp'),
      PATH: process.env.PATH,
      ...(isNode ? { NODE_OPTIONS: `--import=${place(image, '/tmp/guard.ts')}` } : {}),
      ...env,
    },
    ...(isRoot && image.user === 'node' ? { uid: 1000, gid: 1000 } : {}),
  });
}

async function runIn(image: Image, words: readonly string[]): Promise<Ran> {
  const child = startIn(image, words);
  const output = collect(child);
  child.stdin?.end();
  const [code, signal] = await once(child, 'close');
  return { code, signal, ...output() };
}

/** Waits, for half a minute, or until a process has said that it cannot. */
async function until(
  isSo: () => Promise<boolean>,
  output: () => { readonly stdout: string; readonly stderr: string },
): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`${output().stdout}\n${output().stderr}`);
    await wait(200);
  }
}

/** Every file of a folder with its size and the time of its last change. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) return path;
    const { size, mtimeMs } = statSync(path);
    return `${path} ${size} ${mtimeMs}`;
  });
}

/** A port that is free at this moment: the machine may have something else on the image's own. */
async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
