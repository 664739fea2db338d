import { Webhook } from 'standardwebhooks';
import type { Receipt } from '../outbox/receipt.ts';
import {
  type Attempt,
  type Found,
  isNeverConnected,
  type Outgoing,
  type Publisher,
  type Retraction,
} from './publisher.ts';
import { type Meaning, readAnswer } from './webhook-answer.ts';
import { makeRetractedEvent, makeSentEvent, type WebhookEvent } from './webhook-event.ts';

/** Where events go, and what they are signed with: `whsec_` and 24 to 64 bytes in base64. */
export type WebhookAccount = { readonly url: string; readonly secret: string };

export type WebhookTools = {
  readonly now: () => Date;
  /** What one event may take, answer included: 15 s unless told. */
  readonly timeoutMs?: number;
};

/** The standard asks for 15 to 30 s. */
const REQUEST_TIMEOUT_MS = 15_000;
/** A longer answer is not read: its connection is given up instead. */
const MOST_ANSWER_BYTES = 64 * 1024;

/**
 * Posts each delivery, correction and retraction to an address as one signed event, by the Standard
 * Webhooks specification. A receiver cannot be asked what it has, so `find` answers `absent` and an
 * event whose answer was lost is sent again, with the same `webhook-id` and the same body: it
 * arrives at least once, and is acted on exactly once by a receiver that drops an id it has seen.
 * A receipt is the id of the event; reasons name the host alone, as the address may be a secret.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function makeWebhookPublisher(
  { url, secret }: WebhookAccount,
  { now, timeoutMs = REQUEST_TIMEOUT_MS }: WebhookTools,
): Publisher {
  const webhook = new Webhook(secret);
  const { host } = new URL(url);

  /** One attempt, signed at its own time. */
  const post = async ({ id, body }: WebhookEvent, outer: AbortSignal): Promise<Meaning> => {
    const at = now();
    const signal = AbortSignal.any([outer, AbortSignal.timeout(timeoutMs)]);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Paperboy',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': webhook.sign(id, at, body),
        },
        body,
        redirect: 'manual',
        signal,
      });
      // The status is the answer: a body that breaks off or hangs changes nothing about it.
      await drain(response).catch(() => {});
      return readAnswer(response, host, now());
    } catch (error) {
      const kind = isNeverConnected(error) ? 'unavailable' : 'unknown';
      return { kind, cause: new Error(`${host} did not answer`, { cause: error }) };
    }
  };

  return {
    async find(): Promise<Found> {
      return { kind: 'absent', isUnproven: true };
    },

    async publish(outgoing: Outgoing, _inPlace, signal): Promise<Attempt> {
      const event = makeSentEvent(outgoing);
      const meaning = await post(event, signal);
      return meaning.kind === 'taken'
        ? { kind: 'sent', receipt: { posts: [{ id: event.id }] } }
        : meaning;
    },

    async retract(outgoing, receipt: Receipt | undefined, signal): Promise<Retraction> {
      const meaning = await post(makeRetractedEvent(outgoing, receipt), signal);
      switch (meaning.kind) {
        case 'taken':
          return { kind: 'retracted' };
        case 'refused':
          return meaning;
        default:
          return { ...meaning, kind: 'unavailable' };
      }
    },
  };
}

/** Reads an answer to its end, so that the connection can be used again. */
async function drain(response: Response): Promise<void> {
  if (response.body === null) return;
  let bytes = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_ANSWER_BYTES) break;
  }
}
