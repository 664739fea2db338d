import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import {
  CHANNEL,
  catchError,
  findLimits,
  findPlace,
  makeFolder,
  PASSWORD,
  read,
  readProblems,
  TOKEN,
} from './config-rig.ts';

test('without anything set there are defaults for everything, below the folder', async () => {
  const folder = makeTempFolder();

  const config = await readConfig({}, folder);

  expect(config).toEqual({
    dataFolder: join(folder, 'data'),
    databaseFile: join(folder, 'data', 'paperboy.db'),
    logLevel: undefined,
    format: expect.any(Function),
    schedule: {
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      to: undefined,
      programme: expect.any(Function),
    },
    approval: { kind: 'never' },
    editors: undefined,
    http: undefined,
    keep: { historyDays: 400 },
    places: [
      {
        kind: 'folder',
        name: 'folder',
        path: join(folder, 'data', 'posts'),
        format: 'bluesky',
      },
    ],
    folder: { path: join(folder, 'data', 'posts') },
    sources: { folder: undefined, feeds: [] },
    fetch: { allow: [] },
    bot: undefined,
  });
});

test('paperboy.yaml sets what it names and leaves the rest', async () => {
  const yaml = [
    'data: /srv/paperboy',
    'log: info',
    'languages: [pt-BR, en]',
    'schedule:',
    '  cron: 30 8 * * mon-fri',
    '  timeZone: Europe/Berlin',
    '  to: [folder]',
    'folder:',
    '  format: discord',
  ].join('\n');

  const config = await read({}, { yaml });

  expect(config).toMatchObject({
    dataFolder: '/srv/paperboy',
    databaseFile: '/srv/paperboy/paperboy.db',
    logLevel: 'info',
    schedule: { timeZone: 'Europe/Berlin', to: ['folder'] },
    places: [{ name: 'folder', path: '/srv/paperboy/posts', format: 'discord' }],
    folder: { path: '/srv/paperboy/posts' },
  });
  expect(config.schedule.programme('folder').crons.papers).toEqual(['30 8 * * mon-fri']);
  expect(config.format('folder')).toEqual({ languages: ['pt-BR', 'en'] });
});

test.each(['', '# nothing yet\n', '---\n'])(
  'an empty paperboy.yaml (%j) is as good as none',
  async (yaml) => {
    const config = await read({}, { yaml });

    expect(config.format('bluesky')).toEqual({ languages: ['en'] });
  },
);

test('.env is read, with comments and quotes', async () => {
  const env = [
    '# Bluesky',
    'BLUESKY_IDENTIFIER="@paperboy.bsky.social"',
    `BLUESKY_APP_PASSWORD='${PASSWORD}'`,
    `export DISCORD_TOKEN=Bot ${TOKEN} # the bot`,
    `DISCORD_CHANNEL_ID=${CHANNEL}`,
  ].join('\n');

  const config = await read({}, { env });

  expect(findPlace(config, 'bluesky')).toEqual({
    kind: 'bluesky',
    name: 'bluesky',
    service: 'https://bsky.social',
    identifier: 'paperboy.bsky.social',
    appPassword: PASSWORD,
  });
  expect(config.bot).toEqual({ token: TOKEN, api: 'https://discord.com/api' });
  expect(findPlace(config, 'discord')).toEqual({
    kind: 'discord',
    name: 'discord',
    channelId: CHANNEL,
    crosspost: true,
    forumPer: 'paper',
  });
});

test('a token without a channel is a bot that answers, and posts nowhere by itself', async () => {
  const config = await read({ DISCORD_TOKEN: TOKEN });

  expect(config.bot?.token).toBe(TOKEN);
  expect(findPlace(config, 'discord')).toBeUndefined();
});

test('a Mastodon account and a webhook are read', async () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const config = await read(
    {
      MASTODON_SERVER: 'mastodon.example/',
      MASTODON_ACCESS_TOKEN: `Bearer ${TOKEN}`,
      WEBHOOK_URL: 'https://hooks.example/a/b?c=d',
      WEBHOOK_SECRET: secret,
    },
    { yaml: 'webhook: { format: html }' },
  );

  expect(findPlace(config, 'mastodon')).toMatchObject({
    server: 'https://mastodon.example',
    accessToken: TOKEN,
  });
  expect(findPlace(config, 'webhook')).toEqual({
    kind: 'webhook',
    name: 'webhook',
    url: 'https://hooks.example/a/b?c=d',
    secret,
    format: 'html',
  });
});

test.each([
  ['WEBHOOK_SECRET', 'whsec_dG9vIHNob3J0', /WEBHOOK_SECRET must be whsec_ and 24 to 64/],
  ['WEBHOOK_SECRET', 'not-a-secret-of-any-kind-at-all', /WEBHOOK_SECRET must be/],
  ['WEBHOOK_URL', 'https://me:pass@hooks.example/', /WEBHOOK_URL must be .* without a user/],
  ['MASTODON_SERVER', 'https://me:pass@mastodon.example', /MASTODON_SERVER must be/],
  ['MASTODON_ACCESS_TOKEN', 'short', /MASTODON_ACCESS_TOKEN must be/],
])('%s that is %s is told without its value', async (name, value, message) => {
  const error = await read({ [name]: value }).catch((one: unknown) => one);

  expect(String(error)).toMatch(message);
  expect(String(error)).not.toContain(value);
});

test.each([
  ['MASTODON_SERVER', 'https://mastodon.example', 'MASTODON_ACCESS_TOKEN'],
  ['WEBHOOK_URL', 'https://hooks.example/', 'WEBHOOK_SECRET'],
])('%s needs its other half', async (name, value, missing) => {
  await expect(read({ [name]: value })).rejects.toThrow(`${missing} is missing, as ${name} is set`);
});

test('the limits that a Mastodon server was known to have are those of its posts', async () => {
  const folder = makeFolder({});
  const account = { MASTODON_SERVER: 'mastodon.example', MASTODON_ACCESS_TOKEN: TOKEN };
  const limits = { maxCharacters: 5000, charactersPerUrl: 40 };

  const unknown = await readConfig(account, folder);
  findLimits(unknown).write(limits);
  const known = await readConfig(account, folder);
  const elsewhere = await readConfig({ ...account, MASTODON_SERVER: 'other.example' }, folder);
  const { ageMs } = findLimits(known);

  expect(unknown.format('mastodon').mastodon).toEqual(limits);
  expect(known.format('mastodon').mastodon).toEqual(limits);
  expect(elsewhere.format('mastodon').mastodon).toBeUndefined();
  expect(ageMs(new Date(Date.now() + 60_000))).toBeGreaterThan(59_000);
  expect(findLimits(elsewhere).ageMs(new Date())).toBe(Number.POSITIVE_INFINITY);

  const changed = { maxCharacters: 700, charactersPerUrl: 23 };
  findLimits(known).write(changed);

  expect(unknown.format('mastodon').mastodon).toEqual(changed);
});

test('the environment wins over .env, and .env over paperboy.yaml', async () => {
  const files = { env: 'PAPERBOY_DATA=/from/env-file', yaml: 'data: /from/yaml' };

  const [first, second] = [
    await read({ PAPERBOY_DATA: '/from/environment' }, files),
    await read({}, files),
  ];

  expect(first.dataFolder).toBe('/from/environment');
  expect(second.dataFolder).toBe('/from/env-file');
});

test.each(['', '   ', '\t'])(
  'a blank value (%j) in the environment counts as unset',
  async (blank) => {
    const config = await read(
      { PAPERBOY_DATA: blank, DISCORD_TOKEN: blank, BLUESKY_IDENTIFIER: blank },
      { env: 'PAPERBOY_DATA=/from/env-file' },
    );

    expect(config.dataFolder).toBe('/from/env-file');
    expect(findPlace(config, 'discord')).toBeUndefined();
    expect(findPlace(config, 'bluesky')).toBeUndefined();
  },
);

test('a blank value in .env counts as unset', async () => {
  const config = await read(
    {},
    { env: 'DISCORD_TOKEN=\nDISCORD_CHANNEL_ID=""\nBLUESKY_SERVICE= ' },
  );

  expect(findPlace(config, 'discord')).toBeUndefined();
});

test.each([
  ['file:./mine.db', 'mine.db'],
  ['file:mine.db', 'mine.db'],
  ['./sub/mine.db', 'sub/mine.db'],
  ['file:///abs/mine.db', '/abs/mine.db'],
  ['file:/abs/mine.db', '/abs/mine.db'],
  ['/abs/mine.db', '/abs/mine.db'],
])('DATABASE_URL may be %s', async (url, expected) => {
  const folder = makeTempFolder();

  const config = await readConfig({ DATABASE_URL: url }, folder);

  expect(config.databaseFile).toBe(expected.startsWith('/') ? expected : join(folder, expected));
});

test('sources are a folder and one feed or more; PAPERBOY_FEED wins', async () => {
  const yaml =
    'sources: { folder: ./inbox, feed: https://a.example/x/ }\nfetch: { allow: ["[::1]:80"] }\n';
  const folder = makeFolder({ yaml });

  const config = await readConfig({}, folder);
  const other = await readConfig({ PAPERBOY_FEED: 'https://b.example/y/' }, folder);

  expect(config.sources).toEqual({
    folder: join(folder, 'inbox'),
    feeds: ['https://a.example/x/'],
  });
  expect(config.fetch.allow).toEqual(['[::1]:80']);
  expect(other.sources.feeds).toEqual(['https://b.example/y/']);
});

test('addresses lose trailing slashes and the version of the API', async () => {
  const config = await read({
    BLUESKY_SERVICE: 'https://pds.example.org//',
    BLUESKY_IDENTIFIER: 'did:plc:abc',
    BLUESKY_APP_PASSWORD: PASSWORD,
    DISCORD_TOKEN: TOKEN,
    DISCORD_CHANNEL_ID: CHANNEL,
    DISCORD_API: 'http://localhost:8080/api/v10/',
  });

  expect(findPlace(config, 'bluesky')).toMatchObject({ service: 'https://pds.example.org' });
  expect(config.bot?.api).toBe('http://localhost:8080/api');
});

const bluesky = { BLUESKY_IDENTIFIER: 'a.example', BLUESKY_APP_PASSWORD: PASSWORD };
const discord = { DISCORD_TOKEN: TOKEN, DISCORD_CHANNEL_ID: CHANNEL };
const wrong: readonly [string, string, NodeJS.ProcessEnv, string][] = [
  [
    'DATABASE_URL',
    'postgres://user:hunter2@db/paperboy',
    {},
    'for example file:./data/paperboy.db',
  ],
  [
    'DATABASE_URL',
    'jdbc:postgresql://user:hunter2@db/x',
    {},
    'for example file:./data/paperboy.db',
  ],
  ['DATABASE_URL', 's3://user:hunter2@bucket', {}, 'for example file:./data/paperboy.db'],
  ['PAPERBOY_FEED', 'rss.example.org/hunter2', {}, 'for example https://rss.beehiiv.com'],
  ['PAPERBOY_FEED', 'https://user:hunter2@rss.example.org/', {}, 'for example https://rss'],
  ['BLUESKY_SERVICE', 'bsky.social', bluesky, 'for example https://bsky.social'],
  ['BLUESKY_SERVICE', 'ftp://user:hunter2@bsky.social', bluesky, 'for example https://bsky.social'],
  [
    'BLUESKY_SERVICE',
    'https://user:hunter2@bsky.social',
    bluesky,
    'for example https://bsky.social',
  ],
  ['BLUESKY_IDENTIFIER', 'hunter2', bluesky, 'for example paperboy.bsky.social'],
  ['BLUESKY_IDENTIFIER', PASSWORD, bluesky, 'for example paperboy.bsky.social'],
  ['BLUESKY_APP_PASSWORD', 'hunter2 hunter2', bluesky, 'for example abcd-efgh-ijkl-mnop'],
  ['DISCORD_TOKEN', 'hunter2', discord, 'for example MTA1…'],
  ['DISCORD_TOKEN', `${TOKEN} hunter2`, discord, 'for example MTA1…'],
  ['DISCORD_CHANNEL_ID', '#general', discord, 'for example 1052345678901234567'],
  ['DISCORD_CHANNEL_ID', TOKEN, discord, 'for example 1052345678901234567'],
  ['DISCORD_API', 'discord.com/api', discord, 'for example https://discord.com/api'],
  ['DISCORD_API', 'https://user:hunter2@discord.com/api', discord, 'for example https://discord'],
];
test.each(wrong)(
  'a wrong %s (%s) is told in one line with what is expected, and no secret',
  async (name, value, rest, example) => {
    const problems = await readProblems({ ...rest, [name]: value });

    const [problem = ''] = problems;
    expect(problems).toHaveLength(1);
    expect(problem).toMatch(new RegExp(`^${name} must be .+, for example .+; .+$`));
    expect(problem).toContain(example);
    expect(problem).not.toMatch(/hunter2|SECRET|secr-etpa/);
    expect(problem).not.toContain('\n');
  },
);

test('every problem is told at once, and no secret that is set is among them', async () => {
  const problems = await readProblems(
    { ...bluesky, ...discord, BLUESKY_SERVICE: 'bsky', DISCORD_CHANNEL_ID: '12' },
    { yaml: 'schedule:\n  cron: never\n' },
  );

  expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
    'BLUESKY_SERVICE',
    'DISCORD_CHANNEL_ID',
    'schedule.cron',
  ]);
  expect(problems.join()).not.toMatch(/SECRET|secr-etpa/);
});

test.each([
  ['BLUESKY_IDENTIFIER', 'BLUESKY_APP_PASSWORD', bluesky],
  ['BLUESKY_APP_PASSWORD', 'BLUESKY_IDENTIFIER', bluesky],
  ['DISCORD_CHANNEL_ID', 'DISCORD_TOKEN', discord],
])('%s without %s is told, as it needs the other', async (set, missing, both) => {
  const problems = await readProblems({ ...both, [missing]: undefined });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(
    new RegExp(`^${missing} is missing, as ${set} is set: .+, for example .+$`),
  );
  expect(problems[0]).not.toMatch(/SECRET|secr-etpa/);
});

const yamls: readonly [string, string, RegExp][] = [
  ['an unknown key', 'databse: x', /^paperboy\.yaml: “databse” is no setting; .*: data, log,/],
  [
    'a key that is nearly one',
    'shedule: {}',
    /^paperboy\.yaml: “shedule” .*did you mean schedule\?$/,
  ],
  [
    'a key in other words',
    'schedule: { time-zone: UTC }',
    /^schedule in .*did you mean timeZone\?$/,
  ],
  [
    'a key of one letter',
    'posts: { y: {} }',
    /^posts in .*“y” is no setting; what .*: languages, length/,
  ],
  [
    'an unknown key below another',
    'schedule:\n  at: 9',
    /^schedule in paperboy\.yaml: “at” .*: cron, digest/,
  ],
  ['a list for the whole', '- a', /^paperboy\.yaml: must be a block of settings: data, log,/],
  ['a number for a text', 'data: 5', /^data in paperboy\.yaml: must be a text: put it in quotes$/],
  ['an empty text', "data: ''", /^data in paperboy\.yaml: must not be empty$/],
  ['a word for yes', 'posts: { likes: yes }', /^posts\.likes .*must be true or false$/],
  [
    'a number that is low',
    'posts: { mastodon: { maxCharacters: 5 } }',
    /maxCharacters .*must be 100 or more$/,
  ],
  [
    'half a number',
    'posts: { mastodon: { maxCharacters: 500.5 } }',
    /maxCharacters .*a whole number$/,
  ],
  ['a text for a list', 'languages: en', /^languages in paperboy\.yaml: must be a list$/],
  ['an empty list', 'languages: []', /^languages in paperboy\.yaml: must have 1 entry at least$/],
  ['a long tag', `discord: { forumTag: ${'x'.repeat(21)} }`, /must have 20 characters at most$/],
  ['a language that is none', 'languages: [english!]', /^languages\.0 .*must be like en or pt-BR/],
  [
    'too many languages',
    'languages: [en, de, fr, it]',
    /^languages in paperboy\.yaml: must have 3 entries at most$/,
  ],
  ['a log level that is none', 'log: loud', /^log .*: must be error, warn, info or silent$/],
  [
    'a zone that is none',
    'schedule:\n  timeZone: Mars/Base',
    /^schedule\.timeZone .*Europe\/Berlin/,
  ],
  ['a destination that is none', 'schedule:\n  to: [x]', /^schedule\.to\.0 in paperboy\.yaml: /],
  [
    'a cron that is none',
    'schedule:\n  cron: 61 9 * * *',
    /^schedule\.cron .*0 9 \* \* \*; not “61/,
  ],
  ['six fields', 'schedule:\n  cron: 0 0 9 * * *', /^schedule\.cron .*it has not five fields/],
  ['a nickname', "schedule:\n  cron: '@daily'", /^schedule\.cron .*it has not five fields/],
  ['a day that never is', 'schedule:\n  cron: 0 9 31 2 *', /^schedule\.cron .*impossible/],
  [
    'an account that is not set',
    'schedule:\n  to: [bluesky]',
    /^schedule\.to .* names bluesky, whose/,
  ],
  ['a feed that is no address', 'sources:\n  feed: news', /^sources\.feed\.0 .*http\(s\) address/],
  ['a feed with a user', 'sources:\n  feed: [https://a@b.example/]', /^sources\.feed\.0 .*no user/],
  ['an address for a host', 'fetch:\n  allow: [http://a.example]', /^fetch\.allow\.0 .*a host/],
  ['no YAML', 'data: [1\nother: "x', /it is no valid YAML: .+ at line \d+, column \d+$/],
];
test.each(yamls)('%s in paperboy.yaml is told in one line', async (_, yaml, expected) => {
  const problems = await readProblems({}, { yaml });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(expected);
});

test('a line that is no YAML is not shown, as a secret may stand in it', async () => {
  const problems = await readProblems({}, { yaml: `data: x\ntoken: "${TOKEN}` });

  expect(problems.join('\n')).not.toContain('SECRET');
});

test('a PAPERBOY_CONFIG that is not there is told with its path', async () => {
  const problems = await readProblems({ PAPERBOY_CONFIG: './other.yaml' });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^PAPERBOY_CONFIG names \S+other\.yaml, which does not exist$/);
});

test.each(['.env', 'paperboy.yaml'])(
  'a %s that cannot be read is told with its path',
  async (name) => {
    const folder = makeTempFolder();
    mkdirSync(join(folder, name));

    const error = await catchError(() => readConfig({}, folder));

    expect(error.code).toBe('config.invalid');
    expect(error.message).toContain(`${join(folder, name)} cannot be read: `);
  },
);

test('variables of others, and of the parent process, are no business of ours', async () => {
  const config = await read({ PATH: '/bin', DISCORD_TOKEN_OLD: 'x', BLUESKY: 'y' });

  expect(findPlace(config, 'discord')).toBeUndefined();
});

test('how posts are written is set everywhere, and otherwise for a place', async () => {
  const yaml = `
languages: [en]
posts:
  counters: true
  emoji: false
  length: 3
  templates: { closing: 'All of it: {issueTitle}' }
  bluesky: { languages: [de, en], counters: false, length: thread }
  discord: { layout: components, templates: { labels: '{likes}' } }
  mastodon: { maxCharacters: 1000 }
`;

  const { format } = await read({}, { yaml });

  const templates = { closing: 'All of it: {issueTitle}' };
  const mastodon = { maxCharacters: 1000, charactersPerUrl: 23 };
  const rest = { emoji: false, mastodon, discord: { layout: 'components' } };
  expect(format('bluesky')).toEqual({
    languages: ['de', 'en'],
    length: 'thread',
    counters: false,
    templates,
    ...rest,
  });
  expect(format('discord')).toEqual({
    languages: ['en'],
    length: { maxPosts: 3 },
    counters: true,
    templates: { ...templates, labels: '{likes}' },
    ...rest,
  });
  expect(format('x')).toMatchObject({ length: { maxPosts: 3 }, counters: true });
});

test.each([
  [
    'posts: { templates: { closing: "{issueTitel}" } }',
    /posts\.templates\.closing .* did you mean \{issueTitle\}/,
  ],
  [
    'posts: { bluesky: { templates: { title: "New" } } }',
    /posts\.bluesky\.templates\.title .* \{title\}/,
  ],
  ['posts: { templates: { heading: "x" } }', /there is no such line; the lines are title, /],
  ['posts: { length: short }', /posts\.length .* thread, brief, or the most posts/],
  ['posts: { bluesky: { layout: components } }', /posts\.bluesky/],
])('%s is told when Paperboy starts', async (yaml, told) => {
  expect((await readProblems({}, { yaml })).join('\n')).toMatch(told);
});
