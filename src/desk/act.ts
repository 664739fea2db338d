import type { By } from '../outbox/act.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Desk } from './desk.ts';

/** What became of a delivery that a person named. */
export type Acted = {
  readonly delivery: Delivery;
  /**
   * `done`; `already` so; `left`, as it is nothing that the verb is for; or `failed`, as it cannot
   * be done as things stand.
   */
  readonly outcome: 'done' | 'already' | 'left' | 'failed';
  /** What is said about it: a sentence without its subject, "is held". */
  readonly said: string;
  /** The command to go on with. */
  readonly command?: string;
};

/** What a verb has to say of a delivery as it stands: that it is to be done, or why it is not. */
export type Verdict = 'act' | Omit<Acted, 'delivery'>;

/** The desk's own person, now. */
export function makeBy({ actor, clock }: Pick<Desk, 'actor' | 'clock'>, note?: string): By {
  return { actor, now: clock.now(), ...(note === undefined ? {} : { note }) };
}

/** The beginning of a delivery's id, as people are shown it and may type it. */
export function shortenId(id: string): string {
  return id.slice(0, 8);
}

/**
 * What is done about a delivery that may be in place, without its subject. A receiver of webhooks
 * cannot be asked.
 */
export function tellDoubt({ destination }: Pick<Delivery, 'destination'>): string {
  return destination.startsWith('webhook/')
    ? 'is sent again under the same id, which the receiver drops if it has it'
    : 'is looked up before it is repeated';
}

/** A delivery may move between a look and an act: a worker takes it. Then it is looked at again. */
const MOST_LOOKS = 3;

/**
 * Does something to deliveries, one after the other. `judge` says of each, as it stands, whether
 * it is to be done; `act` does it, and gives undefined where the delivery has moved on meanwhile.
 */
export async function actOn(
  { outbox }: Pick<Desk, 'outbox'>,
  deliveries: readonly Delivery[],
  judge: (delivery: Delivery) => Verdict,
  act: (delivery: Delivery) => Promise<Omit<Acted, 'outcome'> | undefined>,
): Promise<Acted[]> {
  const acted: Acted[] = [];
  for (const one of deliveries) {
    let result: Acted | undefined;
    let delivery = one;
    for (let look = 0; look < MOST_LOOKS && result === undefined; look += 1) {
      const verdict = judge(delivery);
      if (verdict !== 'act') {
        result = { delivery, ...verdict };
        break;
      }
      const done = await act(delivery);
      if (done !== undefined) result = { ...done, outcome: 'done' };
      else delivery = (await outbox.read(delivery.id)) ?? delivery;
    }
    acted.push(
      result ?? { delivery, outcome: 'failed', said: 'is changing at this moment: try again' },
    );
  }
  return acted;
}

/** True when all that could be done was done, and there was something. */
export function isAllDone(acted: readonly Acted[]): boolean {
  const isWrong = acted.some(({ outcome }) => outcome === 'failed');
  return !isWrong && acted.some(({ outcome }) => outcome !== 'left');
}
