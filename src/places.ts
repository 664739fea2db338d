import { join, resolve } from 'node:path';
import type { Platform } from '../formatters/draft.ts';
import { type DestinationName, KINDS, type Kind, readKind } from './destination-names.ts';
import type { OwnSettings } from './destination-settings.ts';
import { type KnownLimits, makeKnownLimits } from './known-limits.ts';
import {
  nameVariable,
  requireFor,
  requireOther,
  requirePair,
  type VariableName,
  type VariableSource,
} from './variables.ts';

export type FolderPlace = Named<'folder'> & { readonly path: string; readonly format: Platform };
export type BlueskyPlace = Named<'bluesky'> & {
  readonly service: string;
  readonly identifier: string;
  readonly appPassword: string;
};
export type DiscordPlace = Named<'discord'> & {
  readonly channelId: string;
  /** In an announcement channel: each message is published to the servers that follow it. */
  readonly crosspost: boolean;
  /** In a forum: a post for each paper, or one for each issue with its papers inside. */
  readonly forumPer: 'paper' | 'issue';
  /** The tag of a forum that demands one, for what has none of its topics. */
  readonly forumTag?: string | undefined;
};
export type MastodonPlace = Named<'mastodon'> & {
  readonly server: string;
  readonly accessToken: string;
  readonly limits: KnownLimits;
};
export type WebhookPlace = Named<'webhook'> & {
  readonly url: string;
  readonly secret: string;
  readonly format: Platform;
};

/** Where to post, as it is configured: a destination before anybody was asked whose it is. */
export type PlaceSetting = FolderPlace | BlueskyPlace | DiscordPlace | MastodonPlace | WebhookPlace;

type Named<K extends Kind> = { readonly kind: K; readonly name: DestinationName };

/** What holds for all destinations of a kind, and what for one of them. */
export type PlaceSources = {
  /** Where relative paths begin. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly sections: {
    readonly folder: Pick<FolderPlace, 'format'> & { readonly path?: string | undefined };
    readonly discord: Pick<DiscordPlace, 'crosspost' | 'forumPer' | 'forumTag'>;
    readonly webhook: Pick<WebhookPlace, 'format'>;
  };
  readonly own: ReadonlyMap<DestinationName, OwnSettings>;
  readonly source: VariableSource;
};

/**
 * The places that are configured: the folder, the first of each other kind whose variables are set,
 * and the further ones of `destinations`, which need theirs. What is missing, and a place that has
 * two names, is added to `problems`, one line each.
 */
export function readPlaces(sources: PlaceSources, problems: string[]): PlaceSetting[] {
  const further = [...sources.own.keys()].filter((name) => readKind(name) !== name);
  const places: PlaceSetting[] = [];
  for (const name of [...KINDS, ...further]) {
    const place = readPlace(sources, name, problems);
    if (place === undefined) continue;
    const same = identify(place);
    const twin = places.find((one) => one.kind === place.kind && identify(one) === same);
    if (twin === undefined) places.push(place);
    else problems.push(describeTwins(twin, place));
  }
  return places;
}

function readPlace(
  sources: PlaceSources,
  name: DestinationName,
  problems: string[],
): PlaceSetting | undefined {
  const { sections, own, source } = sources;
  const kind = readKind(name);
  const { path, format, crosspost, forumPer, forumTag } = own.get(name) ?? {};
  const read = source.readFor(name);
  // The first of a kind is there if its variables are; a further one is asked for.
  const isFirst = kind === name;
  const demand = (first: VariableName, second: VariableName): void => {
    if (isFirst) requirePair(read, first, second, problems);
    if (isFirst) return;
    const asking = `destinations.${name} in paperboy.yaml`;
    for (const one of [first, second]) requireFor(read, one, asking, problems, name);
  };
  switch (kind) {
    case 'folder':
      return {
        kind,
        name,
        path: resolve(sources.folder, path ?? chooseFolder(sources, name)),
        format: format ?? sections.folder.format,
      };
    case 'bluesky': {
      demand('BLUESKY_IDENTIFIER', 'BLUESKY_APP_PASSWORD');
      const { BLUESKY_IDENTIFIER: identifier, BLUESKY_APP_PASSWORD: appPassword } = read;
      if (identifier === undefined || appPassword === undefined) return undefined;
      const service = read.BLUESKY_SERVICE ?? 'https://bsky.social';
      return { kind, name, service, identifier, appPassword };
    }
    case 'discord': {
      // A token alone is a bot that answers.
      if (isFirst) requireOther(read, 'DISCORD_CHANNEL_ID', 'DISCORD_TOKEN', problems);
      else demand('DISCORD_CHANNEL_ID', 'DISCORD_TOKEN');
      const { DISCORD_CHANNEL_ID: channelId, DISCORD_TOKEN: token } = read;
      if (channelId === undefined || token === undefined) return undefined;
      const all = sections.discord;
      const tag = forumTag ?? all.forumTag;
      return {
        kind,
        name,
        channelId,
        crosspost: crosspost ?? all.crosspost,
        forumPer: forumPer ?? all.forumPer,
        ...(tag === undefined ? {} : { forumTag: tag }),
      };
    }
    case 'mastodon': {
      demand('MASTODON_SERVER', 'MASTODON_ACCESS_TOKEN');
      const { MASTODON_SERVER: server, MASTODON_ACCESS_TOKEN: accessToken } = read;
      if (server === undefined || accessToken === undefined) return undefined;
      const limits = makeKnownLimits(sources.dataFolder, server);
      return { kind, name, server, accessToken, limits };
    }
    case 'webhook': {
      demand('WEBHOOK_URL', 'WEBHOOK_SECRET');
      const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = read;
      if (url === undefined || secret === undefined) return undefined;
      return { kind, name, url, secret, format: format ?? sections.webhook.format };
    }
    case undefined:
      return undefined;
  }
}

/** `posts` in the data folder; of `folder-x` its own beside it, `posts-x`. */
function chooseFolder({ sections, dataFolder }: PlaceSources, name: DestinationName): string {
  if (name === 'folder') return sections.folder.path ?? join(dataFolder, 'posts');
  return join(dataFolder, name.replace('folder', 'posts'));
}

/** What two names of one place have in common. */
function identify(place: PlaceSetting): string {
  switch (place.kind) {
    case 'folder':
      return place.path;
    case 'bluesky':
      return `${place.service} ${place.identifier.toLowerCase()}`;
    case 'discord':
      return place.channelId;
    case 'mastodon':
      return `${place.server} ${place.accessToken}`;
    case 'webhook': {
      // The ledger knows a webhook by these.
      const { origin, pathname } = new URL(place.url);
      return origin + pathname;
    }
  }
}

/** What to change so that two names are two places. */
const TELLING = {
  folder: ['folder', 'path'],
  bluesky: ['account', 'BLUESKY_IDENTIFIER'],
  discord: ['channel', 'DISCORD_CHANNEL_ID'],
  mastodon: ['account', 'MASTODON_ACCESS_TOKEN'],
  webhook: ['address', 'WEBHOOK_URL'],
} as const;

function describeTwins(first: PlaceSetting, { kind, name }: PlaceSetting): string {
  const [noun, setting] = TELLING[kind];
  const where = setting === 'path' ? `destinations.${name}.path` : nameVariable(setting, name);
  return `destinations.${name} in paperboy.yaml is the same ${noun} as ${first.name}: give it one of its own in ${where}, or take it out`;
}
