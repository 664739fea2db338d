import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openSqlite } from '../src/database/open-sqlite.ts';
import type { Handle } from '../test/fakes/discord/interactions-handle.ts';
import { type FakeDiscord, startFakeDiscord } from '../test/fakes/discord/server.ts';
import { makeArchiveIssues } from '../test/support/make-archive.ts';
import { storeIssues } from '../test/support/search-archive.ts';
import { START_FLAGS } from './start-flags.ts';
import { formatTable } from './table.ts';

const PROGRAM = fileURLToPath(new URL('../bin/paperboy.js', import.meta.url));
const SIZES = [400, 10_000] as const;
const ALONE = 150;
const PER_SECOND = 50;
const SECONDS = 12;
const P99_TARGET_MS = 50;
const START_TARGET_MS = 2_000;

const KINDS = ['/paper', '/latest', 'autocomplete'] as const;
type Kind = (typeof KINDS)[number];
type Times = { readonly kind: Kind; readonly ms: number };

/**
 * The bot as `paperboy start` runs it, in a process of its own, over the local Discord: from
 * dispatching an interaction to receiving its callback, alone and at 50 a second; start-up until it
 * is online; memory.
 */
export async function reportInteractions(note: (text: string) => void): Promise<string> {
  const rows: string[][] = [['PAPERS', 'LOAD', 'KIND', 'N', 'P50 ms', 'P99 ms', 'MOST ms', '']];
  const starts: string[] = [];
  for (const papers of SIZES) {
    note(`interactions: ${papers} papers …`);
    const stage = await openStage(papers);
    try {
      const firstMs = await stage.start();
      await stage.stop();
      const startMs = await stage.start();
      const restingMb = stage.readMemory();
      await settle();
      const alone: Times[] = [];
      for (let turn = 0; turn < ALONE * KINDS.length; turn += 1) {
        alone.push(await time(stage.discord, turn));
      }
      addRows(rows, papers, 'alone', alone);
      note(`interactions: ${papers} papers, ${PER_SECOND} a second …`);
      const together: Promise<Times>[] = [];
      const from = performance.now();
      for (let turn = 0; turn < PER_SECOND * SECONDS; turn += 1) {
        await wait(Math.max(0, from + (turn * 1000) / PER_SECOND - performance.now()));
        together.push(time(stage.discord, turn));
      }
      addRows(rows, papers, `${PER_SECOND} a second`, await Promise.all(together));
      const mark = startMs < START_TARGET_MS ? 'met' : 'MISSED';
      starts.push(
        `${papers} papers: online ${toSeconds(startMs)} after the start (target < 2 s, ${mark}); ` +
          `${toSeconds(firstMs)} the first time, with the search index to be made; ` +
          `memory ${restingMb.toFixed(0)} MB online, ${stage.readMemory().toFixed(0)} MB after all of this`,
      );
    } finally {
      await stage.close();
    }
  }
  return `INTERACTIONS from dispatch to callback\n${formatTable(rows)}${starts.map((line) => `${line}\n`).join('')}`;
}

type Stage = {
  readonly discord: FakeDiscord;
  /** Starts Paperboy, and tells how long it took until the bot was online. */
  start(): Promise<number>;
  stop(): Promise<void>;
  /** Resident, in MB. */
  readMemory(): number;
  close(): Promise<void>;
};

async function openStage(papers: number): Promise<Stage> {
  const cwd = mkdtempSync(join(tmpdir(), 'paperboy-bench-bot-'));
  const database = join(cwd, 'paperboy.db');
  writeFileSync(join(cwd, 'paperboy.yaml'), 'log: error\n');
  const sqlite = openSqlite(database);
  storeIssues(sqlite, makeArchiveIssues({ papers }));
  sqlite.close();
  const discord = await startFakeDiscord({ rateLimits: false });
  discord.addChannel();
  discord.dispatch.warmUp();
  const env = {
    ...{ PATH: process.env.PATH, HOME: cwd, TZ: 'UTC', NO_COLOR: '1' },
    ...{ DISCORD_API: discord.apiUrl, DISCORD_TOKEN: discord.token },
    ...{ DATABASE_URL: database, PAPERBOY_DATA: cwd },
  };
  let child: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return {
    discord,
    start: async () => {
      const startedAt = performance.now();
      const running = spawn(process.execPath, [...START_FLAGS, PROGRAM, 'start'], {
        cwd,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child = running;
      for await (const line of createInterface({ input: running.stdout })) {
        if (line.includes('the bot is online')) return performance.now() - startedAt;
      }
      throw new Error('Paperboy ended before the bot was online');
    },
    stop,
    readMemory: () => {
      const status = readFileSync(`/proc/${child?.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000;
    },
    close: async () => {
      await stop();
      await discord.close();
      rmSync(cwd, { recursive: true });
    },
  };
}

const QUERIES = ['distillation', 'quantiz', 'mixture of experts', 'RL', 'attnetion', 'protein'];

/** Everybody asks once: a member who asks on and on is slowed down. */
async function time({ dispatch }: FakeDiscord, turn: number): Promise<Times> {
  const kind = KINDS[turn % KINDS.length] ?? '/latest';
  const query = QUERIES[Math.floor(turn / KINDS.length) % QUERIES.length] ?? '';
  const situation = { userId: String(223456789012345678n + BigInt(turn)) };
  const asked: Record<Kind, () => Handle> = {
    '/paper': () => dispatch.slash('paper', { query }, situation),
    '/latest': () => dispatch.slash('latest', {}, situation),
    autocomplete: () =>
      dispatch.autocomplete(
        'paper',
        { option: 'query', typed: query.slice(0, 1 + (turn % query.length)) },
        situation,
      ),
  };
  return { kind, ms: (await asked[kind]().callback()).elapsedMs };
}

function addRows(rows: string[][], papers: number, load: string, times: readonly Times[]): void {
  for (const kind of KINDS) {
    const sorted = times.filter((one) => one.kind === kind).map(({ ms }) => ms);
    sorted.sort((a, b) => a - b);
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
    const p99 = at(0.99);
    const figures = [at(0.5), p99, at(1)].map((ms) => ms.toFixed(1));
    const mark = p99 < P99_TARGET_MS ? 'met' : 'MISSED';
    rows.push([String(papers), load, kind, String(sorted.length), ...figures, mark]);
  }
}

/** What is done at the start is done before anything is measured. */
async function settle(): Promise<void> {
  await wait(2_000);
}

function toSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
