import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Platform } from '../formatters/draft.ts';
import { type DestinationName, readKind } from './destination-names.ts';
import { type Approval, approvalSchema, type Editors, editorsSchema } from './editor-settings.ts';
import { describeError, PaperboyError } from './kit/errors.ts';
import { type KnownLimits, makeKnownLimits } from './known-limits.ts';
import { DEFAULT_CRON, makeProgramme, readPlan, scheduleSchema } from './plan-settings.ts';
import {
  type ChooseFormat,
  checkTemplates,
  languages,
  makeChooseFormat,
  postsSchema,
} from './post-settings.ts';
import type { Programme } from './schedule/programme.ts';
import { chooseHttp, type Http, httpSchema, keepSchema } from './service-settings.ts';
import {
  readVariables,
  requireFor,
  requireOther,
  requirePair,
  type Variables,
} from './variables.ts';

/** Everything that can be set, checked. Paths are absolute. */
export type Config = {
  readonly dataFolder: string;
  readonly databaseFile: string;
  readonly logLevel: string | undefined;
  /** How posts are written, for a destination or a platform. */
  readonly format: ChooseFormat;
  readonly schedule: {
    readonly cron: string;
    readonly timeZone: string;
    /** When the destination of that name posts what. */
    readonly programme: (name: DestinationName) => Programme;
    /** Names of destinations; undefined for the live ones, or the folder where there are none. */
    readonly to: readonly DestinationName[] | undefined;
  };
  readonly approval: Approval;
  /** Undefined where nobody is asked on Discord. */
  readonly editors: Editors | undefined;
  /** Where health and metrics are served; undefined for nowhere. */
  readonly http: Http | undefined;
  /** For how long what is past is kept. */
  readonly keep: { readonly historyDays: number };
  readonly folder: { readonly path: string; readonly format: Platform };
  /** Where issues come from by themselves. */
  readonly sources: { readonly folder: string | undefined; readonly feeds: readonly string[] };
  /** Hosts, with their port, that may be fetched from though they are on a private network. */
  readonly fetch: { readonly allow: readonly string[] };
  readonly bluesky:
    | { readonly service: string; readonly identifier: string; readonly appPassword: string }
    | undefined;
  /** The bot, which answers members, and posts to the channel below and to those that follow. */
  readonly bot: { readonly token: string; readonly api: string } | undefined;
  readonly discord:
    | {
        readonly channelId: string;
        /** In an announcement channel: each message is published to the servers that follow it. */
        readonly crosspost: boolean;
        /** In a forum: a post for each paper, or one for each issue with its papers inside. */
        readonly forumPer: 'paper' | 'issue';
        /** The tag of a forum that demands one, for what has none of its topics. */
        readonly forumTag?: string | undefined;
      }
    | undefined;
  readonly mastodon:
    | { readonly server: string; readonly accessToken: string; readonly limits: KnownLimits }
    | undefined;
  readonly webhook:
    | { readonly url: string; readonly secret: string; readonly format: Platform }
    | undefined;
};

const feedUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .regex(/^[^@]*$/, 'must have no user or password in it');
const platform = z.enum(['bluesky', 'discord', 'mastodon', 'x', 'linkedin', 'text', 'html']);

/** `paperboy.yaml`, whole. Every key may be left out. */
const fileSchema = z.strictObject({
  data: z.string().min(1).optional(),
  log: z.enum(['error', 'warn', 'info', 'silent']).optional(),
  languages: languages.default(['en']),
  posts: postsSchema,
  schedule: scheduleSchema,
  approval: approvalSchema,
  editors: editorsSchema,
  http: httpSchema,
  keep: keepSchema,
  folder: z
    .strictObject({
      path: z.string().min(1).optional(),
      format: platform.default('bluesky'),
    })
    .prefault({}),
  discord: z
    .strictObject({
      crosspost: z.boolean().default(true),
      forumPer: z.enum(['paper', 'issue']).default('paper'),
      forumTag: z.string().min(1).max(20).optional(),
    })
    .prefault({}),
  webhook: z.strictObject({ format: platform.default('text') }).prefault({}),
  sources: z
    .strictObject({
      folder: z.string().min(1).optional(),
      feed: z
        .preprocess((feed) => (typeof feed === 'string' ? [feed] : feed), z.array(feedUrl).max(20))
        .default([]),
    })
    .prefault({}),
  fetch: z
    .strictObject({
      allow: z
        .array(
          z
            .string()
            .regex(/^[^\s/@]+$/, 'must be a host, with its port if it has one: 127.0.0.1:8080'),
        )
        .default([]),
    })
    .prefault({}),
});

/**
 * Reads `paperboy.yaml`, `.env` and the environment (which wins) from a folder, and checks all of
 * it. Throws `config.invalid` with every problem, one line each, that names the variable or key,
 * what was expected and an example; a secret is never in it.
 */
export async function readConfig(environment: NodeJS.ProcessEnv, folder: string): Promise<Config> {
  const problems: string[] = [];
  const variables = readVariables(environment, folder, problems);
  const file = await readFile(folder, variables, problems);
  requirePair(variables, 'BLUESKY_IDENTIFIER', 'BLUESKY_APP_PASSWORD', problems);
  requireOther(variables, 'DISCORD_CHANNEL_ID', 'DISCORD_TOKEN', problems);
  requirePair(variables, 'MASTODON_SERVER', 'MASTODON_ACCESS_TOKEN', problems);
  requirePair(variables, 'WEBHOOK_URL', 'WEBHOOK_SECRET', problems);

  if (file.editors !== undefined && variables.DISCORD_TOKEN === undefined) {
    requireFor(variables, 'DISCORD_TOKEN', 'editors in paperboy.yaml', problems);
  }
  const { to: _, ...schedule } = file.schedule;
  const plan = await readPlan('schedule', schedule, problems);

  const dataFolder = resolve(folder, variables.PAPERBOY_DATA ?? file.data ?? './data');
  const { BLUESKY_IDENTIFIER: identifier, BLUESKY_APP_PASSWORD: appPassword } = variables;
  const { DISCORD_TOKEN: token, DISCORD_CHANNEL_ID: channelId } = variables;
  const { MASTODON_SERVER: server, MASTODON_ACCESS_TOKEN: accessToken } = variables;
  const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = variables;
  const limits = server === undefined ? undefined : makeKnownLimits(dataFolder, server);
  const config: Config = {
    dataFolder,
    databaseFile: resolve(
      folder,
      variables.DATABASE_URL?.replace(/^file:(?:\/\/)?/i, '') ?? join(dataFolder, 'paperboy.db'),
    ),
    logLevel: file.log,
    format: makeChooseFormat(file.posts, file.languages, limits?.read),
    schedule: {
      cron: plan.cron?.[0] ?? DEFAULT_CRON,
      get timeZone() {
        return makeProgramme(plan).timeZone;
      },
      to: file.schedule.to,
      programme: () => makeProgramme(plan),
    },
    approval: file.approval,
    editors: file.editors,
    http: chooseHttp(variables, file.http),
    keep: file.keep,
    folder: {
      path: resolve(folder, file.folder.path ?? join(dataFolder, 'posts')),
      format: file.folder.format,
    },
    sources: {
      folder: file.sources.folder === undefined ? undefined : resolve(folder, file.sources.folder),
      feeds: variables.PAPERBOY_FEED === undefined ? file.sources.feed : [variables.PAPERBOY_FEED],
    },
    fetch: file.fetch,
    bluesky:
      identifier === undefined || appPassword === undefined
        ? undefined
        : {
            service: variables.BLUESKY_SERVICE ?? 'https://bsky.social',
            identifier,
            appPassword,
          },
    bot:
      token === undefined
        ? undefined
        : { token, api: variables.DISCORD_API ?? 'https://discord.com/api' },
    discord:
      token === undefined || channelId === undefined ? undefined : { channelId, ...file.discord },
    mastodon:
      server === undefined || accessToken === undefined || limits === undefined
        ? undefined
        : { server, accessToken, limits },
    webhook:
      url === undefined || secret === undefined
        ? undefined
        : { url, secret, format: file.webhook.format },
  };
  for (const name of config.schedule.to ?? []) {
    const kind = readKind(name);
    if (kind === 'folder' || (kind !== undefined && config[kind] !== undefined)) continue;
    problems.push(`schedule.to in paperboy.yaml names ${name}, whose variables are not set`);
  }
  if (problems.length === 0) return config;
  throw new PaperboyError(
    'config.invalid',
    `Cannot start as the configuration is wrong: ${problems.join('\n  ')}`,
    'Correct it in the environment, .env or paperboy.yaml; README.md lists every setting.',
  );
}

async function readFile(
  folder: string,
  variables: Variables,
  problems: string[],
): Promise<z.infer<typeof fileSchema>> {
  const path = resolve(folder, variables.PAPERBOY_CONFIG ?? 'paperboy.yaml');
  if (!existsSync(path)) {
    if (variables.PAPERBOY_CONFIG !== undefined) {
      problems.push(`PAPERBOY_CONFIG names ${path}, which does not exist`);
    }
    return fileSchema.parse({});
  }
  let content: unknown;
  try {
    const { parse } = await import('yaml');
    content = parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    problems.push(`${path} cannot be read: ${describeYamlError(error)}`);
    return fileSchema.parse({});
  }
  const result = fileSchema.safeParse(content);
  if (result.success) {
    problems.push(...(await checkTemplates(result.data.posts)));
    return result.data;
  }
  for (const issue of result.error.issues) {
    problems.push(`${issue.path.join('.') || 'the file'} in paperboy.yaml: ${issue.message}`);
  }
  return fileSchema.parse({});
}

/** What and where, without the line of the file that follows: nobody knows what stands in it. */
function describeYamlError(error: unknown): string {
  if (!(error instanceof Error) || error.name !== 'YAMLParseError') return describeError(error);
  return `it is no valid YAML: ${error.message.split('\n')[0]?.replace(/:$/, '')}`;
}
