import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Database } from './database/open-database.ts';
import type { Destination } from './desk/desk.ts';
import { systemClock } from './kit/clock.ts';
import { describeError } from './kit/errors.ts';
import { sha256 } from './kit/ids.ts';
import type { Log } from './kit/log.ts';
import { once } from './kit/once.ts';
import type { ServerLimits } from './known-limits.ts';
import { makeAccounts } from './outbox/accounts.ts';
import { makeSpending } from './outbox/spending.ts';
import type { SessionStore } from './publishers/bluesky-session.ts';
import type { DiscordRest } from './publishers/discord-rest.ts';
import type { ImageTools } from './publishers/gather-images.ts';
import type { FetchImage } from './publishers/images.ts';
import { meetAccount, type Unmet } from './publishers/meet-account.ts';
import type { Publisher } from './publishers/publisher.ts';

/** So many hexadecimal digits tell tokens apart, and tell nothing of them. */
const TOKEN_HASH = 16;

/** A destination, and the way to publish there, which is loaded when it is first needed. */
type Place = { readonly destination: Destination; readonly make: () => Promise<Publisher> };

/** A destination that is configured, of which nobody can tell which account it is. */
type Missing = { readonly name: string } & Unmet;

/** What publishers work with besides their accounts. */
export type PublisherTools = {
  readonly log: Log;
  readonly database: Database;
  /** One client for all channels of the bot: its pace is the bot’s. Undefined without a bot. */
  readonly openDiscordRest: (() => Promise<DiscordRest>) | undefined;
};

/** The places that are configured. */
export type Places = {
  /** The folder first. */
  readonly destinations: readonly Destination[];
  /** A way to publish to each destination, by its key, made once. */
  readonly publishers: ReadonlyMap<string, () => Promise<Publisher>>;
  readonly missing: readonly Missing[];
};

/**
 * The places that are configured. An account that was never posted to is asked who it is, as a name
 * or a token does not say; without an answer its destination is missing until the next start.
 */
export async function openPlaces(config: Config, tools: PublisherTools): Promise<Places> {
  const opened = await Promise.all([
    openFolder(config),
    openBluesky(config, tools),
    openDiscord(config, tools),
    openMastodon(config, tools),
    openWebhook(config),
  ]);
  const places = opened.filter((one) => one !== undefined && 'destination' in one);
  return {
    destinations: places.map(({ destination }) => destination),
    publishers: new Map(places.map(({ destination, make }) => [destination.key, once(make)])),
    missing: opened.filter((one) => one !== undefined && 'code' in one),
  };
}

function openFolder({ folder }: Config): Place {
  return {
    destination: {
      ...describe('folder', 'folder', ['edit']),
      platform: folder.format,
      isLive: false,
    },
    make: async () => {
      const { makeFolderPublisher } = await import('./publishers/folder.ts');
      return makeFolderPublisher(folder.path);
    },
  };
}

async function openBluesky(
  config: Config,
  tools: PublisherTools,
): Promise<Place | Missing | undefined> {
  const { bluesky, dataFolder } = config;
  if (bluesky === undefined) return undefined;
  const { database } = tools;
  const openStore = async (): Promise<SessionStore> => {
    const { makeSessionFile } = await import('./publishers/session-file.ts');
    return makeSessionFile(join(dataFolder, 'sessions', 'bluesky.json'), bluesky);
  };
  const alias = `bluesky ${bluesky.service} ${bluesky.identifier.toLowerCase()}`;
  const met = await meetAccount(makeAccounts(database), alias, bluesky.service, async (signal) => {
    const { askBlueskyAccount } = await import('./publishers/bluesky-account.ts');
    return askBlueskyAccount(bluesky, await openStore(), signal);
  });
  if ('code' in met) return { name: 'bluesky', ...met };
  const key = met.destination;
  return {
    destination: { ...describe('bluesky', key, ['repost', 'reply']), platform: 'bluesky' },
    make: async () => {
      const { makeBlueskyPublisher } = await import('./publishers/bluesky.ts');
      const spending = {
        writes: makeSpending(database, key),
        uploads: makeSpending(database, `${key} uploads`),
      };
      const account = { ...bluesky, accountId: met.id };
      const images = makeImageTools(config, tools);
      return makeBlueskyPublisher(account, await openStore(), await images, spending);
    },
  };
}

function openDiscord({ discord }: Config, { openDiscordRest }: PublisherTools): Place | undefined {
  if (discord === undefined || openDiscordRest === undefined) return undefined;
  const { channelId, crosspost, forumPer, forumTag } = discord;
  return {
    destination: {
      ...describe('discord', `discord/${channelId}`, ['edit']),
      platform: 'discord',
    },
    make: async () => {
      const { makeDiscordPublisher } = await import('./publishers/discord.ts');
      const options = { crosspost, forumPer, forumTag };
      return makeDiscordPublisher({ channelId }, await openDiscordRest(), options);
    },
  };
}

async function openMastodon(
  config: Config,
  tools: PublisherTools,
): Promise<Place | Missing | undefined> {
  const { mastodon } = config;
  if (mastodon === undefined) return undefined;
  const { server, accessToken, limits } = mastodon;
  // The token is a secret: of it, a hash is kept.
  const alias = `mastodon ${server} ${sha256(accessToken).slice(0, TOKEN_HASH)}`;
  const met = await meetAccount(makeAccounts(tools.database), alias, server, async (signal) => {
    const { askMastodonAccount } = await import('./publishers/mastodon-account.ts');
    return askMastodonAccount(mastodon, systemClock.now, signal);
  });
  if ('code' in met) return { name: 'mastodon', ...met };
  return {
    destination: { ...describe('mastodon', met.destination, ['edit']), platform: 'mastodon' },
    make: async () => {
      const { makeMastodonPublisher } = await import('./publishers/mastodon.ts');
      const account = { server, accessToken, accountId: met.id };
      const images = await makeImageTools(config, tools);
      const onLimits = (read: ServerLimits): void => {
        try {
          limits.write(read);
        } catch (error) {
          // They are asked for again; a post need not wait for that.
          tools.log.warn(
            { platform: 'mastodon', reason: describeError(error) },
            'limits.unwritten',
          );
        }
      };
      return makeMastodonPublisher(account, { images, onLimits });
    },
  };
}

function openWebhook({ webhook }: Config): Place | undefined {
  if (webhook === undefined) return undefined;
  return {
    destination: {
      ...describe('webhook', nameWebhook(webhook.url), ['edit']),
      platform: webhook.format,
    },
    make: async () => {
      const { makeWebhookPublisher } = await import('./publishers/webhook.ts');
      return makeWebhookPublisher(webhook, { now: systemClock.now });
    },
  };
}

function describe(
  name: string,
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

async function makeImageTools(config: Config, { log }: PublisherTools): Promise<ImageTools> {
  return { fetchImage: await makeFetchImage(config), log, now: systemClock.now };
}

async function makeFetchImage({ fetch: { allow } }: Config): Promise<FetchImage> {
  const { makeGuardedFetch } = await import('./sources/fetch-guarded.ts');
  const fetch = makeGuardedFetch({ allow, now: systemClock.now, timeoutMs: 15_000 });
  return async (url, signal) => {
    const answer = await fetch(url, { signal });
    return answer.kind === 'unchanged' ? { kind: 'refused', reason: 'no image came' } : answer;
  };
}
