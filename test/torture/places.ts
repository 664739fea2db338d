import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { startFakeMastodon } from '../fakes/mastodon/server.ts';
import { startPds } from '../pds/start.ts';
import type { VenueKind } from './venue.ts';
import { makeBlueskyKinds } from './venues/bluesky.ts';
import { makeDiscordKinds } from './venues/discord.ts';
import { folderKind } from './venues/folder.ts';
import { makeMastodonKinds } from './venues/mastodon.ts';
import { webhookKind } from './venues/webhook.ts';

/** Every kind of place that there is to post to. */
export type Places = {
  readonly kinds: readonly VenueKind[];
  /** Where it is killed at random: the first half of the kills goes to Bluesky. */
  readonly random: {
    readonly bluesky: readonly VenueKind[];
    readonly discord: readonly VenueKind[];
  };
  close(): Promise<void>;
};

/**
 * Starts the platforms. The Discord of the matrix remembers no nonce, so that the look at what is in
 * place must do without; the one for random kills does, and one of its places has rate limits.
 */
export async function openPlaces(accounts: number): Promise<Places> {
  const openApiPath = specPath;
  const pds = await startPds({ accounts });
  const forgetful = await startFakeDiscord({ openApiPath, rateLimits: false, nonceWindowMs: 0 });
  const discord = await startFakeDiscord({ openApiPath, rateLimits: false });
  const createMessage = { limit: 5, windowMs: 1_000 };
  const limited = await startFakeDiscord({ openApiPath, rateLimits: { createMessage } });
  const mastodon = await startFakeMastodon({ rateLimits: false });
  const bluesky = makeBlueskyKinds(pds);
  const kinds = [
    folderKind,
    ...bluesky,
    ...makeDiscordKinds(forgetful),
    ...makeMastodonKinds(mastodon),
    webhookKind,
  ];
  return {
    kinds,
    random: {
      bluesky: bluesky.slice(0, 1),
      discord: [...makeDiscordKinds(discord).slice(0, 1), ...makeDiscordKinds(limited).slice(0, 1)],
    },
    close: async () => {
      await Promise.all([pds, forgetful, discord, limited, mastodon].map((one) => one.close()));
    },
  };
}
