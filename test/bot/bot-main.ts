import type { Command } from '../../commands/command.ts';
import { commands } from '../../commands/index.ts';
import { makeBody } from '../../commands/parts/reply.ts';
import { makeIssueReader } from '../../src/archive/issue-reader.ts';
import { makeReaders } from '../../src/archive/readers.ts';
import { makeSearch } from '../../src/archive/search/search.ts';
import { makeOutput } from '../../src/cli/output.ts';
import { runStartBot } from '../../src/cli/start-bot.ts';
import { openSqlite } from '../../src/database/open-sqlite.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { makeLog } from '../../src/kit/log.ts';

// The bot as a process of its own: DISCORD_API, DISCORD_TOKEN, DATABASE. With SLOW, /about takes
// that many milliseconds, and /help fails. Its log is JSON lines on stderr.
const { DISCORD_API = '', DISCORD_TOKEN = '', DATABASE = '', SLOW } = process.env;
const sqlite = openSqlite(DATABASE);
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    stop.abort();
    process.stdout.write(`${signal}\n`);
  });
}

if (SLOW !== undefined) {
  const list = commands as Command[];
  for (const [index, command] of list.entries()) {
    const { name } = command.definition;
    const answer = async (): ReturnType<NonNullable<Command['answer']>> => {
      if (name === 'help') throw new Error('the shelf fell over');
      await systemClock.sleep(Number(SLOW));
      return { body: makeBody([], [], 'at last'), isPrivate: false };
    };
    if (name === 'help' || name === 'about') {
      list[index] = { ...command, isPrivate: name !== 'help', answer };
    }
  }
}

process.exitCode = await runStartBot(
  {
    account: { token: DISCORD_TOKEN, api: DISCORD_API },
    desk: {
      archive: makeIssueReader(sqlite),
      search: makeSearch(sqlite),
      readers: makeReaders(sqlite),
      clock: systemClock,
      format: () => ({ languages: ['en'] }),
      platforms: ['discord'],
      random: Math.random,
    },
    log: await makeLog('info'),
    output: makeOutput(process.stdout, process.stderr),
  },
  stop.signal,
);
sqlite.close();
