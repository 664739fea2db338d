import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Ask, Asker, Command, Reply } from '../../commands/command.ts';
import { commands, keyCommand } from '../../commands/index.ts';
import { makeIssueReader } from '../../src/archive/issue-reader.ts';
import { makeReaders } from '../../src/archive/readers.ts';
import { makeSearch } from '../../src/archive/search/search.ts';
import { openSqlite, type SqliteConnection } from '../../src/database/open-sqlite.ts';
import type { BotDesk } from '../../src/desk/bot-desk.ts';
import type { Issue } from '../../src/issue/schema.ts';
import { makeFakeClock } from '../support/fake-clock.ts';
import { readSampleIssues, storeIssues } from '../support/search-archive.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

/** A bot's desk over a database of its own, and what tests put into it. */
export type TestBotDesk = BotDesk & {
  readonly sqlite: SqliteConnection;
  readonly file: string;
  keep(
    issues: readonly Issue[],
    options?: { isSample?: boolean; revision?: number },
  ): Promise<void>;
};

/** A desk with nothing in it. */
export function makeBotDesk(): TestBotDesk {
  const file = join(makeTempFolder(), 'paperboy.db');
  const sqlite = openSqlite(file);
  onTestFinished(() => void sqlite.close());
  const search = makeSearch(sqlite);
  return {
    sqlite,
    file,
    archive: makeIssueReader(sqlite),
    search,
    readers: makeReaders(sqlite),
    clock: makeFakeClock(),
    format: () => ({ languages: ['en'] }),
    platforms: ['discord'],
    random: () => 0.5,
    keep: async (issues, options) => {
      storeIssues(sqlite, issues, options);
      await search.refresh();
    },
  };
}

/** A desk with the two sample issues. */
export async function makeSampleDesk(): Promise<TestBotDesk> {
  const desk = makeBotDesk();
  await desk.keep(readSampleIssues(), { isSample: true });
  return desk;
}

/** A question by a plain member. */
export function makeAsk(
  desk: BotDesk,
  options: Ask['options'] = {},
  asker: Partial<Asker> = {},
): Ask {
  const usual = {
    userId: '223456789012345678',
    guildId: '323456789012345678',
    channelId: '423456789012345678',
    mayManageServer: false,
    locale: 'en-US',
  };
  return { desk, asker: { ...usual, ...asker }, options };
}

/** The command whose file has that name. */
export function findCommand(key: string): Command {
  const command = commands.find(({ definition }) => keyCommand(definition.name) === key);
  if (command === undefined) throw new Error(`There is no command ${key}`);
  return command;
}

/** Asks a slash command. */
export async function askCommand(
  desk: BotDesk,
  key: string,
  options: Ask['options'] = {},
  asker: Partial<Asker> = {},
): Promise<Reply> {
  const reply = await findCommand(key).answer?.(makeAsk(desk, options, asker));
  if (reply === undefined) throw new Error(`/${key} does not answer`);
  return reply;
}
