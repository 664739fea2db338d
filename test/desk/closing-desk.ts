import { approve } from '../../src/desk/approval/approve.ts';
import { planSlots } from '../../src/desk/plan/plan-slots.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { BLUESKY, type TestDesk } from '../support/make-test-desk.ts';
import { HOUR_MS, makeAsking } from './approval/asking-desk.ts';

/** A desk before a platform that takes nothing until it is opened. */
export type Closing = {
  readonly desk: TestDesk;
  readonly open: () => void;
  readonly close: () => void;
  /** What the platform got, as JSON. */
  readonly sent: () => string;
};

/** How the platform takes nothing; a refusal closes the destination. */
const REFUSALS = {
  refused: {
    kind: 'refused',
    reason: 'the token has expired',
    remedy: 'Renew it',
    isUnsent: true,
    isClosed: true,
  },
  unavailable: { kind: 'unavailable', cause: new Error('offline') },
  unknown: { kind: 'unknown', cause: new Error('no answer') },
} as const;

/** A desk that asks, whose first paper was approved and taken by the clock, and did not go out. */
export async function makeClosing({
  refusal = 'refused',
}: {
  readonly refusal?: keyof typeof REFUSALS;
} = {}): Promise<Closing> {
  let isOpen = false;
  const sent: string[] = [];
  const publisher: Publisher = {
    find: async () => ({ kind: 'absent' }),
    publish: async ({ draft }) => {
      if (!isOpen) return REFUSALS[refusal];
      sent.push(JSON.stringify(draft.posts));
      return { kind: 'sent', receipt: { posts: [{ id: 'a' }] } };
    },
    retract: async () => ({ kind: 'retracted' }),
  };
  const desk = await makeAsking({ scheduled: [BLUESKY], publisher });
  await planSlots(desk);
  await approve(desk, '7', {});
  desk.clock.advance(24 * HOUR_MS);
  await planSlots(desk);
  await desk.courier.deliverNext([BLUESKY.key]);
  const open = (): void => {
    isOpen = true;
  };
  const close = (): void => {
    isOpen = false;
  };
  return { desk, open, close, sent: () => sent.join('\n') };
}
