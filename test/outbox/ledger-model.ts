import type { DeliveryState, Task } from '../../src/database/tables.ts';
import type { Outcome, Replacement } from '../../src/outbox/delivery.ts';
import { LONGEST_RETRY_MS } from '../../src/outbox/line.ts';
import { MOVES, OPEN_STATES, type Verb } from '../../src/outbox/transitions.ts';

export const LEASE_MS = 90_000;
export const RETRY_MS = 20_000;
export const DESTINATIONS = ['folder', 'discord'] as const;

/** What the ledger must hold, kept the simplest way: everything that has no say here is left out. */
export type Row = {
  id: string;
  readonly item: string;
  revision: number;
  readonly destination: string;
  dueMs: number;
  state: DeliveryState;
  task: Task;
  attempts: number;
  retryMs: number | undefined;
  /** When it was tried first, since a person last had a hand in it. */
  firstMs: number | undefined;
  isTouched: boolean;
  /** An attempt since it is touched may have left something behind. */
  isDoubtful: boolean;
  hasReceipt: boolean;
  replaces: Replacement | undefined;
  owner: string | undefined;
  leaseUntilMs: number;
  /** When it was released last. */
  releasedMs: number;
};

/** A claim that a worker has, or thinks it has. */
export type Held = { readonly id: string; readonly owner: string; readonly attempt: number };

export type Model = {
  nowMs: number;
  rows: Row[];
  held: Held[];
  readonly pauses: Set<string>;
  /** Since when an editor holds an item. */
  readonly heldItems: Map<string, number>;
};

/** What a person does. */
export type Act =
  | 'hold'
  | 'release'
  | 'cancel'
  | 'retry'
  | 'hasten'
  | 'resolveSent'
  | 'resolveNotSent'
  | 'retract';

const ANEW = { firstMs: undefined };
const UNTOUCHED = { isTouched: false, isDoubtful: false };

export function makeModelRow(
  parts: Pick<Row, 'id' | 'item' | 'revision' | 'destination' | 'dueMs' | 'replaces'>,
): Row {
  const rest = { attempts: 0, retryMs: undefined, hasReceipt: false, ...UNTOUCHED, ...ANEW };
  return {
    ...{ ...parts, ...rest, state: 'planned', task: 'publish' },
    ...{ owner: undefined, leaseUntilMs: 0, releasedMs: 0 },
  };
}

export const byLine = (a: Row, b: Row): number => a.dueMs - b.dueMs || (a.id < b.id ? -1 : 1);
const isOpen = ({ state }: Row): boolean => OPEN_STATES.some((it) => it === state);
const takesPlace = ({ replaces }: Row): boolean =>
  replaces !== undefined && replaces.how !== 'reply';
const baseOf = ({ rows }: Model, row: Row): Row | undefined =>
  rows.find(({ id }) => id === row.replaces?.id);

/** The heads of a destination's lines that may be taken, what is to be taken back first. */
export function listReady({ rows, nowMs, pauses }: Model, destination: string): Row[] {
  const line = rows.filter((row) => row.destination === destination);
  if (pauses.has(destination)) return [];
  if (line.some((row) => row.state === 'sending' && row.leaseUntilMs > nowMs)) return [];
  return (['retract', 'publish'] as const)
    .map(
      (task) =>
        line
          .filter((row) => isOpen(row) && row.task === task && !isBehind(line, row, 'refused'))
          .sort(byLine)[0],
    )
    .filter((head) => head !== undefined && !isBehind(line, head, 'waiting'))
    .filter((head) => head !== undefined)
    .filter(({ dueMs, retryMs = 0 }) => {
      const isRetryDue = retryMs <= nowMs || retryMs > nowMs + LONGEST_RETRY_MS;
      return dueMs <= nowMs && isRetryDue;
    });
}

/** What waits for a person: what is to be taken back of its item at its destination was refused. */
export function waitsForPerson({ rows }: Model, row: Row): boolean {
  const line = rows.filter(({ destination }) => destination === row.destination);
  return row.state === 'planned' && isBehind(line, row, 'refused');
}

/** Something else of the item is to be taken back first. */
function isBehind(line: readonly Row[], { task, item }: Row, how: 'waiting' | 'refused'): boolean {
  const remains = line.some(
    (row) =>
      row.item === item &&
      row.task === 'retract' &&
      (how === 'refused' ? row.state === 'refused' : isOpen(row)),
  );
  return task === 'publish' && remains;
}

/** What a claim for the destinations takes: at the one where something waits longest. */
export function predictClaim(model: Model, destinations: readonly string[]): Row | undefined {
  const lines = destinations
    .map((destination) => listReady(model, destination))
    .filter((heads) => heads.length > 0)
    .map((heads) => ({ heads, dueMs: Math.min(...heads.map((head) => head.dueMs)) }));
  const name = ({ heads }: { heads: Row[] }): string => heads[0]?.destination ?? '';
  return lines.sort((a, b) => a.dueMs - b.dueMs || (name(a) < name(b) ? -1 : 1))[0]?.heads[0];
}

/** Whether a claim of a row finds what it is to correct. */
export function findsReplaced(model: Model, row: Row): boolean {
  const base = baseOf(model, row);
  return base?.hasReceipt === true && (base.state === 'sent' || row.task === 'retract');
}

export function applyClaim({ nowMs }: Model, row: Row, owner: string): void {
  if (row.state === 'sending' && row.task === 'publish') row.isDoubtful = true;
  row.state = 'sending';
  row.attempts += 1;
  row.firstMs ??= nowMs;
  row.isTouched = true;
  row.retryMs = undefined;
  row.owner = owner;
  row.leaseUntilMs = nowMs + LEASE_MS;
}

/** Whether a settling is taken, and what it changes. */
export function applySettle(model: Model, held: Held, outcome: Outcome): boolean {
  const row = model.rows.find(({ id }) => id === held.id);
  if (row?.state !== 'sending') return false;
  if (row.attempts !== held.attempt || row.owner !== held.owner) return false;
  row.state = MOVES[`settle ${outcome.kind}`].to;
  row.retryMs = 'retryAt' in outcome ? outcome.retryAt.getTime() : undefined;
  row.owner = undefined;
  if (row.task === 'publish') {
    if (outcome.kind === 'unknown' || outcome.kind === 'refused') row.isDoubtful = true;
    if (outcome.kind === 'unavailable') {
      if (!row.isDoubtful) row.isTouched = false;
      const heldMs = model.heldItems.get(row.item);
      if (heldMs !== undefined && row.releasedMs < heldMs) row.state = MOVES.keep.to;
    }
  }
  if (outcome.kind === 'sent') {
    row.hasReceipt = true;
    endReplaced(model, row);
  }
  if (outcome.kind === 'retracted') row.hasReceipt = false;
  if (outcome.kind === 'refused' && outcome.isClosed) model.pauses.add(row.destination);
  return true;
}

/** Whether an act is allowed, and what it changes. */
export function applyAct(model: Model, row: Row, act: Act): boolean {
  const { nowMs, pauses } = model;
  const isPublish = row.task === 'publish';
  const move = (verb: Verb, isAllowed = true): boolean => {
    if (!isAllowed || !MOVES[verb].from.some((state) => state === row.state)) return false;
    row.state = MOVES[verb].to;
    return true;
  };
  switch (act) {
    case 'hold':
      return move('hold', isPublish);
    case 'release':
      if (!move('release')) return false;
      row.releasedMs = nowMs;
      return true;
    case 'cancel':
      if (!move('cancel', isPublish)) return false;
      row.retryMs = undefined;
      return true;
    case 'retry': {
      const isAnew = row.state === 'retracted';
      if (!move('retry')) return false;
      if (isAnew) Object.assign(row, { task: 'publish', ...UNTOUCHED, dueMs: nowMs });
      keepHeld(model, row);
      forgetGone(model, row);
      Object.assign(row, { ...ANEW, retryMs: undefined });
      pauses.delete(row.destination);
      return true;
    }
    case 'hasten':
      if (row.state !== 'planned' && row.state !== 'unknown') return false;
      row.retryMs = undefined;
      pauses.delete(row.destination);
      return true;
    case 'resolveSent':
      if (!move('resolve sent')) return false;
      Object.assign(row, {
        ...{ task: 'publish', retryMs: undefined, hasReceipt: true, isTouched: true },
      });
      endReplaced(model, row);
      return true;
    case 'resolveNotSent':
      if (move('resolve not sent', isPublish)) {
        Object.assign(row, { ...UNTOUCHED, ...ANEW, retryMs: undefined });
        keepHeld(model, row);
        return true;
      }
      if (!move('resolve gone', !isPublish)) return false;
      Object.assign(row, { hasReceipt: false, retryMs: undefined });
      return true;
    case 'retract': {
      const isChanging = model.rows.some(
        (it) => it.replaces?.id === row.id && takesPlace(it) && it.isTouched && isOpen(it),
      );
      if (!move('retract', isPublish && row.isTouched && !isChanging)) return false;
      Object.assign(row, ANEW);
      const base = baseOf(model, row);
      const isBoth = takesPlace(row) && !row.hasReceipt && base?.state === 'sent';
      for (const it of isBoth ? [row, base] : [row]) {
        Object.assign(it, { state: 'planned', task: 'retract', dueMs: nowMs, retryMs: undefined });
      }
      return true;
    }
  }
}

/** What is written anew; undefined where something of it may be in place. */
export function applyRerender(
  model: Model,
  row: Row,
  next: { readonly id: string; readonly revision: number },
): 'rerendered' | 'merged' | 'left' {
  const states = ['planned', 'cancelled', 'held', 'refused'];
  const isUntried = states.includes(row.state) && !row.isTouched;
  if (!isUntried && row.state !== 'retracted') return 'left';
  if (next.id !== row.id && model.rows.some(({ id }) => id === next.id)) {
    if (row.attempts === 0) model.rows = model.rows.filter((it) => it !== row);
    else if (MOVES.cancel.from.some((state) => state === row.state)) {
      Object.assign(row, { state: 'cancelled', retryMs: undefined });
    }
    return 'merged';
  }
  for (const it of model.rows) {
    if (it.replaces?.id === row.id) it.replaces = { ...it.replaces, id: next.id };
  }
  const isInLine = row.state === 'planned';
  row.state = row.state === 'held' ? 'held' : 'planned';
  Object.assign(row, { ...next, ...UNTOUCHED, ...ANEW, task: 'publish', retryMs: undefined });
  if (!isInLine) keepHeld(model, row);
  forgetGone(model, row);
  return 'rerendered';
}

/** What comes back into line, or into the ledger, is held where an editor holds its item. */
export function keepHeld({ heldItems }: Model, row: Row): void {
  if (row.task === 'publish' && heldItems.has(row.item)) row.state = 'held';
}

function forgetGone(model: Model, row: Row): void {
  if (baseOf(model, row)?.hasReceipt !== true) row.replaces = undefined;
}

function endReplaced(model: Model, row: Row): void {
  const base = baseOf(model, row);
  if (base === undefined || row.replaces === undefined || !takesPlace(row)) return;
  for (const it of model.rows) {
    const isDone = it.state === 'sent' || it.state === 'retracted';
    if (it !== row && it.replaces?.id === base.id && !isDone) {
      it.replaces = { ...it.replaces, id: row.id };
    }
  }
  if (!base.hasReceipt || !MOVES.replace.from.some((state) => state === base.state)) return;
  Object.assign(base, {
    ...{ state: 'retracted', task: 'publish', hasReceipt: false, retryMs: undefined },
  });
}
