import type { Kind } from './read-site.ts';

/** What the source does not say of a code. */
export type Note = {
  /** Where it is no place of the source that tells it: what is said, and what to do. */
  readonly kind?: Kind;
  readonly levels?: readonly string[];
  readonly said?: string;
  readonly remedy?: string;
};

/**
 * Of findings, errors and checks: where message or remedy come from elsewhere. Of all others the source has
 * both, and docs/codes.md takes them from there.
 */
export const notes: Readonly<Record<string, Note>> = {
  'account.refused': {
    kind: 'error',
    levels: ['error'],
    said: 'Cannot use … as nobody can tell whose account it is: the platform refuses the credentials.',
    remedy: 'Do what the message says; most often: paperboy connect bluesky (or mastodon).',
  },
  'account.unreachable': {
    kind: 'error',
    levels: ['error'],
    said: 'Cannot use … as nobody can tell whose account it is: its server cannot be reached, and these credentials were never used before.',
    remedy: 'Try again when it can be reached; look whether the server’s address is right.',
  },
  'database.unusable': {
    remedy:
      'It depends on what was seen: wait for another command that writes, free some disk space, give this user the right to write, or restore a backup. The message says which.',
  },
  'digest.empty': {
    remedy: 'Name an issue with news, a topic that papers have, or a month as 2026-02.',
  },
  'doctor.bluesky-login': { remedy: 'Do what it says; most often: paperboy connect bluesky' },
  'doctor.configuration-unreadable': {
    said: 'this user may not read .env or paperboy.yaml',
  },
  'doctor.configuration-wrong': {
    said: 'a variable or a key of paperboy.yaml is wrong: which, and what was expected',
  },
  'doctor.database': {
    said: 'the database cannot be looked at: why',
    remedy: 'Do what it says, as for database.unusable',
  },
  'doctor.database-unusable': {
    said: 'the database cannot be used: why',
    remedy: 'Do what it says, as for database.unusable',
  },
  'doctor.discord-channel': {
    remedy: 'Do what it says: set DISCORD_CHANNEL_ID to a channel that the bot can see',
  },
  'doctor.discord-rights': {
    remedy: 'Give the bot these rights in the channel, or invite it anew: paperboy connect discord',
  },
  'doctor.discord-token': { remedy: 'Make the token anew and set it: paperboy connect discord' },
  'doctor.follows': { said: 'how many channels follow' },
  'doctor.mastodon-token': { remedy: 'Do what it says; most often: paperboy connect mastodon' },
  'figure.text-missing': { said: 'So many images of … have neither caption nor alt text.' },
  'figure.url-missing': { said: 'This image has no http(s) address: “…”.' },
  'schema.missing': { levels: ['error'] },
  'schema.type': {
    levels: ['error'],
    said: '… must be a text, a number, a list, …; it is ….',
    remedy: 'Write it as the schema says: …. A number where a text is asked for goes in quotes.',
  },
  'schema.unknown-key': { levels: ['error'] },
  'schema.value': {
    levels: ['error'],
    said: '… must be one of …, at least …, an http(s) address, …; it is ….',
  },
};
