import type { Destination } from '../desk/desk.ts';
import { namePlatform } from '../desk/orphans.ts';

const PLATFORMS = ['bluesky', 'discord', 'mastodon', 'webhook', 'folder'] as const;

/** Where a delivery goes, as metrics tell it. There are as many as are configured, and two more. */
export type PlaceLabels = {
  /** The configured name; `followed` for all the channels that are followed, `unserved` for the rest. */
  readonly destination: string;
  /** What is posted to, rather than the form that posts have there. */
  readonly platform: (typeof PLATFORMS)[number] | 'other';
};

/** No destination that is configured can be called so: names begin with a platform's. */
export const FOLLOWED = 'followed';
export const UNSERVED = 'unserved';

const MOST_CHARACTERS = 100;

/** Tells the labels of a place of the ledger by its key. Channels are thousands: they share theirs. */
export function makePlaceLabels(
  destinations: readonly Pick<Destination, 'key' | 'name' | 'isFollowed'>[],
): (key: string) => PlaceLabels {
  const names = new Map(
    destinations.map(({ key, name, isFollowed }) => [
      key,
      isFollowed ? FOLLOWED : cleanLabel(name),
    ]),
  );
  return (key) => ({ destination: names.get(key) ?? UNSERVED, platform: tellPlatform(key) });
}

export function tellPlatform(key: string): PlaceLabels['platform'] {
  const begins = namePlatform(key);
  return PLATFORMS.find((platform) => platform === begins) ?? 'other';
}

/**
 * A value that every reader of metrics takes. What UTF-8 cannot say, and what ends a line for some,
 * is replaced; the exposition escapes the rest.
 *
 * prom-client tells series apart by their labels strung together. A series may have one such value:
 * its other labels are words of ours, so no two series are strung into the same.
 */
export function cleanLabel(value: string): string {
  return [...value.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')]
    .slice(0, MOST_CHARACTERS)
    .join('');
}
