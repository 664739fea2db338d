import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { makeArchive } from './archive/archive.ts';
import { makeFollows } from './archive/follows.ts';
import { makeVerdicts } from './archive/verdicts.ts';
import type { OpenBot, OpenConsole } from './cli/context.ts';
import type { Config } from './config.ts';
import { type Locks, makeLocks } from './database/locks.ts';
import { type Database, openDatabase } from './database/open-database.ts';
import { makeCourier } from './delivery/courier.ts';
import type { Desk } from './desk/desk.ts';
import type { WatchedFeed } from './desk/poll-feed.ts';
import { openPlaces } from './destinations.ts';
import { makeFollowChannels } from './follow-channels.ts';
import { systemClock } from './kit/clock.ts';
import { describeError } from './kit/errors.ts';
import { type Log, makeLog } from './kit/log.ts';
import { once } from './kit/once.ts';
import { makeRedactor } from './kit/redact.ts';
import { listSecrets } from './list-secrets.ts';
import { makeOutbox } from './outbox/outbox.ts';
import type { Pruned } from './outbox/prune.ts';
import { makePacer } from './publishers/discord-pacer.ts';
import type { Reading } from './reading.ts';
import type { Inbox } from './sources/inbox.ts';

export type House = {
  readonly desk: Desk;
  readonly log: Log;
  readonly locks: Locks;
  /** Names this process among those that share the data. */
  readonly worker: string;
  /** Absolute paths: of the data, and of what the folder destination gets. */
  readonly folders: { readonly data: string; readonly posts: string };
  /** What the configuration says to watch. Its parts are loaded when it is asked for. */
  openSources(): Promise<HouseSources>;
  /** The bot, where there is a token for one. It is loaded when it is asked for. */
  openBot(): Promise<OpenBot | undefined>;
  /** Serves health and metrics from now on; undefined where nothing is to be served. */
  openConsole(isPlanner: () => boolean): Promise<OpenConsole | undefined>;
  /** Forgets what only tells how it went, as long ago as the configuration says. */
  prune(): Promise<Pruned>;
  close(): Promise<void>;
};

export type HouseSources = {
  readonly inbox: { readonly path: string; readonly inbox: Inbox } | undefined;
  readonly feeds: readonly WatchedFeed[];
};

/**
 * Wires everything that posts, on top of what reads. A platform's client is
 * loaded when the first delivery for it is attempted.
 */
export async function openHouse(
  config: Config,
  reading: Reading,
  logLevel: string,
): Promise<House> {
  const database = openDatabase(config.databaseFile);
  const redact = makeRedactor(listSecrets(config));
  const log = await makeLog(logLevel, redact);
  const outbox = makeOutbox(database);
  const worker = `${hostname()}/${process.pid}/${randomUUID()}`;
  const { clock } = reading.desk;
  const isGone = (owner: string): boolean => isDead(owner, worker);
  const locks = makeLocks(database, isGone);
  await outbox.freeLeases(isGone, clock.now());
  await refreshLimits(config, log, clock.now());
  const { bot } = config;
  const pacer = makePacer();
  const openDiscordRest =
    bot &&
    once(async () => (await import('./publishers/discord-rest.ts')).makeDiscordRest(bot, pacer));
  const places = await openPlaces(config, { log, database, openDiscordRest });
  const { destinations: configured, missing } = places;
  const destinations = [...configured];
  const publishers = new Map(places.publishers);
  const channels =
    openDiscordRest && makeFollowChannels(openDiscordRest, { destinations, publishers });
  const follows = makeFollows(database);
  for (const { channelId } of channels === undefined ? [] : await follows.list()) {
    channels?.openChannel(channelId);
  }
  for (const { name, code, reason } of missing) log.error({ destination: name, reason }, code);
  // A live account that cannot be told is no reason to post to the folder instead.
  const live = [...configured.filter(({ isLive }) => isLive), ...missing];
  const usual = live.length > 0 ? live : configured;
  const wanted: readonly string[] = config.schedule.to ?? usual.map(({ name }) => name);
  const desk: Desk = {
    ...reading.desk,
    archive: makeArchive(database, reading.desk.archive),
    outbox,
    courier: makeCourier({
      outbox,
      publishers,
      clock,
      log,
      owner: worker,
      random: Math.random,
      redact,
      nameOf: (key) => destinations.find((one) => one.key === key)?.name ?? key,
    }),
    destinations,
    absent: missing.map((one) => ({ ...one, isScheduled: wanted.includes(one.name) })),
    follows,
    scheduled: configured.filter(({ name }) => wanted.includes(name)),
    programme: config.schedule.programme,
    get timeZone() {
      return config.schedule.timeZone;
    },
    verdicts: makeVerdicts(database),
    approval: config.approval,
    actor: readActor(),
  };
  const folders = { data: config.dataFolder, posts: config.folder.path };
  const openSources = (): Promise<HouseSources> => makeSources(config, database);
  const openBot = async (): Promise<OpenBot | undefined> => {
    if (bot === undefined || channels === undefined) return undefined;
    const module = await import('./open-bot.ts');
    const { editors } = config;
    const parts = { account: bot, reading, desk, database, channels, configured, log };
    return module.openBot({ ...parts, editors, openDiscordRest });
  };
  const openConsole = async (isPlanner: () => boolean): Promise<OpenConsole | undefined> => {
    const { http } = config;
    if (http === undefined) return undefined;
    const module = await import('./open-console.ts');
    const { rates } = places;
    const rateLimits = { rates, pacer: bot && pacer };
    return module.openConsole({ http, ...rateLimits, desk, database, log, isPlanner });
  };
  const prune = async (): Promise<Pruned> => {
    const { pruneHistory } = await import('./outbox/prune.ts');
    const keptMs = config.keep.historyDays * DAY_MS;
    return pruneHistory(database, new Date(clock.now().getTime() - keptMs));
  };
  const own = { desk, log, folders, locks, worker };
  const close = (): Promise<void> => database.destroy();
  return { ...own, openSources, openBot, openConsole, prune, close };
}

async function makeSources(
  { sources: { folder, feeds }, fetch: { allow } }: Config,
  database: Database,
): Promise<HouseSources> {
  const watched: WatchedFeed[] = [];
  if (feeds.length > 0) {
    const { makeGuardedFetch } = await import('./sources/fetch-guarded.ts');
    const { makeFeedLedger } = await import('./sources/feed-ledger.ts');
    const fetch = makeGuardedFetch({ allow, now: systemClock.now });
    const ledger = makeFeedLedger(database);
    for (const url of feeds) watched.push({ url, fetch, ledger, random: Math.random });
  }
  if (folder === undefined) return { inbox: undefined, feeds: watched };
  const { makeInbox } = await import('./sources/inbox.ts');
  return { inbox: { path: folder, inbox: makeInbox(folder) }, feeds: watched };
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A server's limits are asked for when they are older. */
const LIMITS_MS = DAY_MS;
const LIMITS_TIMEOUT_MS = 5_000;

/** Asks each Mastodon server what it allows, now and then; without an answer what was known holds. */
async function refreshLimits({ places }: Config, log: Log, now: Date): Promise<void> {
  const accounts = places.filter((place) => place.kind === 'mastodon');
  const byServer = new Map(accounts.map(({ server, limits }) => [server, limits]));
  await Promise.all(
    [...byServer].map(async ([server, limits]) => {
      if (limits.ageMs(now) < LIMITS_MS) return;
      const { readMastodonLimits } = await import('./publishers/mastodon-limits.ts');
      try {
        limits.write(await readMastodonLimits(server, AbortSignal.timeout(LIMITS_TIMEOUT_MS)));
      } catch (error) {
        log.warn({ platform: 'mastodon', reason: describeError(error) }, 'limits.unread');
      }
    }),
  );
}

/** The name of who is signed in to this machine: for the record of who did what. */
function readActor(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // In a container the user may have no name.
  }
}

/** A worker on this machine whose process is gone, or whose process id is ours now, is dead. */
function isDead(owner: string, self: string): boolean {
  const [host, pid = ''] = owner.split('/');
  if (owner === self || host !== hostname()) return false;
  // In containers every first process is number 1, perhaps another container's.
  if (Number(pid) === process.pid) return process.pid !== 1;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
