import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { makeArchive } from './archive/archive.ts';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './database/open-database.ts';
import { makeCourier } from './delivery/courier.ts';
import type { Desk, Destination, ReadingDesk } from './desk/desk.ts';
import type { WatchedFeed } from './desk/poll-feed.ts';
import { systemClock } from './kit/clock.ts';
import { type Log, makeLog } from './kit/log.ts';
import { makeOutbox } from './outbox/outbox.ts';
import type { FetchImage } from './publishers/images.ts';
import type { Publisher } from './publishers/publisher.ts';
import type { Inbox } from './sources/inbox.ts';

export type House = {
  readonly desk: Desk;
  readonly log: Log;
  /** Absolute paths: of the data, and of what the folder destination gets. */
  readonly folders: { readonly data: string; readonly posts: string };
  /** What the configuration says to watch. Its parts are loaded when it is asked for. */
  openSources(): Promise<HouseSources>;
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
  reading: ReadingDesk,
  logLevel: string,
): Promise<House> {
  const database = openDatabase(config.databaseFile);
  const log = await makeLog(logLevel);
  const outbox = makeOutbox(database);
  const worker = `${hostname()}/${process.pid}/${randomUUID()}`;
  await outbox.freeLeases((owner) => isDead(owner, worker), reading.clock.now());
  const destinations = listDestinations(config);
  const live = destinations.filter(({ isLive }) => isLive);
  const wanted = config.schedule.to ?? (live.length > 0 ? live : destinations).map((d) => d.name);
  const desk: Desk = {
    ...reading,
    archive: makeArchive(database, reading.archive),
    outbox,
    courier: makeCourier({
      outbox,
      publishers: listPublishers(config, log),
      clock: reading.clock,
      log,
      owner: worker,
      random: Math.random,
    }),
    destinations,
    scheduled: destinations.filter(({ name }) => wanted.some((want) => want === name)),
    schedule: config.schedule,
  };
  const folders = { data: config.dataFolder, posts: config.folder.path };
  const openSources = (): Promise<HouseSources> => makeSources(config, database);
  return { desk, log, folders, openSources, close: () => database.destroy() };
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

/** What was posted to one account or channel says nothing about another. */
const keyOf = {
  bluesky: ({ identifier }: NonNullable<Config['bluesky']>): string => `bluesky/${identifier}`,
  discord: ({ channelId }: NonNullable<Config['discord']>): string => `discord/${channelId}`,
};

function listDestinations({ folder, bluesky, discord }: Config): Destination[] {
  return [
    { name: 'folder', key: 'folder', platform: folder.format, isLive: false },
    ...(bluesky
      ? [
          {
            name: 'bluesky',
            key: keyOf.bluesky(bluesky),
            platform: 'bluesky',
            isLive: true,
          } as const,
        ]
      : []),
    ...(discord
      ? [
          {
            name: 'discord',
            key: keyOf.discord(discord),
            platform: 'discord',
            isLive: true,
          } as const,
        ]
      : []),
  ];
}

function listPublishers(config: Config, log: Log): Map<string, () => Promise<Publisher>> {
  const { folder, bluesky, discord, dataFolder } = config;
  const publishers = new Map<string, () => Promise<Publisher>>();
  publishers.set(
    'folder',
    once(async () => {
      const { makeFolderPublisher } = await import('./publishers/folder.ts');
      return makeFolderPublisher(folder.path);
    }),
  );
  if (bluesky) {
    publishers.set(
      keyOf.bluesky(bluesky),
      once(async () => {
        const { makeBlueskyPublisher } = await import('./publishers/bluesky.ts');
        const { makeSessionFile } = await import('./publishers/session-file.ts');
        const path = join(dataFolder, 'sessions', 'bluesky.json');
        const fetchImage = await makeFetchImage(config);
        const images = { fetchImage, log, now: systemClock.now };
        return makeBlueskyPublisher(bluesky, makeSessionFile(path, bluesky), images);
      }),
    );
  }
  if (discord) {
    publishers.set(
      keyOf.discord(discord),
      once(async () => {
        const { makeDiscordPublisher } = await import('./publishers/discord.ts');
        return makeDiscordPublisher(discord);
      }),
    );
  }
  return publishers;
}

async function makeFetchImage({ fetch: { allow } }: Config): Promise<FetchImage> {
  const { makeGuardedFetch } = await import('./sources/fetch-guarded.ts');
  const fetch = makeGuardedFetch({ allow, now: systemClock.now, timeoutMs: 15_000 });
  return async (url, signal) => {
    const answer = await fetch(url, { signal });
    return answer.kind === 'unchanged' ? { kind: 'refused', reason: 'no image came' } : answer;
  };
}

/** Makes a thing once; one that could not be made is tried again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
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
