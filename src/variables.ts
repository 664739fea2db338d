import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { describeError } from './kit/errors.ts';

/** An address without a user: fetch refuses one, and would name the password when it does. */
const webUrl = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^@]*$/)
  .transform((url) => url.replace(/\/+$/, ''));

/** The variables that Paperboy reads, each with what it must be and an example. */
const VARIABLES = {
  PAPERBOY_DATA: { schema: z.string(), expected: 'a folder', example: './data' },
  PAPERBOY_CONFIG: {
    schema: z.string(),
    expected: 'a YAML file',
    example: './paperboy.yaml',
  },
  PAPERBOY_FEED: {
    // Not `webUrl`: the slash at the end of a feed's address may matter.
    schema: z.url({ protocol: /^https?$/ }).regex(/^[^@]*$/),
    expected: 'the http(s) address of an RSS or Atom feed, without a user or password',
    example: 'https://rss.beehiiv.com/feeds/abc.xml',
    // The address of a private feed is its password.
    isSecret: true,
  },
  DATABASE_URL: {
    schema: z.string().regex(/^(?:file:)?(?!.*:\/\/)/i),
    expected: 'the path of an SQLite file (PostgreSQL is not supported yet)',
    example: 'file:./data/paperboy.db',
  },
  PAPERBOY_HTTP_PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .refine((text) => Number(text) <= 65_535),
    expected: 'a port from 0 (any that is free) to 65535',
    example: '8080',
  },
  PAPERBOY_HTTP_HOST: {
    schema: z.string().regex(/^[^\s/]+$/),
    expected: 'an address of this machine',
    example: '0.0.0.0',
  },
  BLUESKY_SERVICE: {
    schema: webUrl,
    expected: 'the http(s) address of the account’s server',
    example: 'https://bsky.social',
  },
  BLUESKY_IDENTIFIER: {
    schema: z
      .string()
      .transform((text) => text.replace(/^@/, ''))
      .pipe(z.string().regex(/^(?:did:[a-z]+:\S+|[^\s@]+@[^\s@]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i)),
    expected: 'a handle or a DID',
    example: 'paperboy.bsky.social',
  },
  BLUESKY_APP_PASSWORD: {
    schema: z.string().regex(/^\S+$/),
    expected: 'an app password, without blanks',
    example: 'abcd-efgh-ijkl-mnop',
  },
  DISCORD_TOKEN: {
    schema: z
      .string()
      .transform((text) => text.replace(/^Bot\s+/i, ''))
      .pipe(z.string().regex(/^\S{20,}$/)),
    expected: 'the bot token of the Discord developer portal, without blanks',
    example: 'MTA1…',
  },
  DISCORD_CHANNEL_ID: {
    schema: z.string().regex(/^\d{17,20}$/),
    expected: 'the id of a channel, 17 to 20 digits (Copy Channel ID in Discord)',
    example: '1052345678901234567',
  },
  DISCORD_API: {
    schema: webUrl.transform((url) => url.replace(/\/v\d+$/, '')),
    expected: 'an http(s) address without the version',
    example: 'https://discord.com/api',
  },
  MASTODON_SERVER: {
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
    schema: z
      .string()
      .transform((text) => text.replace(/^Bearer\s+/i, ''))
      .pipe(z.string().regex(/^\S{20,}$/)),
    expected: 'an access token of the server’s Development settings, without blanks',
    example: 'ZA-Yj3a…',
  },
  WEBHOOK_URL: {
    schema: z.url({ protocol: /^https?$/ }).regex(/^[^@]*$/),
    expected: 'an http(s) address without a user or password',
    example: 'https://example.org/hooks/paperboy',
  },
  WEBHOOK_SECRET: {
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

type VariableName = keyof typeof VARIABLES;
/** The variables that are set, checked. */
export type Variables = { readonly [Name in VariableName]?: string };

/**
 * Reads the variables from the environment and, where it has none, from `.env` in the folder.
 * What is wrong is added to `problems`, one line each, without the value where it may be a secret.
 */
export function readVariables(
  environment: NodeJS.ProcessEnv,
  folder: string,
  problems: string[],
): Variables {
  const fromFile = readEnvFile(folder, problems);
  const read: { [Name in VariableName]?: string } = {};
  for (const name of Object.keys(VARIABLES) as VariableName[]) {
    const raw = environment[name]?.trim() || fromFile[name]?.trim() || '';
    if (raw === '') continue;
    const { schema, expected, example } = VARIABLES[name];
    const result = schema.safeParse(raw);
    if (result.success) read[name] = result.data;
    else {
      // Never the value itself: any of them may hold a secret, a password in an address or one put
      // into the wrong variable.
      problems.push(
        `${name} must be ${expected}, for example ${example}; it is set to something else`,
      );
    }
  }
  return read;
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

/** Adds a problem where a variable is missing that something else which is set needs. */
export function requireFor(
  variables: Variables,
  missing: VariableName,
  set: string,
  problems: string[],
): void {
  // A variable that is set but wrong has been told already.
  const isTold = problems.some((problem) => problem.startsWith(missing));
  if (variables[missing] !== undefined || isTold) return;
  const { expected, example } = VARIABLES[missing];
  problems.push(`${missing} is missing, as ${set} is set: ${expected}, for example ${example}`);
}
