import { describe, expect, test } from 'vitest';
import type { Ask, Reply } from '../../commands/command.ts';
import { commands, keyCommand } from '../../commands/index.ts';
import { readCustomId } from '../../commands/parts/custom-id.ts';
import { loadSpec } from '../fakes/discord/spec.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { askCommand, findCommand, makeAsk, makeBotDesk, type TestBotDesk } from './bot-desk.ts';
import { listProblems, listUses } from './check-reply.ts';
import { makeHostileIssues } from './hostile-issues.ts';

const spec = loadSpec(specPath);

/** So many messages are looked at, reached by pressing whatever there is. */
const MOST_MESSAGES = 110;

async function makeHostileDesk(): Promise<TestBotDesk> {
  const desk = makeBotDesk();
  await desk.keep(makeHostileIssues());
  return desk;
}

const QUESTIONS: readonly (readonly [string, Ask['options']])[] = [
  ['latest', {}],
  ['issue', { number: 1 }],
  ['issue', { number: 2 }],
  ['issue', { number: 3 }],
  ['issue', { number: 999_999 }],
  ['news', {}],
  ['news', { number: 1 }],
  ['news', { number: 2 }],
  ['topics', {}],
  ['random', {}],
  ['random', { topic: '@everyone' }],
  ['random', { topic: '**nothing** @here' }],
  ['catchup', {}],
  ['about', {}],
  ['help', {}],
  ['paper', { query: 'lang' }],
  ['paper', { query: '@everyone **x** <@1>' }],
  ['paper', { query: '😀'.repeat(50) }],
  ['paper', { query: 't:everyone' }],
  ['paper', { query: 'p:3/nothing-there' }],
  ['search', { query: 'lang' }],
  ['search', { query: 'everyone', pick: true, from: 1, to: 999_999 }],
  ['search', { query: '@everyone [a](https://b.example)', organization: 'nobody @here' }],
  ['search', { query: 'everyone', topic: '@everyone', organization: 'Org 7' }],
  ['search', { query: 'x', from: 9, to: 2 }],
];

describe('over issues that nobody would print', () => {
  test.each(['en-US', 'de'])(
    'every answer, and all that it leads to, fits Discord (%s)',
    async (locale) => {
      const desk = await makeHostileDesk();
      const replies: Reply[] = [];
      for (const [key, options] of QUESTIONS) {
        replies.push(await askCommand(desk, key, options, { locale }));
      }

      const seen = new Set<string>();
      const perCommand = new Map<string, number>();
      for (let n = 0; n < replies.length && n < MOST_MESSAGES; n += 1) {
        const body = replies[n]?.body;
        if (body === undefined) break;
        expect(listProblems(body, spec)).toEqual([]);
        for (const { customId, values } of listUses(body)) {
          const key = JSON.stringify([customId, values]);
          const id = readCustomId(customId);
          const count = perCommand.get(customId[0] + (id?.command ?? '')) ?? 0;
          if (seen.has(key) || id === undefined || count > 30) continue;
          seen.add(key);
          perCommand.set(customId[0] + id.command, count + 1);
          const press = { state: id.state, values, isOwn: n % 2 === 0 };
          const pressed = await findCommand(id.command).press?.(
            makeAsk(desk, {}, { locale }),
            press,
          );
          expect(pressed, key).toBeDefined();
          if (pressed !== undefined) replies.push(pressed);
        }
      }

      expect(replies.length).toBeGreaterThan(80);
    },
  );

  test.each(['', 'l', 'everyone', '𝕏', '1', 'topic number', '*'.repeat(100)])(
    'suggestions for %j fit Discord',
    async (value) => {
      const desk = await makeHostileDesk();
      for (const command of commands) {
        const { definition } = command;
        for (const option of 'options' in definition ? (definition.options ?? []) : []) {
          if (!('autocomplete' in option) || option.autocomplete !== true) continue;
          const choices =
            (await command.suggest?.(makeAsk(desk), { name: option.name, value })) ?? [];

          expect(choices.length).toBeLessThanOrEqual(25);
          for (const choice of choices) {
            expect(choice.name.length).toBeLessThanOrEqual(100);
            expect(choice.name.trim()).not.toBe('');
            expect(String(choice.value).length).toBeLessThanOrEqual(100);
            expect(typeof choice.value).toBe(option.type === 4 ? 'number' : 'string');
          }
        }
      }
    },
  );

  test('an empty archive is told of in a sentence, whatever is asked', async () => {
    const desk = makeBotDesk();
    for (const [key, options] of QUESTIONS) {
      const { body } = await askCommand(desk, key, options);

      expect(listProblems(body, spec), key).toEqual([]);
    }
  });

  test('a message of any kind gets an answer to “Find this paper”', async () => {
    const desk = await makeHostileDesk();
    const command = findCommand('find-this-paper');
    for (const { title } of makeHostileIssues().flatMap(({ papers }) => papers.slice(0, 12))) {
      const reply = await command.findIn?.(makeAsk(desk), { content: title, urls: [] });

      expect(reply && listProblems(reply.body, spec)).toEqual([]);
      expect(reply?.isPrivate).toBe(true);
    }
  });
});

test.each(commands.filter(({ press }) => press).map((one) => keyCommand(one.definition.name)))(
  '/%s reads no state that it did not write',
  async (key) => {
    const desk = await makeHostileDesk();
    const states = [
      '',
      'x',
      '<',
      '>p',
      'o',
      'r1',
      '=h',
      '<-1',
      'oNaN',
      '<1.2',
      '....',
      '<zzzzz.',
      'i',
      'c',
    ];
    for (const state of states) {
      for (const values of [[], ['nonsense'], ['1/../../x'], ['\u0000']]) {
        const pressed = await findCommand(key).press?.(makeAsk(desk), {
          state,
          values,
          isOwn: true,
        });

        expect(pressed, `${state} ${values}`).toBeUndefined();
      }
    }
  },
);
