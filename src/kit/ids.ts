import { createHash } from 'node:crypto';

const BASE32_SORTABLE = '234567abcdefghijklmnopqrstuvwxyz';

/** The SHA-256 of a text, as lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The identity of a delivery: the same issue, item, revision and destination always give the same
 * 24 hex characters, so that queueing twice finds the first row.
 */
export function makeDeliveryId(
  issue: number,
  item: string,
  revision: number,
  destination: string,
): string {
  return sha256(JSON.stringify([issue, item, revision, destination])).slice(0, 24);
}

/**
 * The record key of the post at `index` in a delivery's thread: a TID (64 bits in sortable
 * base 32: microseconds since 1970, then a 10-bit clock id) that depends on nothing but its
 * arguments, so that a repeated send writes the same records.
 * https://atproto.com/specs/tid
 */
export function makeTid(deliveryId: string, at: Date, index: number): string {
  const hash = Number.parseInt(sha256(deliveryId).slice(0, 8), 16);
  const micros = BigInt(at.getTime() + index) * 1000n + BigInt(hash % 1000);
  let bits = (micros << 10n) | BigInt(Math.floor(hash / 1000) % 1024);
  let tid = '';
  for (let i = 0; i < 13; i += 1) {
    tid = BASE32_SORTABLE.charAt(Number(bits & 31n)) + tid;
    bits >>= 5n;
  }
  return tid;
}

/**
 * The nonce of message `index` of a delivery: 25 characters, the most that Discord takes, unique
 * over all deliveries, and other ones once a delivery that was taken back is stamped anew.
 * https://discord.com/developers/docs/resources/message#create-message
 */
export function makeNonce(deliveryId: string, stampedAt: Date, index: number): string {
  return sha256(`${deliveryId}/${stampedAt.getTime()}/${index}`).slice(0, 25);
}
