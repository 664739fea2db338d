import { join } from 'node:path';
import { makeFakeClock } from '../support/fake-clock.ts';
import type { Recorded } from '../support/record-log.ts';
import { makeFates } from './fates.ts';
import { perform } from './perform.ts';
import { APPROVALS, PLACES, YEAR } from './places.ts';
import { type Process, type Settled, startProcess } from './process.ts';
import { makeRandom } from './random.ts';
import { makePlatforms, type Post } from './record.ts';
import { type Act, makeTimeline } from './timeline.ts';
import { listAllSlots, makeFortune, type Trouble } from './troubles.ts';

/** A moment at which a process planned; `cut` where it died over the slots of a place. */
export type Tick = {
  readonly kind: 'tick';
  readonly at: Date;
  readonly cut?: { readonly place: string; readonly isTaken: boolean };
};

/** What really happened to the desk: what people did, and when it planned. */
export type Fact = Act | Tick;

/** A year as it was lived, for a judge. */
export type Year = {
  readonly seed: number;
  /** In the order in which they happened. */
  readonly facts: readonly Fact[];
  readonly troubles: readonly Trouble[];
  /** What the platforms took, in that order. */
  readonly posts: readonly Post[];
  /** When the ledger knew of each. */
  readonly settled: readonly Settled[];
  /** How many posts are in place in the end. */
  readonly placed: number;
  readonly errors: readonly Recorded[];
  /** Deliveries that did not come to an end. */
  readonly pending: readonly string[];
  readonly counts: { readonly steps: number; readonly processes: number; readonly deaths: number };
};

const MINUTE_MS = 60_000;

/** Lives through a year in a folder, from one minute in which something may happen to the next. */
export async function runYear(seed: number, folder: string): Promise<Year> {
  const random = makeRandom(seed);
  const timeline = makeTimeline(random);
  const fortune = makeFortune(random);
  const clock = makeFakeClock(YEAR.start.toISOString());
  const platforms = makePlatforms(clock);
  const troubles: Trouble[] = [...fortune.pauses, withEcho(fortune.outage)];
  const fates = makeFates(fortune, clock, random, (trouble) => troubles.push(trouble));
  const agenda = makeAgenda(timeline, fortune.pauses, random);
  const boundaries = [...APPROVALS, ...PLACES.flatMap(({ terms }) => terms)].map(
    ({ from }) => from,
  );
  const facts: Fact[] = [];
  const errors: Recorded[] = [];
  const settled: Settled[] = [];
  const gone = new Set<string>();
  const counts = { steps: 0, processes: 0, deaths: 0 };
  let living: Process[] = [];
  let acted = 0;
  let before = new Date(0);

  const start = async (): Promise<Process> => {
    counts.processes += 1;
    const name = `process-${counts.processes}`;
    const onLog = (line: Recorded): void => {
      if (line.level === 'error') errors.push(line);
    };
    const file = join(folder, 'year.db');
    const { fate } = fates;
    return startProcess({
      file,
      clock,
      platforms,
      fate,
      name,
      gone,
      random: random.next,
      onLog,
      onSettled: (one) => settled.push(one),
    });
  };
  const stopAll = async (): Promise<void> => {
    for (const one of living) await one.stop();
    living = [];
  };

  for (let next: number | undefined = agenda.first; next !== undefined; ) {
    counts.steps += 1;
    const minute = new Date(next);
    clock.set(new Date(next + random.between(0, 900)));
    const hasChanged = boundaries.some((at) => at > before && at <= minute);
    const wasDown = fortune.pauses.some(
      ({ kind, to }) => kind === 'downtime' && to > before && to <= minute,
    );
    if (hasChanged || wasDown || fates.takeRestart()) await stopAll();
    for (const one of living.filter((it) => it.isDead())) {
      counts.deaths += 1;
      if (random.isLucky(0.6)) gone.add(one.name);
      await one.bury();
      living = living.filter((it) => it !== one);
    }
    const wanted = minute >= fortune.second.from && minute < fortune.second.to ? 2 : 1;
    while (living.length < wanted) living.push(await start());
    while (living.length > wanted) await living.shift()?.stop();

    for (; (timeline[acted]?.at ?? YEAR.tailEnd) <= minute; acted += 1) {
      const act = timeline[acted];
      const [{ desk } = await start()] = random.shuffle(living);
      if (act !== undefined) facts.push(await perform(desk, act));
    }
    for (const one of random.shuffle(living)) {
      fates.clearCut();
      const at = clock.now();
      await one.plan();
      const cut = one.isDead() ? fates.readCut() : undefined;
      if (cut !== undefined) facts.push({ kind: 'tick', at, cut });
      else if (one.isActive()) facts.push({ kind: 'tick', at });
    }
    if (fates.takeRestart()) {
      const dead = living.filter((one) => one.isDead());
      living = living.filter((one) => !one.isDead());
      await stopAll();
      living = [...dead, await start()];
    }
    const retryMs = await deliver(minute);
    before = minute;
    const isPlanned = living.some((one) => one.isActive()) && living.every((one) => !one.isDead());
    next = agenda.after(minute, isPlanned ? retryMs : 0);
  }
  const [last] = living;
  const open = await last?.desk.outbox.list({
    states: ['planned', 'sending', 'unknown', 'refused'],
  });
  const pending = (open ?? []).map(
    ({ destination, issue, item }) => `${destination} ${issue} ${item}`,
  );
  await stopAll();
  const { posts, placed } = platforms;
  return { seed, facts, troubles, posts, settled, placed: placed(), errors, pending, counts };

  /** A minute of the couriers. Gives when something that is open is to be tried again. */
  async function deliver(minute: Date): Promise<number> {
    const endMs = minute.getTime() + MINUTE_MS - 1;
    clock.advance(random.between(500, 2000));
    for (;;) {
      for (const one of random.shuffle(living)) {
        while (await one.deliver()) clock.advance(random.between(20, 90));
      }
      const alive = living.find((one) => !one.isDead());
      if (alive === undefined) return 0;
      const states = ['planned', 'sending', 'unknown'] as const;
      const open = await alive.desk.outbox.list({ states });
      // What a dead process had in hand is looked at each minute; what waits in line goes after it.
      const isStuck = open.some(({ state }) => state === 'sending');
      const retries = open.flatMap(({ retryAt }) => (retryAt === undefined ? [] : [retryAt]));
      const retryMs = Math.min(...retries.map((at) => at.getTime()));
      if (isStuck) return 0;
      if (retryMs > endMs || retryMs <= clock.now().getTime()) return retryMs;
      clock.set(new Date(retryMs));
    }
  }
}

/** What waited for a platform goes out at the latest a quarter of an hour after it is back. */
function withEcho(outage: Trouble): Trouble {
  return { ...outage, to: new Date(outage.to.getTime() + 20 * MINUTE_MS) };
}

/** The minutes that are looked at: of slots and acts, some odd ones, and none of a pause. */
function makeAgenda(
  acts: readonly Act[],
  pauses: readonly Trouble[],
  random: ReturnType<typeof makeRandom>,
): { readonly first: number; after(minute: Date, atMs: number): number | undefined } {
  const minutes = new Set<number>();
  const add = (at: Date): void => {
    minutes.add(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);
  };
  for (const { at } of acts) add(at);
  for (const at of listAllSlots()) add(at);
  for (const { from } of [...APPROVALS, ...PLACES.flatMap(({ terms }) => terms)]) add(from);
  for (const { to } of pauses) add(to);
  const days = (YEAR.tailEnd.getTime() - YEAR.start.getTime()) / 86_400_000;
  for (let odd = 0; odd < days / 3; odd += 1) {
    add(new Date(YEAR.start.getTime() + Math.floor(random.next() * days * 1440) * MINUTE_MS));
  }
  const sorted = [...minutes].sort((a, b) => a - b);
  let index = 0;
  const leavePause = (ms: number): number => {
    const pause = pauses.find(({ from, to }) => from.getTime() <= ms && ms < to.getTime());
    return pause === undefined ? ms : leavePause(pause.to.getTime());
  };
  return {
    first: YEAR.start.getTime(),
    after: (minute, atMs) => {
      const soonest = leavePause(minute.getTime() + MINUTE_MS);
      if (atMs <= soonest) return soonest;
      while ((sorted[index] ?? Number.POSITIVE_INFINITY) < soonest) index += 1;
      const found = sorted[index];
      if (found === undefined || soonest > YEAR.tailEnd.getTime()) return undefined;
      return leavePause(Math.min(found, Math.floor(atMs / MINUTE_MS) * MINUTE_MS));
    },
  };
}
