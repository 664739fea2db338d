import type { Config } from './config.ts';
import type { Destination } from './desk/desk.ts';
import type { DestinationName } from './destination-names.ts';
import { once } from './kit/once.ts';
import { type Missing, openPlace, type Place, type PublisherTools } from './open-place.ts';
import { withOwnVariables } from './own-variables.ts';
import type { RateGate } from './publishers/mastodon-rates.ts';
import type { Publisher } from './publishers/publisher.ts';

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
  const opened = await Promise.all(config.places.map((place) => openPlace(place, config, tools)));
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

/** Two names for one account would post everything to it twice, or one of them nothing. */
function describeTwin(name: DestinationName, first: DestinationName): Missing {
  return {
    name,
    code: 'account.refused',
    reason: `it is the same account as ${first}`,
    remedy: `Give ${name} the variables of another account, or take it out of destinations in paperboy.yaml`,
  };
}
