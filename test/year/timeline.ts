import { makeIssue, type YearIssue } from './make-issues.ts';
import { YEAR } from './places.ts';
import type { Random } from './random.ts';

/** What somebody does to the desk at a time. */
export type Act = { readonly at: Date } & (
  | { readonly kind: 'import'; readonly issue: YearIssue; readonly saved: Saved }
  | {
      readonly kind: 'approve' | 'hold' | 'release';
      readonly issue: number;
      /** All that wait, where nothing is named. */
      readonly items?: readonly string[];
    }
  | {
      readonly kind: 'arrange';
      readonly issue: number;
      readonly item: string;
      readonly place: number;
    }
  | { readonly kind: 'edit'; readonly issue: number; readonly item: string; readonly text: string }
  | {
      readonly kind: 'post';
      readonly issue: number;
      readonly item: string;
      /** All places without it. */
      readonly to?: string;
    }
);
type Saved = 'new' | 'revised' | 'unchanged';

export const FIRST_ISSUE = 101;
const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The week's issue comes on Thursday, the day before the digest: most of the time. */
const USUAL_MS = 3 * DAY_MS + 14 * HOUR_MS;

/** All that comes to the desk in a year, in order. The same random gives the same year. */
export function makeTimeline(random: Random): Act[] {
  const acts: Act[] = [];
  for (let week = 0; week < 52; week += 1) {
    const monday = new Date(YEAR.start.getTime() + week * 7 * DAY_MS);
    const issue = makeIssue(random, FIRST_ISSUE + week, monday);
    const arrival = new Date(
      monday.getTime() + arriveAfterMs(random, week) + random.between(0, 300) * MINUTE_MS,
    );
    acts.push({ kind: 'import', at: arrival, issue, saved: 'new' });
    const isForEditors = [17, 18, 19, 20, 26, 27, 28, 29, 40].includes(week);
    if (random.isLucky(0.2)) {
      const again = new Date(arrival.getTime() + random.between(5, 90) * MINUTE_MS);
      acts.push({ kind: 'import', at: again, issue, saved: 'unchanged' });
    }
    if (isForEditors || !random.isLucky(0.4)) continue;
    acts.push(...correct(random, issue, arrival));
  }
  return [...acts, ...backfill(random), ...edit(acts)].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
}

function arriveAfterMs(random: Random, week: number): number {
  // One so late that it comes with the next; one that comes after the next.
  if (week === 20 || week === 45) return USUAL_MS + 7 * DAY_MS;
  if (week === 31) return USUAL_MS + 9 * DAY_MS;
  if (week === 21 || week === 46 || random.isLucky(0.5)) return USUAL_MS;
  return random.isLucky(0.5)
    ? USUAL_MS - random.between(1, 72) * HOUR_MS
    : USUAL_MS + random.between(1, 120) * HOUR_MS;
}

/** One or two corrections: soon, in the days of its posts, or after them. */
function correct(random: Random, first: YearIssue, arrival: Date): Act[] {
  const acts: Act[] = [];
  let issue = first;
  let atMs = arrival.getTime() + 91 * MINUTE_MS;
  for (let round = random.between(1, 2); round > 0; round -= 1) {
    issue = change(random, issue);
    atMs += random.pick([10 * MINUTE_MS, 30 * HOUR_MS, 3 * DAY_MS, 12 * DAY_MS]);
    atMs += random.between(0, 600) * MINUTE_MS;
    acts.push({ kind: 'import', at: new Date(atMs), issue, saved: 'revised' });
  }
  return acts;
}

function change(random: Random, issue: YearIssue): YearIssue {
  const { papers, number } = issue;
  const chosen = random.between(0, papers.length - 1);
  switch (random.pick(['words', 'likes', 'added', 'removed', 'news'] as const)) {
    case 'words':
      return {
        ...issue,
        papers: papers.map((one, index) =>
          index === chosen ? { ...one, version: one.version + 1 } : one,
        ),
      };
    case 'added': {
      const count = Math.max(...papers.map(({ slug }) => Number(slug.split('-')[1]))) + 1;
      const slug = `p${number}-${count}`;
      const added = { slug, version: 1, likes: random.between(0, 6) * 50, pick: false };
      return { ...issue, papers: papers.toSpliced(chosen, 0, added) };
    }
    case 'removed':
      return papers.length < 2
        ? change(random, issue)
        : { ...issue, papers: papers.toSpliced(chosen, 1) };
    case 'news':
      return { ...issue, news: issue.news.length === 0 ? [1] : issue.news.map((one) => one + 1) };
    case 'likes':
      return {
        ...issue,
        papers: papers.map((one) => ({ ...one, likes: one.likes + 5 + random.between(0, 4) * 50 })),
      };
  }
}

/** Thirty issues of other years come to the archive in summer. */
function backfill(random: Random): Act[] {
  return Array.from({ length: 30 }, (_, index) => {
    const monday = new Date(YEAR.start.getTime() - (50 - index) * 7 * DAY_MS);
    const issue = makeIssue(random, FIRST_ISSUE - 40 + index, monday);
    const at = new Date(Date.parse('2027-07-20T13:07:00Z') + Math.floor(index / 6) * MINUTE_MS);
    return { kind: 'import', at, issue, saved: 'new' };
  });
}

/** What editors do: in May they are always asked, in July for twelve hours. */
function edit(imports: readonly Act[]): Act[] {
  const acts: Act[] = [];
  const find = (week: number) => {
    const act = imports.find(
      (one) => one.kind === 'import' && one.issue.number === FIRST_ISSUE + week,
    );
    if (act?.kind !== 'import') throw new Error(`no issue in week ${week}`);
    const issue = act.issue.number;
    // Not before they are asked.
    const asked = Math.max(
      act.at.getTime(),
      Date.parse(week < 24 ? '2027-05-03T09:00:00Z' : '2027-01-04T05:00:00Z'),
    );
    const [one = '', two = '', three = ''] = act.issue.papers.map(({ slug }) => `paper/${slug}`);
    const after = (hours: number): Date => new Date(asked + hours * HOUR_MS + 3 * MINUTE_MS);
    return { issue, one, two, three, after };
  };
  const early = find(9);
  acts.push(
    { kind: 'hold', at: early.after(1), issue: early.issue, items: [early.two] },
    { kind: 'release', at: early.after(20 * 24), issue: early.issue, items: [early.two] },
  );
  const silent = find(12);
  acts.push({ kind: 'hold', at: silent.after(0.2), issue: silent.issue, items: ['digest'] });

  for (const week of [15, 16]) {
    const { issue } = find(week);
    acts.push({ kind: 'approve', at: new Date('2027-05-03T09:33:00Z'), issue });
  }
  const late = find(17);
  acts.push({ kind: 'approve', at: late.after(30), issue: late.issue });
  const held = find(18);
  acts.push(
    { kind: 'hold', at: held.after(1), issue: held.issue, items: [held.one] },
    { kind: 'approve', at: held.after(2), issue: held.issue },
  );
  const arranged = find(19);
  acts.push(
    { kind: 'approve', at: arranged.after(1), issue: arranged.issue, items: [arranged.two] },
    {
      kind: 'arrange',
      at: arranged.after(2),
      issue: arranged.issue,
      item: arranged.three,
      place: 0,
    },
    {
      kind: 'edit',
      at: arranged.after(3),
      issue: arranged.issue,
      item: arranged.two,
      text: `Own words of ${arranged.two}.`,
    },
    {
      kind: 'post',
      at: arranged.after(5),
      issue: arranged.issue,
      item: arranged.three,
      to: 'berlin',
    },
    { kind: 'approve', at: arranged.after(70), issue: arranged.issue },
  );
  const alone = find(20);
  acts.push({ kind: 'hold', at: alone.after(1), issue: alone.issue, items: ['digest'] });

  const touched = find(27);
  acts.push({ kind: 'hold', at: touched.after(3), issue: touched.issue, items: [touched.two] });
  const quick = find(28);
  acts.push({ kind: 'approve', at: quick.after(1), issue: quick.issue });
  const edited = find(29);
  acts.push({
    kind: 'edit',
    at: edited.after(2),
    issue: edited.issue,
    item: edited.one,
    text: `Own words of ${edited.one}.`,
  });

  const now = find(40);
  acts.push(
    { kind: 'post', at: now.after(7), issue: now.issue, item: now.two, to: 'berlin' },
    { kind: 'post', at: now.after(7.5), issue: now.issue, item: now.three },
    { kind: 'post', at: now.after(8), issue: now.issue, item: 'digest', to: 'newyork' },
  );
  return acts;
}
