import { makeFollows } from './archive/follows.ts';
import { markSamples } from './archive/mark-samples.ts';
import { onlyApproved } from './archive/only-approved.ts';
import type { BotAccount } from './bot/client.ts';
import type { OpenBot } from './cli/context.ts';
import type { Database } from './database/open-database.ts';
import type { Desk, Destination } from './desk/desk.ts';
import type { FollowChannels } from './follow-channels.ts';
import type { Reading } from './reading.ts';

export type BotTools = {
  readonly account: BotAccount;
  readonly reading: Reading;
  readonly desk: Desk;
  readonly database: Database;
  readonly channels: FollowChannels;
  /** Those of the configuration. */
  readonly configured: readonly Destination[];
};

/** Wires the bot, on top of what reads and what posts. */
export async function openBot(tools: BotTools): Promise<OpenBot> {
  const { account, reading, desk, database, channels, configured } = tools;
  const { outbox } = desk;
  const follows = makeFollows(database);
  const following = {
    follows,
    outbox,
    destinations: configured,
    openDirectMessage: channels.openDirectMessage,
  };
  return {
    account,
    desk: {
      ...reading.desk,
      archive: markSamples(onlyApproved(reading.desk.archive)),
      search: await reading.openSearch(),
      readers: await reading.openReaders(),
      following,
      random: Math.random,
    },
    followDesk: { ...desk, ...channels, follows },
  };
}
