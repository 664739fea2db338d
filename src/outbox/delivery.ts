import type { Draft } from '../../formatters/draft.ts';
import type { DeliveryState, Task } from '../database/tables.ts';
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
  /** To send it, or to take it back. */
  readonly task: Task;
  readonly dueAt: Date;
  readonly retryAt: Date | undefined;
  readonly queuedAt: Date;
  /** What record keys, nonces and timestamps are derived from. */
  readonly stampedAt: Date;
  /** Since when it is being tried. */
  readonly firstAttemptAt: Date | undefined;
  readonly attempts: number;
  /** True when it was tried since it was stamped: something may be in place. */
  readonly isTouched: boolean;
  readonly settledAt: Date | undefined;
  readonly receipt: Receipt | undefined;
  /** Why it is not sent (yet), and what a person can do about it. */
  readonly reason: string | undefined;
  readonly remedy: string | undefined;
  /** Set on a correction: what it takes the place of, or answers. */
  readonly replaces: Replacement | undefined;
};

/** How a correction comes into place; see `publishers/publisher.ts`. */
export type Replacement = { readonly id: string; readonly how: 'edit' | 'repost' | 'reply' };

/** What is needed to queue a delivery. */
export type NewDelivery = {
  readonly issue: number;
  readonly item: string;
  readonly revision: number;
  readonly destination: string;
  readonly title: string;
  readonly draft: Draft;
  readonly dueAt: Date;
  readonly replaces?: Replacement;
};

/** A delivery that this worker holds for the length of its lease. Only the latest claim can settle it. */
export type Claim = {
  readonly delivery: Delivery & { readonly firstAttemptAt: Date };
  readonly owner: string;
  readonly fence: number;
  readonly attempt: number;
  /** The same, counted since a person last let it be tried again. */
  readonly attemptOfRound: number;
  /** True when nothing was tried since it was stamped: there is nothing to look up. */
  readonly isFirst: boolean;
  /**
   * When the last attempt ended of which nobody knows what it did: what it sent may still arrive.
   * Undefined when every attempt since it was stamped surely did nothing.
   */
  readonly doubtfulSince: Date | undefined;
  /** What is in place of the delivery that this one corrects. */
  readonly replaced: Receipt | undefined;
  /** What is in place there of the same issue, but for this and what it corrects, oldest first. */
  readonly companions: readonly Receipt[];
};

/** What became of an attempt, as the ledger records it. */
export type Outcome =
  | { readonly kind: 'sent'; readonly receipt: Receipt }
  | { readonly kind: 'retracted' }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      readonly remedy: string;
      /** Nothing else is tried at the destination until a person has acted. */
      readonly isClosed?: true;
      /** This attempt surely put nothing in place. */
      readonly isUnsent?: true;
    }
  | { readonly kind: 'unavailable'; readonly retryAt: Date; readonly reason: string }
  | {
      readonly kind: 'unknown';
      readonly retryAt: Date;
      readonly reason: string;
      /** This attempt could not even look: the doubt is an earlier one's, and no younger for it. */
      readonly didNothing?: true;
    };

/** A try, as the ledger keeps it. */
export type PastAttempt = {
  readonly number: number;
  readonly task: Task;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  /** Undefined while it goes on, or when the worker died in it and nobody has noticed yet. */
  readonly outcome: Outcome['kind'] | undefined;
  readonly detail: string | undefined;
};

/** What a person did to a delivery. */
export type Action = {
  readonly at: Date;
  readonly verb: string;
  readonly actor: string;
  readonly note: string | undefined;
};

/** A destination that takes nothing until a person has acted. */
export type Pause = {
  readonly destination: string;
  readonly pausedAt: Date;
  readonly reason: string;
  readonly remedy: string;
};
