import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { editorCommands } from '../../commands/editors/index.ts';
import { keepInBlock, readKept, writeBlock } from '../../commands/editors/parts/code-block.ts';
import {
  hashItem,
  hashPlace,
  readView,
  writeView,
} from '../../commands/editors/parts/view-state.ts';
import { commands, keyCommand } from '../../commands/index.ts';
import { isEditor, nameEditor } from '../../src/desk/editor-desk.ts';
import { loadSpec } from '../fakes/discord/spec.ts';
import { specPath } from '../fakes/discord/test-kit.ts';

const FOLDER = new URL('../../commands/editors/', import.meta.url);

test('the registry has every command of the folder, and nothing else', async () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && name !== 'index.ts');

  const modules: { default: unknown }[] = await Promise.all(
    files.map((name) => import(new URL(name, FOLDER).href)),
  );

  expect(files.length).toBeGreaterThan(0);
  expect(new Set(modules.map((module) => module.default))).toEqual(new Set(editorCommands));
  expect(editorCommands.map(({ definition }) => `${definition.name}.ts`).sort()).toEqual(
    files.sort(),
  );
});

test('every command is for a server alone, fits Discord, and has a name of its own in every language', () => {
  const spec = loadSpec(specPath);
  const all = [...commands, ...editorCommands].map(({ definition }) => definition);
  const german = all.map(({ name, name_localizations }) => name_localizations?.de ?? name);

  expect(new Set(all.map(({ name }) => keyCommand(name))).size).toBe(all.length);
  expect(new Set(german).size).toBe(all.length);
  for (const { definition } of editorCommands) {
    expect(definition).toMatchObject({ integration_types: [0], contexts: [0] });
    expect(spec?.check('ApplicationCommandCreateRequest', definition) ?? []).toEqual([]);
    for (const { description, name } of [definition, ...(definition.options ?? [])]) {
      expect(description.length).toBeLessThanOrEqual(100);
      expect(name).toMatch(/^[a-z]{1,32}$/);
    }
  }
});

test('words in a block come back letter for letter, and never end it', () => {
  const words = fc.oneof(
    fc.string({ unit: fc.constantFrom('`', '\uE000', '\u200B', '\n', 'a') }),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(words, (text) => {
      const { block, standIn } = keepInBlock(text);

      expect(readKept(block, standIn)).toBe(text);
      expect(block.length).toBe(text.length + 8);
      for (const one of [block, writeBlock(text)]) expect(one.slice(4, -4)).not.toContain('```');
      expect(writeBlock(text).slice(4, -4).replaceAll('\u200B', '')).toBe(
        text.replaceAll('\u200B', ''),
      );
    }),
  );
});

test('a view of any issue is read back, and fits a custom id', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999_999 }),
      fc.integer({ min: 1, max: 999_999 }),
      fc.string(),
      fc.string(),
      fc.integer({ min: 0, max: 1_000 }),
      (issue, revision, item, place, page) => {
        const view = { issue, revision, item: hashItem(item), place: hashPlace(place), page };

        expect(readView(writeView(view))).toEqual(view);
        expect(writeView(view).length).toBeLessThanOrEqual(40);
      },
    ),
  );
});

test('who acts is written on one line of at most 80 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (username) => {
      const name = nameEditor({ username, userId: '123456789012345678', guildId: undefined });

      expect(name.length).toBeLessThanOrEqual(80);
      expect(name).not.toMatch(/[\r\n\u2028\u2029]/);
      expect(name).toContain('Discord 123456789012345678');
      expect(name.isWellFormed()).toBe(true);
    }),
  );
});

test('an editor is one by a role or by name, in the editors’ own server alone', () => {
  const editors = { guildId: '1', channelId: '2', roles: ['3'], users: ['4'] };
  const person = (userId: string, roles: string[], guildId?: string): boolean =>
    isEditor(editors, { userId, roles, guildId });

  expect(person('9', ['3'], '1')).toBe(true);
  expect(person('4', [], '1')).toBe(true);
  expect(person('9', ['4'], '1')).toBe(false);
  expect(person('3', [], '1')).toBe(false);
  expect(person('4', ['3'], '2')).toBe(false);
  expect(person('4', ['3'])).toBe(false);
});
