import { expect, test } from 'vitest';
import { findPlace, read, readProblems, TOKEN } from './config-rig.ts';

const DEFAULTS = {
  crons: { digest: [], news: [], papers: ['0 9 * * *'] },
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  order: 'issue',
  rest: 'queue',
  blackouts: [],
  gapMs: 0,
  missed: 'catch-up',
};

test('without a schedule every destination has a paper a day in the machine’s zone', async () => {
  const { schedule } = await read({});

  expect(schedule.programme('bluesky')).toEqual(DEFAULTS);
  expect(schedule.programme('discord-news')).toEqual(DEFAULTS);
});

test('a schedule says when each lane posts, in which order, and when nothing does', async () => {
  const yaml = `
schedule:
  cron: [0 9 * * *, 0 17 * * *]
  digest: 0 18 * * 5
  news: 30 12 * * 1
  timeZone: Europe/Berlin
  order: likes
  rest: interleave
  blackout: [2026-12-24, 2026-12-31..2027-01-02, Sun]
  gapMinutes: 90
  missed: skip
`;

  const { schedule } = await read({}, { yaml });

  expect(schedule.programme('bluesky')).toEqual({
    crons: { digest: ['0 18 * * 5'], news: ['30 12 * * 1'], papers: ['0 9 * * *', '0 17 * * *'] },
    timeZone: 'Europe/Berlin',
    order: 'likes',
    rest: 'interleave',
    blackouts: [
      { from: '2026-12-24', to: '2026-12-24' },
      { from: '2026-12-31', to: '2027-01-02' },
      { weekday: 0 },
    ],
    gapMs: 90 * 60_000,
    missed: 'skip',
  });
});

test('what a destination’s own schedule says is laid over that of all, key by key', async () => {
  const yaml = `
schedule: { cron: 0 9 * * *, digest: 0 18 * * 5, timeZone: Europe/Berlin, blackout: Sun }
destinations:
  folder:
    schedule: { cron: [], timeZone: America/New_York, blackout: [] }
  folder-late:
    schedule: { digest: [], order: pick-first }
`;

  const { schedule } = await read({}, { yaml });

  expect(schedule.programme('folder')).toMatchObject({
    crons: { digest: ['0 18 * * 5'], news: [], papers: [] },
    timeZone: 'America/New_York',
    blackouts: [],
    order: 'issue',
  });
  expect(schedule.programme('folder-late')).toMatchObject({
    crons: { digest: [], papers: ['0 9 * * *'] },
    timeZone: 'Europe/Berlin',
    blackouts: [{ weekday: 0 }],
    order: 'pick-first',
  });
  expect(schedule.timeZone).toBe('Europe/Berlin');
});

test('the clock may be told to post to any destination that there is', async () => {
  const yaml = 'schedule: { to: [folder-a, folder] }\ndestinations: { folder-a: }';

  const config = await read({}, { yaml });

  expect(config.schedule.to).toEqual(['folder-a', 'folder']);
  expect(findPlace(config, 'folder-a')).toBeDefined();
});

const wrong: readonly [string, string, RegExp][] = [
  ['a cron of a list', 'schedule: { cron: [0 9 * * *, 61 9 * * *] }', /^schedule\.cron .*“61 9/],
  ['a digest', 'schedule: { digest: friday }', /^schedule\.digest .*0 9 \* \* \*; not “friday”/],
  ['news', 'schedule: { news: 5 }', /^schedule\.news .*a cron expression .* or a list/],
  [
    'a day of the week',
    'schedule: { cron: 0 9 * * 8 }',
    /\(8 cannot be read as the day of the week, which is 0 to 7 \(0 and 7 are Sunday\) or sun to sat\)$/,
  ],
  [
    'an hour and a month',
    'schedule: { cron: 0 25 1 13 * }',
    /\(25 .* the hour, which is 0 to 23, 13 .* the month, which is 1 to 12 or jan to dec\)$/,
  ],
  [
    'nowhere',
    'schedule: { to: [] }',
    /^schedule\.to .*one destination or more, for example \[blue/,
  ],
  [
    'one place',
    'schedule: { to: bluesky }',
    /^schedule\.to .*one destination or more, for example/,
  ],
  ['an order', 'schedule: { order: random }', /^schedule\.order .*issue, likes or pick-first/],
  ['a rest', 'schedule: { rest: keep }', /^schedule\.rest .*queue, drop or interleave/],
  ['missed', 'schedule: { missed: all }', /^schedule\.missed .*catch-up or skip/],
  ['a gap', 'schedule: { gapMinutes: -1 }', /^schedule\.gapMinutes .*0 minutes or more/],
  ['half a gap', 'schedule: { gapMinutes: 1.5 }', /^schedule\.gapMinutes .*whole number/],
  ['a gap of months', 'schedule: { gapMinutes: 99999 }', /^schedule\.gapMinutes .*a week/],
  [
    'a day that never is',
    'schedule: { blackout: 2026-02-30 }',
    /^schedule\.blackout .*“2026-02-30”/,
  ],
  [
    'days that go back',
    'schedule: { blackout: [2027-01-02..2026-12-31] }',
    /^schedule\.blackout .*2026-12-31\.\.2027-01-02 or Sun; not “2027/,
  ],
  [
    'a cron of one destination',
    'destinations: { bluesky: { schedule: { cron: never } } }',
    /^destinations\.bluesky\.schedule\.cron .*; not “never”/,
  ],
  [
    'a zone of one destination',
    'destinations: { bluesky: { schedule: { timeZone: Mars } } }',
    /^destinations\.bluesky\.schedule\.timeZone .*Europe\/Berlin/,
  ],
  [
    'where to, of one destination',
    'destinations: { bluesky: { schedule: { to: [folder] } } }',
    /^destinations\.bluesky\.schedule .*“to” is no setting; .*: cron, digest/,
  ],
  [
    'a destination that is nowhere',
    'schedule: { to: [folder-b] }',
    /^schedule\.to .* names folder-b, which is not in destinations: add it there/,
  ],
];
test.each(wrong)('%s that is wrong is told in one line', async (_, yaml, told) => {
  const problems = await readProblems({}, { yaml });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(told);
});

test('a destination whose variables are missing is told once, though the clock is to post to it', async () => {
  const yaml = 'schedule: { to: [discord-b] }\ndestinations: { discord-b: }';

  const problems = await readProblems({ DISCORD_TOKEN: TOKEN }, { yaml });

  expect(problems).toEqual([expect.stringMatching(/^DISCORD_B_CHANNEL_ID is missing, as dest/)]);
});

test('all that is wrong is told at once, whatever else is wrong beside it', async () => {
  const yaml = `
shedule: {}
schedule: { cron: 99 9 * * *, timeZone: Mars, oder: likes, blackout: soon }
sources: { feed: ['ftp://me:pass@x.example', nothing] }
approval: sometimes
destinations: { folder-a: { schedule: { cron: never }, colour: red } }
editors: { guild: 5 }
`;

  const problems = await readProblems({}, { yaml });

  const told = [
    /“shedule” .*did you mean schedule\?$/,
    /^schedule .*“oder” .*did you mean order\?$/,
    /^schedule\.cron .*“99 9/,
    /^schedule\.timeZone /,
  ];
  told.push(/^schedule\.blackout .*“soon”/, /^sources\.feed/, /^approval /, /^editors\.guild /);
  told.push(
    /^destinations\.folder-a .*“colour” is no setting; .*: posts, schedule, path, format$/,
    /^destinations\.folder-a\.schedule\.cron /,
  );
  for (const one of told) {
    expect(
      problems.filter((problem) => one.test(problem)),
      String(one),
    ).not.toHaveLength(0);
  }
  expect(problems.join('\n')).not.toContain('pass@');
});
