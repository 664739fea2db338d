import { expect, test } from 'vitest';
import type { JsonObject } from './json.ts';
import { loadSpec } from './spec.ts';
import { refusalOf, specPath, startForTest } from './test-kit.ts';

type Command = JsonObject & { id: string; version: string };

const paper = { name: 'paper', description: 'Finds a paper' };
const text = { type: 3, name: 'query', description: 'q' };
const withOption = (option: JsonObject): JsonObject => ({
  ...paper,
  options: [{ ...text, ...option }],
});

test('a list of commands replaces the old one; what stays keeps its id, and its version when unchanged', async () => {
  const { discord, rest } = await startForTest();
  const path = `/applications/${discord.botUserId}/commands` as const;
  const name_localizations = { de: 'artikel' };

  const first = (await rest.put(path, {
    body: [
      { ...paper, name_localizations },
      { ...paper, name: 'latest' },
    ],
  })) as Command[];
  const second = (await rest.put(path, {
    body: [
      { ...paper, name_localizations },
      { ...paper, name: 'news' },
    ],
  })) as Command[];
  const changed = (await rest.post(path, { body: { ...paper, description: 'x' } })) as Command;
  const listed = (await rest.get(path)) as Command[];
  const query = new URLSearchParams({ with_localizations: 'true' });
  const full = (await rest.get(path, { query })) as Command[];

  expect(second[0]).toEqual(first[0]);
  expect(second[0]).toMatchObject({ type: 1, name_localizations, integration_types: [0] });
  expect(changed.id).toBe(first[0]?.id);
  expect(changed.version).not.toBe(first[0]?.version);
  expect(listed.map(({ name }) => name)).toEqual(['paper', 'news']);
  expect(listed[1]).not.toHaveProperty('name_localizations');
  expect(full[1]).toHaveProperty('name_localizations', null);
});

test('one command is got, changed and deleted; those of the guild are apart', async () => {
  const { discord, rest } = await startForTest();
  const path = `/applications/${discord.botUserId}/guilds/${discord.guildId}/commands` as const;

  const made = (await rest.post(path, { body: paper })) as Command;
  const changed = await rest.patch(`${path}/${made.id}`, { body: { description: 'new' } });
  const got = await rest.get(`${path}/${made.id}`);
  const spec = loadSpec(specPath);
  await rest.delete(`${path}/${made.id}`);

  expect(changed).toMatchObject({ id: made.id, description: 'new', guild_id: discord.guildId });
  expect(got).toMatchObject({ description: 'new' });
  expect(spec?.check('ApplicationCommandResponse', made) ?? []).toEqual([]);
  expect(discord.commands('guild')).toEqual([]);
  expect(await refusalOf(rest.get(`${path}/${made.id}`))).toMatchObject({ code: 10063 });
});

const choice = { name: 'a', value: 'a' };
const refused: readonly (readonly [what: string, command: JsonObject])[] = [
  ['a name in capitals', { ...paper, name: 'Paper' }],
  ['a name with a space', { ...paper, name: 'the paper' }],
  ['a name of 33 characters', { ...paper, name: 'x'.repeat(33) }],
  ['no description', { name: 'paper' }],
  ['a description of 101 characters', { ...paper, description: 'x'.repeat(101) }],
  ['a locale that is not known', { ...paper, name_localizations: { 'de-DE': 'x' } }],
  ['a localized name in capitals', { ...paper, name_localizations: { de: 'Artikel' } }],
  ['a message command with a description', { ...paper, type: 3 }],
  [
    '26 options',
    { ...paper, options: Array.from({ length: 26 }, (_, n) => ({ ...text, name: `o${n}` })) },
  ],
  ['two options of one name', { ...paper, options: [text, text] }],
  [
    'a required option after an optional one',
    { ...paper, options: [text, { ...text, name: 'b', required: true }] },
  ],
  ['a subcommand beside an option', { ...paper, options: [text, { ...text, name: 'b', type: 1 }] }],
  ['autocomplete together with choices', withOption({ autocomplete: true, choices: [choice] })],
  [
    '26 choices',
    withOption({ choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: 'x' })) }),
  ],
  ['a choice of the wrong type', withOption({ choices: [{ name: 'a', value: 1 }] })],
  ['a choice of 101 characters', withOption({ choices: [{ name: 'a', value: 'x'.repeat(101) }] })],
  ['a length for a number', withOption({ type: 4, max_length: 3 })],
  ['crossed lengths', withOption({ min_length: 4, max_length: 3 })],
  [
    'more than 8000 characters with the longest localizations',
    {
      ...paper,
      options: Array.from({ length: 4 }, (_, n) => ({
        ...text,
        name: `o${n}`,
        choices: Array.from({ length: 20 }, (_, m) => ({
          name: `${m}`,
          name_localizations: { de: `${m}`.padEnd(100, 'x') },
          value: 'a',
        })),
      })),
    },
  ],
];

test.for(refused)('a command with %s is refused', async ([, command]) => {
  const { discord, rest } = await startForTest();

  const refusal = await refusalOf(
    rest.put(`/applications/${discord.botUserId}/commands`, { body: [command] }),
  );

  expect(refusal).toMatchObject({ status: 400, code: 50035 });
  expect(refusal.errors).toHaveProperty('0');
  expect(discord.commands()).toEqual([]);
});

test('there are 100 slash commands, 15 message commands, and 200 new ones a day', async () => {
  const { discord, rest } = await startForTest();
  const path = `/applications/${discord.botUserId}/commands` as const;
  const many = (count: number, prefix: string, type = 1): JsonObject[] =>
    Array.from({ length: count }, (_, n) => ({
      type,
      name: `${prefix}${n}`,
      ...(type === 1 ? { description: 'x' } : {}),
    }));

  const tooMany = await refusalOf(rest.put(path, { body: many(101, 'a') }));
  const tooManyMenus = await refusalOf(rest.put(path, { body: many(16, 'a', 3) }));
  await rest.put(path, { body: many(100, 'a') });
  await rest.put(path, { body: many(100, 'b') });
  const exhausted = await refusalOf(rest.put(path, { body: many(1, 'c') }));
  await rest.put(path, { body: many(100, 'b') });

  expect([tooMany.code, tooManyMenus.code, exhausted.code]).toEqual([30032, 30032, 30034]);
  expect(discord.commands()).toHaveLength(100);
});

test('a list with one name twice is refused', async () => {
  const { discord, rest } = await startForTest();

  const refusal = await refusalOf(
    rest.put(`/applications/${discord.botUserId}/commands`, { body: [paper, paper] }),
  );

  expect(refusal).toMatchObject({ code: 50035, errors: { 1: { name: {} } } });
});
