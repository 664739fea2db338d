import { shortenId, tellDoubt } from '../desk/act.ts';
import type { Desk } from '../desk/desk.ts';
import { namePlatform } from '../desk/orphans.ts';
import { readChannelTrouble } from '../desk/read-channel-trouble.ts';
import type { Delivery, Pause, Replacement } from '../outbox/delivery.ts';
import { isTokenRefused } from '../publishers/refused-token.ts';
import { formatTime } from '../schedule/parse-time.ts';
import { count } from './output.ts';

const PLACED = {
  edit: 'corrected in place',
  repost: 'posted anew, in place of the old thread',
  reply: 'answered',
} as const satisfies Record<Replacement['how'], string>;

/** A followed channel that takes nothing is for who follows there to put right, not for an editor. */
const OWNERS_TROUBLE = 'nothing to do here: who follows it is told, and can let it go on';

/** How instants and destinations are written for people. */
export type Words = {
  /** An instant on the wall clock of the people. */
  readonly at: (instant: Date) => string;
  /** What a person calls a destination of the ledger. */
  readonly place: (key: string) => string;
  /** Whether it is a channel that somebody follows in, rather than one of the configuration. */
  readonly isFollowed?: (key: string) => boolean;
  /** What is due later than this is said to be due then; without it, to wait for its turn. */
  readonly now?: Date;
};

/** The words of a desk: its people's zone, its destinations' names. */
export function makeWords({
  timeZone,
  clock,
  destinations,
}: Pick<Desk, 'timeZone' | 'clock' | 'destinations'>): Words {
  return {
    at: (instant) => formatTime(instant, timeZone, clock.now()),
    // What was posted to an account that is configured no more is known by its key.
    place: (key) => destinations.find((one) => one.key === key)?.name ?? key,
    isFollowed: (key) => destinations.some((one) => one.key === key && one.isFollowed),
    now: clock.now(),
  };
}

/** One line about a delivery, for people. */
export function describeDelivery(delivery: Delivery, words: Words): string {
  return `${nameDelivery(delivery, words)} ${describeStanding(delivery, words)}`;
}

/** What a delivery is called where there are others: its title, and where it goes. */
export function nameDelivery(
  { title, destination }: Pick<Delivery, 'title' | 'destination'>,
  { place }: Words,
): string {
  return `${title} → ${place(destination)}`;
}

/** How a delivery stands, without its name: "is being sent". */
export function describeStanding(delivery: Delivery, { at, now }: Words): string {
  const { state, task, receipt, reason, retryAt, dueAt, replaces } = delivery;
  const next = retryAt === undefined ? '' : `, next try ${at(retryAt)}`;
  if (task === 'retract' && state !== 'retracted') {
    if (state === 'refused') return `could not be taken back: ${reason ?? 'refused'}`;
    return `is to be taken back${reason === undefined ? '' : `, not yet: ${reason}`}${next}`;
  }
  switch (state) {
    case 'sent': {
      const [first, ...more] = receipt?.posts ?? [];
      const how = replaces === undefined ? '' : `${PLACED[replaces.how]} `;
      if (first === undefined) return `${how}(on a person’s word)`;
      return `${how}(${count(more.length + 1, 'post')}): ${first.url ?? first.id}`;
    }
    case 'refused':
      return describeRefusal(reason ?? 'no reason given');
    case 'unknown':
      if (reason !== undefined && isThere(reason)) return `${reason}${next}`;
      return `may have arrived (${reason ?? 'no answer'}); it ${tellDoubt(delivery)}${next}`;
    case 'sending':
      return 'is being sent';
    case 'planned':
      if (reason !== undefined) return `not sent yet: ${reason}${next}`;
      if (now !== undefined && dueAt > now) return `is due ${at(dueAt)}`;
      return `waits for its turn${next}`;
    case 'held':
      return 'is held until it is released';
    case 'cancelled':
      return delivery.isTouched ? 'is cancelled, and may be in place in part' : 'is cancelled';
    case 'retracted':
      return reason === undefined ? 'was taken back' : `is there no more: ${reason}`;
  }
}

/** A publisher says so of what its readers see already. */
function isThere(reason: string): boolean {
  return /^(?:perhaps )?(?:posted|corrected), /.test(reason);
}

function describeRefusal(reason: string): string {
  if (isThere(reason)) return `was ${reason}`;
  const isPart = /\(posts (?:in place|with the new text): /.test(reason);
  return `was not ${isPart ? 'all ' : ''}sent: ${reason}`;
}

/**
 * What a person does about a refusal, up to the command to go on with; undefined where nothing is to
 * be done. A publisher says what to put right, and knows no ids.
 */
export function describeRemedy(delivery: Delivery, words: Words): string | undefined {
  const { id, remedy, task, destination } = delivery;
  if (remedy === undefined) return undefined;
  if (task === 'publish' && words.isFollowed?.(destination) === true) {
    // The variable names another channel than the one that is closed.
    const isChannels = readChannelTrouble(delivery.reason ?? '') !== 'other';
    if (isChannels || remedy.includes('DISCORD_CHANNEL_ID')) return OWNERS_TROUBLE;
  }
  const short = shortenId(id);
  if (task === 'retract') {
    const gone = `where it is gone: paperboy resolve ${short} --not-sent`;
    return `${cutCommands(remedy)}, then: paperboy retry ${short}; ${gone}`;
  }
  const named = remedy.replace(/paperboy (retry|retract)(?! ?[0-9a-f-])/g, `paperboy $1 ${short}`);
  if (named.includes('paperboy retry')) return endClause(named);
  return `${endClause(named)}, then: ${describeWayOn(remedy, destination, words, `paperboy retry ${short}`)}`;
}

/** What a person does about a destination that is closed. `name` is how the command line knows it. */
export function describePauseRemedy(pause: Pause, name: string, words: Words): string {
  const { remedy, destination } = pause;
  if (words.isFollowed?.(destination) === true && !isTokenRefused(pause.reason)) {
    return OWNERS_TROUBLE;
  }
  const way = describeWayOn(remedy, destination, words, `paperboy retry --to ${name}`);
  return `${cutCommands(remedy)}, then: ${way}`;
}

/** Another channel or address is another place, where nothing waits yet. */
function describeWayOn(
  remedy: string,
  destination: string,
  { place }: Words,
  retry: string,
): string {
  if (!/\b(?:DISCORD_(?:\w+_)?CHANNEL_ID|WEBHOOK_(?:\w+_)?URL)\b/.test(remedy)) return retry;
  const name = place(destination);
  // Of a place that is configured no more, only the key is known.
  const to = name === destination ? namePlatform(destination) : name;
  return `paperboy move --from ${destination} --to ${to}; where the setting stays as it is: ${retry}`;
}

/** A remedy without the commands that it ends with. */
function cutCommands(remedy: string): string {
  const own = endClause(remedy.replace(/,?[^,]*paperboy (?:retry|retract)(?!\w).*$/s, ''));
  return own === '' ? 'Put it right' : own;
}

function endClause(text: string): string {
  return text.trimEnd().replace(/[.,;:]+$/, '');
}

/** A delivery as `--json` prints it. */
export function toJson(delivery: Delivery): object {
  const { draft, ...rest } = delivery;
  return { ...rest, platform: draft.platform, posts: draft.posts.length };
}
