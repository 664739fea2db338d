import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { registerCommands } from '../../src/bot/register-commands.ts';

type Rest = Parameters<typeof registerCommands>[0] & { readonly puts: unknown[] };

function makeRest(known: unknown): Rest {
  const puts: unknown[] = [];
  return {
    puts,
    get: async () => known,
    put: async (_route: unknown, options?: { body?: unknown }) => void puts.push(options?.body),
  };
}

/** The list as Discord may give it back: its own fields, and defaults in places. */
const asStored = (): Record<string, unknown>[] =>
  commands
    .map(({ definition }, n) => ({
      ...structuredClone(definition),
      id: `${n}`,
      application_id: '1',
      version: `${n}`,
      default_member_permissions: null,
      nsfw: false,
      dm_permission: true,
      integration_types: [1, 0],
      contexts: [2, 0, 1],
      ...('options' in definition && definition.options?.length === 0
        ? { options: undefined }
        : {}),
      ...('description' in definition ? {} : { description: '', description_localizations: null }),
    }))
    .reverse();

test('a list that means the same is left alone', async () => {
  const rest = makeRest(asStored());

  expect(await registerCommands(rest, '1', commands)).toBe('unchanged');
  expect(rest.puts).toEqual([]);
});

test.each<[string, (list: Record<string, unknown>[]) => Record<string, unknown>[]]>([
  ['a description', ([first, ...rest]) => [{ ...first, description: 'other' }, ...rest]],
  ['a translation', ([first, ...rest]) => [{ ...first, name_localizations: { de: 'x' } }, ...rest]],
  [
    'an option',
    (list) => list.map((one) => (one.name === 'paper' ? { ...one, options: [] } : one)),
  ],
  ['a place', ([first, ...rest]) => [{ ...first, contexts: [0] }, ...rest]],
  ['a command that is missing', ([, ...rest]) => rest],
  ['a command that is too many', (list) => [...list, { type: 1, name: 'old', description: 'x' }]],
])('another list is written: %s', async (_, change) => {
  const rest = makeRest(change(asStored()));

  expect(await registerCommands(rest, '1', commands)).toBe('changed');
  expect(rest.puts).toEqual([commands.map(({ definition }) => definition)]);
});
