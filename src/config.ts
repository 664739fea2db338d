import { join, resolve } from 'node:path';
import { type ConfigFile, readConfigFile } from './config-file.ts';
import type { Approval } from './desk/approval/judge-item.ts';
import { type DestinationName, readKind } from './destination-names.ts';
import type { Editors } from './editor-settings.ts';
import { PaperboyError } from './kit/errors.ts';
import { type PlaceSetting, readPlaces } from './places.ts';
import { makeProgramme } from './plan-settings.ts';
import { type ChooseFormat, makeChooseFormat } from './post-settings.ts';
import type { Programme } from './schedule/programme.ts';
import { chooseHttp, type Http } from './service-settings.ts';
import {
  nameVariable,
  readVariables,
  requireFor,
  VARIABLES,
  type VariableName,
  type Variables,
} from './variables.ts';

/** Everything that can be set, checked. Paths are absolute. */
export type Config = {
  readonly dataFolder: string;
  readonly databaseFile: string;
  readonly logLevel: string | undefined;
  /** How posts are written, for a destination or a platform, by its name. */
  readonly format: ChooseFormat;
  readonly schedule: {
    /** IANA name: of what is said to hold everywhere. */
    readonly timeZone: string;
    /** When the destination of that name posts what. */
    readonly programme: (name: DestinationName) => Programme;
    /** Undefined for the live destinations, or the folders where there are none. */
    readonly to: readonly DestinationName[] | undefined;
  };
  readonly approval: Approval;
  /** Undefined where nobody is asked on Discord. */
  readonly editors: Editors | undefined;
  /** Where health and metrics are served; undefined for nowhere. */
  readonly http: Http | undefined;
  /** For how long what is past is kept. */
  readonly keep: { readonly historyDays: number };
  /** Where issues come from by themselves. */
  readonly sources: { readonly folder: string | undefined; readonly feeds: readonly string[] };
  /** Hosts, with their port, that may be fetched from though they are on a private network. */
  readonly fetch: { readonly allow: readonly string[] };
  /** The bot, which answers members, and posts to the channels below and to those that follow. */
  readonly bot: { readonly token: string; readonly api: string } | undefined;
  /** Where to post: the folder first, which there always is. No two are one and the same. */
  readonly places: readonly PlaceSetting[];
  /** Where the folder puts its posts. */
  readonly folder: { readonly path: string };
};

/** What was read, as far as it can be used, with every problem of it, one line each. */
export type ExaminedConfig = {
  readonly config: Config;
  readonly problems: readonly string[];
  readonly file: ConfigFile;
  /** The names of the variables that are read, those of every destination. */
  readonly variables: readonly string[];
};

/**
 * Reads `paperboy.yaml`, `.env` and the environment (which wins) from a folder, and checks all of
 * it. Throws `config.invalid` with every problem, one line each, that names the variable or key,
 * what was expected and an example; a secret is never in it.
 */
export async function readConfig(environment: NodeJS.ProcessEnv, folder: string): Promise<Config> {
  const { config, problems } = await examineConfig(environment, folder);
  if (problems.length === 0) return config;
  throw new PaperboyError(
    'config.invalid',
    `Cannot start as the configuration is wrong: ${problems.join('\n  ')}`,
    'Correct it in the environment, .env or paperboy.yaml; docs/configuration.md has every setting.',
  );
}

/** Reads the same without throwing: what is wrong is left out, and has its default. */
export async function examineConfig(
  environment: NodeJS.ProcessEnv,
  folder: string,
): Promise<ExaminedConfig> {
  const problems: string[] = [];
  const source = readVariables(environment, folder, problems);
  const { variables } = source;
  const file = await readConfigFile(folder, variables, problems);
  const { own, plan, sources } = file;
  const dataFolder = resolve(folder, variables.PAPERBOY_DATA ?? file.data ?? './data');
  const places = readPlaces({ folder, dataFolder, sections: file, own, source }, problems);
  if (file.editors !== undefined) {
    requireFor(variables, 'DISCORD_TOKEN', 'editors in paperboy.yaml', problems);
  }
  checkNames(file, places, problems);
  checkEditors(file, places, problems);
  const config: Config = {
    dataFolder,
    databaseFile: resolve(
      folder,
      variables.DATABASE_URL?.replace(/^file:(?:\/\/)?/i, '') ?? join(dataFolder, 'paperboy.db'),
    ),
    logLevel: file.log,
    format: makeChooseFormat(file.posts, file.languages, (name) => ({
      posts: own.get(name)?.posts,
      readLimits: findLimits(places, name),
    })),
    schedule: {
      // Asked for only by who tells times: finding the machine's zone takes a noticeable while.
      get timeZone() {
        return makeProgramme(plan).timeZone;
      },
      programme: (name) => makeProgramme(plan, own.get(name)?.plan),
      to: file.schedule.to,
    },
    approval: file.approval,
    editors: file.editors,
    http: chooseHttp(variables, file.http),
    keep: file.keep,
    sources: {
      folder: sources.folder === undefined ? undefined : resolve(folder, sources.folder),
      feeds: variables.PAPERBOY_FEED === undefined ? sources.feed : [variables.PAPERBOY_FEED],
    },
    fetch: file.fetch,
    bot: readBot(variables),
    places,
    folder: { path: places.find((one) => one.kind === 'folder')?.path ?? dataFolder },
  };
  return { config, problems, file, variables: listVariables(own.keys()) };
}

/** Those of the first destination of each kind, and those of the further ones. */
function listVariables(further: Iterable<DestinationName>): string[] {
  const names = Object.keys(VARIABLES) as VariableName[];
  return [
    ...new Set([
      ...names,
      ...[...further].flatMap((one) => names.map((name) => nameVariable(name, one))),
    ]),
  ];
}

/** Adds a problem for each name of `schedule.to` that is of no place. */
function checkNames(
  { schedule, own }: ConfigFile,
  places: readonly PlaceSetting[],
  problems: string[],
): void {
  for (const name of schedule.to ?? []) {
    if (places.some((place) => place.name === name)) continue;
    const isFirst = readKind(name) === name;
    // Of what is in `destinations` and yet no place, the reason has been told.
    if (!isFirst && own.has(name)) continue;
    const why = isFirst
      ? 'whose variables are not set'
      : `which is not in destinations: add it there, for example destinations: { ${name}: {} }`;
    problems.push(`schedule.to in paperboy.yaml names ${name}, ${why}`);
  }
}

/** What nobody has approved yet would stand where everybody reads. */
function checkEditors(
  { editors }: ConfigFile,
  places: readonly PlaceSetting[],
  problems: string[],
): void {
  if (editors === undefined) return;
  const same = places.find((one) => one.kind === 'discord' && one.channelId === editors.channelId);
  if (same === undefined) return;
  problems.push(
    `editors.channel in paperboy.yaml is the channel of ${same.name}, where everything is posted: give a channel that only editors read`,
  );
}

/** Of a Mastodon account those of its server; of whatever else, those of the first account's. */
function findLimits(places: readonly PlaceSetting[], name: string) {
  const accounts = places.filter((place) => place.kind === 'mastodon');
  const isAccount = readKind(name) === 'mastodon' && name !== 'mastodon';
  const account =
    accounts.find((one) => one.name === name) ?? (isAccount ? undefined : accounts[0]);
  return account?.limits.read;
}

function readBot({ DISCORD_TOKEN: token, DISCORD_API: api }: Variables): Config['bot'] {
  return token === undefined ? undefined : { token, api: api ?? 'https://discord.com/api' };
}
