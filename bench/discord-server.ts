import { startFakeDiscord } from '../test/fakes/discord/server.ts';

/** What the parent is told when the server is up. */
export type DiscordBooth = {
  readonly apiUrl: string;
  readonly token: string;
  readonly channelIds: readonly string[];
};

/** What the server has seen, when the parent asks. */
export type DiscordTally = {
  /** When each request came, in milliseconds since 1970, the earliest first. */
  readonly arrivedAt: readonly number[];
  /** How many were answered with 429, by the scope of the limit that they met. */
  readonly limitedBy: { readonly [scope: string]: number };
  /** Messages in all the channels, and the channels that do not have as many as the most. */
  readonly messages: number;
  readonly shortChannels: number;
};

/*
 * A local Discord in a process of its own, with Discord's limits: its argument is how many channels
 * it has. It answers any message of its parent with a tally.
 */
const discord = await startFakeDiscord({ rateLimits: true });
const channelIds = Array.from({ length: Number(process.argv[2]) }, () => discord.addChannel());
const { apiUrl, token } = discord;
process.send?.({ apiUrl, token, channelIds } satisfies DiscordBooth);

process.on('message', () => {
  const limited = discord.requests.filter(({ status }) => status === 429);
  const counts = channelIds.map((id) => discord.messages(id).length);
  const most = Math.max(...counts);
  const tally: DiscordTally = {
    arrivedAt: discord.requests.map(({ startedAt }) => startedAt.getTime()),
    limitedBy: Object.fromEntries(
      [...Map.groupBy(limited, ({ limitedBy }) => limitedBy ?? 'unknown')].map(([scope, of]) => [
        scope,
        of.length,
      ]),
    ),
    messages: counts.reduce((sum, count) => sum + count, 0),
    shortChannels: counts.filter((count) => count < most).length,
  };
  process.send?.(tally);
});
process.on('disconnect', () => process.exit(0));
