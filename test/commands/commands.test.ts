import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
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
  expect(commands.map(({ definition }) => `${definition.name}.ts`).sort()).toEqual(files.sort());
});

// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
test.each(commands.map((command) => [command.definition.name, command.definition] as const))(
  '/%s is named and described as Discord asks',
  (name, definition) => {
    expect(name).toMatch(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u);
    expect(name).toBe(name.toLowerCase());
    expect(definition.description.length).toBeGreaterThanOrEqual(1);
    expect(definition.description.length).toBeLessThanOrEqual(100);
  },
);

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
