import { sql } from 'kysely';
import { makeArchive } from '../../src/archive/archive.ts';
import { makeIssueReader } from '../../src/archive/issue-reader.ts';
import { makeVerdicts } from '../../src/archive/verdicts.ts';
import { makePlanner } from '../../src/cli/make-planner.ts';
import { makeLocks } from '../../src/database/locks.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { openSqlite } from '../../src/database/open-sqlite.ts';
import { makeCourier } from '../../src/delivery/courier.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import type { FindFate, PublishFate } from '../support/fake-platform.ts';
import { makeRecordLog, type Recorded } from '../support/record-log.ts';
import { APPROVALS, inForce, PLACES, YEAR } from './places.ts';
import type { Platforms } from './record.ts';

/** What may befall a process; each is asked as its moment comes. */
export type Fate = {
  find(place: string): FindFate;
  publish(place: string): PublishFate;
  settle(): 'works' | 'dies before' | 'dies after';
  /** Of the slots of a place, by its key. */
  takeSlots(key: string): 'works' | 'dies before' | 'dies after';
};

export type ProcessParts = {
  readonly file: string;
  readonly clock: FakeClock;
  readonly platforms: Platforms;
  readonly fate: Fate;
  readonly name: string;
  /** The processes that are known to live no more. */
  readonly gone: ReadonlySet<string>;
  readonly random: () => number;
  readonly onLog: (line: Recorded) => void;
  readonly onSettled: (settled: Settled) => void;
};

/** When the ledger knew that something is out; `place` is a key. */
export type Settled = {
  readonly place: string;
  readonly issue: number;
  readonly item: string;
  readonly at: Date;
};

/** A running Paperboy, with the settings of the time when it began. */
export type Process = {
  readonly name: string;
  readonly desk: Desk;
  isDead(): boolean;
  /** True where this is the process that plans. */
  isActive(): boolean;
  plan(): Promise<void>;
  /** Makes one attempt. False where there is nothing to do, or nobody to do it any more. */
  deliver(): Promise<boolean>;
  /** Ends it as a signal does. */
  stop(): Promise<void>;
  /** Closes what a dead process had open. */
  bury(): Promise<void>;
};

/** Starts a process over a database file. */
export async function startProcess(parts: ProcessParts): Promise<Process> {
  const { file, clock, platforms, fate, name, gone, random } = parts;
  const sqlite = openSqlite(file);
  const database = openDatabase(file);
  // No power fails in this year, and a disk that is waited for makes it a long one.
  await sql`pragma synchronous = off`.execute(database);
  const death = Promise.withResolvers<void>();
  let isDead = false;
  const die = (): void => {
    isDead = true;
    death.resolve();
  };
  const log = makeRecordLog();
  const outbox = withFate(makeOutbox(database), parts, die);
  const isGone = (owner: string): boolean => gone.has(owner);
  await outbox.freeLeases(isGone, clock.now());
  const startedAt = clock.now();
  const here = PLACES.filter(({ terms }) => inForce(terms, startedAt) !== undefined);
  const destinations = here.map(({ destination }) => destination);
  const courier = makeCourier({
    outbox,
    publishers: new Map(
      destinations.map(({ key, name: place }) => {
        const publisher = platforms.makePublisher(place, {
          find: () => fate.find(place),
          publish: () => fate.publish(place),
          onDeath: die,
        });
        return [key, async () => publisher];
      }),
    ),
    clock,
    log,
    owner: name,
    random,
  });
  const desk: Desk = {
    archive: makeArchive(database, makeIssueReader(sqlite)),
    outbox,
    courier,
    clock,
    destinations,
    scheduled: destinations,
    programme: (place) => {
      const found = here.find(({ destination }) => destination.name === place);
      const terms = found && inForce(found.terms, startedAt);
      if (terms === undefined) throw new Error(`no programme for ${place}`);
      return terms.programme;
    },
    timeZone: 'Europe/Berlin',
    verdicts: makeVerdicts(database),
    approval: inForce(APPROVALS, startedAt)?.approval ?? { kind: 'never' },
    format: () => ({ languages: ['en'] }),
    platforms: ['bluesky', 'discord'],
    actor: 'editor',
  };
  const locks = makeLocks(database, isGone);
  const planner = makePlanner({ desk, log, locks, worker: name, bot: undefined });
  const keys = destinations.map(({ key }) => key);
  const close = async (): Promise<void> => {
    for (const line of log.lines) parts.onLog(line);
    sqlite.close();
    await database.destroy();
  };
  if (startedAt < YEAR.start) throw new Error('the year has not begun');
  return {
    name,
    desk,
    isDead: () => isDead,
    isActive: () => !isDead && planner.isActive(),
    plan: () => Promise.race([death.promise, planner.plan().then(() => {})]),
    deliver: async () => {
      if (isDead) return false;
      const work = courier.deliverNext(keys).then((delivered) => delivered !== undefined);
      return Promise.race([death.promise.then(() => false), work]);
    },
    stop: async () => {
      await planner.stop();
      await close();
    },
    bury: close,
  };
}

function withFate(
  outbox: Outbox,
  { fate, onSettled }: Pick<ProcessParts, 'fate' | 'onSettled'>,
  die: () => void,
): Outbox {
  const end = (): Promise<never> => {
    die();
    return new Promise(() => {});
  };
  return {
    ...outbox,
    settle: async (...request) => {
      const how = fate.settle();
      if (how === 'dies before') return end();
      const [{ delivery }, outcome, at] = request;
      const isSettled = await outbox.settle(...request);
      const { destination: place, issue, item } = delivery;
      if (isSettled && outcome.kind === 'sent') onSettled({ place, issue, item, at });
      return how === 'works' ? isSettled : end();
    },
    takeSlots: async (...request) => {
      const how = fate.takeSlots(request[0].destination);
      if (how === 'dies before') return end();
      const queued = await outbox.takeSlots(...request);
      return how === 'works' ? queued : end();
    },
  };
}
