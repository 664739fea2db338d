import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open-database.ts';
import type { DeliveryState } from '../../src/database/tables.ts';
import { makeDeliveryId } from '../../src/kit/ids.ts';
import type { Claim, Outcome } from '../../src/outbox/delivery.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { OPEN_STATES, STATE_AFTER } from '../../src/outbox/transitions.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const START_MS = Date.parse('2026-11-23T09:00:00.000Z');
const LEASE_MS = 90_000;
const RETRY_MS = 20_000;
const DESTINATIONS = ['folder', 'discord'] as const;
const OWNERS = ['ann', 'bob', 'cy'] as const;

/** What the ledger must hold, kept the simplest way: everything that has no say here is left out. */
type Row = {
  readonly id: string;
  readonly destination: string;
  dueMs: number;
  state: DeliveryState;
  attempts: number;
  retryMs: number | undefined;
  owner: string | undefined;
  leaseUntilMs: number;
};
type Model = { nowMs: number; readonly rows: Map<string, Row>; held: Held[] };
type Held = { readonly id: string; readonly owner: string; readonly attempt: number };
type Real = { readonly outbox: Outbox; held: Claim[] };
type Step = fc.AsyncCommand<Model, Real>;

const isOpen = (row: Row): boolean => OPEN_STATES.some((state) => state === row.state);
const byLine = (a: Row, b: Row): number => a.dueMs - b.dueMs || (a.id < b.id ? -1 : 1);

/** The head of a destination's line, if it may be taken and nobody is at another of the line. */
function predictClaim({ rows, nowMs }: Model, destination: string): Row | undefined {
  const line = [...rows.values()].filter((row) => row.destination === destination);
  const head = line.filter(isOpen).sort(byLine)[0];
  if (head === undefined || head.dueMs > nowMs) return undefined;
  const isHeld = (row: Row): boolean => row.state === 'sending' && row.leaseUntilMs > nowMs;
  if (line.some(isHeld)) return undefined;
  if (head.state !== 'sending' && (head.retryMs ?? 0) > nowMs) return undefined;
  return head;
}

const makeOutcome = (kind: Outcome['kind'], nowMs: number): Outcome => {
  const retryAt = new Date(nowMs + RETRY_MS);
  switch (kind) {
    case 'sent':
      return { kind, receipt: { posts: [{ id: 'post' }] } };
    case 'refused':
      return { kind, reason: 'no', remedy: 'Do.' };
    case 'unavailable':
    case 'unknown':
      return { kind, retryAt, reason: 'cut' };
  }
};

const makeStep = (name: string, run: (model: Model, real: Real) => Promise<void>): Step => ({
  check: () => true,
  run: async (model, real) => {
    await run(model, real);
    await compare(model, real);
  },
  toString: () => name,
});

async function compare({ rows, nowMs }: Model, { outbox }: Real): Promise<void> {
  const real = (await outbox.list()).map(
    ({ id, destination, dueAt, state, attempts, retryAt }) => ({
      id,
      destination,
      dueMs: dueAt.getTime(),
      state,
      attempts,
      retryMs: retryAt?.getTime(),
    }),
  );
  const expected = [...rows.values()].map(({ owner: _, leaseUntilMs: __, ...row }) => row);
  const order = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  expect(real.sort(order)).toEqual(expected.sort(order));
  for (const destination of DESTINATIONS) {
    const live = [...rows.values()].filter(
      (row) =>
        row.destination === destination && row.state === 'sending' && row.leaseUntilMs > nowMs,
    );
    expect(live.length).toBeLessThanOrEqual(1);
  }
}

const queue = fc
  .record({
    item: fc.constantFrom('a', 'b', 'c'),
    destination: fc.constantFrom(...DESTINATIONS),
    dueInMs: fc.constantFrom(-60_000, -1, 0, 1, 60_000),
  })
  .map(({ item, destination, dueInMs }) =>
    makeStep(`queue(${item}, ${destination}, ${dueInMs})`, async (model, { outbox }) => {
      const key = `paper/${item}`;
      const dueMs = model.nowMs + dueInMs;
      const id = makeDeliveryId(7, key, 1, destination);
      const isNew = !model.rows.has(id);

      const queued = await outbox.queue(
        makeNewDelivery({ item: key, destination, dueAt: new Date(dueMs) }),
        new Date(model.nowMs),
      );

      expect(queued.isNew).toBe(isNew);
      if (!isNew) return;
      const rest = { retryMs: undefined, owner: undefined, leaseUntilMs: 0, attempts: 0 };
      model.rows.set(id, { id, destination, dueMs, state: 'planned', ...rest });
    }),
  );

const claim = fc
  .record({
    owner: fc.constantFrom(...OWNERS),
    destinations: fc.subarray([...DESTINATIONS], { minLength: 1 }),
  })
  .map(({ owner, destinations }) =>
    makeStep(`claim(${owner}, ${destinations})`, async (model, real) => {
      const now = new Date(model.nowMs);
      const expected = destinations
        .map((destination) => predictClaim(model, destination))
        .filter((row) => row !== undefined)
        .sort(byLine)[0];

      const claimed = await real.outbox.claim({ owner, now, leaseMs: LEASE_MS, destinations });

      expect(claimed?.delivery.id).toBe(expected?.id);
      if (claimed === undefined || expected === undefined) return;
      expected.state = 'sending';
      expected.attempts += 1;
      expected.retryMs = undefined;
      expected.owner = owner;
      expected.leaseUntilMs = model.nowMs + LEASE_MS;
      expect(claimed.attempt).toBe(expected.attempts);
      real.held.push(claimed);
      model.held.push({ id: expected.id, owner, attempt: expected.attempts });
    }),
  );

const settle = fc
  .record({
    which: fc.nat(9),
    kind: fc.constantFrom('sent', 'refused', 'unavailable', 'unknown'),
  })
  .map(({ which, kind }) =>
    makeStep(`settle(${which}, ${kind})`, async (model, real) => {
      const index = which % Math.max(1, real.held.length);
      const [mine, theirs] = [model.held[index], real.held[index]];
      if (mine === undefined || theirs === undefined) return;
      const row = model.rows.get(mine.id);
      if (row === undefined) throw new Error('claimed what was never queued');
      const isLatest = row.state === 'sending' && row.attempts === mine.attempt;

      const isSettled = await real.outbox.settle(
        theirs,
        makeOutcome(kind, model.nowMs),
        new Date(model.nowMs),
      );

      expect(isSettled).toBe(isLatest);
      if (!isLatest) return;
      row.state = STATE_AFTER[kind];
      row.retryMs = isOpen(row) ? model.nowMs + RETRY_MS : undefined;
      row.owner = undefined;
    }),
  );

const crash = fc.constantFrom(...OWNERS).map((owner) =>
  makeStep(`crash(${owner})`, async (model, real) => {
    model.held = model.held.filter((held) => held.owner !== owner);
    real.held = real.held.filter((held) => held.owner !== owner);
  }),
);

const freeLeases = fc.constantFrom(...OWNERS).map((owner) =>
  makeStep(`freeLeases(${owner})`, async (model, { outbox }) => {
    const freed = [...model.rows.values()].filter(
      (row) => row.state === 'sending' && row.owner === owner,
    );

    const count = await outbox.freeLeases((it) => it === owner, new Date(model.nowMs));

    expect(count).toBe(freed.length);
    for (const row of freed) row.leaseUntilMs = model.nowMs;
  }),
);

const requeue = fc.nat(5).map((which) =>
  makeStep(`requeue(${which})`, async ({ rows, nowMs }, { outbox }) => {
    const row = [...rows.values()][which];
    if (row === undefined) return;
    const isRefused = row.state === 'refused';

    const isRequeued = await outbox.requeue(row.id, new Date(nowMs));

    expect(isRequeued).toBe(isRefused);
    if (!isRefused) return;
    row.state = 'planned';
    row.dueMs = nowMs;
  }),
);

const advance = fc.constantFrom(1, RETRY_MS, LEASE_MS - 1, LEASE_MS).map((ms) =>
  makeStep(`advance(${ms})`, async (model) => {
    model.nowMs += ms;
  }),
);

test('whatever is done in whatever order, the ledger does as its table of states says and loses nothing', async () => {
  const folder = makeTempFolder();
  let run = 0;

  await fc.assert(
    fc.asyncProperty(
      fc.commands(
        [queue, queue, claim, claim, settle, settle, crash, freeLeases, requeue, advance],
        {
          maxCommands: 40,
          size: 'max',
        },
      ),
      async (steps) => {
        run += 1;
        const database = openDatabase(join(folder, `${run}.db`));
        const real: Real = { outbox: makeOutbox(database), held: [] };
        const model: Model = { nowMs: START_MS, rows: new Map(), held: [] };
        try {
          await fc.asyncModelRun(() => ({ model, real }), steps);
          await drain(model, real);
        } finally {
          await database.destroy();
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

/** A worker that never fails gets everything out, and nothing is gone. */
async function drain(model: Model, { outbox }: Real): Promise<void> {
  let nowMs = model.nowMs + LEASE_MS + 60_000;
  for (let count = 0; count <= model.rows.size; count += 1) {
    const now = new Date(nowMs);
    const claimed = await outbox.claim({
      owner: 'last',
      now,
      leaseMs: LEASE_MS,
      destinations: DESTINATIONS,
    });
    if (claimed === undefined) break;
    await outbox.settle(claimed, makeOutcome('sent', nowMs), now);
    nowMs += 1;
  }
  const states = new Map((await outbox.list()).map(({ id, state }) => [id, state]));
  expect([...states.keys()].sort()).toEqual([...model.rows.keys()].sort());
  for (const [id, row] of model.rows) {
    expect(states.get(id)).toBe(row.state === 'refused' ? 'refused' : 'sent');
  }
}
