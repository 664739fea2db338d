import { shortenId } from '../desk/act.ts';
import type { Delivery, Pause, Replacement } from '../outbox/delivery.ts';
import { count } from './output.ts';

const PLACED = {
  edit: ' corrected in place',
  repost: ' posted anew, in place of the old thread',
  reply: ' answered',
} as const satisfies Record<Replacement['how'], string>;

/** One line about a delivery, for people. `formatAt` writes an instant in the zone of the schedule. */
export function describeDelivery(delivery: Delivery, formatAt: (at: Date) => string): string {
  const { title, destination, state, task, receipt, reason, retryAt, replaces } = delivery;
  const name = `${title} → ${destination}`;
  const next = retryAt === undefined ? '' : `, next try ${formatAt(retryAt)}`;
  if (task === 'retract' && state !== 'retracted') {
    if (state === 'refused') return `${name} could not be taken back: ${reason ?? 'refused'}`;
    return `${name} is to be taken back${reason === undefined ? '' : `, not yet: ${reason}`}${next}`;
  }
  switch (state) {
    case 'sent': {
      const [first, ...more] = receipt?.posts ?? [];
      const how = replaces === undefined ? '' : PLACED[replaces.how];
      if (first === undefined) return `${name}${how} (on a person’s word)`;
      return `${name}${how} (${count(more.length + 1, 'post')}): ${first.url ?? first.id}`;
    }
    case 'refused':
      return `${name} was not sent: ${reason ?? 'no reason given'}`;
    case 'unknown':
      return `${name}: whether it arrived is not known (${reason ?? ''}); it is looked up before it is repeated${next}`;
    case 'sending':
      return `${name} is being sent`;
    case 'planned': {
      const why = reason === undefined ? 'waits for its turn' : `not sent yet: ${reason}`;
      return `${name} ${why}${next}`;
    }
    case 'held':
      return `${name} is held until it is released`;
    case 'cancelled':
      return `${name} is cancelled`;
    case 'retracted':
      return `${name} ${reason === undefined ? 'was taken back' : `is there no more: ${reason}`}`;
  }
}

/** What a person does about a refusal, to the command to go on with; undefined where nothing is. */
export function describeRemedy({ id, remedy }: Delivery): string | undefined {
  if (remedy === undefined) return undefined;
  const short = shortenId(id);
  if (/^Cancel it\b/.test(remedy)) {
    return `${endClause(remedy.replace(/^Cancel it\b/, `Cancel it (paperboy cancel ${short})`))}.`;
  }
  // A publisher knows the verb, not the delivery's id.
  const named = remedy.replace(/paperboy (retry|retract)(?! [0-9a-f]|\w)/g, `paperboy $1 ${short}`);
  return named === remedy
    ? `${endClause(remedy)}, then: paperboy retry ${short}`
    : endClause(named);
}

/** What a person does about a destination that is closed. `name` is how the command line knows it. */
export function describePauseRemedy({ remedy }: Pause, name: string): string {
  const own = endClause(remedy.replace(/,?[^,]*paperboy (?:retry|retract)(?!\w).*$/s, ''));
  return `${own === '' ? 'Put it right' : own}, then: paperboy retry --to ${name}`;
}

function endClause(text: string): string {
  return text.trimEnd().replace(/[.,;:]+$/, '');
}

/** A delivery as `--json` prints it. */
export function toJson(delivery: Delivery): object {
  const { draft, ...rest } = delivery;
  return { ...rest, platform: draft.platform, posts: draft.posts.length };
}
