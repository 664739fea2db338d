import { type Archive, makeArchive } from '../../src/archive/archive.ts';
import { makeVerdicts } from '../../src/archive/verdicts.ts';
import { makeCourier } from '../../src/delivery/courier.ts';
import type { Approval } from '../../src/desk/approval/judge-item.ts';
import type { Desk, Destination } from '../../src/desk/desk.ts';
import type { Issue } from '../../src/issue/schema.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import type { Programme } from '../../src/schedule/programme.ts';
import { type FakeClock, makeFakeClock } from './fake-clock.ts';
import { type FakePlatform, makeFakePlatform, WORKS } from './fake-platform.ts';
import { makeRecordLog } from './record-log.ts';
import type { Connections } from './temp-database.ts';

export const FOLDER: Destination = {
  name: 'folder',
  key: 'folder',
  platform: 'bluesky',
  isLive: false,
  corrections: ['edit'],
};
export const BLUESKY: Destination = {
  name: 'bluesky',
  key: 'bluesky/news.test',
  platform: 'bluesky',
  isLive: true,
  corrections: ['repost', 'reply'],
};
export const DISCORD: Destination = {
  name: 'discord',
  key: 'discord/1234',
  platform: 'discord',
  isLive: true,
  corrections: ['edit'],
};

/** One paper at each slot, in Berlin. */
export function makeProgramme(cron = '0 9 * * *'): Programme {
  return {
    crons: { digest: [], news: [], papers: [cron] },
    timeZone: 'Europe/Berlin',
    order: 'issue',
    rest: 'queue',
    blackouts: [],
    gapMs: 0,
    missed: 'catch-up',
  };
}

export type TestDesk = Desk & { readonly clock: FakeClock; readonly platform: FakePlatform };

/**
 * A desk over a real database, with a clock that tests move and one platform behind all
 * destinations. It posts at nine in the morning in Berlin; it is ten there now.
 */
export function makeTestDesk(
  { database, reader }: Connections,
  parts: {
    readonly scheduled?: readonly Destination[];
    readonly cron?: string;
    readonly programme?: Partial<Programme>;
    readonly approval?: Approval;
    readonly clock?: FakeClock;
    readonly publisher?: Publisher;
  } = {},
): TestDesk {
  const clock = parts.clock ?? makeFakeClock('2026-11-23T09:00:00.000Z');
  const outbox = makeOutbox(database);
  const platform = makeFakePlatform();
  const publisher =
    parts.publisher ?? platform.makePublisher({ find: () => 'answers', publish: () => WORKS });
  const destinations = [FOLDER, BLUESKY, DISCORD];
  return {
    archive: makeArchive(database, reader),
    outbox,
    courier: makeCourier({
      outbox,
      publishers: new Map(destinations.map(({ key }) => [key, async () => publisher])),
      clock,
      log: makeRecordLog(),
      owner: 'desk',
      random: () => 0.5,
    }),
    clock,
    platform,
    destinations,
    scheduled: parts.scheduled ?? [FOLDER],
    programme: () => ({ ...makeProgramme(parts.cron), ...parts.programme }),
    timeZone: 'Europe/Berlin',
    verdicts: makeVerdicts(database),
    approval: parts.approval ?? { kind: 'never' },
    format: () => ({ languages: ['en'] }),
    platforms: ['bluesky', 'discord'],
    actor: 'editor',
  };
}

/** Keeps an issue that readers may see: a real one unless it is said to be a sample, as its next revision. */
export async function keep(
  { archive, clock }: { readonly archive: Archive; readonly clock: FakeClock },
  issue: Issue,
  isSample = false,
): Promise<void> {
  const at = clock.now();
  const options = { findings: [], isSample, isRevision: !isSample, isApproved: true, at };
  await archive.save(issue, options);
}
