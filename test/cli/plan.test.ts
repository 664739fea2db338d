import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type PlanOptions, runPlan } from '../../src/cli/plan.ts';
import { approve } from '../../src/desk/approval/approve.ts';
import { holdItems } from '../../src/desk/approval/hold-items.ts';
import { planSlots } from '../../src/desk/plan/plan-slots.ts';
import { queuePost } from '../../src/desk/post.ts';
import type { Programme } from '../../src/schedule/programme.ts';
import { makeFakeClock } from '../support/fake-clock.ts';
import { makeFakePlatform } from '../support/fake-platform.ts';
import { makeIssue } from '../support/make-issue.ts';
import {
  BLUESKY,
  DISCORD,
  FOLDER,
  keep,
  makeProgramme,
  makeTestDesk,
  type TestDesk,
} from '../support/make-test-desk.ts';
import { parseCalendar } from '../support/parse-calendar.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTerminal } from './terminal.ts';

async function makeDesk(
  parts: Parameters<typeof makeTestDesk>[1] = {},
  papers: readonly string[] = ['Alpha', 'Beta'],
): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY], ...parts });
  await keep(desk, makeIssue({ papers }));
  return desk;
}

async function plan(desk: TestDesk, options: PlanOptions = {}, columns?: number): Promise<string> {
  const terminal = makeTerminal(desk, columns);
  await runPlan(terminal.context, options);
  return terminal.read();
}

describe('paperboy plan', () => {
  it('is a calendar by week and day, in the zone of the editor', async () => {
    const desk = await makeDesk({ scheduled: [BLUESKY, DISCORD] }, ['Alpha', 'Beta', 'Gamma']);
    desk.clock.set('2026-11-28T09:00:00.000Z');

    const text = await plan(desk);

    expect(text).toBe(`The coming 4 weeks, in the time of Europe/Berlin
! Paperboy is not running: nothing goes out until it is started: paperboy start

This week
Sun, Nov 29  09:00  bluesky  #7 Alpha
             09:00  discord  #7 Alpha

Next week
Mon, Nov 30  09:00  bluesky  #7 Beta
             09:00  discord  #7 Beta
Tue, Dec 1   09:00  bluesky  #7 Gamma
             09:00  discord  #7 Gamma
`);
  });

  it('says nothing of a start where Paperboy runs, and of one place alone where that is named', async () => {
    const desk = await makeDesk({ scheduled: [BLUESKY, DISCORD] });
    const terminal = makeTerminal(desk);
    const beat = { pid: 1, at: desk.clock.now().toISOString() };
    await writeFile(join(terminal.data, 'heartbeat.json'), JSON.stringify(beat));

    const code = await runPlan(terminal.context, { to: 'discord', weeks: 1 });

    const text = terminal.read();
    expect(code).toBe(0);
    expect(text).toContain('The coming 1 week,');
    expect(text).not.toContain('not running');
    expect(text).not.toContain('bluesky');
    expect(text.match(/ discord {2}#7 /g)).toHaveLength(2);
  });

  it.each([
    ['myspace', 'destination.unknown'],
    ['folder', 'destination.unscheduled'],
  ])('cannot be drawn of %s: %s', async (to, code) => {
    await expect(plan(await makeDesk(), { to })).rejects.toMatchObject({ code });
  });

  it('marks what waits for an editor, and says how it is approved', async () => {
    const desk = await makeDesk({ approval: { kind: 'always' } });
    await approve(desk, '7', { paper: 'beta' });

    const text = await plan(desk);

    expect(text).toMatch(/09:00 {2}waits +bluesky {2}#7 Alpha\n/);
    expect(text).toMatch(/09:00 {2}or Wed, Nov 25, 09:00 {2}bluesky {2}#7 Beta\n/);
    expect(text).toContain('“or” is when it goes out instead if what waits before it is approved');
    expect(text).toContain(
      'Waits for an editor\n? #7 Small steps: Alpha, since Mon, Nov 23, 10:00\n',
    );
    expect(text).toContain('→ paperboy approve 7; nothing of it goes out before\n');
  });

  it('names what is held, by whom, and how it is released', async () => {
    const desk = await makeDesk();
    await holdItems({ ...desk, actor: 'ada' }, '7', { paper: 'alpha' });

    const text = await plan(desk);

    expect(text).not.toMatch(/09:00.*Alpha/);
    expect(text).toContain(
      'Held\n‖ #7 Alpha, by ada, Mon, Nov 23, 10:00\n    → paperboy release 7 --paper alpha\n',
    );
  });

  it('has what is queued for a time, and what of it is held or overdue', async () => {
    const desk = await makeDesk();
    const at = new Date('2026-11-25T12:00:00.000Z');
    const [alpha] = await queuePost(desk, '7', { paper: 'alpha', at });
    await queuePost(desk, '7', { paper: 'beta' });
    await desk.outbox.hold(alpha?.delivery.id ?? '', { actor: 'ada', now: desk.clock.now() });
    desk.clock.advance(60_000);

    const text = await plan(desk);

    expect(text).toMatch(/^Due\nMon, Nov 23 {2}10:00 {8}bluesky {2}#7 Beta\n\nThis week\n/m);
    expect(text).toMatch(/^Wed, Nov 25 {2}13:00 {2}held {2}bluesky {2}#7 Alpha\n/m);
  });

  it.each<[string, Partial<Programme>, readonly string[], RegExp]>([
    [
      'there are fewer slots',
      { crons: crons('0 9 * * 1') },
      letters(6),
      /#7 → bluesky: Paper E and Paper F; there are fewer slots than that\n {4}→ add slots to schedule\.cron in paperboy\.yaml; or now: paperboy post 7 --paper paper-e --to bluesky/,
    ],
    [
      'no slot comes',
      { crons: crons('0 9 1 3 *') },
      ['Alpha'],
      /Nothing is planned, as the schedule has no slot until Mon, Dec 21, 10:00: “0 9 1 3 \*”/,
    ],
    [
      'every slot is too near to another post',
      { crons: { ...crons('30 8 * * 5'), digest: ['0 9 * * 5'] }, gapMs: 3_600_000 },
      ['Alpha'],
      /Alpha; every slot is too near to another post\n {4}→ make gapMinutes smaller/,
    ],
  ])('says what has no slot as %s', async (_why, programme, papers, said) => {
    const desk = await makeDesk({ programme }, papers);

    expect(await plan(desk)).toMatch(said);
  });

  it('says what is dropped for a newer issue', async () => {
    const desk = await makeDesk({ programme: { rest: 'drop' } });
    await desk.outbox.takeSlots(
      {
        destination: BLUESKY.key,
        before: [],
        after: [
          { lane: 'papers', slotAt: desk.clock.now(), schedule: '', isOpen: false, sinceIssue: 7 },
        ],
        deliveries: [],
      },
      desk.clock.now(),
    );
    await keep(desk, makeIssue({ number: 8, papers: ['Gamma'] }));

    const text = await plan(desk);

    expect(text).toContain('Alpha and Beta; dropped, as a newer issue has come (rest: drop)\n');
    expect(text).toContain('→ paperboy post 7 --paper alpha --to bluesky\n');
  });

  it('says why it is empty, and what to do', async () => {
    const empty = makeTestDesk(makeTempDatabase());
    const samples = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY] });
    await keep(samples, makeIssue(), true);
    const silent = await makeDesk({ programme: { crons: crons() } });
    const done = await makeDesk();
    await queuePost(done, '7', {});
    for (const { id } of await done.outbox.list()) {
      await done.outbox.cancel(id, { actor: 'ada', now: done.clock.now() });
    }
    const nowhere = await makeDesk({ scheduled: [] });

    const texts = [];
    for (const desk of [empty, samples, silent, done, nowhere]) texts.push(await plan(desk));

    expect(texts[0]).toMatch(/the archive is empty\.\n {2}→ Import an issue: paperboy import FILE/);
    expect(texts[1]).toMatch(/there are only samples.*\n {2}→ Import an issue of your own/);
    expect(texts[2]).toMatch(/the schedule has no slots\.\n {2}→ Set schedule\.cron/);
    expect(texts[3]).toMatch(/all of #7 has gone out.*\n {2}→ Import the next issue/);
    expect(texts[4]).toMatch(/no place that the clock posts to\.\n {2}→ Set the variables/);
  });

  it('names the days on which the clock is silent', async () => {
    const blackouts = [{ from: '2026-11-24', to: '2026-11-25' }, { weekday: 0 }];
    const desk = await makeDesk({ programme: { blackouts } });

    const text = await plan(desk);

    expect(text).toMatch(/^Tue, Nov 24 +the clock posts nothing until Wed, Nov 25 \(blackout\)$/m);
    expect(text).toMatch(/^Thu, Nov 26 {2}09:00 {2}bluesky {2}#7 Alpha$/m);
    expect(text).toContain('The clock posts nothing on Sundays (blackout).\n');
  });

  it('keeps to the wall clock of each place over a change of the clock, and says so', async () => {
    const zones = new Map([
      ['bluesky', 'Europe/Berlin'],
      ['discord', 'America/New_York'],
      ['folder', 'Asia/Tokyo'],
    ]);
    const clock = makeFakeClock('2026-10-23T12:00:00.000Z');
    const made = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY, DISCORD, FOLDER], clock });
    const desk: TestDesk = {
      ...made,
      programme: (name) => ({ ...makeProgramme(), timeZone: zones.get(name) ?? 'UTC' }),
    };
    await keep(desk, makeIssue({ papers: letters(12) }));

    const text = await plan(desk);

    const day = (name: string): string => (text.split(`${name}  `)[1] ?? '').trimStart();
    expect(text).toMatch(/^Sun, Oct 25 +the clock goes back an hour\n/m);
    expect(text).toMatch(/^Sun, Nov 1 +the clock goes back an hour in America\/New_York\n/m);
    expect(day('Sat, Oct 24')).toMatch(
      /^02:00 \(09:00\) {2}folder .*\n +09:00 +bluesky .*\n +15:00 \(09:00\) {2}discord/,
    );
    expect(day('Mon, Oct 26')).toMatch(
      /^01:00 \(09:00\) {2}folder .*\n +09:00 +bluesky .*\n +14:00 \(09:00\) {2}discord/,
    );
    expect(day('Mon, Nov 2')).toMatch(
      /^01:00 \(09:00\) {2}folder .*\n +09:00 +bluesky .*\n +15:00 \(09:00\) {2}discord/,
    );
    expect(text).toContain(
      'In brackets the time there: discord in America/New_York, folder in Asia/Tokyo.\n',
    );
  });

  it('names the day of a place that has another one', async () => {
    const desk: TestDesk = {
      ...(await makeDesk({ scheduled: [FOLDER] })),
      programme: () => ({ ...makeProgramme('0 3 * * *'), timeZone: 'Asia/Tokyo' }),
    };

    expect(await plan(desk)).toContain('Mon, Nov 23  19:00 (Tue 03:00)  folder  #7 Beta\n');
  });

  it('never is wider than 80 columns, and never obeys a title', async () => {
    const grapheme = fc.constantFrom(
      'word ',
      'ש',
      '日本',
      '👩‍👩‍👧',
      'é',
      '\u001b[31m',
      '\u202e',
      '\u0007',
      '\r',
      'W'.repeat(30),
    );
    const titles = fc
      .array(grapheme, { minLength: 1, maxLength: 60 })
      .map((all) => `A${all.join('')}`);
    await fc.assert(
      fc.asyncProperty(titles, fc.boolean(), async (title, isAsked) => {
        const desk: TestDesk = {
          ...makeTestDesk(makeTempDatabase(), {
            scheduled: [{ ...BLUESKY, name: 'bluesky-of-a-long-name-2' }, DISCORD],
            approval: { kind: isAsked ? 'always' : 'never' },
          }),
          programme: () => ({ ...makeProgramme('0 9 * * 1'), timeZone: 'Asia/Tokyo' }),
        };
        const issue = makeIssue({ papers: ['Alpha', 'Beta', ...letters(5)] });
        const [first, ...others] = issue.papers;
        if (first === undefined) throw new Error('no paper');
        await keep(desk, { ...issue, title, papers: [{ ...first, title }, ...others] });
        await holdItems(desk, '7', { paper: 'beta' });

        const text = await plan(desk, {}, 80);

        expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(
          80,
        );
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
      }),
      { numRuns: 15 },
    );
  });

  it('says what makes up for missed slots, and that it goes out now', async () => {
    const desk = await makeDesk();
    await planSlots(desk);
    desk.clock.advance(2 * 24 * 60 * 60 * 1000);

    const text = await plan(desk);
    const printed = JSON.parse(await plan(desk, { json: true }));
    const [event] = parseCalendar(await plan(desk, { ics: true }));

    expect(text).toContain('! Slots were missed: they are made up for now, or as soon as');
    expect(text).toMatch(/^Due\nWed, Nov 25 {2}now {4}bluesky {2}#7 Alpha\n/m);
    expect(printed.entries).toMatchObject([{ isCatchUp: true }, { isCatchUp: false }]);
    expect(event?.DESCRIPTION).toMatch(/^It makes up for what was missed/);
  });

  it('says what a place is paused for, marks its posts, and how it goes on', async () => {
    const desk = await makeDesk({
      publisher: makeFakePlatform().makePublisher({
        find: () => 'answers',
        publish: () => ({ kind: 'is closed', posts: 0 }),
      }),
    });
    await queuePost(desk, '7', { paper: 'alpha' });
    await desk.courier.deliverNext([BLUESKY.key]);

    const text = await plan(desk);
    const printed = JSON.parse(await plan(desk, { json: true }));
    const [event] = parseCalendar(await plan(desk, { ics: true }));

    expect(text.replace(/\n +/g, ' ')).toContain(
      '✗ bluesky is paused since Mon, Nov 23, 10:00: nothing goes out there until: paperboy retry --to bluesky\n',
    );
    expect(text).toMatch(/09:00 {2}paused {2}bluesky {2}#7 Beta\n/);
    expect(printed).toMatchObject({
      pauses: [
        {
          destination: 'bluesky',
          since: '2026-11-23T09:00:00.000Z',
          command: 'paperboy retry --to bluesky',
        },
      ],
      entries: [{ item: 'paper/beta', standing: 'paused' }],
    });
    expect(event?.DESCRIPTION).toMatch(/^bluesky is paused: .* paperboy retry --to bluesky/);
  });

  it('lets the rest of an older issue go on until the newer one is approved, and says so', async () => {
    const desk = await makeDesk({ approval: { kind: 'always' }, programme: { rest: 'drop' } });
    await approve(desk, '7');
    await planSlots(desk);
    await keep(desk, makeIssue({ number: 8, papers: ['Gamma'] }));

    const before = await plan(desk);
    await approve(desk, '8');
    const after = await plan(desk);

    expect(before.match(/#\d (Alpha|Beta|Gamma)$/gm)).toEqual(['#7 Alpha', '#7 Beta', '#8 Gamma']);
    expect(before).toMatch(/waits {2}bluesky {2}#8 Gamma/);
    expect(before).toContain(
      'The rest of #7 goes on until a paper of #8 is approved, and is dropped then (rest: drop).',
    );
    expect(after.match(/09:00 .*#\d/g)).toHaveLength(1);
    expect(after).not.toContain('The rest of #7 goes on');
  });

  it('is JSON for programs', async () => {
    const desk = await makeDesk({ approval: { kind: 'after', hours: 12 } });
    await approve(desk, '7', { paper: 'alpha' });
    await holdItems(desk, '7', { digest: 'issue' });

    const printed = JSON.parse(await plan(desk, { json: true }));

    expect(printed).toMatchObject({
      from: '2026-11-23T09:00:00.000Z',
      until: '2026-12-21T09:00:00.000Z',
      timeZone: 'Europe/Berlin',
      isRunning: false,
      nextSlot: '2026-11-24T08:00:00.000Z',
      entries: [
        {
          at: '2026-11-24T08:00:00.000Z',
          day: '2026-11-24',
          destination: 'bluesky',
          lane: 'papers',
          issue: 7,
          item: 'paper/alpha',
          title: 'Alpha',
          standing: 'planned',
          deliveryId: null,
        },
        { item: 'paper/beta', standing: 'waits' },
      ],
      proposed: [{ issue: 7, items: [{ item: 'paper/beta' }], command: 'paperboy approve 7' }],
      held: [],
      left: [],
      notes: [],
    });
  });
});

describe('paperboy plan --ics', () => {
  it('writes a calendar whose events keep their identity when they move', async () => {
    const temp = makeTempDatabase();
    const desk = makeTestDesk(temp, { scheduled: [BLUESKY, DISCORD] });
    const issue = makeIssue({ papers: ['One, two; three\\', 'Beta'] });
    await keep(desk, issue);

    const first = parseCalendar(await plan(desk, { ics: true }));
    desk.clock.advance(1000);
    const later = makeTestDesk(temp, {
      scheduled: [BLUESKY, DISCORD],
      cron: '0 12 * * *',
      clock: desk.clock,
    });
    const second = parseCalendar(await plan(later, { ics: true }));

    const tell = (all: typeof first): string[] =>
      all.map(({ UID, SUMMARY }) => `${UID} ${SUMMARY}`);
    expect(first.map(({ DTSTART, SUMMARY }) => `${DTSTART} ${SUMMARY}`)).toEqual([
      '20261124T080000Z #7 One, two; three\\ → bluesky',
      '20261124T080000Z #7 One, two; three\\ → discord',
      '20261125T080000Z #7 Beta → bluesky',
      '20261125T080000Z #7 Beta → discord',
    ]);
    expect(second.map(({ DTSTART }) => DTSTART)).not.toEqual(first.map(({ DTSTART }) => DTSTART));
    expect(tell(second)).toEqual(tell(first));
    expect(Number(second[0]?.SEQUENCE)).toBeGreaterThan(Number(first[0]?.SEQUENCE));
  });

  it('marks what waits for an editor, leaves out what is held, and goes into a file', async () => {
    const desk = await makeDesk({ approval: { kind: 'always' } });
    await holdItems(desk, '7', { paper: 'alpha' });
    const terminal = makeTerminal(desk);
    const file = join(terminal.data, 'plan.ics');

    const code = await runPlan(terminal.context, { ics: file });

    const events = parseCalendar(await readFile(file, 'utf8'));
    expect(code).toBe(0);
    expect(terminal.read()).toContain(`The plan is in ${file}`);
    expect(terminal.readNotes()).toContain('What is in the plan no more stays in the calendar');
    expect(events.map(({ SUMMARY }) => SUMMARY)).toEqual(['? #7 Beta → bluesky']);
    expect(events[0]?.DESCRIPTION).toContain('paperboy approve 7 --paper beta');
  });

  it('says what to do about a file that cannot be written, and about two formats', async () => {
    const desk = await makeDesk();

    await expect(plan(desk, { ics: '/nowhere/plan.ics' })).rejects.toMatchObject({
      code: 'calendar.unwritable',
    });
    await expect(plan(desk, { ics: true, json: true })).rejects.toMatchObject({
      code: 'output.ambiguous',
    });
  });
});

function crons(...papers: string[]): Programme['crons'] {
  return { digest: [], news: [], papers };
}

function letters(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Paper ${String.fromCharCode(65 + index)}`);
}
