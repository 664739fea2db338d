import { PaperboyError } from '../kit/errors.ts';
import type { Desk, Destination } from './desk.ts';
import { findDestination } from './find-destination.ts';
import { isServed, listHomes, listOrphans, namePlatform } from './orphans.ts';

type LedgerDesk = Pick<Desk, 'outbox' | 'destinations'>;

/**
 * The key of the place that a person means: a whole key, or a part of one that no other has; of
 * those that are not configured first, as those are what one wants to move from. Throws
 * `place.not-found` and `place.ambiguous`.
 */
export async function findPlace(desk: LedgerDesk, text: string): Promise<string> {
  const all = await desk.outbox.list();
  const keys = [...new Set(all.map(({ destination }) => destination))].sort();
  if (keys.includes(text)) return text;
  const matching = keys.filter((key) => key.includes(text));
  const orphans = (await listOrphans(desk)).map(({ key }) => key);
  const choices = [
    matching.filter((key) => orphans.includes(key)),
    matching.filter((key) => !isServed(desk, key)),
    keys.filter((key) => key === desk.destinations.find(({ name }) => name === text)?.key),
    matching,
  ].find((some) => some.length > 0);
  const [only, ...others] = choices ?? [];
  if (only !== undefined && others.length === 0) return only;
  const isNone = only === undefined;
  throw new PaperboyError(
    isNone ? 'place.not-found' : 'place.ambiguous',
    isNone
      ? `Cannot find a place by “${text}” as nothing was queued for one like it`
      : `Cannot tell which place “${text}” is as ${matching.length} are like it`,
    keys.length === 0
      ? 'Nothing was queued for any place yet.'
      : `Name one of: ${(isNone ? keys : (choices ?? keys)).join(', ')}`,
  );
}

/**
 * Where what waits at a place is to go: the destination of that name, or the only one of the same
 * platform. Throws `destination.unknown`, `destination.unchosen` and `destination.same`.
 */
export function findNewHome(
  desk: Pick<Desk, 'destinations'>,
  from: string,
  to: string | undefined,
): Destination {
  const homes = to === undefined ? listHomes(desk, from) : [];
  if (homes.length > 1) {
    throw new PaperboyError(
      'destination.unchosen',
      `Cannot move from ${from} as it is not said where to, and ${homes.length} destinations are on its platform`,
      `Name one with --to: ${homes.map((home) => home.name).join(', ')}`,
    );
  }
  const name = to ?? homes[0]?.name ?? namePlatform(from);
  const found = findDestination(desk, name, 'move to');
  if (found.key !== from) return found;
  throw new PaperboyError(
    'destination.same',
    `Cannot move from ${from} to ${name} as that is the same place`,
    to === undefined
      ? 'Say where to with --to; or set the new channel, address or account first.'
      : 'Set the new channel, address or account first, or name another destination.',
  );
}
