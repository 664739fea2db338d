import { PaperboyError } from '../kit/errors.ts';
import type { Correction } from '../publishers/publisher.ts';
import type { Destination } from './desk.ts';

/** What an editor decides between. */
const MEANS = {
  edit: 'the posts stay, and their words are changed',
  repost:
    'the old thread goes, and with it its likes, replies and links; a new one takes its place',
  reply: 'the old thread stays as it is, and your words (--words) are added under it',
} as const satisfies Record<Correction, string>;

/**
 * How a destination is corrected: the way that was asked for, or the only one that it has. Throws
 * `correction.unchosen` where an editor has to choose, and `correction.unsupported`.
 */
export function chooseCorrection(
  { name, corrections }: Pick<Destination, 'name' | 'corrections'>,
  { how, isNamed }: { readonly how: Correction | undefined; readonly isNamed: boolean },
): Correction {
  if (how !== undefined && corrections.includes(how)) return how;
  const [only] = corrections;
  if (only === undefined) {
    throw new PaperboyError(
      'correction.unsupported',
      `Cannot correct what is on ${name} as posts cannot be changed there`,
      'Take it back and post it anew: paperboy retract, then paperboy post',
    );
  }
  // Asked for everywhere, a way is for the places that have it; the others have but one.
  if (corrections.length === 1 && (how === undefined || !isNamed)) return only;
  const choices = corrections.map((one) => `\n    --how ${one}: ${MEANS[one]}`).join('');
  if (how !== undefined) {
    throw new PaperboyError(
      'correction.unsupported',
      `Cannot correct by ${how} on ${name} as that is not possible there`,
      `What is possible:${choices}`,
    );
  }
  throw new PaperboyError(
    'correction.unchosen',
    `Cannot correct what is on ${name} as there are several ways, and none can be undone`,
    `Choose one:${choices}`,
  );
}
