import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { makeBlueskyBudgets } from './console/bluesky-budgets.ts';
import type { Ledger } from './database/open-ledger.ts';
import type { DestinationName } from './destination-names.ts';
import { type Check, doubt, type Seen, skip } from './doctor/check.ts';
import { systemClock } from './kit/clock.ts';
import { once } from './kit/once.ts';
import { nameAlias } from './name-account.ts';
import { makeAccounts } from './outbox/accounts.ts';
import type { BlueskyPlace, PlaceSetting } from './places.ts';
import type { SessionStore } from './publishers/bluesky-session.ts';
import type { DiscordRest } from './publishers/discord-rest.ts';

/** A check, and the destination whose variables its remedies are to name. */
export type PlaceCheck = { readonly check: Check; readonly name?: DestinationName };

type OpenRest = () => Promise<Pick<DiscordRest, 'get' | 'readBotId'>>;
type Run = (signal: AbortSignal) => Promise<readonly Seen[]>;

/**
 * The checks of what asks a server: destinations, the bot, the editors, the feeds. The clock posts
 * to the `scheduled` ones.
 */
export function listPlaceChecks(
  config: Config,
  ledger: Ledger | undefined,
  scheduled: readonly PlaceSetting[],
): PlaceCheck[] {
  const { places, bot, editors, sources, fetch } = config;
  const { now } = systemClock;
  const openRest: OpenRest | undefined =
    bot &&
    once(async () => {
      const { makeDiscordRest } = await import('./publishers/discord-rest.ts');
      const rest = makeDiscordRest(bot);
      // What all share ends with nobody's signal: each asks for itself.
      const readBotId: DiscordRest['readBotId'] = async (signal) =>
        (await rest.get<{ readonly id: string }>('/users/@me', signal)).id;
      return { get: rest.get, readBotId };
    });
  const checks: PlaceCheck[] = places.flatMap((place) => {
    const own = checkPlace(place, config, ledger, openRest);
    return scheduled.includes(place) ? own : own.map((one) => tellUnscheduled(one, place, config));
  });
  if (!places.some(({ kind }) => kind !== 'folder')) {
    const said = 'no account is configured: posts go into a folder, and nobody sees them';
    const remedy = 'Set one up: paperboy connect bluesky, discord or mastodon';
    const run: Run = async () => [doubt('doctor.no-account', said, remedy)];
    checks.push({ check: make('destinations', 'accounts', 'doctor.no-account', run, false) });
  }
  if (openRest !== undefined) {
    const run: Run = async (signal) => {
      const { checkBot } = await import('./doctor/check-discord.ts');
      return [await checkBot(await openRest(), signal)];
    };
    checks.push({ check: make('destinations', 'bot', 'doctor.discord-bot', run) });
  }
  if (openRest !== undefined && editors !== undefined) {
    const run: Run = async (signal) => {
      const { checkEditors } = await import('./doctor/check-editors.ts');
      const { editorCommands } = await import('../commands/editors/index.ts');
      const commands = editorCommands.map(({ definition }) => definition.name);
      return checkEditors(await openRest(), { ...editors, commands }, signal, now());
    };
    checks.push({ check: make('editors', 'editors', 'doctor.editors-channel', run) });
  }
  for (const url of sources.feeds) {
    const run: Run = async (signal) => {
      const { checkFeed } = await import('./doctor/check-feed.ts');
      const { makeGuardedFetch } = await import('./sources/fetch-guarded.ts');
      return checkFeed(url, makeGuardedFetch({ allow: fetch.allow, now }), now(), signal);
    };
    const title = `the feed of ${new URL(url).host}`;
    checks.push({ check: make('sources', title, 'doctor.feed', run) });
  }
  return checks;
}

function checkPlace(
  place: PlaceSetting,
  config: Config,
  ledger: Ledger | undefined,
  openRest: OpenRest | undefined,
): PlaceCheck[] {
  const { name } = place;
  const asPlace = (code: Check['code'], run: Run, isRemote = true): PlaceCheck[] => [
    { name, check: make('destinations', name, code, run, isRemote) },
  ];
  switch (place.kind) {
    case 'folder':
      return asPlace(
        'doctor.folder',
        async () => [await (await import('./doctor/check-folder.ts')).checkFolder(place)],
        false,
      );
    case 'bluesky':
      return asPlace('doctor.bluesky', (signal) => askBluesky(place, config, ledger, signal));
    case 'mastodon':
      return asPlace('doctor.mastodon', async (signal) =>
        (await import('./doctor/check-mastodon.ts')).checkMastodon(place, signal),
      );
    case 'webhook':
      return asPlace('doctor.webhook', async (signal) => [
        await (await import('./doctor/check-webhook.ts')).checkWebhook(place, signal),
      ]);
    case 'discord': {
      if (openRest === undefined) return [];
      return asPlace('doctor.discord-channel', async (signal) => {
        const { checkChannel } = await import('./doctor/check-discord.ts');
        return checkChannel(await openRest(), place, signal, systemClock.now());
      });
    }
  }
}

/** A place that is well gets nothing by itself all the same, where the clock does not post to it. */
function tellUnscheduled(
  { check, ...rest }: PlaceCheck,
  { name, kind }: PlaceSetting,
  { schedule }: Config,
): PlaceCheck {
  const why =
    schedule.to === undefined ? 'as there are live accounts' : 'as schedule.to does not name it';
  const how = `name it in schedule.to, or post yourself: paperboy post ISSUE --to ${name}`;
  const said = `${name}: configured, but the clock posts nothing there, ${why}: ${how}`;
  const run: Run = async (signal) => {
    const seen = await check.run(signal);
    // Of a folder that it can be written is all that is seen, and sounds like posts.
    const own = kind === 'folder' ? seen.filter(({ level }) => level !== 'ok') : seen;
    return [...own, skip('doctor.unscheduled', said)];
  };
  return { ...rest, check: { ...check, run } };
}

async function askBluesky(
  place: BlueskyPlace,
  { dataFolder }: Config,
  ledger: Ledger | undefined,
  signal: AbortSignal,
): Promise<readonly Seen[]> {
  const { checkBluesky } = await import('./doctor/check-bluesky.ts');
  const { name, service, identifier, appPassword } = place;
  const account = { service, identifier, appPassword };
  const known =
    ledger === undefined ? undefined : await makeAccounts(ledger.database).find(nameAlias(place));
  const readLeft = async (): Promise<string | undefined> => {
    if (ledger === undefined || known === undefined) return undefined;
    const budgets = makeBlueskyBudgets(ledger.database, { name, key: known.destination });
    const left = await budgets(systemClock.now());
    return left.map(({ budget, remaining }) => `${remaining} ${budget}`).join(', ');
  };
  const store = await openStore(join(dataFolder, 'sessions', `${name}.json`), account);
  return checkBluesky({ name, account, store, knownId: known?.id, readLeft }, signal);
}

/** A session that is kept is used, and renewed as it has to be; where there is none, none is left. */
async function openStore(
  path: string,
  account: Pick<BlueskyPlace, 'service' | 'identifier' | 'appPassword'>,
): Promise<SessionStore> {
  if (existsSync(path)) {
    const { makeSessionFile } = await import('./publishers/session-file.ts');
    return makeSessionFile(path, account);
  }
  return { read: async () => undefined, write: async () => {}, forget: async () => {} };
}

function make(
  section: Check['section'],
  title: string,
  code: Check['code'],
  run: Run,
  isRemote = true,
): Check {
  return { section, title, code, isRemote, run };
}
