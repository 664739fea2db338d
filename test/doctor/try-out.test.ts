import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProgramme } from '../../src/doctor/check-programme.ts';
import { hasSlot, tryOut } from '../../src/doctor/try-out.ts';
import type { Candidate, Programme } from '../../src/schedule/programme.ts';
import { projectSlots } from '../../src/schedule/project-slots.ts';
import { LINEAR_AT_MOST } from '../support/find-exponent.ts';

const DAY_MS = 24 * 60 * 60_000;
const DAYS_A_WEEK = 7;
const SHORT_DAYS = 7;
const LONGER = 4;
const ATTEMPTS = 6;
const now = new Date('2026-10-20T12:00:00Z');
const usual: Programme = {
  crons: { digest: [], news: [], papers: ['* * * * *'] },
  timeZone: 'Europe/Berlin',
  order: 'issue',
  rest: 'queue',
  blackouts: [],
  gapMs: 0,
  missed: 'catch-up',
};

describe('tryOut', () => {
  it('counts what the calendar of an archive without end would show', async () => {
    const slots = fc.constantFrom([], ['0 9 * * *'], ['*/40 * * * *'], ['0 2 * * 0', '0 9 * * 1']);
    const blackouts = fc.constantFrom([], [{ weekday: 1 }]);

    await fc.assert(
      fc.asyncProperty(slots, slots, slots, blackouts, fc.nat(200), async (...drawn) => {
        const [papers, digest, news, days, gap] = drawn;
        const crons = { papers, digest, news };
        const programme = { ...usual, crons, blackouts: days, gapMs: gap * 60_000 };
        const until = new Date(now.getTime() + 8 * DAY_MS);

        const seen = await tryOut(programme, now, until);

        const turns = projectSlots(
          programme,
          { open: [], lastPostAt: undefined, lastIssue: {}, lastPaperIssue: undefined },
          Array.from({ length: 400 }, (_, position) => makePaper(position)),
          now,
          until,
        );
        const shown = turns.filter(({ slot }) => slot.lane === 'papers');
        const digests = turns
          .filter(({ slot }) => slot.lane === 'digest')
          .map(({ slot }) => +slot.at);
        expect(seen).toEqual({
          papers: shown.length,
          passedOver: shown.filter(({ isPassedOver }) => isPassedOver).length,
          crowdedAt: turns.find(({ slot }) => slot.lane === 'news' && digests.includes(+slot.at))
            ?.slot.at,
        });
        expect(await hasSlot(programme, now, until)).toBe(turns.length > 0);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the plan of every minute', () => {
  it('is looked at a day at a time, and other work goes on between', async () => {
    let others = 0;
    let isOver = false;
    const goOn = (): void => {
      others += 1;
      if (!isOver) setImmediate(goOn);
    };
    setImmediate(goOn);

    const seen = await checkProgramme({ name: 'folder', programme: usual, papersAWeek: 7 }, now);

    isOver = true;
    expect(seen).toMatchObject([
      { level: 'ok', said: expect.stringMatching(/ 100\d\d slots of papers a week/) },
    ]);
    expect(others).toBeGreaterThanOrEqual(DAYS_A_WEEK);
  });

  it('takes a time that grows with its slots alone', async () => {
    const minutes = ['* * * * *'];
    const programme = { ...usual, crons: { digest: minutes, news: [], papers: minutes } };
    const spend = async (days: number): Promise<number> => {
      const begin = process.threadCpuUsage().user;
      await tryOut(programme, now, new Date(now.getTime() + days * DAY_MS));
      return process.threadCpuUsage().user - begin;
    };

    // A busy machine can disturb one measurement; what is quadratic is so every time.
    let least = Infinity;
    for (let attempt = 0; attempt < ATTEMPTS && least >= LINEAR_AT_MOST; attempt += 1) {
      const base = Math.min(await spend(SHORT_DAYS), await spend(SHORT_DAYS));
      const long = await spend(SHORT_DAYS * LONGER);
      least = Math.min(least, Math.log(long / base) / Math.log(LONGER));
    }

    expect(least).toBeLessThan(LINEAR_AT_MOST);
  });
});

function makePaper(position: number): Candidate {
  return {
    lane: 'papers',
    issue: 1,
    item: `paper/${position}`,
    position,
    isArranged: false,
    likes: 0,
    isPick: false,
    isReady: true,
  };
}
