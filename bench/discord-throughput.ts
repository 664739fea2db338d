import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { formatItem } from '../formatters/index.ts';
import { makeDeliveryId } from '../src/kit/ids.ts';
import { makeDiscordPublisher } from '../src/publishers/discord.ts';
import { type DiscordRest, makeDiscordRest } from '../src/publishers/discord-rest.ts';
import type { Outgoing } from '../src/publishers/publisher.ts';
import type { DiscordBooth, DiscordTally } from './discord-server.ts';
import { readSamples } from './papers.ts';

/** https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
const ALLOWED_PER_SECOND = 50;
const PER_CHANNEL = 10;
/** Channels that are posted to at the same time. */
const LANES = 64;
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
  /** Of 50 a second: while all lanes were at work, and from the first request to the last. */
  readonly steadyShare: number;
  readonly wholeShare: number;
  /** The most requests within any one second. */
  readonly mostInSecond: number;
  /** Answers of 429, by the scope of the limit; `global` is the bot's own. */
  readonly limitedBy: { readonly [scope: string]: number };
};

/**
 * Sends messages to a local Discord with Discord's limits, ten a channel, through the publishers
 * and one REST client, many channels at once and each in order.
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
    const drainedAt = await postAll(
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

/** Returns when the last channel was begun: until then every lane was at work. */
async function postAll(
  rest: DiscordRest,
  channelIds: readonly string[],
  onPosted: (done: number) => void,
): Promise<number> {
  const [item] = readSamples().flatMap((issue) => issue.items);
  if (item === undefined) throw new Error('the samples have no papers');
  const draft = formatItem(item, 'discord', { languages: ['en'], length: 'brief' });
  const waiting = [...channelIds];
  let drainedAt = 0;
  let done = 0;

  const post = async (channelId: string): Promise<void> => {
    const options = { crosspost: false, forumPer: 'paper' } as const;
    const publisher = makeDiscordPublisher({ channelId }, rest, options);
    for (let index = 0; index < PER_CHANNEL; index += 1) {
      const name = `paper/${index}`;
      const outgoing: Outgoing = {
        id: makeDeliveryId(1, name, 1, channelId),
        issue: 1,
        item: name,
        revision: 1,
        draft,
        stampedAt: new Date(),
        triedSince: new Date(),
        companions: [],
      };
      const attempt = await publisher.publish(outgoing, [], AbortSignal.timeout(60_000));
      if (attempt.kind !== 'sent') throw new Error(`not sent: ${JSON.stringify(attempt)}`);
      done += 1;
      onPosted(done);
    }
  };
  const runLane = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (waiting.length === 0) drainedAt = Date.now();
      await post(next);
    }
  };
  await Promise.all(Array.from({ length: LANES }, runLane));
  return drainedAt;
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
