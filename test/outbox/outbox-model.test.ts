import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeVerdicts, type Verdicts } from '../../src/archive/verdicts.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import type { DeliveryState } from '../../src/database/tables.ts';
import { makeDeliveryId } from '../../src/kit/ids.ts';
import type { Claim, Outcome } from '../../src/outbox/delivery.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { MOVES } from '../../src/outbox/transitions.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import {
  type Act,
  applyAct,
  applyClaim,
  applyRerender,
  applySettle,
  byLine,
  DESTINATIONS,
  findsReplaced,
  keepHeld,
  LEASE_MS,
  listReady,
  type Model,
  makeModelRow,
  predictClaim,
  RETRY_MS,
  type Row,
  waitsForPerson,
} from './ledger-model.ts';

const START_MS = Date.parse('2026-11-23T09:00:00.000Z');
const ITEMS = ['paper/a', 'paper/b', 'paper/c'] as const;
const OWNERS = ['ann', 'bob', 'cy'] as const;

type Real = {
  readonly outbox: Outbox;
  readonly verdicts: Verdicts;
  held: Claim[];
  /** The states before the last step. */
  states: Map<string, DeliveryState>;
};
type Step = {
  run(model: Model, real: Real): Promise<void>;
  toString(): string;
};

const makeStep = (name: string, run: (model: Model, real: Real) => Promise<void>): Step => ({
  run: async (model, real) => {
    await run(model, real);
    await compare(model, real);
  },
  toString: () => name,
});

/** Both hold the same, in the same order; and no step made a move that is not in the table. */
async function compare({ rows, nowMs, pauses }: Model, real: Real): Promise<void> {
  const list = await real.outbox.list();
  const held = list.map((row) => ({
    ...{ id: row.id, item: row.item, revision: row.revision, destination: row.destination },
    ...{ dueMs: row.dueAt.getTime(), state: row.state, task: row.task, attempts: row.attempts },
    ...{ retryMs: row.retryAt?.getTime(), isTouched: row.isTouched },
    ...{ hasReceipt: row.receipt !== undefined, replaces: row.replaces },
  }));
  const expected = rows
    .toSorted((a, b) => byLine(b, a))
    .map(({ owner, leaseUntilMs, releasedMs, isDoubtful, firstMs, ...row }) => row);
  expect(held).toEqual(expected);
  const paused = (await real.outbox.listPauses()).map(({ destination }) => destination);
  expect(paused.sort()).toEqual([...pauses].sort());
  for (const destination of DESTINATIONS) {
    const isLive = (row: Row): boolean => row.state === 'sending' && row.leaseUntilMs > nowMs;
    const live = rows.filter((row) => row.destination === destination && isLive(row));
    expect(live.length).toBeLessThanOrEqual(1);
  }
  const moves: readonly { from: readonly DeliveryState[]; to: DeliveryState }[] =
    Object.values(MOVES);
  for (const { id, state } of list) {
    const before = real.states.get(id) ?? state;
    const isMove = moves.some(({ from, to }) => to === state && from.includes(before));
    expect(state === before || isMove, `${before} → ${state}`).toBe(true);
  }
  real.states = new Map(list.map(({ id, state }) => [id, state]));
}

const pick = <T>(from: readonly T[], which: number): T | undefined =>
  from[which % Math.max(1, from.length)];
const idOf = ({ item, destination }: Pick<Row, 'item' | 'destination'>, revision: number): string =>
  makeDeliveryId(7, item, revision, destination);

async function queueBoth(
  model: Model,
  { outbox }: Real,
  parts: Pick<Row, 'item' | 'revision' | 'destination' | 'dueMs' | 'replaces'>,
): Promise<void> {
  const id = idOf(parts, parts.revision);
  const isNew = !model.rows.some((row) => row.id === id);
  const { dueMs, replaces, ...rest } = parts;

  const queued = await outbox.queue(
    makeNewDelivery({
      ...{ ...rest, dueAt: new Date(dueMs) },
      ...(replaces === undefined ? {} : { replaces }),
    }),
    new Date(model.nowMs),
  );

  expect(queued.isNew).toBe(isNew);
  if (!isNew) return;
  const row = makeModelRow({ ...parts, id });
  keepHeld(model, row);
  model.rows.push(row);
}

const queue = fc
  .record({
    item: fc.constantFrom(...ITEMS),
    destination: fc.constantFrom(...DESTINATIONS),
    dueInMs: fc.constantFrom(-60_000, -1, 0, 1, 60_000),
  })
  .map(({ item, destination, dueInMs }) =>
    makeStep(`queue(${item}, ${destination}, ${dueInMs})`, (model, real) => {
      const dueMs = model.nowMs + dueInMs;
      return queueBoth(model, real, { item, destination, dueMs, revision: 1, replaces: undefined });
    }),
  );

const correct = fc
  .record({ which: fc.nat(9), how: fc.constantFrom('edit', 'repost', 'reply') })
  .map(({ which, how }) =>
    makeStep(`correct(${which}, ${how})`, async (model, real) => {
      const base = pick(
        model.rows.filter(({ state }) => state === 'sent'),
        which,
      );
      if (base === undefined) return;
      const { id, item, destination, revision } = base;
      const replaces = { id, how };
      const what = { item, destination, replaces, revision: revision + 1, dueMs: model.nowMs };
      await queueBoth(model, real, what);
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
      const ready = DESTINATIONS.filter((name) => listReady(model, name).length > 0);
      const expected = predictClaim(model, destinations);
      const firstMs = expected?.firstMs ?? model.nowMs;
      const isFirst = expected?.isTouched === false && firstMs === model.nowMs;
      const isReplacedThere = expected !== undefined && findsReplaced(model, expected);

      const found = await real.outbox.findReady(DESTINATIONS, now);
      const claimed = await real.outbox.claim({ owner, now, leaseMs: LEASE_MS, destinations });

      expect(found.sort()).toEqual(ready.toSorted());
      expect(claimed?.delivery.id).toBe(expected?.id);
      if (claimed === undefined || expected === undefined) return;
      expect(model.pauses.has(claimed.delivery.destination)).toBe(false);
      expect(claimed.isFirst).toBe(isFirst);
      expect(claimed.replaced !== undefined).toBe(isReplacedThere);
      applyClaim(model, expected, owner);
      expect(claimed.attempt).toBe(expected.attempts);
      real.held.push(claimed);
      model.held.push({ id: expected.id, owner, attempt: expected.attempts });
    }),
  );

const makeOutcome = (isRetract: boolean, how: number, nowMs: number): Outcome => {
  const retry = { retryAt: new Date(nowMs + RETRY_MS), reason: 'cut' };
  const refused = { kind: 'refused', reason: 'no', remedy: 'Do' } as const;
  const outcomes: readonly Outcome[] = [
    refused,
    { ...refused, isClosed: true },
    { kind: 'unavailable', ...retry },
    // A clock that was ahead.
    { kind: 'unavailable', ...retry, retryAt: new Date(nowMs + 30 * 24 * 60 * 60 * 1000) },
    ...(isRetract ? [] : [{ kind: 'unknown', ...retry } as const]),
  ];
  const done: Outcome = isRetract
    ? { kind: 'retracted' }
    : { kind: 'sent', receipt: { posts: [{ id: 'post' }] } };
  return outcomes[how] ?? done;
};

/** A claim stays at hand once it is settled: nobody may settle it again. */
const settle = fc.record({ which: fc.nat(9), how: fc.nat(9) }).map(({ which, how }) =>
  makeStep(`settle(${which}, ${how})`, async (model, real) => {
    // The latest claims more often than not.
    const index = Math.max(0, real.held.length - 1 - Math.floor(which / 3));
    const [mine, theirs] = [model.held[index], real.held[index]];
    if (mine === undefined || theirs === undefined) return;
    const outcome = makeOutcome(theirs.delivery.task === 'retract', how, model.nowMs);

    const isSettled = await real.outbox.settle(theirs, outcome, new Date(model.nowMs));

    expect(isSettled).toBe(applySettle(model, mine, outcome));
  }),
);

/** A claim that is settled at once, mostly well. */
const deliver = fc.tuple(claim, settle).map(
  ([first, then]): Step => ({
    run: async (model, real) => {
      const { length } = real.held;
      await first.run(model, real);
      if (real.held.length > length) await then.run(model, real);
    },
    toString: () => `${first}, ${then}`,
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
    const freed = model.rows.filter((row) => row.state === 'sending' && row.owner === owner);

    const count = await outbox.freeLeases((it) => it === owner, new Date(model.nowMs));

    expect(count).toBe(freed.length);
    for (const row of freed) {
      row.state = row.task === 'publish' ? 'unknown' : 'planned';
      if (row.task === 'publish') row.isDoubtful = true;
      row.owner = undefined;
    }
  }),
);

const ACTS: readonly Act[] = [
  ...(['hold', 'release', 'cancel', 'retry', 'hasten'] as const),
  ...(['resolveSent', 'resolveNotSent', 'retract', 'retract'] as const),
];
const act = fc.record({ which: fc.nat(9), verb: fc.constantFrom(...ACTS) }).map(({ which, verb }) =>
  makeStep(`${verb}(${which})`, async (model, { outbox }) => {
    const row = pick(model.rows, which);
    if (row === undefined) return;
    const by = { actor: 'editor', now: new Date(model.nowMs) };
    const receipt = { posts: [{ id: 'seen' }] };

    const given = await (verb === 'resolveSent'
      ? outbox.resolveSent(row.id, receipt, by)
      : outbox[verb](row.id, by));

    expect(given !== undefined).toBe(applyAct(model, row, verb));
    if (given !== undefined) expect(given.state).toBe(row.state);
  }),
);

/** An editor holds an item, or lets it go, whatever is in the ledger of it. */
const decide = fc
  .record({ item: fc.constantFrom(...ITEMS), verdict: fc.constantFrom('held', 'approved') })
  .map(({ item, verdict }) =>
    makeStep(`decide(${item}, ${verdict})`, async ({ heldItems, nowMs }, { verdicts }) => {
      const by = { actor: 'editor', now: new Date(nowMs) };
      await verdicts.decide(7, [{ item, wordsHash: 'x' }], verdict, by);

      if (verdict === 'approved') heldItems.delete(item);
      else if (!heldItems.has(item)) heldItems.set(item, nowMs);
    }),
  );

const resume = fc.constantFrom(...DESTINATIONS).map((destination) =>
  makeStep(`resume(${destination})`, async ({ pauses }, { outbox }) => {
    expect(await outbox.resume(destination)).toBe(pauses.delete(destination));
  }),
);

const rerender = fc
  .record({ which: fc.nat(9), isSame: fc.constantFrom(true, true, true, false) })
  .map(({ which, isSame }) =>
    makeStep(`rerender(${which}, ${isSame})`, async (model, real) => {
      const row = pick(model.rows, which);
      if (row === undefined) return;
      const revision = row.revision + (isSame ? 0 : 1);
      const { draft, title } = makeNewDelivery({ item: row.item, revision });
      const before = row.id;

      const now = new Date(model.nowMs);
      const result = await real.outbox.rerender(before, { revision, draft, title }, now);

      const next = { id: idOf(row, revision), revision };
      expect(result.kind).toBe(applyRerender(model, row, next));
      if (result.kind === 'rerendered') {
        real.states.set(next.id, real.states.get(before) ?? row.state);
      }
    }),
  );

const advance = fc.constantFrom(1, RETRY_MS, LEASE_MS - 1, LEASE_MS).map((ms) =>
  makeStep(`advance(${ms})`, async (model) => {
    model.nowMs += ms;
  }),
);

/** Long enough for a delivery to be sent, corrected, taken back and sent again. */
const steps = fc.array(
  fc.oneof(
    ...[queue, queue, claim, claim, settle, settle, deliver, deliver, deliver, deliver],
    ...[correct, correct, correct, act, act, act, act, act, act],
    ...[crash, freeLeases, decide, resume, resume, rerender, advance, advance],
  ),
  { minLength: 30, maxLength: 90, size: 'max' },
);

test('whatever is done in whatever order, the ledger does as its table of states says and loses nothing', async () => {
  const folder = makeTempFolder();
  let run = 0;

  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      run += 1;
      const database = openDatabase(join(folder, `${run}.db`));
      const real: Real = {
        ...{ outbox: makeOutbox(database), verdicts: makeVerdicts(database) },
        ...{ held: [], states: new Map() },
      };
      const model: Model = {
        ...{ nowMs: START_MS, rows: [], held: [] },
        ...{ pauses: new Set(), heldItems: new Map() },
      };
      try {
        for (const step of all) await step.run(model, real);
        await drain(model, real);
      } finally {
        await database.destroy();
      }
    }),
    { numRuns: 40 },
  );
}, 240_000);

/**
 * A worker that never fails gets everything out that nobody has held and that waits for no person,
 * and nothing is gone.
 */
async function drain(model: Model, real: Real): Promise<void> {
  const { outbox } = real;
  for (const destination of DESTINATIONS) {
    await outbox.resume(destination);
    model.pauses.delete(destination);
  }
  model.nowMs += LEASE_MS + 60_000;
  for (let count = 0; count <= 2 * model.rows.length; count += 1) {
    const now = new Date(model.nowMs);
    const expected = predictClaim(model, DESTINATIONS);
    const terms = { owner: 'last', now, leaseMs: LEASE_MS, destinations: DESTINATIONS };
    const claimed = await outbox.claim(terms);
    expect(claimed?.delivery.id).toBe(expected?.id);
    if (claimed === undefined || expected === undefined) break;
    applyClaim(model, expected, 'last');
    const held = { id: expected.id, owner: 'last', attempt: expected.attempts };
    const outcome = makeOutcome(expected.task === 'retract', 9, model.nowMs);
    expect(await outbox.settle(claimed, outcome, now)).toBe(applySettle(model, held, outcome));
    model.nowMs += 1;
  }
  real.states.clear();
  await compare(model, real);
  const ended = ['sent', 'retracted', 'refused', 'cancelled', 'held'];
  for (const row of model.rows) {
    if (!waitsForPerson(model, row)) expect(ended).toContain(row.state);
  }
}
