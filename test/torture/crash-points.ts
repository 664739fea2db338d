/**
 * A preload (`node --import`) that numbers the steps of a process as the world can observe them: each
 * write of SQL, each write of a file, and of each HTTP request its making, its being sent, the head
 * of its answer and the answer's end. With TORTURE_STEP the process dies by SIGKILL at that step, the
 * first being 1; TORTURE_REPORT names a file for the names of the steps that were come to.
 *
 * A step stands before its write, so to die there is to die between it and the one before.
 */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import files, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';

const fatal = Number(process.env.TORTURE_STEP ?? 0);
const report = process.env.TORTURE_REPORT;
let count = 0;

/** Comes to the next step, and perhaps no further. */
function step(name: string): void {
  count += 1;
  if (report !== undefined) appendFileSync(report, `${name}\n`);
  if (count === fatal) process.kill(process.pid, 'SIGKILL');
}

const WRITES =
  /^\s*(begin|commit|rollback|insert into \S+|update \S+|delete from \S+|create \S+|alter \S+|drop \S+)/i;

/** A transaction that has begun changes nothing until its commit, so its inside is one step each. */
function watchSql(): void {
  const memory = new Sqlite(':memory:');
  const prototype: unknown = Object.getPrototypeOf(memory.prepare('select 1'));
  memory.close();
  for (const verb of ['run', 'get', 'all', 'iterate']) {
    patch(prototype, verb, (original, statement, args) => {
      const source = (statement as { source: string }).source;
      const write = WRITES.exec(source)?.[1]?.toLowerCase().replaceAll('"', '');
      if (write !== undefined) step(`sql: ${write}`);
      const result = original.apply(statement, args);
      if (write === 'commit') step('sql: committed');
      return result;
    });
  }
}

type Request = { readonly method: string; readonly path: string };

/** Node's own fetch and the undici of packages speak on the same channels. */
function watchHttp(): void {
  const moments = [
    ['undici:request:create', 'to be sent'],
    ['undici:request:bodySent', 'sent'],
    ['undici:request:headers', 'answer begun'],
    ['undici:request:trailers', 'answer whole'],
    ['undici:request:error', 'failed'],
  ] as const;
  for (const [channel, moment] of moments) {
    subscribe(channel, (message) => {
      const { method, path } = (message as { request: Request }).request;
      step(`${method} ${shorten(path)}: ${moment}`);
    });
  }
}

function watchFiles(): void {
  for (const verb of ['mkdir', 'mkdtemp', 'rename', 'unlink', 'rmdir', 'copyFile', 'link']) {
    patch(files, verb, (original, self, args) => {
      const path = args.findLast((argument) => typeof argument === 'string');
      step(`file: ${verb} ${shorten(basename(String(path)))}`);
      return original.apply(self, args);
    });
  }
  patch(files, 'rm', (_original, _self, args) => remove(String(args[0]), args[1] as RemoveOptions));
  patch(files, 'writeFile', async (original, self, args) => {
    const [path, data, ...rest] = args;
    const name = shorten(basename(String(path)));
    step(`file: write ${name}`);
    // Half of it is what a process that dies while it writes leaves behind.
    await original.call(self, path, half(data), ...rest);
    step(`file: half of ${name} is written`);
    return original.apply(self, args);
  });
  patch(files, 'open', async (original, self, args) => {
    const [path, flags = 'r'] = args;
    const name = shorten(basename(String(path)));
    if (flags !== 'r') step(`file: open ${name}`);
    const handle = (await original.apply(self, args)) as FileHandle;
    if (flags !== 'r') watchHandle(handle, name);
    return handle;
  });
  syncBuiltinESMExports();
}

function watchHandle(handle: FileHandle, name: string): void {
  patch(handle, 'writeFile', async (original, self, [data, ...rest]) => {
    step(`file: write ${name}`);
    const bytes = Buffer.from(String(data));
    await handle.write(half(bytes));
    step(`file: half of ${name} is written`);
    return original.call(self, bytes.subarray(half(bytes).length), ...rest);
  });
}

type RemoveOptions = { readonly recursive?: boolean; readonly force?: boolean } | undefined;

/** What `rm` does, with a step before each thing that goes. The patched verbs count them. */
async function remove(path: string, options: RemoveOptions): Promise<void> {
  try {
    const { lstat, readdir, rmdir, unlink } = files;
    if (!options?.recursive || !(await lstat(path)).isDirectory()) return await unlink(path);
    for (const name of await readdir(path)) await remove(join(path, name), options);
    await rmdir(path);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isGone || !options?.force) throw error;
  }
}

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** Puts a function in the place of a method. */
function patch(
  owner: unknown,
  name: string,
  replace: (original: AnyFunction, self: unknown, args: unknown[]) => unknown,
): void {
  const methods = owner as Record<string, AnyFunction>;
  const original = methods[name];
  if (original === undefined) throw new Error(`Cannot watch ${name} as there is no such method`);
  methods[name] = function patched(this: unknown, ...args: unknown[]): unknown {
    return replace(original, this, args);
  };
}

function half(data: unknown): Buffer {
  const bytes = Buffer.from(data as string | Uint8Array);
  return bytes.subarray(0, bytes.length >> 1);
}

/** Without what is another one in every run. */
function shorten(path: string): string {
  return path
    .replace(/\?.*$/, '')
    .replace(/\d{15,}/g, 'ID')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}/g, 'ID');
}

watchSql();
watchHttp();
watchFiles();
process.on('exit', () => step('exit'));
