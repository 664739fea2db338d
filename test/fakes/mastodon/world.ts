import { randomBytes } from 'node:crypto';
import type { MastodonError } from './errors.ts';

/** What a server allows; the defaults are Mastodon's. */
export type ServerRules = {
  readonly maxCharacters: number;
  readonly charactersPerUrl: number;
  readonly mostMedia: number;
  readonly descriptionLength: number;
  readonly imageBytes: number;
  readonly imagePixels: number;
};

/** https://docs.joinmastodon.org/entities/Instance/#configuration */
export const DEFAULT_RULES: ServerRules = {
  maxCharacters: 500,
  charactersPerUrl: 23,
  mostMedia: 4,
  descriptionLength: 1500,
  imageBytes: 16 * 1024 * 1024,
  imagePixels: 33_177_600,
};

export type Account = {
  readonly id: string;
  readonly username: string;
  /** Limited by a moderator: what it posts in public is unlisted. */
  isSilenced: boolean;
  isSuspended: boolean;
};

export type Token = {
  readonly text: string;
  /** Undefined for a token of an application alone. */
  readonly accountId: string | undefined;
  readonly scopes: readonly string[];
  isRevoked: boolean;
};

/** An application that asks for scopes; https://docs.joinmastodon.org/methods/apps/ */
export type App = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
};

/** What a person was shown when they allowed an application. */
export type Code = { readonly clientId: string; readonly accountId: string };

export type Media = {
  readonly id: string;
  readonly accountId: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  description: string | null;
  /** Looks at it until it is ready; each look counts one down. */
  looksUntilReady: number;
  statusId: string | null;
};

export type Status = {
  readonly id: string;
  readonly accountId: string;
  readonly createdAt: Date;
  readonly visibility: string;
  readonly reblogOf: string | null;
  inReplyToId: string | null;
  text: string;
  language: string;
  mediaIds: readonly string[];
  editedAt: Date | null;
  /** Texts that it had before. */
  history: readonly string[];
};

/** All that a route may touch. */
export type World = {
  rules: ServerRules;
  readonly server: string;
  readonly now: () => Date;
  readonly makeId: () => string;
  readonly accounts: Map<string, Account>;
  readonly tokens: Map<string, Token>;
  readonly apps: Map<string, App>;
  /** Those that were not used yet. */
  readonly codes: Map<string, Code>;
  /** As before 4.3: applications do not tell their scopes. */
  hidesScopes: boolean;
  readonly statuses: Map<string, Status>;
  readonly media: Map<string, Media>;
  /** Idempotency keys, by account: they are kept for an hour. */
  readonly keys: Map<string, { readonly statusId: string; readonly at: Date }>;
  /** How often a fresh upload answers that it is still processed. */
  looksUntilReady: number;
  /** The next status is refused so. */
  refusal: MastodonError | undefined;
  /** As in 4.5 of September 2026: https://github.com/mastodon/mastodon/issues/40399 */
  isKeyBroken: boolean;
};

/** An empty server. */
export function makeWorld(server: string, now: () => Date, rules: ServerRules): World {
  return {
    rules,
    server,
    now,
    makeId: makeIds(now),
    accounts: new Map(),
    tokens: new Map(),
    apps: new Map(),
    codes: new Map(),
    hidesScopes: false,
    statuses: new Map(),
    media: new Map(),
    keys: new Map(),
    looksUntilReady: 0,
    refusal: undefined,
    isKeyBroken: false,
  };
}

/** A secret in the shape of Doorkeeper's: 43 characters. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Milliseconds since 1970 shifted by 16 bits, and a sequence.
 * https://github.com/mastodon/mastodon/blob/main/lib/mastodon/snowflake.rb
 */
function makeIds(now: () => Date): () => string {
  let last = 0n;
  return () => {
    const byClock = BigInt(now().getTime()) << 16n;
    last = byClock > last ? byClock : last + 1n;
    return String(last);
  };
}
