import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The rooms in the order of docs/architecture.md: imports point up this list, never down. */
const ROOMS = [
  'src/kit/',
  'src/issue/',
  'formatters/',
  'src/schedule/',
  'src/database/',
  'src/archive/',
  'src/outbox/',
  'src/publishers/',
  'src/sources/',
  'src/delivery/',
  'src/desk/',
  'commands/',
  'src/bot/',
  'src/console/',
  'src/doctor/',
  'src/cli/',
  'src/destination-names.ts',
  'src/variables.ts',
  'src/open-settings.ts',
  'src/known-limits.ts',
  'src/setting.ts',
  'src/tell-wrong.ts',
  'src/parse-rest.ts',
  'src/plan-settings.ts',
  'src/post-settings.ts',
  'src/destination-settings.ts',
  'src/editor-settings.ts',
  'src/service-settings.ts',
  'src/config-file.ts',
  'src/places.ts',
  'src/config.ts',
  'src/list-secrets.ts',
  'src/reading.ts',
  'src/own-variables.ts',
  'src/name-account.ts',
  'src/open-place.ts',
  'src/destinations.ts',
  'src/follow-channels.ts',
  'src/open-bot.ts',
  'src/open-console.ts',
  'src/house.ts',
  'src/list-place-checks.ts',
  'src/list-plan-checks.ts',
  'src/open-doctor.ts',
  'src/main.ts',
] as const;

/** What a room may use beside the rooms above it; every other room uses only what is listed for all. */
const EFFECTS: Readonly<Record<string, RegExp>> = {
  'node:fs':
    /^src\/(?:database|publishers|sources|doctor|cli|config|variables|open-settings|known-limits|reading|house|open-doctor|list-place-checks)/,
  'better-sqlite3': /^src\/database\//,
  kysely: /^src\/(?:database|archive|outbox)\//,
  'node:http': /^src\/(?:sources|console)\//,
  'node:net': /^src\/(?:sources|doctor)\//,
  'node:tls': /^src\/doctor\//,
  'node:child_process': /^src\/doctor\/ask-git/,
  'node:dns': /^src\/sources\//,
  'ipaddr.js': /^src\/sources\//,
  'fast-xml-parser': /^src\/issue\/feed\//,
  '@atproto/': /^src\/publishers\//,
  '@discordjs/': /^src\/publishers\//,
  'discord.js': /^src\/bot\//,
  masto: /^src\/publishers\//,
  standardwebhooks: /^src\/publishers\//,
  'node-cron': /^src\/(?:schedule\/|cli\/start)/,
  'ical-generator': /^src\/schedule\/write-calendar/,
  pino: /^src\/kit\/log/,
  sharp: /^src\/publishers\/images/,
  hono: /^src\/console\//,
  '@hono/node-server': /^src\/console\//,
  'prom-client': /^src\/console\//,
  commander: /^src\/cli\//,
};

type Import = { readonly from: string; readonly to: string; readonly isType: boolean };

const files = (await readdir(root, { recursive: true }))
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /^(?:src|formatters|commands)\/.*\.ts$/.test(name));

const imports: Import[] = [];
for (const from of files) {
  const text = await readFile(join(root, from), 'utf8');
  const pattern = /(?:import|export)\s+(type\s+)?[^;'"]*?\bfrom\s+'([^']+)'|import\('([^']+)'\)/g;
  for (const [, type, still, late] of text.matchAll(pattern)) {
    const target = still ?? late ?? '';
    const to = target.startsWith('.')
      ? relative(root, resolve(root, dirname(from), target)).replaceAll('\\', '/')
      : target;
    imports.push({ from, to, isType: type !== undefined });
  }
}

const rank = (file: string): number => ROOMS.findIndex((room) => file.startsWith(room));

describe('the house', () => {
  it('has no file outside its rooms', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => rank(file) < 0)).toEqual([]);
  });

  it('lets imports point up the list of rooms only', () => {
    const down = imports
      .filter(({ to }) => rank(to) >= 0)
      .filter(({ from, to }) => rank(to) > rank(from))
      .map(({ from, to }) => `${from} → ${to}`);

    expect(down).toEqual([]);
  });

  it('keeps publishers and outbox apart, but for receipts, accounts and what is spent', () => {
    const between = imports.filter(
      ({ from, to }) => from.startsWith('src/publishers/') && to.startsWith('src/outbox/'),
    );

    expect(between.filter(({ isType }) => !isType)).toEqual([]);
    expect(new Set(between.map(({ to }) => to))).toEqual(
      new Set(['src/outbox/accounts.ts', 'src/outbox/receipt.ts', 'src/outbox/spending.ts']),
    );
  });

  it('lets commands know the desk and the formatters alone', () => {
    const used = imports.filter(({ from }) => from.startsWith('commands/')).map(({ to }) => to);
    const allowed = /^(?:commands\/|formatters\/|src\/(?:desk|issue|kit)\/|discord)/;

    expect(used.filter((to) => !allowed.test(to))).toEqual([]);
  });

  it.each(Object.entries(EFFECTS))('keeps %s in the rooms that may touch it', (name, rooms) => {
    const users = imports
      .filter(({ to }) => to === name || to.startsWith(name))
      .map(({ from }) => from);

    expect(users.length).toBeGreaterThan(0);
    expect(users.filter((file) => !rooms.test(file))).toEqual([]);
  });

  it('keeps the pure rooms free of clocks, chance, files and the network', async () => {
    const pure = files.filter((file) => /^(?:src\/(?:issue|schedule)|formatters)\//.test(file));
    const impure =
      /\bnew Date\(\)|\bDate\.now\(|Math\.random\(|\bfetch\(|node:(?:fs|net|http|child_process)|process\.env/;
    const found: string[] = [];
    for (const file of pure) {
      if (impure.test(await readFile(join(root, file), 'utf8'))) found.push(file);
    }

    expect(pure.length).toBeGreaterThan(20);
    expect(found).toEqual([]);
  });

  it('prints from the doors alone', async () => {
    const printing: string[] = [];
    for (const file of files) {
      const text = await readFile(join(root, file), 'utf8');
      if (/(?<!-)\bconsole\.|process\.std(?:out|err)\b/.test(text)) printing.push(file);
    }

    expect(printing.filter((file) => !/^src\/(?:cli\/|main\.ts)/.test(file))).toEqual([]);
  });
});
