import type { mastodon } from 'masto';
import type { MastodonStatus } from '../../formatters/mastodon.ts';
import { sha256 } from '../kit/ids.ts';
import type { PostReceipt } from '../outbox/receipt.ts';
import type { ImageTools } from './gather-images.ts';
import { makeOwner } from './mastodon-account.ts';
import {
  readMastodonError,
  readStatusError,
  refuseChanged,
  refuseDeleted,
} from './mastodon-errors.ts';
import { makeMatcher, readStatus } from './mastodon-find.ts';
import { uploadMedia } from './mastodon-images.ts';
import { fetchLimits, type MastodonLimits, refuseOver, UNLIMITED } from './mastodon-limits.ts';
import { type Place, readPlace, readRemains } from './mastodon-place.ts';
import type { RateGate } from './mastodon-rates.ts';
import { type MastodonAccount, MastodonRefusal, makeMastodonRest } from './mastodon-rest.ts';
import { removeStatuses } from './mastodon-retract.ts';
import {
  type Attempt,
  countRemains,
  type Found,
  type Outgoing,
  type Publisher,
  type Refusal,
  type Retraction,
  refusePlatform,
  waitOut,
} from './publisher.ts';

export type MastodonTools = {
  readonly images: ImageTools;
  /** Told what the server allows whenever that was read, so that the next draft is cut by it. */
  readonly onLimits?: (limits: MastodonLimits) => void;
  /** What is known of the account's rate limits. */
  readonly rates?: RateGate;
};

/**
 * Publishes to a Mastodon account, a thread post by post, each in answer to the one before. A post's
 * idempotency key is fixed beforehand: for an hour the server answers a repeated one with the post
 * that it made. An answer that was lost is looked up all the same among the account's own posts,
 * which has no such hour; the key then guards against a list that lags behind. But for a while no
 * post is believed missing: the server sets a key down once the post is made, so a second request
 * that comes while it works on the first is not known.
 * https://github.com/mastodon/mastodon/blob/main/app/services/post_status_service.rb
 * https://docs.joinmastodon.org/methods/statuses/#create
 */
export function makeMastodonPublisher(
  account: MastodonAccount,
  { images, onLimits, rates }: MastodonTools,
): Publisher {
  const rest = makeMastodonRest(account, images.now, rates);
  const owner = makeOwner(account);
  let limits: MastodonLimits | undefined;

  /** The limits are read once; before a post is refused for one of them, they are read again. */
  const fitLimits = async (
    client: mastodon.rest.Client,
    posts: readonly MastodonStatus[],
  ): Promise<MastodonLimits | Refusal> => {
    if (limits !== undefined && refuseOver(posts, limits) === undefined) return limits;
    limits = await fetchLimits(client);
    onLimits?.(limits);
    return refuseOver(posts, limits) ?? limits;
  };
  return {
    async find(outgoing, signal): Promise<Found> {
      const checked = checkOutgoing(outgoing);
      if ('kind' in checked) return checked;
      try {
        const client = rest.open(signal);
        await owner.check(client);
        const readId = (): Promise<string> => owner.readId(client);
        const place = await readPlace(client, readId, outgoing, checked.posts);
        const found = 'kind' in place ? place : tellFound(place, checked.posts.length);
        const isMissing = found.kind === 'absent' || found.kind === 'begun';
        return (isMissing ? waitOut(outgoing, images.now()) : undefined) ?? found;
      } catch (error) {
        return asUnavailable(readMastodonError(error, account));
      }
    },

    async publish(outgoing, inPlace, signal): Promise<Attempt> {
      const checked = checkOutgoing(outgoing);
      if ('kind' in checked) return checked;
      const { posts } = checked;
      const changing = outgoing.replaces === undefined ? undefined : posts.length;
      const hold = (
        read: Exclude<Attempt, { kind: 'sent' }>,
        done: readonly PostReceipt[],
      ): Attempt => tellHeld(read, done.length, changing);
      const flaw = refuseOver(posts, UNLIMITED);
      if (flaw !== undefined) return hold(flaw, inPlace);
      const old = outgoing.replaces?.receipt.posts ?? [];
      const client = rest.open(signal);
      const done = [...inPlace];
      let isWriting = false;
      try {
        await owner.check(client);
        const fitting = await fitLimits(client, posts);
        if ('kind' in fitting) return hold(fitting, done);
        const missing = posts.slice(done.length);
        const gone = await findDeleted(client, old.slice(done.length, posts.length));
        if (gone !== undefined) return hold(refuseDeleted(gone), done);
        const media = await uploadMedia(client, outgoing, missing, fitting, images, signal);
        const match = makeMatcher(client);
        for (const [place, post] of missing.entries()) {
          signal.throwIfAborted();
          isWriting = true;
          const mediaIds = media[place] ?? [];
          const changed = old[done.length];
          const status = changed
            ? await changeStatus(client, changed.id, post, mediaIds)
            : await createStatus(client, outgoing, done, post, mediaIds);
          // Whatever comes of the look at its source, it is in place.
          done.push(describe(status));
          if (!(await match(status, post))) return refuseChanged(done.length);
        }
        isWriting ||= old.length > posts.length;
        await removeStatuses(client, old.slice(posts.length), signal);
        return { kind: 'sent', receipt: { posts: done } };
      } catch (error) {
        if (!isWriting) return hold(asUnavailable(readMastodonError(error, account)), done);
        const read = readStatusError(error, account);
        if (error instanceof MastodonRefusal && error.status === 422) {
          limits = undefined;
          const fitting = await fitLimits(client, posts).catch(() => undefined);
          if (fitting !== undefined && 'kind' in fitting) return hold(fitting, done);
        }
        return hold(read, done);
      }
    },

    async retract(outgoing, receipt, signal): Promise<Retraction> {
      const client = rest.open(signal);
      try {
        await owner.check(client);
        if (receipt !== undefined) {
          await removeStatuses(client, receipt.posts, signal);
          return { kind: 'retracted' };
        }
        const checked = checkOutgoing(outgoing);
        if ('kind' in checked) return checked;
        const readId = (): Promise<string> => owner.readId(client);
        const remains = await readRemains(client, readId, outgoing, checked.posts);
        if ('kind' in remains) return remains;
        await removeStatuses(client, remains, signal);
        return { kind: 'retracted' };
      } catch (error) {
        return asUnavailable(readMastodonError(error, account));
      }
    },
  };
}

/** The draft's posts, or why this publisher has nothing to do with them. */
function checkOutgoing({
  draft,
  replaces,
}: Outgoing): { readonly posts: readonly MastodonStatus[] } | Refusal {
  if (draft.platform !== 'mastodon') return refusePlatform('mastodon', draft.platform);
  if (replaces === undefined || replaces.how === 'edit') return { posts: draft.posts };
  return {
    kind: 'refused',
    reason: `a thread on Mastodon is corrected by changing it, not by “${replaces.how}”`,
    remedy: 'Correct it so, or take it back and post it again: paperboy retract',
  };
}

/** Nothing is changed where a post that should be is not there; its id. */
async function findDeleted(
  client: mastodon.rest.Client,
  old: readonly PostReceipt[],
): Promise<string | undefined> {
  for (const { id } of old) if ((await readStatus(client, id)) === undefined) return id;
  return undefined;
}

function createStatus(
  client: mastodon.rest.Client,
  { id, stampedAt }: Outgoing,
  before: readonly PostReceipt[],
  { status, visibility, language }: MastodonStatus,
  mediaIds: readonly string[],
): Promise<mastodon.v1.Status> {
  const key = sha256(`${id}/${stampedAt.getTime()}/${before.length}`);
  const answered = before.at(-1);
  return client.v1.statuses.create(
    {
      status,
      visibility,
      language,
      mediaIds,
      ...(answered === undefined ? {} : { inReplyToId: answered.id }),
    },
    { requestInit: { headers: { 'idempotency-key': key } } },
  );
}

/** Whatever is not named in the change is taken away by the server: images too. */
function changeStatus(
  client: mastodon.rest.Client,
  id: string,
  { status, language }: MastodonStatus,
  mediaIds: readonly string[],
): Promise<mastodon.v1.Status> {
  return client.v1.statuses.$select(id).update({ status, language, mediaIds });
}

function describe({ id, url }: mastodon.v1.Status): PostReceipt {
  return { id, ...(typeof url === 'string' ? { url } : {}) };
}

function tellFound({ posts, strays, hasSurplus }: Place, wanted: number): Found {
  const inPlace = posts.map(describe);
  if (strays.length > 0) {
    return {
      kind: 'refused',
      reason: 'some of the thread is on Mastodon, but a post before it is not; nothing was sent',
      remedy: 'Take back what is left of the thread: paperboy retract',
    };
  }
  if (inPlace.length === wanted && !hasSurplus) {
    return { kind: 'whole', receipt: { posts: inPlace } };
  }
  return inPlace.length === 0 ? { kind: 'absent' } : { kind: 'begun', posts: inPlace };
}

function asUnavailable<T extends Exclude<Attempt, { kind: 'sent' }>>(
  read: T,
): Exclude<T, { kind: 'unknown' }> | { readonly kind: 'unavailable'; readonly cause: unknown } {
  return read.kind === 'unknown'
    ? { kind: 'unavailable', cause: read.cause }
    : (read as Exclude<T, { kind: 'unknown' }>);
}

/**
 * With some posts in place, the next attempt must see which, and a person be told: of a correction,
 * how many of its `changing` posts have the new text.
 */
function tellHeld(
  read: Exclude<Attempt, { kind: 'sent' }>,
  done: number,
  changing: number | undefined,
): Attempt {
  if (done === 0) return read.kind === 'refused' ? { ...read, isUnsent: true } : read;
  if (read.kind === 'unavailable') return { ...read, kind: 'unknown' };
  if (read.kind !== 'refused') return read;
  const { isUnsent: _, ...begun } = read;
  return countRemains(begun, { done, changing });
}
