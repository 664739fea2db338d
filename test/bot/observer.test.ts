import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { makeBody } from '../../commands/parts/reply.ts';
import { answerTask } from '../../src/bot/answer-task.ts';
import type { Told } from '../../src/bot/answers.ts';
import { runBot } from '../../src/bot/run-bot.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { makeAsk, makeBotDesk } from '../commands/bot-desk.ts';
import { startForTest } from '../fakes/discord/test-kit.ts';
import { makeRecordLog } from '../support/record-log.ts';

const TO = { id: '1', token: 'secret', application_id: '2' };

test('the observer is told when the gateway comes, goes and comes back, and of each answer', async () => {
  const { discord } = await startForTest({ rateLimits: false, callbackDeadlineMs: 15_000 });
  discord.addChannel();
  const told: string[] = [];
  const tell = (line: string): void => void (told.at(-1) !== line && told.push(line));
  const seen = async (line: string): Promise<void> => {
    for (let n = 0; n < 500 && !told.includes(line); n += 1) await delay(20);
  };
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const running = runBot(
    {
      account: { token: discord.token, api: discord.apiUrl },
      desk: { ...makeBotDesk(), clock: systemClock },
      commands,
      clock: systemClock,
      log: makeRecordLog(),
      observer: {
        online: () => tell('online'),
        offline: () => tell('offline'),
        refused: () => tell('refused'),
        answered: (command, outcome) => tell(`${command} ${outcome}`),
      },
    },
    stop.signal,
  );
  await seen('online');

  discord.gateway.cut();
  await seen('offline');
  for (let n = 0; n < 500 && told.at(-1) !== 'online'; n += 1) await delay(20);
  await discord.dispatch.slash('about').reply();
  await seen('about answered');
  stop.abort();
  await running;

  expect(told).toEqual(['online', 'offline', 'online', 'about answered', 'offline']);
});

test.each<[string, string, () => Promise<Told>, () => Promise<void>]>([
  ['an answer in time', 'answered', async () => 'told', async () => {}],
  ['an answer that came too late', 'late', async () => 'late', async () => {}],
  ['a word of regret', 'failed', async () => 'told', () => Promise.reject(new Error('broken'))],
  ['nothing', 'unanswered', () => Promise.reject(new Error('no net')), async () => {}],
])('%s is told as %s', async (_, outcome, callback, work) => {
  const told: unknown[] = [];
  const nothing = async (): Promise<Told> => 'told';
  const answers = { callback, edit: nothing, followUp: nothing, remove: nothing };
  const run = async () => {
    await work();
    return { body: makeBody([], []), isPrivate: false, isNew: true };
  };
  const observer = {
    answered: (command: string, became: string, elapsedMs: number) =>
      void told.push([command, became, elapsedMs >= 0]),
  };

  await answerTask({ answers, clock: systemClock, log: makeRecordLog(), observer }, TO, {
    kind: 'answer',
    name: 'paper',
    ask: makeAsk(makeBotDesk()),
    isPrivate: false,
    isUpdate: false,
    run,
  });

  expect(told).toEqual([['paper', outcome, true]]);
});
