import type fc from 'fast-check';
import type { Database } from '../../src/database/open-database.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';

/** Every verb waits for its turn; then it runs by itself, as SQLite blocks the thread that waits. */
export function withTurns(
  database: Database,
  scheduler: fc.Scheduler,
  lock: <T>(run: () => Promise<T>) => Promise<T>,
): Outbox {
  const outbox = makeOutbox(database);
  const turn = async <T>(label: string, run: () => Promise<T>): Promise<T> => {
    await scheduler.schedule(Promise.resolve(), label);
    return lock(run);
  };
  const acts = Object.fromEntries(
    (
      ['hold', 'release', 'cancel', 'retry', 'hasten', 'retract', 'queue', 'freeLeases'] as const
    ).map((verb) => [
      verb,
      (...request: never[]) =>
        turn(verb, () => (outbox[verb] as (...all: never[]) => Promise<never>)(...request)),
    ]),
  );
  return {
    ...outbox,
    ...acts,
    list: (filter) => turn('list', () => outbox.list(filter)),
    claim: (options) => turn(`${options.owner} claims`, () => outbox.claim(options)),
    settle: (claim, outcome, now) =>
      turn(`${claim.owner} settles`, () => outbox.settle(claim, outcome, now)),
  };
}

/** Lets one run at a time, in the order of asking. */
export function makeLock(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const next = last.then(run);
    last = next.catch(() => {});
    return next;
  };
}
