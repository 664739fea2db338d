import { expect, test } from 'vitest';
import type { Asker } from '../../commands/command.ts';
import { editorCommands } from '../../commands/editors/index.ts';
import { guardEditors } from '../../src/bot/guard-editors.ts';
import type { EditorDesk } from '../../src/desk/editor-desk.ts';
import { makeAsk, makeBotDesk } from '../commands/bot-desk.ts';
import { makeRecordLog } from '../support/record-log.ts';

const EDITORS = { guildId: '1', channelId: '2', roles: ['3'], users: ['4'] };

/** A desk of which nothing can be touched but who its editors are. */
function makeForbiddenDesk(): EditorDesk {
  const known: Pick<EditorDesk, 'editors'> = { editors: EDITORS };
  return new Proxy(known, {
    get: (target, name) => {
      if (name === 'editors') return target.editors;
      throw new Error(`the desk was reached: ${String(name)}`);
    },
    ownKeys: () => {
      throw new Error('the desk was reached');
    },
  }) as EditorDesk;
}

const STRANGERS: readonly (readonly [string, Partial<Asker>])[] = [
  ['a member without the role', { userId: '9', guildId: '1', roles: ['8'] }],
  ['a member without any role', { userId: '9', guildId: '1' }],
  ['the role’s id as a user', { userId: '3', guildId: '1', roles: ['4'] }],
  ['an editor in another server', { userId: '4', guildId: '7', roles: ['3'] }],
  ['an editor in direct messages', { userId: '4', guildId: undefined, roles: ['3'] }],
  ['who may manage the server', { userId: '9', guildId: '1', mayManageServer: true }],
];

test.each(STRANGERS)('%s reaches no desk by any way, and is in the log', async (_, asker) => {
  const log = makeRecordLog();
  let acted = 0;
  const onActed = (): void => {
    acted += 1;
  };
  const ask = makeAsk(makeBotDesk(), { issue: 7, item: 'alpha' }, asker);
  const refused: unknown[] = [];

  for (const one of editorCommands) {
    const command = guardEditors(one, { desk: makeForbiddenDesk(), log, onActed });
    const press = { state: 'a7.1', values: [], isOwn: true };
    refused.push(await command.answer?.(ask));
    if (command.press) refused.push(await command.press(ask, press));
    if (command.submit)
      refused.push(await command.submit(ask, { ...press, fields: { words: 'x' } }));
    for (const name of ['issue', 'item', 'to']) {
      expect((await command.suggest?.(ask, { name, value: '' })) ?? []).toEqual([]);
    }
  }

  expect(refused.length).toBeGreaterThan(editorCommands.length);
  for (const reply of refused) {
    expect(reply).toMatchObject({ isPrivate: true });
    expect(JSON.stringify(reply)).toContain('for the editors of the newsletter');
  }
  expect(acted).toBe(0);
  const lines = log.lines.filter(({ event }) => event === 'editor.refused');
  expect(lines.length).toBeGreaterThanOrEqual(refused.length);
  expect(lines.every(({ fields }) => fields.user === asker.userId)).toBe(true);
});

test('an editor does reach it', async () => {
  const [command] = editorCommands;
  if (command === undefined) throw new Error('there is one');
  const ask = makeAsk(makeBotDesk(), { issue: 7, item: 'alpha' }, { userId: '4', guildId: '1' });

  const guarded = guardEditors(command, { desk: makeForbiddenDesk(), log: makeRecordLog() });

  await expect(guarded.answer?.(ask)).rejects.toThrow('the desk was reached');
});
