import { keyItem } from '../../formatters/item.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { Delivery, NewDelivery } from '../outbox/delivery.ts';
import type { NewRender } from '../outbox/rerender.ts';
import { makeBy } from './act.ts';
import type { Desk } from './desk.ts';
import { findDestination, listScheduled } from './find-destination.ts';
import { findItems, type ItemRequest } from './find-items.ts';
import { findPosted } from './find-posted.ts';
import { makeDelivery } from './make-delivery.ts';

export type PostRequest = ItemRequest & {
  /** The name of a destination; the scheduled ones without it. */
  readonly to?: string;
  /** Due at this instant rather than now. */
  readonly at?: Date;
  /** Keys of items that are left out. */
  readonly except?: readonly string[];
};

/** A delivery that `post` queued, or found in the ledger. */
export type Posted = {
  readonly delivery: Delivery;
  /**
   * What `post` did: a second post of the same item queues nothing, but may move what waits. What a
   * person has held, cancelled or taken back is `left` so unless it is asked for by name.
   */
  readonly action: 'queued' | 'requeued' | 'replanned' | 'already there' | 'left';
};

/**
 * Queues a paper, all papers of an issue or a digest, for one destination or the scheduled ones. What went
 * out under any revision stays as it is; what waits is moved to the time that was asked for, with
 * the text of the newest revision; what was refused is put back in line; what was cancelled or taken
 * back is posted anew where the item is asked for by name, and otherwise left so.
 * Throws what `findDestination` throws, `sample.not-live`, and what `findItems` throws.
 */
export async function queuePost(
  desk: Desk,
  reference: string,
  request: PostRequest,
): Promise<Posted[]> {
  const { to: _to, at: _at, except = [], ...named } = request;
  const { stored, items: all } = await findItems(desk, reference, request);
  const items = all.filter((item) => !except.includes(keyItem(item)));
  const destinations =
    request.to === undefined ? listScheduled(desk) : [findDestination(desk, request.to)];
  const live = destinations.find((destination) => destination.isLive);
  if (stored.isSample && live !== undefined) {
    throw new PaperboyError(
      'sample.not-live',
      `Cannot post issue #${stored.issue.number} to ${live.name} as it is a sample that comes with Paperboy`,
      'Import an issue of your own, or try the sample with --to folder.',
    );
  }
  const dueAt = request.at ?? desk.clock.now();
  const posted: Posted[] = [];
  for (const destination of destinations) {
    const before = await findPosted(desk, stored, destination);
    for (const [index, item] of items.entries()) {
      // A millisecond apart, so that they go out in the order of the issue.
      const at = new Date(dueAt.getTime() + index);
      const delivery = makeDelivery(desk, stored, item, destination, at);
      const how = { isNow: request.at === undefined, isNamed: Object.keys(named).length > 0 };
      posted.push(await queueOne(desk, delivery, before.get(delivery.item), how));
    }
  }
  return posted;
}

/** Queues a delivery unless its item went out, or is on its way, under this or another revision. */
async function queueOne(
  desk: Desk,
  wanted: NewDelivery,
  before: Delivery | undefined,
  { isNow, isNamed }: { readonly isNow: boolean; readonly isNamed: boolean },
): Promise<Posted> {
  const { outbox } = desk;
  if (before === undefined) return queueAnew(desk, wanted);
  const read = async (action: Posted['action']): Promise<Posted> => ({
    delivery: (await outbox.read(before.id)) ?? before,
    action,
  });
  // It is being taken back, or could not be.
  if (before.task === 'retract' && before.state !== 'retracted') return read('already there');
  switch (before.state) {
    case 'cancelled':
    case 'retracted':
      return isNamed ? queueEnded(desk, wanted, before) : read('left');
    case 'held':
      if (!isNamed) return read('left');
      await outbox.releaseUnlessHeld(before.id, makeBy(desk));
      return (await replan(desk, wanted, before)) ?? read('already there');
    case 'planned':
      return (await replan(desk, wanted, before)) ?? hasten();
    case 'refused':
      // Of a correction nothing is left to correct: its posts are to stand by themselves.
      if (before.replaces !== undefined) return queueTorn(desk, wanted, before);
      return retryRefused(desk, before, wanted, isNow ? undefined : wanted.dueAt);
    case 'unknown':
      return hasten();
    case 'sending':
    case 'sent':
      return read('already there');
  }

  async function hasten(): Promise<Posted> {
    const isHastened = isNow && (await outbox.hasten(before?.id ?? '', makeBy(desk))) !== undefined;
    return read(isHastened ? 'requeued' : 'already there');
  }
}

/** Moves what waits, untouched, to the time and the text that are asked for now. */
async function replan(
  { outbox, clock }: Desk,
  wanted: NewDelivery,
  before: Delivery,
): Promise<Posted | undefined> {
  const result = await outbox.rerender(before.id, wanted, clock.now());
  return result.kind === 'left' ? undefined : { delivery: result.delivery, action: 'replanned' };
}

/**
 * Puts a refused delivery back in line. One of an older revision gives way to the newest, as that
 * is what a person has corrected; what its attempts may have left behind is taken back first.
 */
export async function retryRefused(
  desk: Desk,
  before: Delivery,
  wanted: NewDelivery,
  dueAt?: Date,
): Promise<Posted> {
  const { outbox } = desk;
  if (!before.isTouched) {
    const { dueAt: _old, ...render } = wanted;
    const written = await writeAnew(
      desk,
      before,
      dueAt === undefined ? render : { ...render, dueAt },
    );
    if (written !== undefined) return { delivery: written, action: 'requeued' };
  }
  if (before.revision === wanted.revision) {
    const delivery = await outbox.retry(before.id, makeBy(desk), dueAt);
    if (delivery !== undefined) return { delivery, action: 'requeued' };
    return { delivery: (await outbox.read(before.id)) ?? before, action: 'already there' };
  }
  await outbox.retract(before.id, makeBy(desk, `revision ${wanted.revision} takes its place`));
  // A person has acted, which is what the destination waited for.
  await outbox.resume(before.destination);
  return queueAnew(desk, wanted);
}

/**
 * Puts back in line what was refused or cancelled and of which nothing can be in place, written anew
 * with the settings and limits of today. Undefined where it has moved on meanwhile.
 */
export async function writeAnew(
  desk: Pick<Desk, 'outbox' | 'clock' | 'actor'>,
  { id, revision }: Delivery,
  render: NewRender,
): Promise<Delivery | undefined> {
  const { outbox, clock } = desk;
  const by = makeBy(
    desk,
    revision === render.revision ? undefined : `as revision ${render.revision}`,
  );
  // Only the same revision may go out before it is written anew.
  const back = revision === render.revision ? await outbox.retry(id, by, render.dueAt) : undefined;
  const result = await outbox.rerender(id, render, clock.now());
  if (result.kind === 'left') return back;
  if (back !== undefined) return result.delivery;
  return (await outbox.hasten(result.delivery.id, by)) ?? result.delivery;
}

/** Posts anew what was cancelled or taken back. */
export async function queueEnded(
  desk: Desk,
  wanted: NewDelivery,
  before: Delivery,
): Promise<Posted> {
  const isTorn = before.state === 'cancelled' && before.isTouched;
  if (!isTorn) return queueAnew(desk, wanted, before);
  if (before.revision === wanted.revision && before.replaces === undefined) {
    const delivery = await desk.outbox.retry(before.id, makeBy(desk), wanted.dueAt);
    return { delivery: delivery ?? before, action: delivery ? 'requeued' : 'already there' };
  }
  return queueTorn(desk, wanted, before);
}

/** Takes back first what attempts may have left behind. */
async function queueTorn(desk: Desk, wanted: NewDelivery, before: Delivery): Promise<Posted> {
  await desk.outbox.retract(before.id, makeBy(desk, 'it is posted anew'));
  return queueAnew(desk, wanted);
}

async function queueAnew(desk: Desk, wanted: NewDelivery, before?: Delivery): Promise<Posted> {
  const { outbox, clock } = desk;
  let ended = before;
  if (ended === undefined) {
    const { isNew, delivery } = await outbox.queue(wanted, clock.now());
    if (isNew) return { delivery, action: 'queued' };
    if (!hasEnded(delivery)) return { delivery, action: 'already there' };
    ended = delivery;
  }
  // Written down as what a person did; only the same revision may go out before it is written anew.
  const isSame = ended.revision === wanted.revision;
  const back = isSame
    ? await outbox.retry(ended.id, makeBy(desk, 'posted anew'), wanted.dueAt)
    : undefined;
  const result = await outbox.rerender(ended.id, wanted, clock.now());
  if (result.kind === 'left') {
    return { delivery: back ?? ended, action: back ? 'queued' : 'already there' };
  }
  // The newest revision has a row of its own, which may have ended as well: an answer taken back.
  const isBehind = result.kind === 'merged' && hasEnded(result.delivery);
  return isBehind ? queueAnew(desk, wanted) : { delivery: result.delivery, action: 'queued' };
}

function hasEnded({ state }: Delivery): boolean {
  return state === 'cancelled' || state === 'retracted';
}
