import type { Follows } from '../archive/follows.ts';
import type { Desk } from '../desk/desk.ts';
import { isFresh } from '../desk/plan/list-planned.ts';
import type { PlanDesk } from '../desk/plan/plan-slots.ts';
import { prefixIssue } from '../desk/prefix-issue.ts';
import { readStatus, type Status } from '../desk/status.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { doubt, fault, type Seen, well } from './check.ts';

export type LedgerDesk = PlanDesk &
  Pick<Desk, 'destinations' | 'absent' | 'timeZone'> & { readonly follows: Pick<Follows, 'list'> };

/** What is due is taken at once; later than this it is late. */
const LATE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** An editor may sleep over it, and have a weekend. */
const LONG_MS = 3 * DAY_MS;
/** Who has imported an old issue of late may wait for it in vain. */
const RECENT_MS = 14 * DAY_MS;
const RECENT_ISSUES = 50;
/** So many issues tell how many papers come in a week. */
const TELLING_ISSUES = 8;

/** What needs a person in the ledger, and what of the archive the clock leaves alone. */
export async function checkLedger(desk: LedgerDesk): Promise<Seen[]> {
  const now = desk.clock.now();
  const status = await readStatus(desk);
  const troubles = [
    ...tellPauses(desk, status),
    ...tellRefused(status),
    ...tellOrphans(status),
    ...tellProposed(desk, status, now),
    ...tellHeld(status),
    ...(await tellOld(desk, now)),
    ...(await tellFollows(desk)),
  ];
  const overdue = listOverdue(status, now);
  return [...troubles, ...tellOverdue(desk, overdue), tellNext(desk, status, overdue)];
}

/** How many papers a week the newest issues bring; undefined where none tells. */
export async function countPapersAWeek({
  archive,
}: Pick<LedgerDesk, 'archive'>): Promise<number | undefined> {
  const issues = (await archive.listRecent(TELLING_ISSUES))
    .filter(({ stored }) => !stored.isSample)
    .map(({ stored }) => stored.issue);
  const days = issues.reduce((sum, { period: { start, end } }) => {
    return sum + (Date.parse(end) - Date.parse(start)) / DAY_MS + 1;
  }, 0);
  const papers = issues.reduce((sum, issue) => sum + issue.papers.length, 0);
  return papers === 0 || days <= 0 ? undefined : (papers / days) * 7;
}

function tellPauses({ destinations }: LedgerDesk, { pauses }: Status): Seen[] {
  return pauses.map(({ destination, reason }) => {
    const name = destinations.find(({ key }) => key === destination)?.name ?? destination;
    return fault(
      'doctor.paused',
      `${name} is paused: ${reason}`,
      `Do what is said of it: paperboy status. Then: paperboy retry --to ${name}`,
    );
  });
}

function tellRefused({ refused, underWay }: Status): Seen[] {
  const unknown = underWay.filter(({ state }) => state === 'unknown').length;
  return [
    ...(refused.length === 0
      ? []
      : [
          fault(
            'doctor.refused',
            `${count(refused.length, 'delivery was', 'deliveries were')} refused`,
            'See why, and what to do: paperboy status',
          ),
        ]),
    ...(unknown === 0
      ? []
      : [
          doubt(
            'doctor.unknown',
            `of ${count(unknown, 'delivery', 'deliveries')} nobody knows whether it is in place`,
            'It is looked up by itself while Paperboy runs; what to do if not: paperboy status',
          ),
        ]),
  ];
}

function tellOrphans({ orphans }: Status): Seen[] {
  return orphans.map(({ key, waiting }) =>
    doubt(
      'doctor.orphans',
      `${count(waiting.length, 'delivery waits', 'deliveries wait')} for ${key}, which is configured no more`,
      `Queue them for the place that follows it: paperboy move --from ${key}`,
    ),
  );
}

function tellProposed({ approval }: LedgerDesk, { proposed }: Status, now: Date): Seen[] {
  const old = proposed.filter(({ stored, askedAt }) => {
    return now.getTime() - (askedAt ?? stored.importedAt).getTime() > LONG_MS;
  });
  if (approval.kind === 'never' || old.length === 0) return [];
  const numbers = old.map(({ stored }) => `#${stored.issue.number}`).join(', ');
  const said = `${numbers} ${old.length === 1 ? 'waits' : 'wait'} for an editor for more than three days`;
  const newest = old[0]?.stored.issue.number ?? 'ISSUE';
  return [
    doubt(
      'doctor.approval-waiting',
      said,
      `Let it go out, or not: paperboy approve ${newest}, or paperboy hold ${newest}`,
    ),
  ];
}

function tellHeld({ held, heldItems }: Status): Seen[] {
  const all = held.length + heldItems.length;
  if (all === 0) return [];
  const [first] = [
    ...heldItems.map(({ stored }) => stored.issue.number),
    ...held.map((one) => one.issue),
  ];
  return [
    doubt(
      'doctor.held',
      `${count(all, 'thing is', 'things are')} held, and ${all === 1 ? 'goes' : 'go'} out when released`,
      `See what: paperboy status. To let it go: paperboy release ${first}`,
    ),
  ];
}

/** Issues that came too late to be news, and that somebody may wait for. */
async function tellOld(desk: LedgerDesk, now: Date): Promise<Seen[]> {
  const [, ...older] = await desk.archive.listRecent(RECENT_ISSUES);
  const approved = new Set(await desk.verdicts.listApproved(new Date(0)));
  const left = older
    .filter(({ stored, firstImportedAt }) => {
      const isRecent = now.getTime() - firstImportedAt.getTime() < RECENT_MS;
      return isRecent && !stored.isSample && !isFresh(stored, firstImportedAt);
    })
    .map(({ stored }) => stored.issue.number)
    .filter((number) => !approved.has(number));
  const [first] = left;
  if (first === undefined) return [];
  const numbers =
    left.length > 3
      ? `${left.length} issues (#${left.at(-1)} to #${first})`
      : left.map((one) => `#${one}`).join(', ');
  const said = `${numbers} ${left.length === 1 ? 'was' : 'were'} no news any more when imported, and the clock posts nothing more of ${left.length === 1 ? 'it' : 'them'}`;
  return [
    doubt(
      'doctor.not-planned',
      said,
      `If that is meant, do nothing; to have one posted all the same: paperboy approve ${first}`,
    ),
  ];
}

async function tellFollows({ follows }: LedgerDesk): Promise<Seen[]> {
  const all = await follows.list();
  if (all.length === 0) return [];
  const paused = all.filter((one) => one.paused !== undefined);
  const said = `${count(all.length, 'channel follows', 'channels follow')}`;
  if (paused.length === 0) return [well('doctor.follows', said)];
  return [
    doubt(
      'doctor.follows-paused',
      `${said}, of which ${paused.length} ${paused.length === 1 ? 'is' : 'are'} paused: ${paused[0]?.paused?.reason}`,
      'Who follows there is told and can follow anew; after a new token of the bot they go on by themselves: paperboy start',
    ),
  ];
}

/** What should have gone out and has not, the earliest first; of a place that is paused that is told. */
function listOverdue({ underWay, next, pauses }: Status, now: Date): Delivery[] {
  const paused = new Set(pauses.map(({ destination }) => destination));
  const failing = underWay.filter(({ state, task }) => state === 'planned' && task === 'publish');
  const late = next.filter(({ dueAt }) => now.getTime() - dueAt.getTime() > LATE_MS);
  return [...failing, ...late]
    .filter(({ destination }) => !paused.has(destination))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

function tellOverdue({ timeZone, destinations }: LedgerDesk, overdue: readonly Delivery[]): Seen[] {
  const [first, ...others] = overdue;
  if (first === undefined) return [];
  const { issue, title, dueAt, destination, reason } = first;
  const name = destinations.find(({ key }) => key === destination)?.name ?? destination;
  const why = reason === undefined ? '' : `: ${reason}`;
  const more =
    others.length === 0
      ? ''
      : `; ${others.length} more ${others.length === 1 ? 'waits' : 'wait'} likewise`;
  return [
    doubt(
      'doctor.overdue',
      `${prefixIssue(issue, title)} → ${name} was due ${tellTime(dueAt, timeZone)} and has not gone out${why}${more}`,
      'It is tried again by itself while Paperboy runs; what to do if not: paperboy status',
    ),
  ];
}

function tellNext(
  { timeZone, scheduled }: LedgerDesk,
  { upcoming, next, nextSlot }: Status,
  overdue: readonly Delivery[],
): Seen {
  const at = (instant: Date): string => tellTime(instant, timeZone);
  const [first] = upcoming;
  const queued = next.find((one) => !overdue.includes(one));
  if (first !== undefined && (queued === undefined || first.at <= queued.dueAt)) {
    return well(
      'doctor.next',
      `next: ${prefixIssue(first.issue, first.title)}, ${at(first.at)} → ${first.destination.name}`,
    );
  }
  if (queued !== undefined) {
    return well(
      'doctor.next',
      `next: ${prefixIssue(queued.issue, queued.title)}, ${at(queued.dueAt)}`,
    );
  }
  const when = nextSlot === undefined ? '' : `; the next slot is ${at(nextSlot)}`;
  return doubt(
    'doctor.nothing-planned',
    scheduled.length === 0
      ? 'nothing is planned, as there is no place that the clock posts to'
      : `nothing is planned: there is nothing left to post${when}`,
    'See why: paperboy plan. With the next issue there is something: paperboy import FILE',
  );
}

function tellTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(at);
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
