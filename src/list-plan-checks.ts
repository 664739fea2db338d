import { makeArchive } from './archive/archive.ts';
import { makeFollows } from './archive/follows.ts';
import { makeIssueReader } from './archive/issue-reader.ts';
import { makeVerdicts } from './archive/verdicts.ts';
import type { Config } from './config.ts';
import type { Ledger } from './database/open-ledger.ts';
import type { Destination } from './desk/desk.ts';
import { type Check, type Seen, skip } from './doctor/check.ts';
import { checkLedger, countPapersAWeek, type LedgerDesk } from './doctor/check-ledger.ts';
import { checkProgramme } from './doctor/check-programme.ts';
import { systemClock } from './kit/clock.ts';
import { once } from './kit/once.ts';
import { nameAlias, nameWebhook } from './name-account.ts';
import { makeAccounts } from './outbox/accounts.ts';
import { makeOutbox } from './outbox/outbox.ts';
import type { PlaceSetting } from './places.ts';

/** The checks of what goes out when, and of what does not. */
export function listPlanChecks(config: Config, ledger: Ledger | undefined): Check[] {
  const open = once(async () => (ledger === undefined ? undefined : openDesk(config, ledger)));
  const make = (title: string, run: () => Promise<readonly Seen[]>): Check => ({
    section: 'plan',
    title,
    code: 'doctor.plan',
    isRemote: false,
    run,
  });
  const programmes = listScheduled(config).map(({ name }) =>
    make(`plan of ${name}`, async () => {
      // A ledger that cannot be read is told of below; the slots are there without it.
      const papersAWeek = await open()
        .then((desk) => desk && countPapersAWeek(desk))
        .catch(() => undefined);
      const programme = config.schedule.programme(name);
      return checkProgramme({ name, programme, papersAWeek }, systemClock.now());
    }),
  );
  const ledgers = make('ledger', async () => {
    const desk = await open();
    if (desk !== undefined) return checkLedger(desk);
    return [
      skip('doctor.next', 'there is no ledger to be read, so nothing is known of what is next'),
    ];
  });
  return [...programmes, ledgers];
}

/** The places that the clock posts to, as the house has it: the live ones, or the folders where there are none. */
export function listScheduled({
  places,
  schedule,
}: Pick<Config, 'places' | 'schedule'>): readonly PlaceSetting[] {
  const live = places.filter(({ kind }) => kind !== 'folder');
  const usual = live.length > 0 ? live : places;
  const wanted: readonly string[] = schedule.to ?? usual.map(({ name }) => name);
  return places.filter(({ name }) => wanted.includes(name));
}

/** What the verbs that only look work with, over a ledger that nobody writes. */
async function openDesk(config: Config, { sqlite, database }: Ledger): Promise<LedgerDesk> {
  const accounts = makeAccounts(database);
  const destinations: Destination[] = [];
  for (const place of config.places) {
    const key = await nameKey(place, accounts);
    destinations.push({
      name: place.name,
      key,
      platform: 'format' in place ? place.format : place.kind,
      isLive: place.kind !== 'folder',
      corrections: [],
    });
  }
  const follows = makeFollows(database);
  const followed = (await follows.list()).map(
    ({ channelId }): Destination => ({
      name: `discord/${channelId}`,
      key: `discord/${channelId}`,
      platform: 'discord',
      isLive: true,
      isFollowed: true,
      corrections: [],
    }),
  );
  const scheduled = new Set(listScheduled(config).map(({ name }) => name));
  return {
    archive: makeArchive(database, makeIssueReader(sqlite)),
    outbox: makeOutbox(database),
    verdicts: makeVerdicts(database),
    follows,
    approval: config.approval,
    clock: systemClock,
    format: config.format,
    scheduled: destinations.filter(({ name }) => scheduled.has(name)),
    destinations: [...destinations, ...followed],
    absent: [],
    programme: config.schedule.programme,
    timeZone: config.schedule.timeZone,
  };
}

/** As the ledger has it; an account that it never met has nothing in it. */
async function nameKey(
  place: PlaceSetting,
  accounts: ReturnType<typeof makeAccounts>,
): Promise<string> {
  switch (place.kind) {
    case 'folder':
      return place.name.replace('-', '/');
    case 'discord':
      return `discord/${place.channelId}`;
    case 'webhook':
      return nameWebhook(place.url);
    case 'bluesky':
    case 'mastodon':
      return (await accounts.find(nameAlias(place)))?.destination ?? `${place.kind}/ ${place.name}`;
  }
}
