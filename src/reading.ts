import { mkdirSync } from 'node:fs';
import type { Platform } from '../formatters/draft.ts';
import { makeIssueReader } from './archive/issue-reader.ts';
import type { Readers } from './archive/readers.ts';
import type { Search } from './archive/search/search.ts';
import type { Config } from './config.ts';
import { openSqlite } from './database/open-sqlite.ts';
import type { ReadingDesk } from './desk/desk.ts';
import { systemClock } from './kit/clock.ts';
import { once } from './kit/once.ts';

export type Reading = {
  readonly desk: ReadingDesk;
  /** Loaded when it is asked for, as most commands search nothing. */
  openSearch(): Promise<Search>;
  openReaders(): Promise<Readers>;
  close(): void;
};

/**
 * Wires what a reader needs, and no more: it is loaded at every command. What posts is wired in
 * `house.ts`, on top of it.
 */
export function openReading(config: Config): Reading {
  mkdirSync(config.dataFolder, { recursive: true });
  const sqlite = openSqlite(config.databaseFile);
  const desk = {
    archive: makeIssueReader(sqlite),
    clock: systemClock,
    format: config.format,
    platforms: listPlatforms(config),
    places: config.places.map(({ name, ...place }) => ({
      name,
      platform: 'format' in place ? place.format : place.kind,
    })),
  };
  return {
    desk,
    openSearch: once(async () => (await import('./archive/search/search.ts')).makeSearch(sqlite)),
    openReaders: once(async () => (await import('./archive/readers.ts')).makeReaders(sqlite)),
    close: () => sqlite.close(),
  };
}

/** Those of the live accounts; without any, the two that most have. */
function listPlatforms({ places }: Config): Platform[] {
  const live = platformsOfAccounts.filter((one) => places.some(({ kind }) => kind === one));
  return live.length > 0 ? live : ['bluesky', 'discord'];
}

const platformsOfAccounts = ['bluesky', 'discord', 'mastodon'] as const satisfies Platform[];
