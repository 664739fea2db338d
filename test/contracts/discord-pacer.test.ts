import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makePacer, type Pacer, REQUESTS_PER_SECOND } from '../../src/publishers/discord-pacer.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const never = new AbortController().signal;

/** The instants at which so many turns are given, asked for all at once. */
function ask(pacer: Pacer, count: number, signal = never): { at: number[]; lost: unknown[] } {
  const at: number[] = [];
  const lost: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    pacer.takeTurn(signal).then(
      (end) => {
        at.push(performance.now());
        end();
      },
      (reason: unknown) => lost.push(reason),
    );
  }
  return { at, lost };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function mostInSecond(at: readonly number[]): number {
  return Math.max(...at.map((from) => at.filter((it) => it >= from && it < from + 1_000).length));
}

/** A clock of a busy process: each call comes so much later than it was asked for, over and over. */
function makeLateClock(late: readonly number[]) {
  let now = 0;
  let calls = 0;
  const due: { readonly at: number; readonly run: () => void }[] = [];
  return {
    nowMs: () => now,
    callAfter: (ms: number, run: () => void) => {
      due.push({ at: now + ms + (late[calls % late.length] ?? 0), run });
      calls += 1;
    },
    runUntil: async (end: Promise<unknown>) => {
      // Whoever got a turn looks at the clock before it goes on.
      const look = async (): Promise<void> => {
        for (let tick = 0; tick < 5; tick += 1) await Promise.resolve();
      };
      await look();
      for (let next = due.shift(); next !== undefined; next = due.shift()) {
        now = next.at;
        next.run();
        await look();
      }
      await end;
    },
  };
}

describe('makePacer', () => {
  it('gives the first turn at once, and the others evenly', async () => {
    const { at } = ask(makePacer(), 200);

    await vi.advanceTimersByTimeAsync(5_000);

    const gaps = at.slice(1).map((it, index) => it - (at[index] ?? 0));
    expect(at).toHaveLength(200);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(21);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(19);
    expect(199 / (((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1_000)).toBeGreaterThan(
      REQUESTS_PER_SECOND - 0.5,
    );
  });

  it('never gives more than 50 turns within a second, however late the timers are', async () => {
    const lateness = fc.array(fc.nat({ max: 600 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(lateness, async (late) => {
        const clock = makeLateClock(late);
        const at: number[] = [];
        const pacer = makePacer(REQUESTS_PER_SECOND, clock);
        const turns = Array.from({ length: 300 }, () =>
          pacer.takeTurn(never).then((end) => {
            at.push(clock.nowMs());
            end();
          }),
        );

        await clock.runUntil(Promise.all(turns));

        expect(at).toHaveLength(300);
        expect(mostInSecond(at)).toBeLessThanOrEqual(50);
        expect(at.every((it, index) => it - (at[index - 3] ?? -10) >= 10)).toBe(true);
      }),
    );
  });

  it.each([[[1, 3, 0, 1, 2, 1, 60, 2, 1, 4]], [[8, 12, 9, 20, 11]]])(
    'makes up for what timers lose that are late by %j',
    async (late) => {
      const clock = makeLateClock(late);
      const pacer = makePacer(REQUESTS_PER_SECOND, clock);
      const turns = Array.from({ length: 970 }, () => pacer.takeTurn(never).then((end) => end()));

      await clock.runUntil(Promise.all(turns));

      expect(clock.nowMs()).toBeLessThan(21_000);
    },
  );

  it('makes up for nothing where nobody waited', async () => {
    const pacer = makePacer();
    ask(pacer, 1);
    await vi.advanceTimersByTimeAsync(10_000);
    const { at } = ask(pacer, 10);

    await vi.advanceTimersByTimeAsync(1_000);

    expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeGreaterThan(170);
  });

  it('lets no more than 50 come within a second, whatever holds them up on the way', async () => {
    const trip = fc.record({ there: fc.nat({ max: 400 }), back: fc.nat({ max: 400 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(trip, { minLength: 1, maxLength: 40 }), async (trips) => {
        const came: number[] = [];
        const pacer = makePacer();
        for (let index = 0; index < 250; index += 1) {
          const { there = 0, back = 0 } = trips[index % trips.length] ?? {};
          void pacer.takeTurn(never).then(async (end) => {
            await wait(there);
            came.push(performance.now());
            await wait(back);
            end();
          });
        }

        await vi.advanceTimersByTimeAsync(30_000);

        expect(came).toHaveLength(250);
        expect(mostInSecond(came)).toBeLessThanOrEqual(50);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the others no turn for a request that is never answered, but when it is given up', async () => {
    const pacer = makePacer();
    const ends: (() => void)[] = [];
    void pacer.takeTurn(never).then((end) => ends.push(end));
    const { at } = ask(pacer, 60);
    await vi.advanceTimersByTimeAsync(10_000);
    const before = at.length;

    ends[0]?.();
    await vi.advanceTimersByTimeAsync(2_000);

    expect([before, at.length]).toEqual([49, 60]);
  });

  it('passes over who does not wait any more', async () => {
    const pacer = makePacer();
    const gone = new AbortController();
    const left = ask(pacer, 100, gone.signal);
    const { at } = ask(pacer, 1);
    gone.abort(new Error('enough'));

    await vi.advanceTimersByTimeAsync(100);

    expect(left.at).toHaveLength(1);
    expect(left.lost).toHaveLength(99);
    expect(at).toHaveLength(1);
  });

  it('counts what is left of the second, until a second after an answer', async () => {
    const pacer = makePacer();
    const ends: (() => void)[] = [];
    for (let index = 0; index < 3; index += 1) {
      void pacer.takeTurn(never).then((end) => ends.push(end));
    }
    await vi.advanceTimersByTimeAsync(5_000);
    const underWay = pacer.countLeft();
    for (const end of ends) end();
    await vi.advanceTimersByTimeAsync(999);
    const before = pacer.countLeft();
    await vi.advanceTimersByTimeAsync(1);

    expect([underWay, before, pacer.countLeft()]).toEqual([47, 47, 50]);
  });

  it('gives no turn during a pause', async () => {
    const pacer = makePacer();
    const start = performance.now();
    pacer.pause(3_000);
    const { at } = ask(pacer, 2);

    await vi.advanceTimersByTimeAsync(4_000);

    expect(at[0]).toBeGreaterThanOrEqual(start + 3_000);
    expect(at).toHaveLength(2);
  });
});
