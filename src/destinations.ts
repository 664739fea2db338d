import { join } from 'node:path';
import type { Config, DestinationName } from './config.ts';
import type { Database } from './database/open-database.ts';
import type { Destination } from './desk/desk.ts';
import { systemClock } from './kit/clock.ts';
import { sha256 } from './kit/ids.ts';
import type { Log } from './kit/log.ts';
import { makeSpending } from './outbox/spending.ts';
import type { FetchImage } from './publishers/images.ts';
import type { Publisher } from './publishers/publisher.ts';

/** A destination, and the way to publish there, which is loaded when it is first needed. */
type Place = { readonly destination: Destination; readonly make: () => Promise<Publisher> };

/** What publishers work with besides their accounts. */
export type PublisherTools = { readonly log: Log; readonly database: Database };

/** The places that are configured, the folder first. */
export function listDestinations(config: Config): Destination[] {
  return listPlaces(config).map(({ destination }) => destination);
}

/** A way to publish to each destination, by its key, made once. */
export function listPublishers(
  config: Config,
  tools: PublisherTools,
): Map<string, () => Promise<Publisher>> {
  return new Map(
    listPlaces(config, tools).map(({ destination, make }) => [destination.key, once(make)]),
  );
}

function listPlaces(config: Config, tools?: PublisherTools): Place[] {
  const { folder, bluesky, discord, mastodon, webhook, dataFolder } = config;
  const need = (): PublisherTools => {
    if (tools === undefined) throw new Error('a publisher was asked for without its tools');
    return tools;
  };
  const imageTools = async () => ({
    fetchImage: await makeFetchImage(config),
    log: need().log,
    now: systemClock.now,
  });
  const places: Place[] = [
    {
      destination: {
        ...describe('folder', 'folder', ['edit']),
        platform: folder.format,
        isLive: false,
      },
      make: async () => {
        const { makeFolderPublisher } = await import('./publishers/folder.ts');
        return makeFolderPublisher(folder.path);
      },
    },
  ];
  // A key names the account or channel: what was posted to one says nothing about another.
  if (bluesky) {
    const key = `bluesky/${bluesky.identifier}`;
    places.push({
      destination: { ...describe('bluesky', key, ['repost', 'reply']), platform: 'bluesky' },
      make: async () => {
        const { makeBlueskyPublisher } = await import('./publishers/bluesky.ts');
        const { makeSessionFile } = await import('./publishers/session-file.ts');
        const store = makeSessionFile(join(dataFolder, 'sessions', 'bluesky.json'), bluesky);
        const { database } = need();
        const spending = {
          writes: makeSpending(database, key),
          uploads: makeSpending(database, `${key} uploads`),
        };
        return makeBlueskyPublisher(bluesky, store, await imageTools(), spending);
      },
    });
  }
  if (discord) {
    const { channelId, crosspost, forumPer } = discord;
    places.push({
      destination: {
        ...describe('discord', `discord/${channelId}`, ['edit']),
        platform: 'discord',
      },
      make: async () => {
        const { makeDiscordPublisher } = await import('./publishers/discord.ts');
        const { makeDiscordRest } = await import('./publishers/discord-rest.ts');
        const rest = makeDiscordRest(discord);
        return makeDiscordPublisher({ channelId }, rest, { crosspost, forumPer });
      },
    });
  }
  if (mastodon) {
    places.push({
      destination: {
        ...describe('mastodon', `mastodon/${new URL(mastodon.server).host}`, ['edit']),
        platform: 'mastodon',
      },
      make: async () => {
        const { makeMastodonPublisher } = await import('./publishers/mastodon.ts');
        return makeMastodonPublisher(mastodon, { images: await imageTools() });
      },
    });
  }
  if (webhook) {
    places.push({
      destination: {
        ...describe('webhook', nameWebhook(webhook.url), ['edit']),
        platform: webhook.format,
      },
      make: async () => {
        const { makeWebhookPublisher } = await import('./publishers/webhook.ts');
        return makeWebhookPublisher(webhook, { now: systemClock.now });
      },
    });
  }
  return places;
}

function describe(
  name: DestinationName,
  key: string,
  corrections: Destination['corrections'],
): Omit<Destination, 'platform'> {
  return { name, key, corrections, isLive: true };
}

/** By its host and a hash of its path, which may be a secret. */
function nameWebhook(url: string): string {
  const { host, origin, pathname } = new URL(url);
  return `webhook/${host}/${sha256(origin + pathname).slice(0, 8)}`;
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
