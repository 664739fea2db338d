import type { Draft } from '../../formatters/draft.ts';
import type { DeliveryState } from '../database/tables.ts';
import type { Receipt } from './receipt.ts';

/** A draft due at a time for one destination. */
export type Delivery = {
  readonly id: string;
  readonly issue: number;
  readonly item: string;
  readonly revision: number;
  readonly destination: string;
  readonly title: string;
  readonly draft: Draft;
  readonly state: DeliveryState;
  readonly dueAt: Date;
  readonly retryAt: Date | undefined;
  readonly queuedAt: Date;
  /** When it was first claimed: what record keys and `createdAt` are derived from. */
  readonly firstAttemptAt: Date | undefined;
  readonly attempts: number;
  readonly settledAt: Date | undefined;
  readonly receipt: Receipt | undefined;
  /** Why it is not sent (yet), and what a person can do about it. */
  readonly reason: string | undefined;
  readonly remedy: string | undefined;
};

/** What is needed to queue a delivery. */
export type NewDelivery = {
  readonly issue: number;
  readonly item: string;
  readonly revision: number;
  readonly destination: string;
  readonly title: string;
  readonly draft: Draft;
  readonly dueAt: Date;
};

/** A delivery that this worker holds until `leaseUntil`. Only the latest claim can settle it. */
export type Claim = {
  readonly delivery: Delivery & { readonly firstAttemptAt: Date };
  readonly owner: string;
  readonly fence: number;
  readonly attempt: number;
};

/** What became of an attempt, as the ledger records it. */
export type Outcome =
  | { readonly kind: 'sent'; readonly receipt: Receipt }
  | { readonly kind: 'refused'; readonly reason: string; readonly remedy: string }
  | { readonly kind: 'unavailable'; readonly retryAt: Date; readonly reason: string }
  | { readonly kind: 'unknown'; readonly retryAt: Date; readonly reason: string };
