import { makeFacts } from './archive/facts.ts';
import { makeFollows } from './archive/follows.ts';
import { markSamples } from './archive/mark-samples.ts';
import { onlyApproved } from './archive/only-approved.ts';
import type { BotAccount } from './bot/client.ts';
import { makeAnnouncer } from './bot/make-announcer.ts';
import type { OpenBot } from './cli/context.ts';
import type { Database } from './database/open-database.ts';
import type { Desk, Destination } from './desk/desk.ts';
import type { Editors } from './desk/editor-desk.ts';
import type { FollowChannels } from './follow-channels.ts';
import type { Log } from './kit/log.ts';
import type { DiscordRest } from './publishers/discord-rest.ts';
import type { Reading } from './reading.ts';

export type BotTools = {
  readonly account: BotAccount;
  readonly reading: Reading;
  readonly desk: Desk;
  readonly database: Database;
  readonly channels: FollowChannels;
  /** Those of the configuration. */
  readonly configured: readonly Destination[];
  /** Who decides on Discord, and where they are asked. */
  readonly editors?: Editors | undefined;
  readonly openDiscordRest?: (() => Promise<DiscordRest>) | undefined;
  readonly log?: Log | undefined;
};

/** Wires the bot, on top of what reads and what posts. */
export async function openBot(tools: BotTools): Promise<OpenBot> {
  const { account, reading, desk, database, channels, configured } = tools;
  const { editors, openDiscordRest, log } = tools;
  const { outbox } = desk;
  const follows = makeFollows(database);
  const following = {
    follows,
    outbox,
    destinations: configured,
    openDirectMessage: channels.openDirectMessage,
  };
  const editorDesk = editors && { ...desk, editors };
  const announcer =
    editorDesk !== undefined && openDiscordRest !== undefined && log !== undefined
      ? makeAnnouncer(
          async () => ({ rest: await openDiscordRest(), desk: editorDesk, log }),
          desk.clock,
        )
      : undefined;
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
    editorDesk,
    facts: makeFacts(database),
    ...(announcer === undefined
      ? {}
      : {
          announce: announcer.announce,
          announceProblem: announcer.problem,
          onEditorActed: announcer.refresh,
        }),
  };
}
