import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Database } from './database/open-database.ts';
import type { Destination } from './desk/desk.ts';
import type { DestinationName } from './destination-names.ts';
import { systemClock } from './kit/clock.ts';
import { describeError } from './kit/errors.ts';
import type { Log } from './kit/log.ts';
import type { ServerLimits } from './known-limits.ts';
import { nameAlias, nameWebhook } from './name-account.ts';
import { makeAccounts } from './outbox/accounts.ts';
import { makeSpending } from './outbox/spending.ts';
import { nameOwnVariables } from './own-variables.ts';
import type {
  BlueskyPlace,
  DiscordPlace,
  FolderPlace,
  MastodonPlace,
  PlaceSetting,
  WebhookPlace,
} from './places.ts';
import type { SessionStore } from './publishers/bluesky-session.ts';
import type { DiscordRest } from './publishers/discord-rest.ts';
import type { ImageTools } from './publishers/gather-images.ts';
import type { FetchImage } from './publishers/images.ts';
import { makeRateGate, type RateGate } from './publishers/mastodon-rates.ts';
import { meetAccount, type Unmet } from './publishers/meet-account.ts';
import type { Publisher } from './publishers/publisher.ts';

/** A destination, and the way to publish there, which is loaded when it is first needed. */
export type Place = {
  readonly destination: Destination;
  readonly make: () => Promise<Publisher>;
  readonly rates?: RateGate;
};

/** A destination that is configured, of which nobody can tell which account it is. */
export type Missing = { readonly name: DestinationName } & Unmet;

/** What publishers work with besides their accounts. */
export type PublisherTools = {
  readonly log: Log;
  readonly database: Database;
  /** One client for all channels of the bot: its pace is the bot’s. Undefined without a bot. */
  readonly openDiscordRest: (() => Promise<DiscordRest>) | undefined;
};

/**
 * Opens a place that is configured. Undefined for a channel without a bot. An account that was never
 * posted to is asked who it is; without an answer it is missing.
 */
export function openPlace(
  place: PlaceSetting,
  config: Config,
  tools: PublisherTools,
): Place | Promise<Place | Missing> | undefined {
  switch (place.kind) {
    case 'folder':
      return openFolder(place);
    case 'bluesky':
      return openBluesky(place, config, tools);
    case 'discord':
      return tools.openDiscordRest && openDiscord(place, tools.openDiscordRest);
    case 'mastodon':
      return openMastodon(place, config, tools);
    case 'webhook':
      return openWebhook(place);
  }
}

/** The ledger knows a folder by its name, `folder` or `folder/de`, wherever it is moved. */
function openFolder({ name, path, format }: FolderPlace): Place {
  return {
    destination: {
      ...describe(name, name.replace('-', '/'), ['edit']),
      platform: format,
      isLive: false,
    },
    make: async () => {
      const { makeFolderPublisher } = await import('./publishers/folder.ts');
      return makeFolderPublisher(path);
    },
  };
}

async function openBluesky(
  place: BlueskyPlace,
  config: Config,
  tools: PublisherTools,
): Promise<Place | Missing> {
  const { name, service, identifier, appPassword } = place;
  const login = { service, identifier, appPassword };
  const { database } = tools;
  const openStore = async (): Promise<SessionStore> => {
    const { makeSessionFile } = await import('./publishers/session-file.ts');
    return makeSessionFile(join(config.dataFolder, 'sessions', `${name}.json`), login);
  };
  const alias = nameAlias(place);
  const met = await meetAccount(makeAccounts(database), alias, service, async (signal) => {
    const { askBlueskyAccount } = await import('./publishers/bluesky-account.ts');
    return askBlueskyAccount(login, await openStore(), signal);
  });
  if ('code' in met) return tellMissing(name, met);
  const key = met.destination;
  return {
    destination: { ...describe(name, key, ['repost', 'reply']), platform: 'bluesky' },
    make: async () => {
      const { makeBlueskyPublisher } = await import('./publishers/bluesky.ts');
      const spending = {
        writes: makeSpending(database, key),
        uploads: makeSpending(database, `${key} uploads`),
      };
      const account = { ...login, accountId: met.id };
      const images = makeImageTools(config, tools);
      return makeBlueskyPublisher(account, await openStore(), await images, spending);
    },
  };
}

function openDiscord(
  { name, channelId, crosspost, forumPer, forumTag }: DiscordPlace,
  openRest: () => Promise<DiscordRest>,
): Place {
  return {
    destination: { ...describe(name, `discord/${channelId}`, ['edit']), platform: 'discord' },
    make: async () => {
      const { makeDiscordPublisher } = await import('./publishers/discord.ts');
      const options = { crosspost, forumPer, forumTag };
      return makeDiscordPublisher({ channelId }, await openRest(), options);
    },
  };
}

async function openMastodon(
  place: MastodonPlace,
  config: Config,
  tools: PublisherTools,
): Promise<Place | Missing> {
  const { name, server, accessToken, limits } = place;
  const alias = nameAlias(place);
  const met = await meetAccount(makeAccounts(tools.database), alias, server, async (signal) => {
    const { askMastodonAccount } = await import('./publishers/mastodon-account.ts');
    return askMastodonAccount({ server, accessToken }, systemClock.now, signal);
  });
  if ('code' in met) return tellMissing(name, met);
  const rates = makeRateGate(systemClock.now);
  return {
    destination: { ...describe(name, met.destination, ['edit']), platform: 'mastodon' },
    rates,
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
      return makeMastodonPublisher(account, { images, onLimits, rates });
    },
  };
}

function openWebhook({ name, url, secret, format }: WebhookPlace): Place {
  return {
    destination: { ...describe(name, nameWebhook(url), ['edit']), platform: format },
    make: async () => {
      const { makeWebhookPublisher } = await import('./publishers/webhook.ts');
      return makeWebhookPublisher({ url, secret }, { now: systemClock.now });
    },
  };
}

function describe(
  name: DestinationName,
  key: string,
  corrections: Destination['corrections'],
): Omit<Destination, 'platform'> {
  return { name, key, corrections, isLive: true };
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

function tellMissing(name: DestinationName, unmet: Unmet): Missing {
  return { name, ...unmet, remedy: nameOwnVariables(unmet.remedy, name) };
}
