import type { DeliveryState } from '../../src/database/tables.ts';
import { queuePost } from '../../src/desk/post.ts';
import type { Claim, Delivery, Outcome } from '../../src/outbox/delivery.ts';
import { makeIssue } from '../support/make-issue.ts';
import {
  BLUESKY,
  DISCORD,
  FOLDER,
  keep,
  makeTestDesk,
  type TestDesk,
} from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

/** The states of a delivery, and those that differ in what may be in place or what is asked for. */
export const STAGES = [
  'planned',
  'planned, tried',
  'held',
  'sending',
  'unknown',
  'sent',
  'refused',
  'refused whole',
  'cancelled',
  'cancelled, tried',
  'retracted',
  'to be retracted',
  'refused retraction',
] as const;
export type Stage = (typeof STAGES)[number];

export const NO_NOTE = { onSettled: (): void => {} };

const FAR = new Date('2026-11-24T09:00:00.000Z');

/** A desk whose issue #7 has been kept: papers Alpha and Beta, or as said. */
export async function makeDesk(
  parts: Parameters<typeof makeTestDesk>[1] = {},
  papers: readonly string[] = ['Alpha', 'Beta'],
): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase(), {
    scheduled: [FOLDER, BLUESKY, DISCORD],
    ...parts,
  });
  await keep(desk, makeIssue({ papers }));
  return desk;
}

/** Takes what is due next at the folder, as a worker elsewhere. */
export async function claim(desk: TestDesk): Promise<Claim> {
  const terms = { owner: 'elsewhere', now: desk.clock.now(), leaseMs: 90_000 };
  const claimed = await desk.outbox.claim({ ...terms, destinations: ['folder'] });
  if (claimed === undefined) throw new Error('there is nothing to claim');
  return claimed;
}

/** Brings the delivery of a paper to the folder to a stage. */
export async function bringTo(desk: TestDesk, stage: Stage): Promise<Delivery> {
  const { outbox, clock } = desk;
  const by = { actor: 'editor', now: clock.now() };
  const [posted] = await queuePost(desk, '7', { paper: 'alpha', to: 'folder' });
  const id = posted?.delivery.id ?? '';
  const settle = async (outcome: Outcome): Promise<void> => {
    await outbox.settle(await claim(desk), outcome, clock.now());
  };
  const refused = { kind: 'refused', reason: 'too long', remedy: 'Shorten it' } as const;
  const sent = { kind: 'sent', receipt: { posts: [{ id: 'a' }] } } as const;
  const steps: Record<Stage, () => Promise<unknown>> = {
    planned: async () => {},
    // What was refused may be there in part, also when a later attempt did nothing.
    'planned, tried': async () => {
      await settle(refused);
      await outbox.retry(id, by);
      await settle({ kind: 'unavailable', reason: 'offline', retryAt: FAR });
    },
    held: () => outbox.hold(id, by),
    sending: () => claim(desk),
    unknown: () => settle({ kind: 'unknown', reason: 'no answer', retryAt: FAR }),
    sent: () => settle(sent),
    refused: () => settle(refused),
    'refused whole': () => settle({ ...refused, isUnsent: true }),
    cancelled: () => outbox.cancel(id, by),
    'cancelled, tried': async () => {
      await settle(refused);
      await outbox.cancel(id, by);
    },
    retracted: async () => {
      await steps['to be retracted']();
      await settle({ kind: 'retracted' });
    },
    'to be retracted': async () => {
      await settle(sent);
      await outbox.retract(id, by);
    },
    'refused retraction': async () => {
      await steps['to be retracted']();
      await settle(refused);
    },
  };
  await steps[stage]();
  return (await outbox.read(id)) ?? fail();
}

function fail(): never {
  throw new Error('the delivery is gone');
}

/** "state" as the ledger has it, with its task where that is to take it back. */
export function tell({ state, task }: { state: DeliveryState; task: string }): string {
  return task === 'retract' && state !== 'retracted' ? `${state}, to take back` : state;
}
