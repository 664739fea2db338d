import type { Programme } from '../../src/schedule/programme.ts';
import { type Lane, makeNewsroom, type Newsroom, type Stock } from './newsroom.ts';
import { inForce, PLACES, type Place, YEAR } from './places.ts';
import type { Year } from './run-year.ts';
import { isSilentAt, type WalkedSlot, walkSlots } from './walk.ts';

/*
 * What the rules ask for, slot by slot, told from what people did and when somebody planned.
 * Nothing of `src/schedule` or `src/desk/plan` is called.
 */

/** What is to be posted at a place. */
export type Wanted = {
  readonly place: string;
  readonly issue: number;
  readonly item: string;
  readonly lane: Lane;
  /** Its slot, or when an editor asked for it. */
  readonly dueAt: Date;
  /** When it was planned. */
  readonly at: Date;
  readonly how: 'slot' | 'catch-up' | 'by hand';
  /** What its posts are to say. */
  readonly says: string;
};

/** What became of a slot. */
export type SlotFate =
  | 'taken'
  | 'nothing there'
  | 'waits for editors'
  | 'all dropped'
  | 'passed over'
  | 'behind'
  | 'caught up'
  | 'missed';
export type JudgedSlot = WalkedSlot & {
  readonly fate: SlotFate;
  readonly at: Date;
  readonly item: string | undefined;
};

/** What a place was to do in the year. */
export type Expected = {
  readonly place: Place;
  readonly wanted: readonly Wanted[];
  readonly slots: readonly JudgedSlot[];
  /** The number of the first issue that is for it. */
  readonly since: number;
  readonly room: Newsroom;
};

const ON_TIME_MS = 15 * 60_000;
const LANES = ['digest', 'news', 'papers'] as const;

/** Follows the rules at a place through a year. When something was out is told by the ledger. */
export function expectPlace(
  place: Place,
  { facts, settled }: Pick<Year, 'facts' | 'settled'>,
): Expected {
  const { name, key: placeKey } = place.destination;
  const order = PLACES.map(({ destination }) => destination.name);
  const outAt = new Map(
    settled
      .filter((one) => one.place === placeKey)
      .map(({ issue, item, at }) => [`${issue} ${item}`, at]),
  );
  const room = makeNewsroom();
  const wanted: Wanted[] = [];
  const judged: JudgedSlot[] = [];
  const done = new Set<string>();
  const open = new Set<Lane>();
  const plannedTo = new Map<Lane, Date>();
  const signs = new Map<Lane, string>();
  let firstIssue: number | undefined;
  /** The first issue that is for each lane: the newest when the lane came, or came back. */
  const since = new Map<Lane, number>();
  const walked = place.terms.map(({ from, programme }) => ({
    from,
    slots: walkSlots(programme, from, new Date(YEAR.tailEnd.getTime() + 24 * 3_600_000)),
  }));

  for (const fact of facts) {
    room.hear(fact);
    const programme = inForce(place.terms, fact.at)?.programme;
    if (programme === undefined) continue;
    if (fact.kind === 'post' && (fact.to === undefined || fact.to === name)) {
      const stock = room
        .list(fact.at)
        .find((one) => one.issue === fact.issue && one.item === fact.item);
      if (stock !== undefined) want(stock, fact.at, fact.at, 'by hand');
    }
    if (fact.kind !== 'tick') continue;
    if (fact.cut !== undefined) {
      const [mine, died] = [order.indexOf(name), order.indexOf(fact.cut.place)];
      if (mine > died || (mine === died && !fact.cut.isTaken)) continue;
    }
    firstIssue ??= room.newest();
    tick(programme, inForce(walked, fact.at)?.slots ?? [], fact.at);
  }
  return { place, wanted, slots: judged, since: firstIssue ?? 0, room };

  function want(
    { issue, item, lane, says, saysOwn }: Stock,
    dueAt: Date,
    at: Date,
    how: Wanted['how'],
  ): void {
    const key = `${issue} ${item}`;
    if (done.has(key)) return;
    done.add(key);
    const said = (place.isKeyed ? saysOwn : undefined) ?? says;
    wanted.push({ place: name, issue, item, lane, dueAt, at, how, says: said });
  }

  function tick(programme: Programme, slots: readonly WalkedSlot[], now: Date): void {
    const lanes = LANES.filter((lane) => programme.crons[lane].length > 0);
    // A lane that is taken out is forgotten, and a new one where it comes back.
    for (const lane of LANES.filter((one) => !lanes.includes(one))) {
      for (const known of [signs, plannedTo, since, open]) known.delete(lane);
    }
    const fresh = lanes.filter((lane) => {
      const sign = JSON.stringify([programme.crons[lane], programme.timeZone]);
      const isNew = signs.get(lane) !== sign;
      if (isNew) {
        signs.set(lane, sign);
        plannedTo.set(lane, now);
        if (!since.has(lane)) since.set(lane, room.newest());
      }
      return isNew;
    });
    const due = slots.filter(
      ({ lane, at }) => !fresh.includes(lane) && at > (plannedTo.get(lane) ?? now) && at <= now,
    );
    if (due.length === 0) return;
    // Of a lane's slots that are noticed together the last is on time.
    const isMissed = ({ lane, at }: WalkedSlot): boolean =>
      due.some((other) => other.lane === lane && other.at > at) ||
      now.getTime() - at.getTime() > ON_TIME_MS;
    const missed = due.filter(isMissed);
    const isCaughtUp = programme.missed === 'catch-up' && missed.length > 0;
    if (isCaughtUp && isSilentAt(programme, now)) return;
    for (const lane of lanes) plannedTo.set(lane, now);
    for (const { lane } of missed) if (lane !== 'papers') open.add(lane);
    const onTime = due.filter((one) => !isMissed(one));
    const caught = isCaughtUp ? catchUp(programme, slots, { missed, onTime }, now) : undefined;
    for (const slot of missed) {
      const fate = slot === caught?.slot ? 'caught up' : 'missed';
      const item = slot === caught?.slot ? caught.stock.item : undefined;
      judged.push({ ...slot, fate, item, at: now });
    }
    for (const slot of onTime) takeSlot(programme, slots, slot, now);
  }

  function catchUp(
    programme: Programme,
    slots: readonly WalkedSlot[],
    { missed, onTime }: Readonly<Record<'missed' | 'onTime', readonly WalkedSlot[]>>,
    now: Date,
  ): { slot: WalkedSlot; stock: Stock } | undefined {
    if (isBehind(now)) return undefined;
    for (const lane of LANES) {
      const slot = missed.findLast((one) => one.lane === lane);
      if (slot === undefined) continue;
      if (lane === 'papers' && isTooNear(programme, slots, now, now)) return undefined;
      const lanes = lane === 'papers' ? [...LANES.filter((one) => open.has(one)), lane] : [lane];
      const stock = lanes
        .map((one) => choose(programme, one, now))
        .find((one) => one !== undefined);
      if (stock === undefined) continue;
      if (isMadeUp(programme, slots, { lane, onTime }, now)) return undefined;
      open.delete(stock.lane);
      want(stock, slot.at, now, 'catch-up');
      return { slot, stock };
    }
    return undefined;
  }

  /** Whether a slot beside now, before it or after, sees to what a lane has missed. Tried out, and undone. */
  function isMadeUp(
    programme: Programme,
    slots: readonly WalkedSlot[],
    { lane, onTime }: { readonly lane: Lane; readonly onTime: readonly WalkedSlot[] },
    now: Date,
  ): boolean {
    const untilSlot = (one: WalkedSlot): number => one.at.getTime() - now.getTime();
    const isSoon = (one: WalkedSlot): boolean => untilSlot(one) > 0 && untilSlot(one) <= ON_TIME_MS;
    if (slots.some((one) => one.lane === lane && isSoon(one))) return true;
    const before = {
      done: [...done],
      open: [...open],
      wanted: wanted.length,
      judged: judged.length,
    };
    for (const slot of onTime) takeSlot(programme, slots, slot, now);
    const taken = wanted.splice(before.wanted);
    judged.length = before.judged;
    done.clear();
    for (const one of before.done) done.add(one);
    open.clear();
    for (const one of before.open) open.add(one);
    return taken.some((one) => lane === 'papers' || one.lane === lane);
  }

  function takeSlot(
    programme: Programme,
    slots: readonly WalkedSlot[],
    slot: WalkedSlot,
    now: Date,
  ): void {
    const { lane, at } = slot;
    if (isBehind(now)) {
      if (lane !== 'papers') open.add(lane);
      judged.push({ ...slot, fate: 'behind', item: undefined, at: now });
      return;
    }
    if (lane === 'papers' && isTooNear(programme, slots, at, now)) {
      judged.push({ ...slot, fate: 'passed over', item: undefined, at: now });
      return;
    }
    const lanes = lane === 'papers' ? [...LANES.filter((one) => open.has(one)), lane] : [lane];
    const stock = lanes.map((one) => choose(programme, one, now)).find((one) => one !== undefined);
    if (stock === undefined) {
      if (lane !== 'papers') open.add(lane);
      judged.push({ ...slot, fate: whyEmpty(lane, now), item: undefined, at: now });
      return;
    }
    open.delete(stock.lane);
    want(stock, at, now, 'slot');
    judged.push({ ...slot, fate: 'taken', item: `${stock.issue} ${stock.item}`, at: now });
  }

  /** What a lane has that was not posted and is for this place. */
  function listStock(lane: Lane, now: Date): Stock[] {
    return room
      .list(now)
      .filter((one) => one.lane === lane && one.issue >= (since.get(lane) ?? 0))
      .filter(({ issue, item }) => !done.has(`${issue} ${item}`));
  }

  function whyEmpty(lane: Lane, now: Date): SlotFate {
    const stock = listStock(lane, now);
    if (stock.some(({ standing }) => standing === 'ready')) return 'all dropped';
    return stock.length > 0 ? 'waits for editors' : 'nothing there';
  }

  function choose(programme: Programme, lane: Lane, now: Date): Stock | undefined {
    const ready = listStock(lane, now).filter(({ standing }) => standing === 'ready');
    const issues = [...new Set(ready.map(({ issue }) => issue))].sort((a, b) => a - b);
    const posted = wanted.filter((one) => one.lane === lane);
    const newest = issues.at(-1);
    let issue = issues[0];
    if (programme.rest === 'drop') {
      const last = Math.max(0, ...posted.map((one) => one.issue));
      issue = newest !== undefined && newest >= last ? newest : undefined;
    } else if (programme.rest === 'interleave' && lane === 'papers') {
      const last = posted.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime()).at(-1)?.issue;
      issue = issues.findLast((one) => last !== undefined && one < last) ?? newest;
    }
    const [first] = ready.filter((one) => one.issue === issue).sort(inOrder(programme));
    return first;
  }

  /** Whether a paper at an instant is nearer than the gap to a post or to a digest or the news. */
  function isTooNear(
    { gapMs }: Programme,
    slots: readonly WalkedSlot[],
    at: Date,
    now: Date,
  ): boolean {
    if (gapMs === 0) return false;
    const last = Math.max(0, ...wanted.map((one) => countAt(one, now)));
    const isAfterPost = at.getTime() - last < gapMs;
    const isBeforeFixed = slots.some(
      (one) => one.lane !== 'papers' && one.at > at && one.at.getTime() - at.getTime() < gapMs,
    );
    return isAfterPost || isBeforeFixed;
  }

  /** Whether something that was due a while ago was not out. */
  function isBehind(now: Date): boolean {
    return wanted.some(({ issue, item, dueAt }) => {
      const sentAt = outAt.get(`${issue} ${item}`);
      const isOut = sentAt !== undefined && sentAt <= now;
      return !isOut && now.getTime() - dueAt.getTime() > ON_TIME_MS;
    });
  }

  /** When a post counts: at its time, and one that went out late when it did, or now if it has not. */
  function countAt({ issue, item, dueAt }: Wanted, now: Date): number {
    const sentAt = outAt.get(`${issue} ${item}`);
    const at = sentAt === undefined || sentAt > now ? now : sentAt;
    const isLate = at.getTime() - dueAt.getTime() > ON_TIME_MS;
    return isLate ? at.getTime() : dueAt.getTime();
  }
}

function inOrder({ order }: Programme): (one: Stock, other: Stock) => number {
  return (one, other) => {
    const printed = one.position - other.position;
    if (one.isArranged || order === 'issue') return printed;
    if (order === 'likes') return other.likes - one.likes || printed;
    return Number(other.pick) - Number(one.pick) || printed;
  };
}
