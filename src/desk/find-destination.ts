import { PaperboyError } from '../kit/errors.ts';
import type { AbsentDestination, Desk, Destination } from './desk.ts';

/**
 * Where the clock posts. Throws as `findDestination` does for one that is absent: the others would
 * get it, and nobody notice.
 */
export function listScheduled({ scheduled, absent = [] }: Desk): readonly Destination[] {
  const missing = absent.find(({ isScheduled }) => isScheduled);
  if (missing !== undefined) throw explainAbsent(missing);
  return scheduled;
}

/**
 * The destination of that name, for what is to be done there. Throws `destination.unknown`, and
 * `account.refused` or `account.unreachable` for one that is absent.
 */
export function findDestination(
  { destinations, absent = [] }: Pick<Desk, 'destinations' | 'absent'>,
  name: string,
  verb = 'post to',
): Destination {
  const found = destinations.find((destination) => destination.name === name);
  if (found !== undefined) return found;
  const missing = absent.find((destination) => destination.name === name);
  if (missing !== undefined) throw explainAbsent(missing);
  throw new PaperboyError(
    'destination.unknown',
    `Cannot ${verb} “${name}” as no such destination is configured`,
    `Name one of: ${destinations.map((destination) => destination.name).join(', ')}. Bluesky, Discord, Mastodon and a webhook appear once their variables are set.`,
  );
}

function explainAbsent({ name, code, reason, remedy }: AbsentDestination): PaperboyError {
  const message = `Cannot use ${name} as nobody can tell whose account it is: ${reason}`;
  return new PaperboyError(code, message, remedy);
}
