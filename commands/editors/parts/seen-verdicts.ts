import type { Seen } from '../../../src/desk/approval/approve.ts';
import type { ReviewedIssue, ReviewedItem } from '../../../src/desk/approval/review-issue.ts';
import { tellVerdict } from '../../../src/desk/approval/tell-seen.ts';

export { tellSeen as look, tellVerdict } from '../../../src/desk/approval/tell-seen.ts';

/** What somebody had decided about an item when an editor looked at it. */
export type SeenVerdict = NonNullable<Seen['verdict']>;

const DIGITS: readonly SeenVerdict[] = ['none', 'approved', 'held'];
const PER_LETTER = 3;
/** A custom id has room for so many letters: of more items the others count as undecided. */
const LETTERS_MOST = 60;

/** What is decided about each item of an issue, three to a letter: ".0d4". */
export function writeSeen(reviewed: ReviewedIssue): string {
  const digits = sort(reviewed).map((item) => DIGITS.indexOf(tellVerdict(item, reviewed)));
  const letters: string[] = [];
  for (let n = 0; n < digits.length && letters.length < LETTERS_MOST; n += PER_LETTER) {
    const [a = 0, b = 0, c = 0] = digits.slice(n, n + PER_LETTER);
    letters.push((a + 3 * b + 9 * c).toString(27));
  }
  return `.${letters.join('')}`;
}

/** Reads it again over the same revision, by the items’ keys. */
export function readSeen(text: string, reviewed: ReviewedIssue): ReadonlyMap<string, SeenVerdict> {
  return new Map(
    sort(reviewed).map(({ item }, index) => {
      const letter = Number.parseInt(text[Math.floor(index / PER_LETTER)] ?? '0', 27);
      const digit = Math.floor(letter / 3 ** (index % PER_LETTER)) % 3;
      return [item, DIGITS[digit] ?? 'none'];
    }),
  );
}

/** The order of papers may change while a message stands; that of their keys does not. */
function sort({ items }: ReviewedIssue): ReviewedItem[] {
  return [...items].sort((a, b) => (a.item < b.item ? -1 : 1));
}
