import { expect, test } from 'vitest';
import type { Asker } from '../../commands/command.ts';
import { editorCommands } from '../../commands/editors/index.ts';
import { guardEditors } from '../../src/bot/guard-editors.ts';
import type { EditorDesk } from '../../src/desk/editor-desk.ts';
import { makeAsk, makeBotDesk } from '../commands/bot-desk.ts';
import { makeFakeClock } from '../support/fake-clock.ts';
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
  const clock = makeFakeClock();
  let acted = 0;
  const onActed = (): void => {
    acted += 1;
  };
  const ask = makeAsk(makeBotDesk(), { issue: 7, item: 'alpha' }, asker);
  const refused: unknown[] = [];

  const guard = { desk: makeForbiddenDesk(), log, clock, onActed };
  for (const one of editorCommands) {
    const command = guardEditors(one, guard);
    const press = { state: 'a7.1', values: [], isOwn: true };
    refused.push(await command.answer?.(ask));
    if (command.press) refused.push(await command.press(ask, press));
    if (command.submit)
      refused.push(await command.submit(ask, { ...press, fields: { words: 'x' } }));
    // As somebody types: that is a line for all of it.
    for (const name of ['issue', 'item', 'to', 'issue', 'item', 'to']) {
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
  expect(lines).toHaveLength(refused.length + 1);
  expect(lines.every(({ fields }) => fields.user === asker.userId)).toBe(true);
});

test('an editor does reach it', async () => {
  const [command] = editorCommands;
  if (command === undefined) throw new Error('there is one');
  const ask = makeAsk(makeBotDesk(), { issue: 7, item: 'alpha' }, { userId: '4', guildId: '1' });

  const guarded = guardEditors(command, {
    desk: makeForbiddenDesk(),
    log: makeRecordLog(),
    clock: makeFakeClock(),
  });

  await expect(guarded.answer?.(ask)).rejects.toThrow('the desk was reached');
});

test('who types in vain is logged again after an hour, and another member at once', async () => {
  const log = makeRecordLog();
  const clock = makeFakeClock();
  const guard = { desk: makeForbiddenDesk(), log, clock };
  const guarded = editorCommands.map((one) => guardEditors(one, guard));
  const type = async (userId: string): Promise<void> => {
    const ask = makeAsk(makeBotDesk(), { issue: 7 }, { userId, guildId: '1' });
    for (const { suggest } of guarded) await suggest?.(ask, { name: 'issue', value: '7' });
  };
  const count = (): number => log.lines.filter(({ event }) => event === 'editor.refused').length;

  await type('8');
  await type('8');
  expect(count()).toBe(1);
  await type('9');
  expect(count()).toBe(2);
  clock.advance(60 * 60 * 1000);
  await type('8');
  expect(count()).toBe(3);
});
