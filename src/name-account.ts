import { sha256 } from './kit/ids.ts';
import type { BlueskyPlace, MastodonPlace } from './places.ts';

/** So many hexadecimal digits tell tokens apart, and tell nothing of them. */
const TOKEN_HASH = 16;

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
