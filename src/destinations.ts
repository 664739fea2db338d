import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Database } from './database/open-database.ts';
import type { Destination } from './desk/desk.ts';
import type { DestinationName } from './destination-names.ts';
import { systemClock } from './kit/clock.ts';
import { describeError } from './kit/errors.ts';
import { sha256 } from './kit/ids.ts';
import type { Log } from './kit/log.ts';
import { once } from './kit/once.ts';
import type { ServerLimits } from './known-limits.ts';
import { makeAccounts } from './outbox/accounts.ts';
import { makeSpending } from './outbox/spending.ts';
import { nameOwnVariables, withOwnVariables } from './own-variables.ts';
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

/** So many hexadecimal digits tell tokens apart, and tell nothing of them. */
const TOKEN_HASH = 16;

/** A destination, and the way to publish there, which is loaded when it is first needed. */
type Place = {
  readonly destination: Destination;
  readonly make: () => Promise<Publisher>;
  readonly rates?: RateGate;
};

/** A destination that is configured, of which nobody can tell which account it is. */
type Missing = { readonly name: DestinationName } & Unmet;

/** What publishers work with besides their accounts. */
export type PublisherTools = {
  readonly log: Log;
  readonly database: Database;
  /** One client for all channels of the bot: its pace is the bot’s. Undefined without a bot. */
  readonly openDiscordRest: (() => Promise<DiscordRest>) | undefined;
};

/** The places that are configured. */
export type Places = {
  /** In the order of the configuration. */
  readonly destinations: readonly Destination[];
  /** A way to publish to each destination, by its key, made once. */
  readonly publishers: ReadonlyMap<string, () => Promise<Publisher>>;
  /** What Mastodon's servers say of the rate limits of accounts, by the names of destinations. */
  readonly rates: ReadonlyMap<DestinationName, RateGate>;
  readonly missing: readonly Missing[];
};

/**
 * The places that are configured. An account that was never posted to is asked who it is, as a name
 * or a token does not say; without an answer its destination is missing until the next start, and
 * so is one that turns out to be the account of another destination.
 */
export async function openPlaces(config: Config, tools: PublisherTools): Promise<Places> {
  const opened = await Promise.all(config.places.map((place) => open(place, config, tools)));
  const places: Place[] = [];
  const missing: Missing[] = [];
  for (const one of opened) {
    if (one === undefined) continue;
    if ('code' in one) {
      missing.push(one);
      continue;
    }
    const { name, key } = one.destination;
    const twin = places.find(({ destination }) => destination.key === key);
    if (twin === undefined) places.push(one);
    else missing.push(describeTwin(name, twin.destination.name));
  }
  return {
    destinations: places.map(({ destination }) => destination),
    publishers: new Map(
      places.map(({ destination: { key, name }, make }) => [
        key,
        once(async () => withOwnVariables(await make(), name)),
      ]),
    ),
    rates: new Map(
      places.flatMap(({ destination, rates }) =>
        rates === undefined ? [] : [[destination.name, rates] as const],
      ),
    ),
    missing,
  };
}

function tellMissing(name: DestinationName, unmet: Unmet): Missing {
  return { name, ...unmet, remedy: nameOwnVariables(unmet.remedy, name) };
}

/** Two names for one account would post everything to it twice, or one of them nothing. */
function describeTwin(name: DestinationName, first: DestinationName): Missing {
  return {
    name,
    code: 'account.refused',
    reason: `it is the same account as ${first}`,
    remedy: `Give ${name} the variables of another account, or take it out of destinations in paperboy.yaml`,
  };
}

function open(
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

/** What the ledger knows an account by that is configured so. */
export function nameAlias(place: BlueskyPlace | MastodonPlace): string {
  if (place.kind === 'bluesky') {
    return `bluesky ${place.service} ${place.identifier.toLowerCase()}`;
  }
  // The token is a secret: of it, a hash is kept.
  return `mastodon ${place.server} ${sha256(place.accessToken).slice(0, TOKEN_HASH)}`;
}

/** By its host and a hash of its path, which may be a secret. */
export function nameWebhook(url: string): string {
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
