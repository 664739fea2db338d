import type { DeliveryState } from '../database/tables.ts';
import type { Outcome } from './delivery.ts';

/**
 * The state machine of a delivery, whole:
 *
 * | from | by | to |
 * | --- | --- | --- |
 * | (nothing) | queue | planned |
 * | planned, unknown | claim, once due | sending |
 * | sending whose lease ran out | claim | sending |
 * | sending | settle: sent | sent |
 * | sending | settle: refused | refused |
 * | sending | settle: unavailable | planned, not before `retryAt` |
 * | sending | settle: unknown | unknown, not before `retryAt` |
 * | refused | requeue, by a person | planned |
 * | planned, never attempted | rerender, by a person or a newer revision | planned, perhaps under another id, at another time |
 */
export const STATE_AFTER: Readonly<Record<Outcome['kind'], DeliveryState>> = {
  sent: 'sent',
  refused: 'refused',
  unavailable: 'planned',
  unknown: 'unknown',
};

/** Deliveries in these states are still on their way: later ones of the destination wait. */
export const OPEN_STATES = ['planned', 'sending', 'unknown'] as const satisfies DeliveryState[];
