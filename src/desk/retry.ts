import type { Delivery } from '../outbox/delivery.ts';
import { formatTime } from '../schedule/parse-time.ts';
import { type Acted, actOn, makeBy, shortenId, type Verdict } from './act.ts';
import type { Desk, Destination } from './desk.ts';
import { findNewest } from './find-newest.ts';
import { findPosted } from './find-posted.ts';
import { namePost } from './name-post.ts';
import { isOrphaned, nameMove } from './orphans.ts';
import { queueEnded, retryRefused, writeAnew } from './post.ts';

/**
 * Puts back in line what was refused, cancelled or taken back, in the text of the newest revision
 * where nothing of an older one can be in place, and lets what waits for its next attempt have it
 * now. The pauses of the destinations end. Where all of an issue is meant, what a person has
 * cancelled or taken back is left so.
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
    acted.push(
      ...(await actOn(
        desk,
        [delivery],
        (one) => judgeOrphan(desk, one) ?? judge(one, { taken, isWide, desk }),
        (one) => tryAgain(desk, one),
      )),
    );
  }
  return acted;
}

/**
 * What a person does after having put a destination right: its pause ends, and what it refused is in
 * line again. That, and what waited behind it, is what was acted on.
 */
export async function retryDestination(
  desk: Desk,
  { key }: Pick<Destination, 'key'>,
): Promise<{ readonly wasPaused: boolean; readonly acted: readonly Acted[] }> {
  const wasPaused = await desk.outbox.resume(key);
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
  return { wasPaused, acted: await retryDeliveries(desk, [...refused, ...due]) };
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

async function tryAgain(
  desk: Desk,
  delivery: Delivery,
): Promise<Omit<Acted, 'outcome'> | undefined> {
  const { outbox } = desk;
  const { id, state, revision, replaces, task } = delivery;
  if (state === 'planned' || state === 'unknown') {
    const hastened = await outbox.hasten(id, makeBy(desk));
    return hastened && { delivery: hastened, said: 'is tried again now' };
  }
  const isGone = state === 'retracted';
  const newest = isGone || task === 'publish' ? await findNewest(desk, delivery) : undefined;
  if (newest !== undefined && isGone) {
    const { delivery: queued, action } = await queueEnded(desk, newest, delivery);
    if (action === 'already there') return undefined;
    return { delivery: queued, said: 'is in line again, to be posted anew' };
  }
  if (newest !== undefined) {
    const isNewer = newest.revision > revision;
    const said = isNewer
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
    desk,
  }: {
    readonly taken: Delivery | undefined;
    readonly isWide: boolean;
    readonly desk: Desk;
  },
): Verdict {
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
    case 'unknown':
      return 'act';
    case 'cancelled':
    case 'retracted': {
      const how = state === 'cancelled' ? 'is cancelled' : 'was taken back';
      const said = `${how}, and is left so; to have it sent after all, name it`;
      return isWide ? { outcome: 'left', said, command: `paperboy retry ${short}` } : 'act';
    }
    case 'planned':
      if (retryAt !== undefined) return 'act';
      return dueAt <= now
        ? { outcome: 'already', said: 'is in line already' }
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
      return { outcome: 'left', said: 'is held', command: `paperboy release ${short}` };
  }
}
