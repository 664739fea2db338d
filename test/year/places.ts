import type { Approval } from '../../src/desk/approval/judge-item.ts';
import type { Destination } from '../../src/desk/desk.ts';
import type { Blackout, Programme } from '../../src/schedule/programme.ts';

/** The simulated time: a calendar year, and six weeks in which what is left goes out. */
export const YEAR = {
  start: new Date('2027-01-04T05:00:00Z'),
  end: new Date('2028-01-03T05:00:00Z'),
  tailEnd: new Date('2028-02-14T05:00:00Z'),
};

/** Somewhere to post, with a programme that may change in the year. */
export type Place = {
  readonly destination: Destination;
  /** Whether the platform knows a post that it is sent again, as Bluesky does. */
  readonly isKeyed: boolean;
  /** The first is in force when the destination comes; the others from their time on. */
  readonly terms: readonly { readonly from: Date; readonly programme: Programme }[];
};

const weekend: Blackout[] = [{ weekday: 6 }, { weekday: 0 }];

const makePlace = (
  name: string,
  platform: 'bluesky' | 'discord',
  terms: readonly (readonly [string, Programme])[],
): Place => ({
  destination: {
    name,
    key: `${platform}/${name}`,
    platform,
    isLive: true,
    corrections: platform === 'discord' ? ['edit'] : ['repost', 'reply'],
  },
  isKeyed: platform === 'bluesky',
  terms: terms.map(([from, programme]) => ({ from: new Date(from), programme })),
});

const START = YEAR.start.toISOString();
const usual = {
  timeZone: 'Europe/Berlin',
  order: 'issue',
  rest: 'queue',
  blackouts: [],
  gapMs: 0,
  missed: 'catch-up',
} as const;
const night: Programme = {
  ...usual,
  crons: { digest: [], news: ['30 2 * * 0'], papers: ['30 2 * * *'] },
};

/** With a lane that comes later. */
const later: Programme = {
  ...night,
  crons: {
    digest: ['0 19 * * 2'],
    news: night.crons.news,
    papers: ['30 2 * * 1-6', '30 2,22 * * 0'],
  },
  rest: 'interleave',
};

export const PLACES: readonly Place[] = [
  makePlace('berlin', 'bluesky', [
    [
      START,
      { ...usual, crons: { digest: ['0 18 * * 5'], news: ['30 12 * * 1'], papers: ['0 9 * * *'] } },
    ],
  ]),
  // Slots exactly as far apart as the gap, some nearer, and one before the digest.
  makePlace('newyork', 'discord', [
    [
      START,
      {
        crons: {
          digest: ['0 12 * * 4'],
          news: ['0 13 * * 1'],
          papers: ['0 9,11,17 * * 1,4', '0 15,16 * * 2', '0 9 * * 6'],
        },
        timeZone: 'America/New_York',
        order: 'pick-first',
        rest: 'interleave',
        blackouts: [],
        gapMs: 120 * 60_000,
        missed: 'catch-up',
      },
    ],
  ]),
  makePlace('drop', 'bluesky', [
    [
      START,
      {
        ...usual,
        crons: { digest: ['0 17 * * 5'], news: [], papers: ['0 9 * * *'] },
        order: 'likes',
        rest: 'drop',
        blackouts: [...weekend, { from: '2027-12-20', to: '2027-12-26' }],
      },
    ],
  ]),
  makePlace('night', 'bluesky', [
    [START, night],
    ['2027-07-15T10:00:00Z', later],
    // The news are taken out for some weeks, and put back.
    ['2027-08-20T10:00:00Z', { ...later, crons: { ...later.crons, news: [] } }],
    ['2027-10-08T10:00:00Z', later],
  ]),
  makePlace('skip', 'discord', [
    [
      START,
      {
        ...usual,
        crons: { digest: ['30 2 * * 0'], news: [], papers: ['30 1,2 * * 0,3,5'] },
        timeZone: 'America/New_York',
        missed: 'skip',
      },
    ],
  ]),
  makePlace('june', 'discord', [
    [
      '2027-06-09T08:20:00Z',
      {
        ...usual,
        crons: {
          digest: ['15 9 * * 2'],
          news: ['0 9 * * 3'],
          papers: ['0 9 * * *', '30 9 * * 1', '0 14 * * 6'],
        },
        order: 'likes',
        gapMs: 45 * 60_000,
      },
    ],
  ]),
];

/** Whether editors are asked, from when on. */
export const APPROVALS: readonly { readonly from: Date; readonly approval: Approval }[] = [
  { from: YEAR.start, approval: { kind: 'never' } },
  { from: new Date('2027-05-03T09:00:00Z'), approval: { kind: 'always' } },
  { from: new Date('2027-05-31T09:00:00Z'), approval: { kind: 'never' } },
  { from: new Date('2027-07-05T09:00:00Z'), approval: { kind: 'after', hours: 12 } },
  { from: new Date('2027-08-02T09:00:00Z'), approval: { kind: 'never' } },
];

/** What is in force at an instant; undefined before the first. */
export function inForce<T extends { readonly from: Date }>(
  all: readonly T[],
  at: Date,
): T | undefined {
  return all.findLast(({ from }) => from <= at);
}
