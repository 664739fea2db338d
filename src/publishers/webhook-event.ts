import { sha256 } from '../kit/ids.ts';
import type { Receipt } from '../outbox/receipt.ts';
import type { Outgoing } from './publisher.ts';

/** What has happened to an item. */
export type EventType = 'item.published' | 'item.corrected' | 'item.retracted';

/** An event as it is sent: the same bytes under the same id, however often. */
export type WebhookEvent = { readonly id: string; readonly body: string };

/** The event that puts a delivery in place: that of a correction names what it replaces. */
export function makeSentEvent(outgoing: Outgoing): WebhookEvent {
  const { draft, replaces } = outgoing;
  return makeEvent(outgoing, typeOf(outgoing), {
    platform: draft.platform,
    posts: draft.posts,
    ...(replaces === undefined ? {} : { replaces: listIds(replaces.receipt) }),
  });
}

/** The event that takes a delivery back: it names the events that had put it in place. */
export function makeRetractedEvent(outgoing: Outgoing, receipt: Receipt | undefined): WebhookEvent {
  const retracts = receipt === undefined ? [makeId(outgoing, typeOf(outgoing))] : listIds(receipt);
  return makeEvent(outgoing, 'item.retracted', { platform: outgoing.draft.platform, retracts });
}

/**
 * Type, time and data, as the standard recommends. The time is the delivery's stamp, and nothing
 * else in it changes between attempts either.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
function makeEvent(outgoing: Outgoing, type: EventType, more: object): WebhookEvent {
  const { id: delivery, issue, item, revision, draft, stampedAt } = outgoing;
  const data = { delivery, issue, item, revision, title: draft.item.title, ...more };
  const body = JSON.stringify({ type, timestamp: stampedAt.toISOString(), data });
  return { id: makeId(outgoing, type), body };
}

function typeOf({ replaces }: Outgoing): EventType {
  return replaces === undefined ? 'item.published' : 'item.corrected';
}

/** One for each delivery, stamp and event: sent anew after it was taken back, it has another. */
function makeId({ id, stampedAt }: Outgoing, type: EventType): string {
  return `msg_${sha256(`${id}/${stampedAt.getTime()}/${type}`).slice(0, 32)}`;
}

function listIds(receipt: Receipt): string[] {
  return receipt.posts.map(({ id }) => id);
}
