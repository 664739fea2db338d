import type { DeliveryState } from '../database/tables.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Desk, Destination } from './desk.ts';

/**
 * A place of the ledger that is not configured: its channel, address or account was changed for
 * another, or removed. Nobody sends what waits there.
 */
export type Orphan = {
  readonly key: string;
  /** What has not come to an end there, the earliest due first. */
  readonly waiting: readonly Delivery[];
};

/** The states of what has not come to an end: sent, taken back or cancelled. */
export const WAITING_STATES = [
  'planned',
  'held',
  'sending',
  'unknown',
  'refused',
] as const satisfies DeliveryState[];

/** The places that nobody serves and where something waits, by their keys. */
export async function listOrphans(
  desk: Pick<Desk, 'outbox' | 'destinations' | 'absent'>,
): Promise<Orphan[]> {
  const waiting = await desk.outbox.list({ states: WAITING_STATES, isEarliestFirst: true });
  return [...Map.groupBy(waiting, ({ destination }) => destination)]
    .filter(([key]) => isOrphaned(desk, key))
    .map(([key, deliveries]) => ({ key, waiting: deliveries }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * The platform that a place of the ledger is on, by its key; or a destination, by its name, which is
 * the platform's or begins with it and a hyphen.
 */
export function namePlatform(keyOrName: string): string {
  return keyOrName.split(/[/-]/)[0] ?? keyOrName;
}

/** True where nobody will send what is queued for a place unless it is configured again. */
export function isOrphaned(desk: Pick<Desk, 'destinations' | 'absent'>, key: string): boolean {
  if (isServed(desk, key)) return false;
  // It may be the account of one that could not be asked.
  return !(desk.absent ?? []).some(({ name }) => namePlatform(name) === namePlatform(key));
}

/** True where somebody sends what is queued for a place. */
export function isServed({ destinations }: Pick<Desk, 'destinations'>, key: string): boolean {
  return destinations.some((destination) => destination.key === key);
}

/** The destinations of the configuration that are on the platform of a place. */
export function listHomes(
  { destinations }: Pick<Desk, 'destinations'>,
  key: string,
): readonly Destination[] {
  const platform = namePlatform(key);
  return destinations.filter(
    ({ name, isFollowed }) => !isFollowed && namePlatform(name) === platform,
  );
}

/** The command that brings what waits at a place to the destination of its platform. */
export function nameMove(desk: Pick<Desk, 'destinations'>, key: string): string {
  const [only, ...others] = listHomes(desk, key);
  // Which of several a person means, nobody else can tell.
  const to = only === undefined || others.length > 0 ? 'DESTINATION' : only.name;
  return `paperboy move --from ${key} --to ${to}`;
}
