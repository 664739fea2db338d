import type { Delivery } from '../outbox/delivery.ts';
import { formatTime } from '../schedule/parse-time.ts';
import { type Acted, actOn, makeBy, shortenId, tellDoubt, type Verdict } from './act.ts';
import type { Desk, Destination } from './desk.ts';
import {
  type Approved,
  findApproved,
  findHolder,
  nameDecision,
  nameRelease,
  tellKept,
  tellWords,
} from './find-approved.ts';
import { findPosted } from './find-posted.ts';
import { namePost } from './name-post.ts';
import { isOrphaned, nameMove } from './orphans.ts';
import { queueEnded, retryRefused, writeAnew } from './post.ts';

/**
 * Puts back in line what was refused, cancelled or taken back, in the text of the newest revision
 * where nothing of an older one can be in place, and lets what waits for its next attempt have it
 * now. What editors have not approved of a newer revision is not sent: the words that they approved
 * are. What one of them holds is held, and told as left. The pauses of the destinations end. Where
 * all of an issue is meant, what a person has cancelled or taken back is left so.
 */
export async function retryDeliveries(
  desk: Desk,
  named: readonly Delivery[],
  { isWide = false }: { readonly isWide?: boolean } = {},
): Promise<Acted[]> {
  const acted: Acted[] = [];
  for (const delivery of named) {
    // One at a time: what is sent of one revision decides about the other.
    const taken = await findWhatTookItsPlace(desk, delivery);
    const approved = await findApproved(desk, delivery);
    const done = await actOn(
      desk,
      [delivery],
      (one) => judgeOrphan(desk, one) ?? judge(one, { taken, isWide, approved, desk }),
      (one) => tryAgain(desk, one, approved),
    );
    acted.push(...done.map((one) => tellHeld(one, approved)));
  }
  return acted;
}

/** What an editor holds is no more in line for having been tried again. */
function tellHeld(acted: Acted, approved: Approved): Acted {
  const { delivery, outcome } = acted;
  if (outcome !== 'done' || delivery.state !== 'held') return acted;
  const command = nameRelease(delivery, approved);
  return { delivery, outcome: 'left', said: tellKept(approved.holder), command };
}

/**
 * What a person does after having put a destination right: its pause ends, and what it refused is in
 * line again, but for what an editor holds. That, and what waited behind it, is what was acted on.
 */
export async function retryDestination(
  desk: Desk,
  { key }: Pick<Destination, 'key'>,
): Promise<{ readonly wasPaused: boolean; readonly acted: readonly Acted[] }> {
  const refused = await desk.outbox.list({
    destination: key,
    states: ['refused'],
    isEarliestFirst: true,
  });
  const waiting = await desk.outbox.list({
    destination: key,
    states: ['planned', 'unknown'],
    isEarliestFirst: true,
  });
  const now = desk.clock.now();
  const due = waiting.filter(({ retryAt, dueAt }) => retryAt !== undefined || dueAt <= now);
  // Before the pause ends: a worker takes what is in line at once.
  const kept = new Map<Delivery, Delivery>();
  for (const one of due) {
    const held = await keepHeld(desk, one, await findHolder(desk, one));
    if (held !== undefined) kept.set(one, held);
  }
  const wasPaused = await desk.outbox.resume(key);
  const named = [...refused, ...due].map((one) => kept.get(one) ?? one);
  return { wasPaused, acted: await retryDeliveries(desk, named) };
}

/** Another delivery of the same item that stands, so that this one must not come beside it. */
async function findWhatTookItsPlace(
  desk: Desk,
  { id, issue, item, destination, replaces }: Delivery,
): Promise<Delivery | undefined> {
  const stored = await desk.archive.read(issue);
  if (stored === undefined) return undefined;
  const standing = (await findPosted(desk, stored, { key: destination })).get(item);
  const isItself = standing === undefined || standing.id === id || standing.id === replaces?.id;
  const hasEnded = standing?.state === 'cancelled' || standing?.state === 'retracted';
  return isItself || hasEnded ? undefined : standing;
}

/** Holds what is in line though an editor holds its item: they did while a worker was at it. */
async function keepHeld(
  desk: Desk,
  { id, state, task }: Delivery,
  holder: Approved['holder'],
): Promise<Delivery | undefined> {
  const isMeant = holder !== undefined && state === 'planned' && task === 'publish';
  return isMeant ? desk.outbox.hold(id, makeBy(desk)) : undefined;
}

/** Where older words than the newest go out, it says so, and what lets the newest go out. */
async function tryAgain(
  desk: Desk,
  delivery: Delivery,
  approved: Approved,
): Promise<Omit<Acted, 'outcome'> | undefined> {
  const done = await putBack(desk, delivery, approved);
  return done && { ...done, ...addWords(done.delivery, done.said, approved) };
}

/** What is said, with the words that go out where those of a newer revision wait for an editor. */
function addWords(
  delivery: Delivery,
  said: string,
  approved: Approved,
): Pick<Acted, 'said' | 'command'> {
  const words = delivery.task === 'publish' ? tellWords(delivery, approved) : '';
  if (words === '') return { said };
  return { said: `${said}${words}`, command: nameDecision('approve', delivery) };
}

async function putBack(
  desk: Desk,
  delivery: Delivery,
  { wanted, waiting, holder }: Approved,
): Promise<Omit<Acted, 'outcome'> | undefined> {
  const { outbox } = desk;
  const { id, state, revision, replaces, task } = delivery;
  if (state === 'planned' || state === 'unknown') {
    const kept = await keepHeld(desk, delivery, holder);
    if (kept !== undefined) return { delivery: kept, said: tellKept(holder) };
    const hastened = await outbox.hasten(id, makeBy(desk));
    return hastened && { delivery: hastened, said: 'is tried again now' };
  }
  const isGone = state === 'retracted';
  // What an editor holds is written anew once that is released.
  const isWritten = holder === undefined && (isGone || task === 'publish');
  const newest = isWritten ? wanted : undefined;
  if (newest !== undefined && isGone) {
    const { delivery: queued, action } = await queueEnded(desk, newest, delivery);
    if (action === 'already there') return undefined;
    return { delivery: queued, said: 'is in line again, to be posted anew' };
  }
  if (newest !== undefined) {
    const isNewer = newest.revision > revision;
    const said =
      isNewer && waiting === undefined
        ? `is in line again, with the text of revision ${newest.revision}`
        : 'is in line again';
    // Nothing of it is in place: what was refused may fit with the settings and limits of today.
    if (!delivery.isTouched) {
      const kept = replaces === undefined ? {} : { replaces };
      const written = await writeAnew(desk, delivery, { ...newest, ...kept });
      if (written !== undefined) return { delivery: written, said };
    }
    if (isNewer && state === 'refused' && replaces === undefined) {
      const { delivery: queued } = await retryRefused(desk, delivery, newest);
      return { delivery: queued, said };
    }
  }
  const again = await outbox.retry(id, makeBy(desk));
  return again && { delivery: again, said: 'is in line again' };
}

/** Nobody sends what goes to a place that is not configured. */
function judgeOrphan(desk: Desk, { destination, state }: Delivery): Verdict | undefined {
  if (!isOrphaned(desk, destination) || state === 'sent') return undefined;
  return {
    outcome: 'failed',
    said: `goes to ${destination}, which is not configured here`,
    command: nameMove(desk, destination),
  };
}

function judge(
  delivery: Delivery,
  {
    taken,
    isWide,
    approved,
    desk,
  }: {
    readonly taken: Delivery | undefined;
    readonly isWide: boolean;
    readonly approved: Approved;
    readonly desk: Desk;
  },
): Verdict {
  const { holder } = approved;
  const { id, state, task, retryAt, dueAt } = delivery;
  const short = shortenId(id);
  const now = desk.clock.now();
  const hasEnded = state === 'cancelled' || state === 'refused' || state === 'retracted';
  if (taken !== undefined && task === 'publish' && hasEnded) {
    const said = `is left so, as ${shortenId(taken.id)} of revision ${taken.revision} took its place`;
    return { outcome: 'left', said, command: `paperboy history ${shortenId(taken.id)}` };
  }
  switch (state) {
    case 'refused':
      return 'act';
    case 'unknown': {
      if (holder === undefined || task === 'retract') return 'act';
      // Nobody can hold it before it is known whether it is there.
      const said = `may be in place already, and ${tellDoubt(delivery)}, though ${holder.actor} holds it`;
      return { outcome: 'failed', said, command: `paperboy retract ${short}` };
    }
    case 'cancelled':
    case 'retracted': {
      const how = state === 'cancelled' ? 'is cancelled' : 'was taken back';
      const said = `${how}, and is left so; to have it sent after all, name it`;
      return isWide ? { outcome: 'left', said, command: `paperboy retry ${short}` } : 'act';
    }
    case 'planned':
      if (retryAt !== undefined || (holder !== undefined && task === 'publish')) return 'act';
      return dueAt <= now
        ? { outcome: 'already', ...addWords(delivery, 'is in line already', approved) }
        : {
            outcome: 'left',
            said: `is due ${formatTime(dueAt, desk.timeZone, now)}; to send it now, post it`,
            command: namePost(desk, delivery),
          };
    case 'sending':
      return { outcome: 'already', said: 'is in the hands of a worker' };
    case 'sent':
      return { outcome: 'already', said: 'was sent already' };
    case 'held':
      return holder === undefined
        ? { outcome: 'left', said: 'is held', command: `paperboy release ${short}` }
        : { outcome: 'left', said: tellKept(holder), command: nameRelease(delivery, approved) };
  }
}
