import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { FakeDiscord } from './server.ts';

const BOT = fileURLToPath(new URL('gateway-bot.ts', import.meta.url));
const GUARD = fileURLToPath(new URL('../../setup/loopback-only.ts', import.meta.url));

/** A line that the bot wrote: its event, and what it says about it. */
export type BotEvent = { readonly event: string } & Readonly<Record<string, unknown>>;

/** The bot's process. */
export type BotProcess = {
  readonly child: ChildProcess;
  readonly events: readonly BotEvent[];
  /** The next event of that name, or the one that was there; throws after 20 s. */
  see(event: string, count?: number): Promise<BotEvent>;
};

/** Starts the bot of discord.js against the fake for one test; not waited for. */
export function startBot(
  discord: FakeDiscord,
  env: Readonly<Record<string, string>> = {},
): BotProcess {
  const child = spawn(process.execPath, ['--import', GUARD, BOT], {
    env: { ...process.env, API: discord.apiUrl, TOKEN: discord.token, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const events: BotEvent[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line) as BotEvent);
    for (const wake of waiting) wake();
  });

  return {
    child,
    events,
    async see(event, count = 1) {
      const find = (): BotEvent | undefined =>
        events.filter((one) => one.event === event)[count - 1];
      const { promise, resolve, reject } = Promise.withResolvers<BotEvent>();
      const wake = (): void => {
        const found = find();
        if (found !== undefined) resolve(found);
      };
      const fail = (): void =>
        reject(new Error(`The bot did not say "${event}": ${JSON.stringify(events)}`));
      const timer = setTimeout(fail, 20_000);
      // A bot that died says nothing more; one that was told to end may have said it all.
      child.once('exit', fail);
      waiting.add(wake);
      wake();
      return promise.finally(() => {
        clearTimeout(timer);
        waiting.delete(wake);
        child.off('exit', fail);
      });
    },
  };
}

/** A bare client that identifies and acts on nothing, for rules that need no discord.js. */
export async function connectBare(discord: FakeDiscord): Promise<WebSocket> {
  const socket = new WebSocket(`${discord.apiUrl.replace('http', 'ws')}/?v=10&encoding=json`);
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const d = { token: discord.token, intents: 1, properties: {} };
  socket.send(JSON.stringify({ op: 2, d }));
  await discord.gateway.whenReady();
  return socket;
}
