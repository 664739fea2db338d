import { z } from 'zod';

/** What a destination can be, by the first word of its name. */
export const KINDS = ['folder', 'bluesky', 'discord', 'mastodon', 'webhook'] as const;
export type Kind = (typeof KINDS)[number];

/** A kind alone, or a kind, a hyphen and words: `bluesky`, `bluesky-de`. */
export type DestinationName = string;

const MOST_CHARACTERS = 40;
const NAME = new RegExp(`^(${KINDS.join('|')})(?:-[a-z0-9]+)*$`);

/** The name of a destination, as people write it. */
export const nameSchema = z
  .string()
  .max(MOST_CHARACTERS, `must be a name of ${MOST_CHARACTERS} characters at most`)
  .regex(
    NAME,
    `must be ${KINDS.slice(0, -1).join(', ')} or ${KINDS.at(-1)}, or one of these, a hyphen and a word: bluesky-de`,
  );

/** The kind that a name says; undefined for what is no name of a destination. */
export function readKind(name: string): Kind | undefined {
  const kind = NAME.exec(name)?.[1];
  return KINDS.find((one) => one === kind);
}
