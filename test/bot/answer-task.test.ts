import { expect, test } from 'vitest';
import { makeBody, say } from '../../commands/parts/reply.ts';
import { type AnswerTools, answerTask } from '../../src/bot/answer-task.ts';
import type { Told } from '../../src/bot/answers.ts';
import { makeCooldown } from '../../src/bot/cooldown.ts';
import type { Task } from '../../src/bot/make-task.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { makeAsk, makeBotDesk } from '../commands/bot-desk.ts';
import { makeFakeClock } from '../support/fake-clock.ts';
import { makeRecordLog } from '../support/record-log.ts';

const TO = { id: '1', token: 'secret', application_id: '2' };

/** Answers that note what they are told, one line each; the first callbacks may fail. */
function makeTools(failures: readonly Error[] = []): AnswerTools & { readonly told: string[] } {
  const told: string[] = [];
  const left = [...failures];
  const note =
    (verb: string) =>
    async (_: unknown, body?: object): Promise<Told> => {
      const failure = verb === 'callback' ? left.shift() : undefined;
      if (failure !== undefined) throw failure;
      const { type = '', data, flags } = (body ?? {}) as Record<string, never>;
      told.push(
        [verb, type, (data as { flags?: number } | undefined)?.flags ?? flags ?? '']
          .join(' ')
          .trim(),
      );
      return 'told';
    };
  const answers = {
    callback: note('callback'),
    edit: note('edit'),
    followUp: note('followUp'),
    remove: note('remove'),
  };
  // A clock whose sleeps are over at once: whatever takes a turn of the event loop more is slow.
  const clock = { now: systemClock.now, sleep: async () => {} };
  return { answers, clock, log: makeRecordLog(), told };
}

function makeTask(
  reply: { isPrivate: boolean; isNew?: boolean },
  task: { isPrivate: boolean; isUpdate: boolean },
): Task {
  const run = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { ...say('done'), ...reply };
  };
  return { kind: 'answer', name: 'test', ask: makeAsk(makeBotDesk()), ...task, run };
}

test.each([
  [
    'a public answer',
    { isPrivate: false, isNew: true },
    { isPrivate: false, isUpdate: false },
    ['callback 5 0', 'edit'],
  ],
  [
    'a private answer',
    { isPrivate: true, isNew: true },
    { isPrivate: true, isUpdate: false },
    ['callback 5 64', 'edit'],
  ],
  [
    'a sentence for the asker, where all were promised an answer',
    { isPrivate: true, isNew: true },
    { isPrivate: false, isUpdate: false },
    ['callback 5 0', 'remove', 'followUp  64'],
  ],
  ['an update', { isPrivate: true }, { isPrivate: true, isUpdate: true }, ['callback 6', 'edit']],
  [
    'another message by a button',
    { isPrivate: true, isNew: true },
    { isPrivate: false, isUpdate: true },
    ['callback 6', 'followUp  64'],
  ],
])('deferred: %s', async (_, reply, task, expected) => {
  const tools = makeTools();

  await answerTask(tools, TO, makeTask(reply, task));

  expect(tools.told).toEqual(expected);
});

test('an answer that is not there in time is deferred while there is time for that', async () => {
  const sleptMs: number[] = [];
  const tools = makeTools();
  const sleep = async (ms: number): Promise<void> => void sleptMs.push(ms);

  await answerTask(
    { ...tools, clock: { ...tools.clock, sleep } },
    TO,
    makeTask({ isPrivate: true }, { isPrivate: true, isUpdate: false }),
  );

  expect(tools.told).toEqual(['callback 5 64', 'edit']);
  expect(sleptMs).toHaveLength(1);
  // Discord waits for 3 s.
  expect(sleptMs[0]).toBeLessThan(2_000);
});

test('a body that Discord refuses is answered with a sentence and an id', async () => {
  const log = makeRecordLog();
  const tools = { ...makeTools([new Error('Invalid Form Body')]), log, clock: systemClock };
  const run = async () => ({ body: makeBody([], []), isPrivate: false, isNew: true });
  const ask = makeAsk(makeBotDesk());

  await answerTask(tools, TO, {
    kind: 'answer',
    name: 'x',
    ask,
    isPrivate: false,
    isUpdate: false,
    run,
  });

  expect(tools.told).toEqual(['callback 4 64']);
  expect(log.lines.map(({ event }) => event)).toEqual([
    'interaction.failed',
    'interaction.answered',
  ]);
});

test('a list of suggestions that Discord refuses becomes an empty one, with an id in the log', async () => {
  const log = makeRecordLog();
  const lists: unknown[] = [];
  const { answers } = makeTools();
  const callback = async (_: unknown, body: object): Promise<Told> => {
    lists.push((body as { data?: { choices?: unknown } }).data?.choices);
    if (lists.length === 1) throw new Error('Invalid Form Body');
    return 'told';
  };
  const tools = { answers: { ...answers, callback }, log, clock: systemClock };
  const run = async () => ['p:1/a', 'p:1/b'].map((value) => ({ name: 'Attention', value }));
  const ask = makeAsk(makeBotDesk());

  await answerTask(tools, TO, { kind: 'choices', name: 'x.suggest', ask, run });

  expect(lists).toEqual([
    [
      { name: 'Attention', value: 'p:1/a' },
      { name: 'Attention (2)', value: 'p:1/b' },
    ],
    [],
  ]);
  expect(log.lines).toMatchObject([
    {
      level: 'error',
      event: 'interaction.failed',
      fields: { command: 'x.suggest', errorId: expect.stringMatching(/^E-[0-9a-f]{6}$/) },
    },
  ]);
});

test('an answer that cannot be given at all is logged, and nothing is thrown', async () => {
  const log = makeRecordLog();
  const errors = [new Error('gone'), new Error('gone')];
  const tools = { ...makeTools(errors), log, clock: systemClock };
  const run = async () => ({ ...say('x'), isNew: true });
  const ask = makeAsk(makeBotDesk());

  await answerTask(tools, TO, {
    kind: 'answer',
    name: 'x',
    ask,
    isPrivate: true,
    isUpdate: false,
    run,
  });

  expect(log.lines.at(-1)).toMatchObject({ event: 'interaction.unanswered', level: 'warn' });
});

test('a bucket lets a burst pass, then one at a time, each member for themselves', () => {
  const clock = makeFakeClock();
  const cooldown = makeCooldown(clock);
  const rule = { burst: 3, everyMs: 2_000 };

  const first = [1, 2, 3, 4].map(() => cooldown.take('a', rule));
  const other = cooldown.take('b', rule);
  clock.advance(2_000);
  const later = [cooldown.take('a', rule), cooldown.take('a', rule)];
  clock.advance(60_000);
  const full = [1, 2, 3, 4].map(() => cooldown.take('a', rule));

  expect(first).toEqual([0, 0, 0, 2_000]);
  expect(other).toBe(0);
  expect(later).toEqual([0, 2_000]);
  expect(full).toEqual([0, 0, 0, 2_000]);
});
