import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { ALIVE_MS, readHeartbeat } from './cli/heartbeat.ts';
import type { Config, ExaminedConfig } from './config.ts';
import { type Ledger, openLedger } from './database/open-ledger.ts';
import type { DestinationName } from './destination-names.ts';
import { type Check, type Seen, skip } from './doctor/check.ts';
import { checkClock, checkZone } from './doctor/check-clock.ts';
import { checkConfiguration, checkNode, type SettingsFile } from './doctor/check-configuration.ts';
import { checkDatabase } from './doctor/check-database.ts';
import { checkDataFolder, checkDisk } from './doctor/check-disk.ts';
import { checkEnvFile } from './doctor/check-env-file.ts';
import { checkInbox } from './doctor/check-inbox.ts';
import { checkPort } from './doctor/check-port.ts';
import { checkProcess } from './doctor/check-process.ts';
import { checkVariables } from './doctor/check-variables.ts';
import { systemClock } from './kit/clock.ts';
import { once } from './kit/once.ts';
import { listPlaceChecks } from './list-place-checks.ts';
import { listPlanChecks, listScheduled } from './list-plan-checks.ts';
import { nameOwnVariables } from './own-variables.ts';

export type DoctorParts = {
  readonly environment: NodeJS.ProcessEnv;
  /** Where Paperboy was started. */
  readonly folder: string;
  readonly examined: ExaminedConfig;
};

/** All that can be looked at, and what to close afterwards. */
export type OpenDoctor = { readonly checks: readonly Check[]; readonly close: () => void };

/** Wires the checks of what is configured. Nothing is made or changed, not even a missing database. */
export function openDoctor({ environment, folder, examined }: DoctorParts): OpenDoctor {
  const { config, problems, file, variables } = examined;
  const ledger: Ledger | undefined = openLedger(config.databaseFile);
  const { now } = systemClock;
  const envPath = join(folder, '.env');
  const beat = once(() => readHeartbeat(config.dataFolder));
  const isRunning = async (): Promise<boolean> => {
    const at = await beat();
    return at !== undefined && now().getTime() - at.getTime() < ALIVE_MS;
  };
  const local = (
    section: Check['section'],
    title: string,
    code: Check['code'],
    run: () => Promise<readonly Seen[] | Seen> | readonly Seen[] | Seen,
  ): Check => ({ section, title, code, isRemote: false, run: async () => [await run()].flat() });
  const checks: Check[] = [
    local('configuration', 'configuration', 'doctor.configuration', () =>
      checkConfiguration(problems, findSettings(environment, folder)),
    ),
    local('configuration', '.env', 'doctor.env', () => checkEnvFile(envPath)),
    local('configuration', 'variables', 'doctor.variable-unknown', () =>
      checkVariables([...new Set([...Object.keys(environment), ...listEnv(envPath)])], variables),
    ),
    local('configuration', 'Node', 'doctor.node', () =>
      checkNode(process.version, Number(/\d+/.exec(packageJson.engines.node)?.[0])),
    ),
    local('data', 'data folder', 'doctor.data', () => checkDataFolder(config.dataFolder)),
    local('data', 'disk', 'doctor.disk', () => checkDisk(config.dataFolder)),
    local('data', 'database', 'doctor.database', () => checkDatabase(config.databaseFile, now())),
    local('data', 'process', 'doctor.running', async () =>
      checkProcess({ beatAt: await beat(), aliveMs: ALIVE_MS, planner: ledger?.planner }, now()),
    ),
    {
      section: 'clock',
      title: 'clock',
      code: 'doctor.clock',
      isRemote: true,
      run: async (signal) => [await checkClock(listServers(config), now, signal)],
    },
    local('clock', 'time zone', 'doctor.time-zone', () =>
      file.plan.timeZone === undefined && problems.length > 0
        ? skip('doctor.time-zone', 'the time zone is looked at when the configuration is right')
        : checkZone(file.plan.timeZone, Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC'),
    ),
    ...listPlaceChecks(config, ledger, listScheduled(config)).map((one) =>
      one.name === undefined ? one.check : withOwnNames(one.check, one.name),
    ),
  ];
  const { folder: inbox } = config.sources;
  if (inbox !== undefined) {
    checks.push(local('sources', 'inbox', 'doctor.inbox', () => checkInbox(inbox)));
  }
  if (problems.length === 0) checks.push(...listPlanChecks(config, ledger));
  else {
    checks.push(
      local('plan', 'plan', 'doctor.plan', () =>
        skip('doctor.plan', 'the plan is looked at when the configuration is right'),
      ),
    );
  }
  const { http } = config;
  if (http !== undefined) {
    checks.push({
      section: 'http',
      title: 'http',
      code: 'doctor.http',
      isRemote: false,
      run: async (signal) => [await checkPort({ ...http, isRunning: await isRunning() }, signal)],
    });
  }
  return { checks, close: () => ledger?.close() };
}

/** What is said of a further destination names its own variables. */
function withOwnNames(check: Check, name: DestinationName): Check {
  const tell = (one: Seen): Seen =>
    'remedy' in one ? { ...one, remedy: nameOwnVariables(one.remedy, name) } : one;
  return { ...check, run: async (signal) => (await check.run(signal)).map(tell) };
}

function findSettings(environment: NodeJS.ProcessEnv, folder: string): SettingsFile {
  const path = join(folder, 'paperboy.yaml');
  const named =
    environment.PAPERBOY_CONFIG?.trim() || readEnv(join(folder, '.env')).PAPERBOY_CONFIG;
  if (named !== undefined && named !== '') return { path: named, isThere: true, others: [] };
  const isThere = existsSync(path);
  const others = isThere
    ? []
    : readdirSync(folder).filter((one) => /^\.?paperboy\.(?:yaml|yml|json|toml)$/i.test(one));
  return { path, isThere, others };
}

function listEnv(path: string): string[] {
  return Object.keys(readEnv(path));
}

function readEnv(path: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch {
    return {}; // That it cannot be read is a problem of the configuration, and told there.
  }
}

/** The servers of what is configured, each once. */
function listServers({ places, bot }: Config): string[] {
  const servers = places.flatMap((place) => {
    if (place.kind === 'bluesky') return [place.service];
    return place.kind === 'mastodon' ? [place.server] : [];
  });
  return [...new Set([...servers, ...(bot === undefined ? [] : [bot.api])])];
}
