import type { DeliveryState } from '../database/tables.ts';

/** A move that the ledger allows: from any of these states to that one. */
export type Move = { readonly from: readonly DeliveryState[]; readonly to: DeliveryState };

/** Deliveries in these states are still on their way: later ones of the destination wait. */
export const OPEN_STATES = ['planned', 'sending', 'unknown'] as const satisfies DeliveryState[];

/** All the others: they have come to an end, or wait for a person. */
export const OTHER_STATES = [
  'held',
  'sent',
  'refused',
  'cancelled',
  'retracted',
] as const satisfies Exclude<DeliveryState, (typeof OPEN_STATES)[number]>[];

/**
 * The state machine of a delivery, whole; every write of a state takes its move from here. A
 * delivery begins as `planned`, or as `held` where an editor holds its item. It is called `due` once
 * its time has come: a clock makes that true, so no row says it.
 *
 * A delivery that is taken back goes the same way again, from `planned`, with `retract` as its
 * task; `settled retracted` ends it.
 */
export const MOVES = {
  /** A worker takes what is due; or what another worker holds whose lease has run out. */
  claim: { from: OPEN_STATES, to: 'sending' },
  'settle sent': { from: ['sending'], to: 'sent' },
  'settle retracted': { from: ['sending'], to: 'retracted' },
  /** A person must act. */
  'settle refused': { from: ['sending'], to: 'refused' },
  /** Surely not sent: in line again, not before `retryAt`, unless an editor holds its item by then. */
  'settle unavailable': { from: ['sending'], to: 'planned' },
  /** Sent or not: looked up by the next claim, not before `retryAt`. */
  'settle unknown': { from: ['sending'], to: 'unknown' },
  /** The ledger was restored, and does not know what was posted since: everything is looked up. */
  doubt: { from: OPEN_STATES, to: 'unknown' },
  /** What an edit or a repost was put in the place of; also where it was to be taken back. */
  replace: { from: ['sent', 'planned', 'refused'], to: 'retracted' },
  hold: { from: ['planned'], to: 'held' },
  release: { from: ['held'], to: 'planned' },
  cancel: { from: ['planned', 'held', 'refused'], to: 'cancelled' },
  retry: { from: ['refused', 'cancelled', 'retracted'], to: 'planned' },
  /** What would be in line again, but that an editor holds its item: it is once that is released. */
  keep: { from: ['sending', 'unknown', 'refused', 'cancelled', 'retracted'], to: 'held' },
  /** A person has looked, and vouches for it: it is in place, */
  'resolve sent': { from: ['unknown', 'refused'], to: 'sent' },
  /** or it is not, and is sent without another look; */
  'resolve not sent': { from: ['unknown', 'refused'], to: 'planned' },
  /** or it was to be taken back, and is gone. */
  'resolve gone': { from: ['planned', 'refused'], to: 'retracted' },
  retract: { from: ['sent', 'unknown', 'refused', 'cancelled', 'held'], to: 'planned' },
  /** Written anew, when nothing of it can be in place; what is held stays so. */
  rerender: { from: ['planned', 'cancelled', 'refused', 'retracted'], to: 'planned' },
} as const satisfies Readonly<Record<string, Move>>;

export type Verb = keyof typeof MOVES;

/** The state as people are told it: `due` is what is planned for a time that has come. */
export function tellState(
  { state, dueAt }: { readonly state: DeliveryState; readonly dueAt: Date },
  now: Date,
): DeliveryState | 'due' {
  return state === 'planned' && dueAt <= now ? 'due' : state;
}
