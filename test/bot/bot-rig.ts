import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { makeBotDesk, type TestBotDesk } from '../commands/bot-desk.ts';
import type { FakeDiscord, FakeDiscordOptions } from '../fakes/discord/server.ts';
import { startForTest } from '../fakes/discord/test-kit.ts';
import { readSampleIssues } from '../support/search-archive.ts';

const MAIN = fileURLToPath(new URL('bot-main.ts', import.meta.url));
const GUARD = fileURLToPath(new URL('../setup/loopback-only.ts', import.meta.url));
const PATIENCE_MS = 90_000;

/** A line of the bot's log. */
export type BotLine = { readonly msg: string } & Readonly<Record<string, unknown>>;

/** The bot's process. */
export type BotProcess = {
  readonly child: ChildProcess;
  readonly log: readonly BotLine[];
  /** What it printed for people, and whatever else came on stderr. */
  readonly printed: () => string;
  /** Resolves when its log has so many lines of an event. */
  see(event: string, count?: number): Promise<BotLine>;
  /** Resolves with its exit code. */
  end(): Promise<number | null>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

export type BotRig = {
  readonly discord: FakeDiscord;
  readonly channelId: string;
  readonly desk: TestBotDesk;
  /** Another process of the bot, or the first one. */
  start(env?: Readonly<Record<string, string>>): BotProcess;
};

/** A local Discord, an archive with the samples, and a way to start the bot over both. */
export async function makeBotRig(options: FakeDiscordOptions = {}): Promise<BotRig> {
  const desk = makeBotDesk();
  await desk.keep(readSampleIssues(), { isSample: true });
  const { discord } = await startForTest({
    rateLimits: false,
    callbackDeadlineMs: 15_000,
    ...options,
  });
  discord.dispatch.warmUp();
  const channelId = discord.addChannel();
  return { discord, channelId, desk, start: (env = {}) => startProcess(discord, desk.file, env) };
}

/** The same with the bot online. */
export async function startBotRig(
  env: Readonly<Record<string, string>> = {},
  options: FakeDiscordOptions = {},
): Promise<BotRig & { readonly bot: BotProcess }> {
  const rig = await makeBotRig(options);
  const bot = rig.start(env);
  await bot.see('commands.registered');
  return { ...rig, bot };
}

function startProcess(
  { apiUrl, token }: FakeDiscord,
  database: string,
  env: Readonly<Record<string, string>>,
): BotProcess {
  const child = spawn(process.execPath, ['--import', GUARD, MAIN], {
    env: { ...process.env, DISCORD_API: apiUrl, DISCORD_TOKEN: token, DATABASE: database, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: BotLine[] = [];
  let printed = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.startsWith('{')) log.push(JSON.parse(line) as BotLine);
    else printed += `${line}\n`;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const end = async (): Promise<number | null> => {
    if (!isOver()) await once(child, 'close', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return child.exitCode;
  };
  onTestFinished(async () => {
    if (!isOver()) child.kill('SIGKILL');
    await end();
  });
  return {
    child,
    log,
    printed: () => printed,
    end,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return end();
    },
    async see(event, count = 1) {
      for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 20) {
        const found = log.filter(({ msg }) => msg === event)[count - 1];
        if (found !== undefined) return found;
        await delay(20);
      }
      throw new Error(`The bot did not log ${event}: ${JSON.stringify(log)} ${printed}`);
    },
  };
}
