import type { Action, Delivery, PastAttempt } from '../outbox/delivery.ts';
import type { Desk } from './desk.ts';

/** Something that happened to a delivery. */
export type Happening =
  | { readonly kind: 'queued'; readonly at: Date }
  | { readonly kind: 'attempt'; readonly at: Date; readonly attempt: PastAttempt }
  | { readonly kind: 'action'; readonly at: Date; readonly action: Action };

/** A delivery's whole life, in order of time. */
export type History = {
  readonly delivery: Delivery;
  readonly happenings: readonly Happening[];
  /** What it corrects or answers. */
  readonly corrects: Delivery | undefined;
  /** What corrects or answers it, the oldest first. */
  readonly correctedBy: readonly Delivery[];
};

/** Everything that is known of a delivery. */
export async function readHistory(
  { outbox }: Pick<Desk, 'outbox'>,
  delivery: Delivery,
): Promise<History> {
  const { id, issue, destination, queuedAt, replaces } = delivery;
  const { attempts, actions } = await outbox.readHistory(id);
  const all = await outbox.list({ issue, destination, isEarliestFirst: true });
  const happenings: Happening[] = [
    { kind: 'queued', at: queuedAt },
    ...actions.map((action) => ({ kind: 'action', at: action.at, action }) as const),
    ...attempts.map((attempt) => ({ kind: 'attempt', at: attempt.startedAt, attempt }) as const),
  ];
  return {
    delivery,
    // The sort is stable: of the same instant a person's act comes before the attempt.
    happenings: happenings.sort((a, b) => a.at.getTime() - b.at.getTime()),
    corrects: all.find((other) => other.id === replaces?.id),
    correctedBy: all.filter((other) => other.replaces?.id === id),
  };
}
