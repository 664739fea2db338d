import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatItem } from '../formatters/index.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { makeCourier } from '../src/delivery/courier.ts';
import { systemClock } from '../src/kit/clock.ts';
import { makeOutbox, type Outbox } from '../src/outbox/outbox.ts';
import { makeDiscordPublisher } from '../src/publishers/discord.ts';
import { type DiscordRest, makeDiscordRest } from '../src/publishers/discord-rest.ts';
import type { DiscordBooth, DiscordTally } from './discord-server.ts';
import { readSamples } from './papers.ts';

/** https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
const ALLOWED_PER_SECOND = 50;
const PER_CHANNEL = 10;
/** A second at the beginning is not counted: the connections are opened in it. */
const WARM_MS = 1_000;

/** How fast messages reach Discord, of what it allows. */
export type DiscordThroughput = {
  readonly messages: number;
  readonly channels: number;
  /** Channels that lack a message, or have one too many. */
  readonly wrongChannels: number;
  readonly requests: number;
  readonly seconds: number;
  /** Of 50 a second: while there were channels enough, and from the first request to the last. */
  readonly steadyShare: number;
  readonly wholeShare: number;
  /** The most requests within any one second. */
  readonly mostInSecond: number;
  /** Answers of 429, by the scope of the limit; `global` is the bot's own. */
  readonly limitedBy: { readonly [scope: string]: number };
};

/**
 * Sends messages to a local Discord with Discord's limits, ten a channel, from the ledger,
 * through the courier, the publishers and one REST client.
 */
export async function measureDiscord(
  messages = 10_000,
  note: (text: string) => void = () => {},
): Promise<DiscordThroughput> {
  const channels = Math.ceil(messages / PER_CHANNEL);
  const path = fileURLToPath(new URL('discord-server.ts', import.meta.url));
  const server = fork(path, [String(channels)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  try {
    const { apiUrl, token, channelIds } = await receive<DiscordBooth>(server);
    const drainedAt = await deliverAll(
      makeDiscordRest({ token, api: apiUrl }),
      channelIds,
      (done) => done % 1_000 === 0 && note(`${done} of ${channels * PER_CHANNEL} messages …`),
    );
    server.send('tally');
    return summarize(await receive<DiscordTally>(server), channels, drainedAt);
  } finally {
    server.disconnect();
  }
}

/** One line for a report. */
export function describeDiscord(found: DiscordThroughput): string {
  const { messages, channels, wrongChannels, requests, seconds, limitedBy } = found;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const limits = Object.entries(limitedBy).map(([scope, count]) => `, ${scope} ${count}`);
  return [
    `${messages} messages to ${channels} channels of Discord (${wrongChannels} of them wrong):`,
    `${requests} requests in ${seconds.toFixed(1)} s,`,
    `${percent(found.steadyShare)} of ${ALLOWED_PER_SECOND} a second (target ≥ 95 %),`,
    `${percent(found.wholeShare)} from the first to the last,`,
    `at most ${found.mostInSecond} within a second;`,
    `429s: global ${limitedBy.global ?? 0} (target 0)${limits.filter((one) => !one.startsWith(', global')).join('')}`,
  ].join(' ');
}

/** Works the ledger off, and returns when so few channels were left that the pace must fall. */
async function deliverAll(
  rest: DiscordRest,
  channelIds: readonly string[],
  onPosted: (done: number) => void,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const database = openDatabase(join(folder, 'paperboy.db'));
  const outbox = makeOutbox(database);
  await queueAll(outbox, channelIds);
  const options = { crosspost: false, forumPer: 'paper' } as const;
  const courier = makeCourier({
    outbox,
    publishers: new Map(
      channelIds.map((channelId) => {
        const publisher = makeDiscordPublisher({ channelId }, rest, options);
        return [nameDestination(channelId), async () => publisher];
      }),
    ),
    clock: systemClock,
    log: {
      info: () => {},
      warn: (fields, event) => process.stderr.write(`${event} ${fields.reason}\n`),
      error: (fields, event) => process.stderr.write(`${event} ${fields.reason}\n`),
    },
    owner: 'bench',
    random: Math.random,
  });
  const left = new Map(channelIds.map((id) => [nameDestination(id), PER_CHANNEL]));
  const stop = new AbortController();
  let done = 0;
  let drainedAt = 0;
  await courier.run(stop.signal, ({ claim, outcome }) => {
    if (outcome.kind !== 'sent') return;
    const { destination } = claim.delivery;
    const more = (left.get(destination) ?? 0) - 1;
    if (more === 0) left.delete(destination);
    else left.set(destination, more);
    // Five messages a channel in five seconds: with fewer channels fifty a second cannot be reached.
    if (left.size < 2 * ALLOWED_PER_SECOND && drainedAt === 0) drainedAt = Date.now();
    done += 1;
    onPosted(done);
    if (left.size === 0) stop.abort();
  });
  await database.destroy();
  rmSync(folder, { recursive: true });
  return drainedAt;
}

async function queueAll(outbox: Outbox, channelIds: readonly string[]): Promise<void> {
  const [item] = readSamples().flatMap((issue) => issue.items);
  if (item === undefined) throw new Error('the samples have no papers');
  const draft = formatItem(item, 'discord', { languages: ['en'], length: 'brief' });
  const now = new Date();
  for (let index = 0; index < PER_CHANNEL; index += 1) {
    for (const channelId of channelIds) {
      const what = { issue: 1, item: `paper/${index}`, revision: 1, title: 'A paper', draft };
      const destination = nameDestination(channelId);
      await outbox.queue(
        { ...what, destination, dueAt: new Date(now.getTime() + index - PER_CHANNEL) },
        now,
      );
    }
  }
}

function nameDestination(channelId: string): string {
  return `discord/${channelId}`;
}

function summarize(
  { arrivedAt, limitedBy, messages, shortChannels }: DiscordTally,
  channels: number,
  drainedAt: number,
): DiscordThroughput {
  const begin = arrivedAt[0] ?? 0;
  const end = arrivedAt.at(-1) ?? begin;
  const shareOf = (from: number, to: number): number => {
    const count = arrivedAt.filter((at) => at >= from && at < to).length;
    return count / ((to - from) / 1_000) / ALLOWED_PER_SECOND;
  };
  let first = 0;
  let mostInSecond = 0;
  for (const [index, at] of arrivedAt.entries()) {
    while ((arrivedAt[first] ?? at) <= at - 1_000) first += 1;
    mostInSecond = Math.max(mostInSecond, index - first + 1);
  }
  return {
    messages,
    channels,
    wrongChannels: messages === channels * PER_CHANNEL ? shortChannels : channels,
    requests: arrivedAt.length,
    seconds: (end - begin) / 1_000,
    steadyShare: shareOf(begin + WARM_MS, Math.max(drainedAt, begin + 2 * WARM_MS)),
    wholeShare: shareOf(begin, end),
    mostInSecond,
    limitedBy,
  };
}

async function receive<T>(server: ChildProcess): Promise<T> {
  const [message] = (await once(server, 'message')) as [T];
  return message;
}

// `node bench/discord-throughput.ts [messages]`: 10,000 take about four minutes.
if (import.meta.main) {
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  const found = await measureDiscord(Number(process.argv[2] ?? 10_000), note);
  process.stdout.write(`${describeDiscord(found)}\n`);
}
