import { expect, test } from 'vitest';
import type { Pressed, Reply } from '../../commands/command.ts';
import { editorCommands } from '../../commands/editors/index.ts';
import { makeBoardBody } from '../../commands/editors/parts/board-body.ts';
import { openIssue } from '../../commands/editors/parts/open-draft.ts';
import { readBoard } from '../../commands/editors/parts/read-board.ts';
import { readCustomId } from '../../commands/parts/custom-id.ts';
import type { ReplyBody } from '../../commands/parts/reply.ts';
import { PaperboyError } from '../../src/kit/errors.ts';
import { findModalProblems } from '../fakes/discord/interactions-rules.ts';
import type { JsonObject } from '../fakes/discord/json.ts';
import { loadSpec } from '../fakes/discord/spec.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { listProblems, listUses } from './check-reply.ts';
import { findEditorCommand, makeEditorAsk, makeEditorDesk, useControl } from './editor-desk.ts';
import { makeHostileIssues } from './hostile-issues.ts';

const spec = loadSpec(specPath);
const HOSTILE = '@everyone <@223456789012345678> **x** ```y``` \n# z';
const FINDINGS = Array.from({ length: 9 }, (_, n) => ({
  severity: n % 2 === 0 ? ('warning' as const) : ('info' as const),
  code: 'x.y',
  message: `${HOSTILE} ${n} `.repeat(12),
  remedy: HOSTILE,
}));
/** So many messages are looked at, reached by pressing whatever there is. */
const MOST = 70;
const BLOCK = /```\n([\s\S]*?)\n```(?=\n|$)/g;

/** What Discord would refuse, or somebody could be pinged by; blocks are shown letter for letter. */
function check(body: ReplyBody): string[] {
  const embeds = body.embeds.map((embed) => {
    for (const [, inside = ''] of embed.description.matchAll(BLOCK)) {
      expect(inside).not.toContain('```');
    }
    return { ...embed, description: embed.description.replace(BLOCK, 'block') };
  });
  const plain = { ...body, embeds };
  return [
    ...listProblems(plain),
    ...(spec?.check('MessageCreateRequest', body) ?? []).map(({ message }) => message),
    ...body.embeds.flatMap(({ description }) =>
      [...description].length > 4_096 ? ['a card is too long'] : [],
    ),
    ...(body.embeds.some(({ description }) => description === '') ? ['a card is empty'] : []),
  ];
}

test.each(['en-US', 'de'])(
  'over issues that nobody would print, every message and all that it leads to fits Discord (%s)',
  async (locale) => {
    const desk = await makeEditorDesk(makeHostileIssues(), FINDINGS);
    const ask = makeEditorAsk(desk, {}, { locale, username: HOSTILE });
    const replies: (Reply | Pressed)[] = [];
    for (const issue of [1, 2, 3, 4]) {
      const reviewed = await openIssue(desk, { issue });
      if (reviewed === undefined) throw new Error('it is there');
      const board = await readBoard(desk, reviewed);
      replies.push({ body: makeBoardBody(desk, board, undefined), isPrivate: false });
    }
    for (const name of ['queue', 'status']) {
      const reply = await findEditorCommand(name).answer?.(ask);
      if (reply !== undefined) replies.push(reply);
    }

    const seen = new Set<string>();
    const perState = new Map<string, number>();
    let forms = 0;
    for (let n = 0; n < replies.length && n < MOST; n += 1) {
      const { body, modal } = replies[n] as Pressed;
      if (modal !== undefined) {
        forms += 1;
        expect(findModalProblems(modal as unknown as JsonObject)).toEqual([]);
        expect(
          spec?.check('ModalInteractionCallbackRequest', { type: 9, data: modal }) ?? [],
        ).toEqual([]);
      }
      expect(check(body)).toEqual([]);
      for (const { customId, values } of listUses(body)) {
        expect(customId.length).toBeLessThanOrEqual(100);
        const { command = '', state = '' } = readCustomId(customId) ?? {};
        const key = `${command}${state[0]}`;
        const count = perState.get(key) ?? 0;
        if (seen.has(JSON.stringify([customId, values])) || count > 5) continue;
        seen.add(JSON.stringify([customId, values]));
        perState.set(key, count + 1);
        const texts = body.embeds.map(({ description }) => description);
        const pressed = await useControl(ask, customId, values, texts);
        expect(pressed, customId).toBeDefined();
        if (pressed !== undefined) replies.push(pressed);
      }
    }

    expect(replies.length).toBeGreaterThan(50);
    expect(forms).toBeGreaterThan(2);
    expect(
      (await desk.verdicts.read(2)).decisions.every(({ actor }) => !actor.includes('\n')),
    ).toBe(true);
  },
  270_000,
);

test('a form with anything in it keeps the words, or gives them back letter for letter', async () => {
  const desk = await makeEditorDesk(makeHostileIssues(), FINDINGS);
  const ask = makeEditorAsk(desk);
  const { submit, press, answer } = findEditorCommand('preview');
  const shown = await answer?.({ ...ask, options: { issue: 2, item: 'digest' } });
  const edit = listUses(shown?.body as ReplyBody).find(({ customId }) => customId.includes(':e'));
  const { state = '' } = readCustomId(edit?.customId ?? '') ?? {};
  const texts = [
    '𝕏'.repeat(4_000),
    '`'.repeat(4_000),
    '```'.repeat(1_333),
    '\uE000```\uE001'.repeat(600),
    `  ${HOSTILE}\n\n`.repeat(60),
    '\n'.repeat(3_000) + 'x'.repeat(900),
  ];

  for (const words of texts) {
    const back = await submit?.(ask, { state, fields: { words }, isOwn: true });
    expect(back && check(back.body)).toEqual([]);
    const again = listUses(back?.body as ReplyBody).find(({ customId }) => customId.includes(':w'));
    if (again === undefined) continue;
    const kept = readCustomId(again.customId)?.state ?? '';
    const opened = await press?.(ask, {
      state: kept,
      values: [],
      texts: back?.body.embeds.map(({ description }) => description) ?? [],
      isOwn: true,
    });
    expect(JSON.stringify(opened?.modal)).toContain(JSON.stringify(words));
  }
});

test.each(editorCommands.map(({ definition }) => definition.name))(
  '/%s reads no state that it did not write, and suggests nothing that Discord refuses',
  async (name) => {
    const desk = await makeEditorDesk(makeHostileIssues());
    const ask = makeEditorAsk(desk, { issue: 3 });
    const command = findEditorCommand(name);
    for (const state of [
      '',
      'x',
      'a',
      'a1',
      'i1.1',
      '<-1',
      'd1.1.zz..0',
      '!..',
      'w.',
      'f1.1',
      '=x',
    ]) {
      for (const values of [[], ['nonsense']]) {
        const pressed = await command.press?.(ask, { state, values, isOwn: true });
        expect(pressed, state).toBeUndefined();
      }
    }
    for (const focused of ['issue', 'item', 'to']) {
      for (const value of ['', '3', 'l', '*'.repeat(100)]) {
        const choices = (await command.suggest?.(ask, { name: focused, value })) ?? [];
        expect(choices.length).toBeLessThanOrEqual(25);
        for (const choice of choices) {
          expect(choice.name.length).toBeLessThanOrEqual(100);
          expect(choice.name.trim()).not.toBe('');
          expect(String(choice.value).length).toBeLessThanOrEqual(100);
        }
      }
    }
    for (const options of [{}, { issue: 999, item: 'x' }, { issue: 3, item: 'nothing here' }]) {
      const asked = { ...ask, options };
      const reply = await command.answer?.(asked).catch((error: unknown) => error);
      if (!(reply instanceof PaperboyError)) expect(check((reply as Reply).body)).toEqual([]);
    }
  },
);
