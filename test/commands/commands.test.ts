import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commands, keyCommand } from '../../commands/index.ts';
import { loadSpec } from '../fakes/discord/spec.ts';

const FOLDER = new URL('../../commands/', import.meta.url);
const OTHERS = ['index.ts', 'command.ts'];
const SPEC_PATH =
  process.env.DISCORD_OPENAPI ??
  fileURLToPath(new URL('../../../shared/discord/openapi.json', import.meta.url));

test('the registry has every command of the folder, and nothing else', async () => {
  const files = readdirSync(FOLDER).filter(
    (name) => name.endsWith('.ts') && !OTHERS.includes(name),
  );

  const modules: { default: unknown }[] = await Promise.all(
    files.map((name) => import(new URL(name, FOLDER).href)),
  );

  expect(files.length).toBeGreaterThan(0);
  expect(new Set(modules.map((module) => module.default))).toEqual(new Set(commands));
  expect(commands.map(({ definition }) => `${keyCommand(definition.name)}.ts`).sort()).toEqual(
    files.sort(),
  );
});

// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
const SLASH_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MENU_NAME = /^\S(?:.{0,30}\S)?$/u;

type Described = {
  readonly name: string;
  readonly name_localizations?: Readonly<Record<string, string | null>> | null;
  readonly description?: string;
  readonly description_localizations?: Readonly<Record<string, string | null>> | null;
  readonly options?: readonly Described[];
};

const listAll = (one: Described): Described[] => [one, ...(one.options ?? []).flatMap(listAll)];
const values = (map: Described['name_localizations']): string[] =>
  Object.values(map ?? {}).map(String);

test.each(commands.map(({ definition }) => [definition.name, definition as Described] as const))(
  '%s is named and described as Discord asks, in every language',
  (_, definition) => {
    const isMenu = definition.description === undefined;
    for (const one of listAll(definition)) {
      for (const name of [one.name, ...values(one.name_localizations)]) {
        expect(name).toMatch(isMenu ? MENU_NAME : SLASH_NAME);
        if (!isMenu) expect(name).toBe(name.toLowerCase());
      }
      expect(values(one.name_localizations).length).toBeGreaterThan(0);
      if (isMenu) continue;
      for (const text of [one.description ?? '', ...values(one.description_localizations)]) {
        expect(text.length).toBeGreaterThanOrEqual(1);
        expect(text.length).toBeLessThanOrEqual(100);
      }
    }
  },
);

test('no two commands, and no two options of one, have the same name in any language', () => {
  const scopes: (readonly Described[])[] = [
    commands.map(({ definition }) => definition as Described),
    ...commands.map(({ definition }) => (definition as Described).options ?? []),
  ];
  for (const scope of scopes) {
    const german = scope.map((one) => one.name_localizations?.de);

    expect(new Set(scope.map(({ name }) => name)).size).toBe(scope.length);
    expect(new Set(german).size).toBe(scope.length);
  }
});

test('every command can be had everywhere: in servers, with the bot and between members', () => {
  for (const { definition } of commands) {
    expect(definition).toMatchObject({ integration_types: [0, 1], contexts: [0, 1, 2] });
  }
});

test('every command can be registered, by Discord’s own spec', ({ skip }) => {
  skip(
    !existsSync(SPEC_PATH),
    `there is no ${SPEC_PATH}; set DISCORD_OPENAPI to check by the spec`,
  );
  const spec = loadSpec(SPEC_PATH);

  const problems = commands.map(({ definition }) =>
    spec?.check('ApplicationCommandCreateRequest', definition),
  );
  const broken = spec?.check('ApplicationCommandCreateRequest', { name: 'x'.repeat(33), type: 1 });

  expect(problems).toEqual(commands.map(() => []));
  expect(broken?.length).toBeGreaterThan(0);
});
