import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { type DestinationName, type Kind, readKind } from './destination-names.ts';
import { describeError } from './kit/errors.ts';

/** An address without a user: fetch refuses one, and would name the password when it does. */
const webUrl = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^@]*$/)
  .transform((url) => url.replace(/\/+$/, ''));

/**
 * The variables that Paperboy reads: what each is about and what holds without it, for people; what
 * it must be, and an example.
 */
export const VARIABLES = {
  PAPERBOY_DATA: {
    about: 'the folder of all data',
    default: './data',
    schema: z.string(),
    expected: 'a folder',
    example: './data',
  },
  PAPERBOY_CONFIG: {
    about: 'the file of the settings below',
    default: './paperboy.yaml',
    schema: z.string(),
    expected: 'a YAML file',
    example: './paperboy.yaml',
  },
  PAPERBOY_FEED: {
    about: 'the address of an RSS or Atom feed to watch, in place of `sources.feed`',
    // Not `webUrl`: the slash at the end of a feed's address may matter.
    schema: z.url({ protocol: /^https?$/ }).regex(/^[^@]*$/),
    expected: 'the http(s) address of an RSS or Atom feed, without a user or password',
    example: 'https://rss.beehiiv.com/feeds/abc.xml',
    // The address of a private feed is its password.
    isSecret: true,
  },
  DATABASE_URL: {
    about: 'the SQLite file',
    default: 'paperboy.db in the data folder',
    schema: z.string().regex(/^(?:file:)?(?!.*:\/\/)/i),
    expected: 'the path of an SQLite file (PostgreSQL is not supported yet)',
    example: 'file:./data/paperboy.db',
  },
  PAPERBOY_HTTP_PORT: {
    about:
      'where health and metrics are served, in place of `http.port`; 0 for any port that is free',
    default: 'off',
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .refine((text) => Number(text) <= 65_535),
    expected: 'a port from 0 (any that is free) to 65535',
    example: '8080',
  },
  PAPERBOY_HTTP_HOST: {
    about: 'the address of this machine that they are served at, in place of `http.host`',
    default: '127.0.0.1',
    schema: z.string().regex(/^[^\s/]+$/),
    expected: 'an address of this machine',
    example: '0.0.0.0',
  },
  BLUESKY_SERVICE: {
    about: 'the account’s server',
    default: 'https://bsky.social',
    schema: webUrl,
    expected: 'the http(s) address of the account’s server',
    example: 'https://bsky.social',
  },
  BLUESKY_IDENTIFIER: {
    about: 'the account’s handle or DID',
    schema: z
      .string()
      .transform((text) => text.replace(/^@/, ''))
      .pipe(z.string().regex(/^(?:did:[a-z]+:\S+|[^\s@]+@[^\s@]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i)),
    expected: 'a handle or a DID',
    example: 'paperboy.bsky.social',
  },
  BLUESKY_APP_PASSWORD: {
    about: 'an app password of the account, never its own',
    schema: z.string().regex(/^\S+$/),
    expected: 'an app password, without blanks',
    example: 'abcd-efgh-ijkl-mnop',
  },
  DISCORD_TOKEN: {
    about: 'the token of the bot, which posts and answers',
    schema: z
      .string()
      .transform((text) => text.replace(/^Bot\s+/i, ''))
      .pipe(z.string().regex(/^\S{20,}$/)),
    expected: 'the bot token of the Discord developer portal, without blanks',
    example: 'MTA1…',
  },
  DISCORD_CHANNEL_ID: {
    about: 'the channel that is posted to: text, announcement or forum',
    schema: z.string().regex(/^\d{17,20}$/),
    expected: 'the id of a channel, 17 to 20 digits (Copy Channel ID in Discord)',
    example: '1052345678901234567',
  },
  DISCORD_API: {
    about: 'Discord’s REST API, without the version',
    default: 'https://discord.com/api',
    schema: webUrl.transform((url) => url.replace(/\/v\d+$/, '')),
    expected: 'an http(s) address without the version',
    example: 'https://discord.com/api',
  },
  MASTODON_SERVER: {
    about: 'the account’s server',
    // A server is named by people as by its host alone.
    schema: z
      .string()
      .transform((text) => (/^https?:\/\//i.test(text) ? text : `https://${text}`))
      .pipe(webUrl)
      .transform((url) => new URL(url).origin),
    expected: 'the http(s) address of the account’s server',
    example: 'https://mastodon.social',
  },
  MASTODON_ACCESS_TOKEN: {
    about: 'the token of an application made in the account’s settings',
    schema: z
      .string()
      .transform((text) => text.replace(/^Bearer\s+/i, ''))
      .pipe(z.string().regex(/^\S{20,}$/)),
    expected: 'an access token of the server’s Development settings, without blanks',
    example: 'ZA-Yj3a…',
  },
  WEBHOOK_URL: {
    about: 'where each item is sent as JSON',
    schema: z.url({ protocol: /^https?$/ }).regex(/^[^@]*$/),
    expected: 'an http(s) address without a user or password',
    example: 'https://example.org/hooks/paperboy',
  },
  WEBHOOK_SECRET: {
    about: 'what the receiver checks the signature with',
    // 24 to 64 bytes, as https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md has it.
    schema: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/)
      .refine((text) => {
        const { length } = Buffer.from(text.slice('whsec_'.length), 'base64');
        return length >= 24 && length <= 64;
      }),
    expected: 'whsec_ and 24 to 64 random bytes in base64',
    example: 'whsec_$(openssl rand -base64 32)',
  },
} as const;

export type VariableName = keyof typeof VARIABLES;
/** The variables that are set, checked. */
export type Variables = { readonly [Name in VariableName]?: string };

/** The variables that every destination of a kind has of its own. */
export const ACCOUNT_VARIABLES = {
  folder: [],
  bluesky: ['BLUESKY_IDENTIFIER', 'BLUESKY_APP_PASSWORD', 'BLUESKY_SERVICE'],
  discord: ['DISCORD_CHANNEL_ID'],
  mastodon: ['MASTODON_SERVER', 'MASTODON_ACCESS_TOKEN'],
  webhook: ['WEBHOOK_URL', 'WEBHOOK_SECRET'],
} as const satisfies Record<Kind, readonly VariableName[]>;

export type VariableSource = {
  readonly variables: Variables;
  /**
   * The variables as a destination of that name has them: its own (of `bluesky-de`,
   * BLUESKY_DE_IDENTIFIER and so on) by the names that the first of its kind has.
   */
  readonly readFor: (name: DestinationName) => Variables;
};

/**
 * Reads the variables from the environment and, where it has none, from `.env` in the folder.
 * What is wrong is added to `problems`, one line each, without the value where it may be a secret.
 */
export function readVariables(
  environment: NodeJS.ProcessEnv,
  folder: string,
  problems: string[],
): VariableSource {
  const fromFile = readEnvFile(folder, problems);
  const read = (variable: VariableName, name: string): string | undefined => {
    const raw = environment[name]?.trim() || fromFile[name]?.trim() || '';
    if (raw === '') return undefined;
    const { schema, expected, example } = VARIABLES[variable];
    const result = schema.safeParse(raw);
    if (result.success) return result.data;
    // Never the value itself: any of them may hold a secret, a password in an address or one put
    // into the wrong variable.
    problems.push(
      `${name} must be ${expected}, for example ${example}; it is set to something else`,
    );
    return undefined;
  };
  const variables: Writable<Variables> = {};
  for (const variable of Object.keys(VARIABLES) as VariableName[]) {
    const value = read(variable, variable);
    if (value !== undefined) variables[variable] = value;
  }
  return {
    variables,
    readFor: (name) => {
      const kind = readKind(name);
      if (kind === undefined || kind === name) return variables;
      const own: Writable<Variables> = { ...variables };
      for (const variable of ACCOUNT_VARIABLES[kind]) {
        const value = read(variable, nameVariable(variable, name));
        if (value === undefined) delete own[variable];
        else own[variable] = value;
      }
      return own;
    },
  };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What a variable of an account is called for a destination: BLUESKY_DE_IDENTIFIER of `bluesky-de`. */
export function nameVariable(variable: VariableName, name: DestinationName): string {
  const kind = readKind(name);
  const isOwn =
    kind !== undefined && ACCOUNT_VARIABLES[kind].some((own: VariableName) => own === variable);
  if (!isOwn) return variable;
  return variable.replace(kind.toUpperCase(), name.toUpperCase().replaceAll('-', '_'));
}

function readEnvFile(folder: string, problems: string[]): NodeJS.Dict<string> {
  const path = join(folder, '.env');
  if (!existsSync(path)) return {};
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    problems.push(`${path} cannot be read: ${describeError(error)}`);
    return {};
  }
}

/** Adds a problem where one of two variables that need each other is missing. */
export function requirePair(
  variables: Variables,
  first: VariableName,
  second: VariableName,
  problems: string[],
): void {
  requireOther(variables, first, second, problems);
  requireOther(variables, second, first, problems);
}

/** Adds a problem where a variable is set without another that it needs. */
export function requireOther(
  variables: Variables,
  set: VariableName,
  missing: VariableName,
  problems: string[],
): void {
  if (variables[set] !== undefined) requireFor(variables, missing, set, problems);
}

/** Adds a problem where a variable, of a destination if it is one of its own, is missing that something else which is set needs. */
export function requireFor(
  variables: Variables,
  missing: VariableName,
  set: string,
  problems: string[],
  destination: DestinationName = '',
): void {
  const name = nameVariable(missing, destination);
  // A variable that is set but wrong has been told already.
  const isTold = problems.some((problem) => problem.startsWith(`${name} `));
  if (variables[missing] !== undefined || isTold) return;
  const { expected, example } = VARIABLES[missing];
  problems.push(`${name} is missing, as ${set} is set: ${expected}, for example ${example}`);
}
