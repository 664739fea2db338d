import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { listSecrets } from '../../src/list-secrets.ts';
import {
  CHANNEL,
  findLimits,
  makeFolder,
  PASSWORD,
  read,
  readProblems,
  TOKEN,
} from './config-rig.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OTHER_SECRET = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const OTHER_TOKEN = TOKEN.replace('MTA1', 'MTA2');
const OTHER_CHANNEL = '1052345678901234568';

/** The first of each kind. */
const FIRST = {
  BLUESKY_IDENTIFIER: 'a.example',
  BLUESKY_APP_PASSWORD: PASSWORD,
  DISCORD_TOKEN: TOKEN,
  DISCORD_CHANNEL_ID: CHANNEL,
  MASTODON_SERVER: 'social.example',
  MASTODON_ACCESS_TOKEN: TOKEN,
  WEBHOOK_URL: 'https://hooks.example/a',
  WEBHOOK_SECRET: SECRET,
};
/** The variables of a second one of each kind. */
const SECOND = {
  BLUESKY_DE_IDENTIFIER: '@b.example',
  BLUESKY_DE_APP_PASSWORD: 'other-pass-word',
  BLUESKY_DE_SERVICE: 'https://pds.example/',
  DISCORD_NEWS_CHANNEL_ID: OTHER_CHANNEL,
  MASTODON_X_2_SERVER: 'other.example',
  MASTODON_X_2_ACCESS_TOKEN: OTHER_TOKEN,
  WEBHOOK_LAB_URL: 'https://hooks.example/b',
  WEBHOOK_LAB_SECRET: OTHER_SECRET,
};
const yaml = `
folder: { path: out, format: text }
discord: { crosspost: false, forumTag: Misc }
webhook: { format: html }
destinations:
  folder-x:
  folder-y: { path: /srv/y, format: x }
  bluesky-de:
  discord-news: { forumPer: issue, crosspost: true }
  mastodon-x-2: {}
  webhook-lab: { format: discord }
`;

test('there may be several of each kind, each with its own variables and settings', async () => {
  const folder = makeFolder({ yaml });

  const { places } = await readConfig({ ...FIRST, ...SECOND }, folder);

  const limits = expect.anything();
  expect(places).toEqual([
    { kind: 'folder', name: 'folder', path: join(folder, 'out'), format: 'text' },
    {
      kind: 'bluesky',
      name: 'bluesky',
      service: 'https://bsky.social',
      identifier: 'a.example',
      appPassword: PASSWORD,
    },
    {
      kind: 'discord',
      name: 'discord',
      channelId: CHANNEL,
      crosspost: false,
      forumPer: 'paper',
      forumTag: 'Misc',
    },
    {
      kind: 'mastodon',
      name: 'mastodon',
      server: 'https://social.example',
      accessToken: TOKEN,
      limits,
    },
    {
      kind: 'webhook',
      name: 'webhook',
      url: 'https://hooks.example/a',
      secret: SECRET,
      format: 'html',
    },
    { kind: 'folder', name: 'folder-x', path: join(folder, 'data', 'posts-x'), format: 'text' },
    { kind: 'folder', name: 'folder-y', path: '/srv/y', format: 'x' },
    {
      kind: 'bluesky',
      name: 'bluesky-de',
      service: 'https://pds.example',
      identifier: 'b.example',
      appPassword: 'other-pass-word',
    },
    {
      kind: 'discord',
      name: 'discord-news',
      channelId: OTHER_CHANNEL,
      crosspost: true,
      forumPer: 'issue',
      forumTag: 'Misc',
    },
    {
      kind: 'mastodon',
      name: 'mastodon-x-2',
      server: 'https://other.example',
      accessToken: OTHER_TOKEN,
      limits,
    },
    {
      kind: 'webhook',
      name: 'webhook-lab',
      url: 'https://hooks.example/b',
      secret: OTHER_SECRET,
      format: 'discord',
    },
  ]);
});

test('every account’s secrets are known as such', async () => {
  const secrets = listSecrets(await read({ ...FIRST, ...SECOND }, { yaml }));

  for (const secret of [PASSWORD, TOKEN, SECRET, 'other-pass-word', OTHER_TOKEN, OTHER_SECRET]) {
    expect(secrets).toContain(secret);
  }
});

test.each(['x7Kq2mVb9TzL', 'kQzVbTMLwXyRpHsDfGjNcBaE'])(
  'a path like /%s is a secret, and one that people write is not',
  async (path) => {
    const urls = [
      `https://hooks.example/${path}`,
      'https://hooks.example/AwesomeMachineLearningPapers',
    ];
    const listed = await Promise.all(
      urls.map(async (url) => listSecrets(await read({ ...FIRST, WEBHOOK_URL: url }))),
    );

    expect(listed.map((secrets) => secrets.includes(path))).toEqual([true, false]);
    expect(listed[1]).not.toContain('AwesomeMachineLearningPapers');
  },
);

test('the first of a kind need not be there', async () => {
  const config = await read({ ...SECOND, DISCORD_TOKEN: TOKEN }, { yaml });

  expect(config.places.map(({ name }) => name)).toEqual([
    'folder',
    'folder-x',
    'folder-y',
    'bluesky-de',
    'discord-news',
    'mastodon-x-2',
    'webhook-lab',
  ]);
});

test('a destination alone may be written otherwise than its kind, and that than all', async () => {
  const posts = `
posts:
  counters: true
  emoji: false
  templates: { closing: 'All of it: {issueTitle}', labels: '{topics}' }
  bluesky: { counters: false, hashtags: false, templates: { labels: '{likes}' } }
  discord: { layout: components }
destinations:
  bluesky-de: { posts: { languages: [de], hashtags: true, templates: { labels: '{pick}' } } }
  discord-news: { posts: { layout: embeds } }
`;

  const { format } = await read({ ...FIRST, ...SECOND }, { yaml: posts });

  const closing = 'All of it: {issueTitle}';
  expect(format('bluesky')).toEqual({
    languages: ['en'],
    counters: false,
    emoji: false,
    hashtags: false,
    templates: { closing, labels: '{likes}' },
    discord: { layout: 'components' },
  });
  expect(format('bluesky-de')).toEqual({
    languages: ['de'],
    counters: false,
    emoji: false,
    hashtags: true,
    templates: { closing, labels: '{pick}' },
    discord: { layout: 'components' },
  });
  expect(format('discord').discord).toEqual({ layout: 'components' });
  expect(format('discord-news').discord).toEqual({ layout: 'embeds' });
});

test('a Mastodon account is written for as its own server allows', async () => {
  const config = await read(
    { ...FIRST, ...SECOND },
    { yaml: 'destinations: { mastodon-x-2: { posts: { charactersPerUrl: 30 } } }' },
  );
  findLimits(config).write({ maxCharacters: 1000, charactersPerUrl: 23 });
  findLimits(config, 'mastodon-x-2').write({ maxCharacters: 7000, charactersPerUrl: 40 });

  expect(config.format('mastodon').mastodon?.maxCharacters).toBe(1000);
  expect(config.format('folder').mastodon?.maxCharacters).toBe(1000);
  expect(config.format('mastodon-x-2').mastodon).toEqual({
    maxCharacters: 7000,
    charactersPerUrl: 30,
  });
});

test.each([
  ['bluesky-de', ['BLUESKY_DE_IDENTIFIER', 'BLUESKY_DE_APP_PASSWORD']],
  ['discord-news', ['DISCORD_NEWS_CHANNEL_ID', 'DISCORD_TOKEN']],
  ['mastodon-x-2', ['MASTODON_X_2_SERVER', 'MASTODON_X_2_ACCESS_TOKEN']],
  ['webhook-lab', ['WEBHOOK_LAB_URL', 'WEBHOOK_LAB_SECRET']],
])('the variables that %s needs are told by name', async (name, missing) => {
  const problems = await readProblems({}, { yaml: `destinations: { ${name}: }` });

  const why = `is missing, as destinations.${name} in paperboy.yaml is set: `;
  expect(problems).toEqual(missing.map((one) => expect.stringContaining(`${one} ${why}`)));
  for (const problem of problems) expect(problem).toMatch(/: .+, for example .+$/);
});

test('a wrong variable of a further destination is told by its name, without its value', async () => {
  const problems = await readProblems(
    { ...FIRST, ...SECOND, WEBHOOK_LAB_SECRET: 'hunter2', DISCORD_NEWS_CHANNEL_ID: 'hunter2' },
    { yaml },
  );

  expect(problems).toEqual([
    expect.stringMatching(/^DISCORD_NEWS_CHANNEL_ID must be the id of a channel.*for example 105/),
    expect.stringMatching(/^WEBHOOK_LAB_SECRET must be whsec_/),
  ]);
  expect(problems.join()).not.toContain('hunter2');
});

const twins: readonly [string, NodeJS.ProcessEnv, string, RegExp][] = [
  [
    'an account',
    { BLUESKY_DE_SERVICE: 'https://bsky.social', BLUESKY_DE_IDENTIFIER: 'A.example' },
    'bluesky-de',
    /is the same account as bluesky: .* in BLUESKY_DE_IDENTIFIER, or take it out$/,
  ],
  [
    'a channel',
    { DISCORD_NEWS_CHANNEL_ID: CHANNEL },
    'discord-news',
    /is the same channel as discord: .* in DISCORD_NEWS_CHANNEL_ID/,
  ],
  [
    'a token',
    { MASTODON_X_2_SERVER: 'https://social.example', MASTODON_X_2_ACCESS_TOKEN: TOKEN },
    'mastodon-x-2',
    /is the same account as mastodon: .* in MASTODON_X_2_ACCESS_TOKEN/,
  ],
  [
    'an address',
    { WEBHOOK_LAB_URL: 'https://hooks.example/a?b=c' },
    'webhook-lab',
    /is the same address as webhook: .* in WEBHOOK_LAB_URL/,
  ],
];
test.each(twins)('two names for %s are told', async (_, environment, name, told) => {
  const problems = await readProblems({ ...FIRST, ...SECOND, ...environment }, { yaml });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(new RegExp(`^destinations\\.${name} in paperboy\\.yaml `));
  expect(problems[0]).toMatch(told);
  expect(problems[0]).not.toMatch(/SECRET|secr-etpa/);
});

test('two names for a folder are told, however it is written', async () => {
  const problems = await readProblems(
    {},
    { yaml: 'destinations: { folder-a: { path: ./data/x/../posts }, folder-b: { path: b } }' },
  );

  expect(problems).toEqual([
    expect.stringMatching(
      /^destinations\.folder-a .* same folder as folder: .* destinations\.folder-a\.path/,
    ),
  ]);
});

const wrong: readonly [string, string, RegExp][] = [
  [
    'a kind that is none',
    '{ telegram-x: }',
    /^destinations\.telegram-x .*must be folder, bluesky, .*bluesky-de$/,
  ],
  ['capitals', '{ bluesky-DE: }', /^destinations\.bluesky-DE .*a hyphen and a word/],
  ['a hyphen without a word', '{ bluesky-: }', /^destinations\.bluesky- .*a hyphen and a word/],
  [
    'a long name',
    `{ folder-${'a'.repeat(34)}: }`,
    /^destinations\.folder-a+ .*40 characters at most/,
  ],
  [
    'another kind’s key',
    '{ bluesky: { crosspost: true } }',
    /^destinations\.bluesky .*“crosspost” is no setting; .*: posts, schedule$/,
  ],
  [
    'a wrong key below',
    '{ discord: { forumPer: day } }',
    /^destinations\.discord\.forumPer .*must be paper or issue$/,
  ],
  [
    'a text',
    '{ folder-a: out }',
    /^destinations\.folder-a in paperboy\.yaml: must be a block of settings: posts/,
  ],
  ['a list', '[bluesky-de]', /^destinations in paperboy\.yaml: must be a block of settings$/],
  [
    'a wrong template',
    '{ folder: { posts: { templates: { title: "New" } } } }',
    /^destinations\.folder\.posts\.templates\.title .*\{title\}/,
  ],
];
test.each(wrong)('destinations with %s are told in one line', async (_, written, told) => {
  const problems = await readProblems({}, { yaml: `destinations: ${written}` });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(told);
});

test('settings of the first of a kind make nobody ask for its variables', async () => {
  const { places, format } = await read(
    {},
    { yaml: 'destinations: { bluesky: { posts: { counters: true } } }' },
  );

  expect(places.map(({ name }) => name)).toEqual(['folder']);
  expect(format('bluesky').counters).toBe(true);
});
