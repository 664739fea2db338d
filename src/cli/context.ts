import type { Facts } from '../archive/facts.ts';
import type { Search } from '../archive/search/search.ts';
import type { AnnounceProblem } from '../bot/announce-proposals.ts';
import type { BotObserver } from '../bot/bot-observer.ts';
import type { BotAccount } from '../bot/client.ts';
import type { Loop } from '../console/pulse.ts';
import type { Locks } from '../database/locks.ts';
import type { Delivered } from '../delivery/courier.ts';
import type { Proposed } from '../desk/approval/propose.ts';
import type { BotDesk } from '../desk/bot-desk.ts';
import type { Desk, ReadingDesk } from '../desk/desk.ts';
import type { EditorDesk } from '../desk/editor-desk.ts';
import type { FollowDesk } from '../desk/plan-follows.ts';
import type { WatchedFeed } from '../desk/poll-feed.ts';
import type { Check } from '../doctor/check.ts';
import type { Log } from '../kit/log.ts';
import type { Pruned } from '../outbox/prune.ts';
import type { Fetch } from '../sources/fetch.ts';
import type { Inbox } from '../sources/inbox.ts';
import type { Settings } from './connect/settings.ts';
import type { Output } from './output.ts';

/** What the commands of the command line work with. */
export type CliContext = {
  readonly output: Output;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Reads and checks the configuration, once, and tells the folders in it. */
  readonly readFolders: () => Promise<Folders>;
  /** Opens the settings one by one, whatever is wrong with the others. */
  readonly openSettings: () => Promise<Settings>;
  /** All that can be looked at, also of a configuration that is wrong. Nothing is made or changed. */
  readonly openDoctor: () => Promise<{
    readonly checks: readonly Check[];
    readonly close: () => void;
  }>;
  /** Where the database is, or will be: an absolute path. */
  readonly readDatabaseFile: () => Promise<string>;
  /** How posts are written, as the configuration has it. */
  readonly readFormat: () => Promise<ReadingDesk['format']>;
  /** Whether there is an archive yet. Opening a desk makes one. */
  readonly hasArchive: () => Promise<boolean>;
  /** Opens what reading needs, once: a tenth of what the whole desk loads. */
  readonly openReadingDesk: () => Promise<ReadingDesk>;
  /** Opens the search over the archive, which is as new as its last `refresh`. */
  readonly openSearch: () => Promise<Search>;
  /**
   * Opens everything behind the doors, once; closed when the command is over. A service logs its
   * events, other commands only speak for themselves.
   */
  readonly openDesk: (isService?: boolean) => Promise<OpenDesk>;
  /** A fetch that reaches the public internet, and of other hosts what the configuration allows. */
  readonly openFetch: () => Promise<Fetch>;
};

/** Absolute paths: of the data, and of what the folder destination gets. */
export type Folders = { readonly data: string; readonly posts: string };

/** Where issues come from by themselves. */
export type Sources = {
  readonly inbox: { readonly path: string; readonly inbox: Inbox } | undefined;
  readonly feeds: readonly WatchedFeed[];
};

export type OpenDesk = {
  readonly desk: Desk;
  readonly log: Log;
  readonly folders: Folders;
  readonly locks: Locks;
  /** Names this process among those that share the data. */
  readonly worker: string;
  readonly openSources: () => Promise<Sources>;
  /** Undefined where no bot is configured. */
  readonly openBot: () => Promise<OpenBot | undefined>;
  /** Serves health and metrics from now on; undefined where nothing is to be served. */
  readonly openConsole: (isPlanner: () => boolean) => Promise<OpenConsole | undefined>;
  /** Forgets what only tells how it went, as long ago as the configuration says. */
  readonly prune: () => Promise<Pruned>;
};

/** The bot, ready to be run, and what its follows are planned with. */
export type OpenBot = {
  readonly account: BotAccount;
  readonly desk: BotDesk;
  readonly followDesk: FollowDesk;
  /** Asks the editors in their channel, and keeps the messages there true; undefined without one. */
  readonly announce?: (proposed: readonly Proposed[]) => Promise<void>;
  /** Why they cannot be asked, as far as this process knows. */
  readonly announceProblem?: () => AnnounceProblem | undefined;
  /** What editors work with on Discord, where they are configured. */
  readonly editorDesk?: EditorDesk | undefined;
  /** Where the bot remembers in which server the editors’ commands stand. */
  readonly facts?: Facts | undefined;
  /** To be called after an editor may have decided something. */
  readonly onEditorActed?: (() => void) | undefined;
};

/** What serves health and metrics, and is told what happens. */
export type OpenConsole = {
  readonly host: string;
  readonly port: number;
  /** Said by a loop each time that it turns; `isDone` is false where its work has failed. */
  beat(loop: Loop, isDone?: boolean): void;
  delivered(delivered: Delivered): void;
  /** Of the bot; undefined without one. */
  readonly observer: BotObserver | undefined;
  close(): Promise<void>;
};

/** EX_CONFIG of sysexits.h: starting again changes nothing until a person has acted. */
export const REFUSED = 78;

/** 0 only if a command did what was asked. */
export type ExitCode = 0 | 1 | typeof REFUSED;
