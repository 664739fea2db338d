import { randomBytes } from 'node:crypto';
import { InteractionResponseType, MessageFlags } from 'discord.js';
import type { Choice, Pressed } from '../../commands/command.ts';
import { say } from '../../commands/parts/reply.ts';
import { speak } from '../../commands/parts/speak.ts';
import type { Clock } from '../kit/clock.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import type { Answers, Token, Told } from './answers.ts';
import type { AnswerOutcome, BotObserver } from './bot-observer.ts';
import type { Task } from './make-task.ts';
import { tellApart } from './tell-apart.ts';

export type AnswerTools = {
  readonly answers: Answers;
  readonly clock: Clock;
  readonly log: Log;
  readonly observer?: Pick<BotObserver, 'answered'> | undefined;
};

type TaskTools = AnswerTools & { readonly onFailure: () => void };

/** Half of the time that Discord gives: the rest is for the way there, and for a second try. */
const DEFER_MS = 1_500;
const CHOICES_MOST = 25;

/** Does what an interaction asks for and answers it in time, whatever happens. Never throws. */
export async function answerTask(given: AnswerTools, to: Token, task: Task): Promise<void> {
  const { clock, log, observer } = given;
  const startedAt = clock.now().getTime();
  const elapsed = (): number => clock.now().getTime() - startedAt;
  let outcome: AnswerOutcome = 'answered';
  const tools: TaskTools = {
    ...given,
    onFailure: () => {
      outcome = 'failed';
    },
  };
  try {
    if (task.kind === 'choices') {
      await answerChoices(tools, to, task);
      return;
    }
    const { told, isDeferred } = await answerMessage(tools, to, task);
    if (told === 'late') outcome = 'late';
    const fields = { command: task.name, elapsedMs: elapsed(), isDeferred };
    if (told === 'told') log.info(fields, 'interaction.answered');
    else log.warn(fields, 'interaction.late');
  } catch (error) {
    // Neither the answer nor a word of regret got through: there is nobody left to tell.
    outcome = 'unanswered';
    const fields = { command: task.name, elapsedMs: elapsed(), reason: describeError(error) };
    log.warn(fields, 'interaction.unanswered');
  } finally {
    observer?.answered(task.name, outcome, elapsed());
  }
}

/** A list that fails, or that Discord refuses, is empty: whoever types can go on. */
async function answerChoices(
  tools: TaskTools,
  to: Token,
  task: Extract<Task, { kind: 'choices' }>,
): Promise<void> {
  const send = (choices: readonly Choice[]): Promise<Told> =>
    tools.answers.callback(to, {
      type: InteractionResponseType.ApplicationCommandAutocompleteResult,
      data: { choices },
    });
  try {
    await send(tellApart(await task.run()).slice(0, CHOICES_MOST));
  } catch (error) {
    noteFailure(tools, task, error);
    await send([]);
  }
}

type AnswerTask = Extract<Task, { kind: 'answer' }>;

async function answerMessage(
  tools: TaskTools,
  to: Token,
  task: AnswerTask,
): Promise<{ readonly told: Told; readonly isDeferred: boolean }> {
  const { answers, clock } = tools;
  const work = runTask(tools, task);
  const isDeferred = await isSlow(clock, work);
  if (isDeferred) {
    const told = await answers.callback(to, makeDeferral(task));
    const pressed = await work;
    if (told === 'late') return { told, isDeferred };
    const send = (filled: Pressed): Promise<Told> => finish(tools, to, task, filled);
    return { told: await tell(tools, task, pressed, send), isDeferred };
  }
  const send = (given: Pressed): Promise<Told> => answers.callback(to, makeCallback(task, given));
  return { told: await tell(tools, task, await work, send), isDeferred };
}

/** Sends an answer. Discord refusing its body is ours to mend, and the asker is told so. */
async function tell(
  tools: TaskTools,
  task: AnswerTask,
  pressed: Pressed,
  send: (pressed: Pressed) => Promise<Told>,
): Promise<Told> {
  try {
    return await send(pressed);
  } catch (error) {
    return send(fail(tools, task, error));
  }
}

/** What a command answers; of a failure one sentence with an id that is in the log. */
async function runTask(tools: TaskTools, task: AnswerTask): Promise<Pressed> {
  try {
    return await task.run();
  } catch (error) {
    return fail(tools, task, error);
  }
}

function fail(tools: TaskTools, task: AnswerTask, error: unknown): Pressed {
  const errorId = noteFailure(tools, task, error);
  return { ...say(speak(task.ask).words.failed(errorId)), isNew: true };
}

/** Logs a failure, and tells the id that it has there. */
function noteFailure({ log, onFailure }: TaskTools, { name }: Task, error: unknown): string {
  onFailure();
  const errorId = makeErrorId();
  log.error({ command: name, errorId, reason: describeError(error) }, 'interaction.failed');
  return errorId;
}

/** "E-4f07c1" */
function makeErrorId(): string {
  return `E-${randomBytes(3).toString('hex')}`;
}

async function isSlow(clock: Clock, work: Promise<unknown>): Promise<boolean> {
  const enough = new AbortController();
  const wait = clock.sleep(DEFER_MS, enough.signal).then(() => true);
  const isSlow = await Promise.race([work.then(() => false), wait]);
  enough.abort();
  return isSlow;
}

function makeDeferral({ isUpdate, isPrivate }: AnswerTask): object {
  return isUpdate
    ? { type: InteractionResponseType.DeferredMessageUpdate }
    : {
        type: InteractionResponseType.DeferredChannelMessageWithSource,
        data: { flags: writeFlags(isPrivate) },
      };
}

function makeCallback(
  { isUpdate }: AnswerTask,
  { body, isPrivate, isNew, modal }: Pressed,
): object {
  if (modal !== undefined) return { type: InteractionResponseType.Modal, data: modal };
  return isUpdate && isNew !== true
    ? { type: InteractionResponseType.UpdateMessage, data: body }
    : {
        type: InteractionResponseType.ChannelMessageWithSource,
        data: { ...body, flags: writeFlags(isPrivate) },
      };
}

/**
 * Fills a deferred answer in. One for the asker alone does not go into an answer that everybody was
 * promised: that is taken back, and the other comes as a message of its own.
 */
async function finish(
  { answers }: TaskTools,
  to: Token,
  task: AnswerTask,
  { body, isPrivate, isNew }: Pressed,
): Promise<Told> {
  const message = { ...body, flags: writeFlags(isPrivate) };
  if (task.isUpdate && isNew === true) return answers.followUp(to, message);
  if (task.isUpdate || task.isPrivate || !isPrivate) return answers.edit(to, body);
  const removed = await answers.remove(to);
  return removed === 'late' ? removed : answers.followUp(to, message);
}

function writeFlags(isPrivate: boolean): number {
  return isPrivate ? MessageFlags.Ephemeral : 0;
}
