import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { pruneHistory } from '../../src/outbox/prune.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import {
  BY,
  CLOSED,
  LEASE_MS,
  later,
  NOW,
  REFUSED,
  SENT,
  UNSENT,
  unavailable,
  unknown,
} from '../support/make-outbox-tools.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
/** After everything below has happened. */
const AFTER = later(10 * DAY_MS);

test('what was sent loses its attempts and acts, and keeps its row and receipt', async () => {
  const { database } = makeTempDatabase();
  const outbox = makeOutbox(database);
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  await outbox.hold(delivery.id, BY);
  await outbox.release(delivery.id, BY);
  const terms = { owner: 'a', leaseMs: LEASE_MS, destinations: ['folder'] };
  const claim = await outbox.claim({ ...terms, now: NOW });
  if (claim !== undefined) await outbox.settle(claim, SENT, NOW);
  const before = await outbox.read(delivery.id);

  const early = await pruneHistory(database, NOW);
  const pruned = await pruneHistory(database, later(1));

  expect(early).toMatchObject({ attempts: 0, actions: 0 });
  expect(pruned).toMatchObject({ attempts: 1, actions: 2 });
  expect(await outbox.read(delivery.id)).toEqual(before);
  expect(await outbox.readHistory(delivery.id)).toEqual({ attempts: [], actions: [] });
});

test('decisions of an issue go together, and only when the last of them is old', async () => {
  const { database } = makeTempDatabase();
  const decide = (issue: number, number: number, at: Date) =>
    database
      .insertInto('decisions')
      .values({
        ...{ issue_number: issue, number, at: at.toISOString(), verb: 'approve', actor: 'ann' },
        ...{ item: null, note: null },
      })
      .execute();
  await decide(1, 1, NOW);
  await decide(1, 2, later(DAY_MS));
  await decide(2, 1, NOW);
  await decide(2, 2, later(3 * DAY_MS));

  const { decisions } = await pruneHistory(database, later(2 * DAY_MS));

  const left = await database.selectFrom('decisions').select(['issue_number', 'number']).execute();
  expect(decisions).toBe(2);
  expect(left.map((row) => Object.values(row))).toEqual([
    [2, 1],
    [2, 2],
  ]);
});

test('points that were spent are forgotten by their age', async () => {
  const { database } = makeTempDatabase();
  for (const at of [NOW, later(DAY_MS)]) {
    await database
      .insertInto('spending')
      .values({ account: 'bluesky/x', at: at.toISOString(), points: 3 })
      .execute();
  }

  const { spending } = await pruneHistory(database, later(HOUR_MS));

  expect(spending).toBe(1);
  expect(await database.selectFrom('spending').selectAll().execute()).toHaveLength(1);
});

test('more than one batch is worked off', async () => {
  const { database } = makeTempDatabase();
  const outbox = makeOutbox(database);
  const terms = { owner: 'a', leaseMs: LEASE_MS, destinations: ['folder'] };
  for (let n = 0; n < 450; n += 1) {
    await outbox.queue(makeNewDelivery({ item: `paper/${n}` }), NOW);
    const claim = await outbox.claim({ ...terms, now: NOW });
    if (claim !== undefined) await outbox.settle(claim, SENT, NOW);
  }

  expect(await pruneHistory(database, AFTER)).toMatchObject({ attempts: 450 });
});

/** What may happen to a delivery, in any order, before and after its history is pruned. */
const outcomes = fc.constantFrom(SENT, REFUSED, UNSENT, CLOSED, unavailable(0), unknown(0));
const steps = fc.array(
  fc.oneof(
    outcomes.map((outcome) => ({ kind: 'attempt', outcome }) as const),
    fc.constant({ kind: 'retry' } as const),
    fc.constant({ kind: 'cancel' } as const),
  ),
  { maxLength: 8 },
);

test('pruning never changes what a later attempt must look for', async () => {
  await fc.assert(
    fc.asyncProperty(steps, steps, async (early, late) => {
      const run = async (isPruned: boolean): Promise<unknown[]> => {
        const { database } = makeTempDatabase();
        const outbox = makeOutbox(database);
        const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
        const seen: unknown[] = [];
        let ms = 0;
        const go = async (step: (typeof early)[number]): Promise<void> => {
          ms += HOUR_MS;
          const now = later(ms);
          if (step.kind === 'retry') await outbox.retry(delivery.id, { ...BY, now });
          if (step.kind === 'cancel') await outbox.cancel(delivery.id, { ...BY, now });
          if (step.kind !== 'attempt') return;
          const terms = { owner: 'a', leaseMs: LEASE_MS, destinations: ['folder'] };
          const claim = await outbox.claim({ ...terms, now });
          if (claim === undefined) return;
          const { isFirst, doubtfulSince, attempt } = claim;
          seen.push({ isFirst, isDoubtful: doubtfulSince !== undefined, attempt });
          await outbox.settle(claim, step.outcome, now);
        };
        for (const step of early) await go(step);
        if (isPruned) await pruneHistory(database, AFTER);
        for (const step of late) await go(step);
        seen.push((await outbox.read(delivery.id))?.state);
        return seen;
      };

      expect(await run(true)).toEqual(await run(false));
    }),
    { numRuns: 40 },
  );
});
