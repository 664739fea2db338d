import { type Callback, callbackTypes, findMessageOf, type Interaction } from './interactions.ts';
import { type JsonObject, objectsOf } from './json.ts';
import type { StoredMessage } from './message.ts';
import type { World } from './world.ts';

/** Over the deadline, so that a late callback is seen as refused before the wait ends. */
const MORE_PATIENCE_MS = 500;
const EDIT_PATIENCE_MS = 15_000;

/** What the member sees in the end. */
export type Reply = {
  /** The type of the callback; 5 and 6 are deferred. */
  readonly type: number;
  /** The callback's `data` as it was sent. */
  readonly data: JsonObject;
  readonly isDeferred: boolean;
  readonly isEphemeral: boolean;
  /** The answer, or the updated message, as it stands now; none for choices and modals. */
  readonly message: StoredMessage | undefined;
  /** Choices that answer an autocomplete. */
  readonly choices: readonly JsonObject[];
  /** The modal that was opened. */
  readonly modal: JsonObject | undefined;
  /** From the dispatch to the callback. */
  readonly callbackMs: number;
  /** From the dispatch to what the member reads: the callback, or the edit of a deferred one. */
  readonly replyMs: number;
};

/** An interaction under way, as the test that dispatched it sees it. */
export type Handle = {
  readonly id: string;
  readonly token: string;
  readonly payload: JsonObject;
  /** The callback, deferred or not; throws when none is accepted by half a second after the deadline. */
  callback(timeoutMs?: number): Promise<Callback>;
  /** The callback and, when it is deferred, the edit that fills it in (15 s). */
  reply(timeoutMs?: number): Promise<Reply>;
  /** Messages after the answer, oldest first, as they stand. */
  readonly followUps: readonly StoredMessage[];
  /** Resolves when there are so many follow-ups. */
  whenFollowedUp(count?: number, timeoutMs?: number): Promise<readonly StoredMessage[]>;
  /** The answer as it stands, or nothing when it is not there or deleted. */
  readonly message: StoredMessage | undefined;
  /** Whether a callback has been accepted. */
  readonly isAnswered: boolean;
};

/** The handle of an interaction. */
export function makeHandle(world: World, interaction: Interaction): Handle {
  const messageNow = (): StoredMessage | undefined =>
    findMessageOf(world, interaction, interaction.originalId);
  const followUps = (): readonly StoredMessage[] =>
    interaction.followUpIds
      .map((id) => findMessageOf(world, interaction, id))
      .filter((one) => one !== undefined);

  async function callback(
    timeoutMs = world.callbackDeadlineMs + MORE_PATIENCE_MS,
  ): Promise<Callback> {
    await until(interaction, () => interaction.callback !== undefined, 'did not answer', timeoutMs);
    if (interaction.callback === undefined) throw new Error('Unreachable: an answer that is none');
    return interaction.callback;
  }

  return {
    id: interaction.id,
    token: interaction.token,
    payload: interaction.payload,
    callback,
    async reply(timeoutMs = EDIT_PATIENCE_MS) {
      const { type, data, isEphemeral, elapsedMs } = await callback();
      const isDeferred = [callbackTypes.deferredMessage, callbackTypes.deferredUpdate].some(
        (one) => one === type,
      );
      if (isDeferred) {
        const isEdited = (): boolean => interaction.editedMs !== undefined;
        await until(interaction, isEdited, 'deferred and did not edit', timeoutMs);
      }
      return {
        type,
        data,
        isDeferred,
        isEphemeral,
        message: messageNow(),
        choices: objectsOf(data.choices),
        modal: type === callbackTypes.modal ? data : undefined,
        callbackMs: elapsedMs,
        replyMs: isDeferred ? (interaction.editedMs ?? elapsedMs) : elapsedMs,
      };
    },
    get followUps() {
      return followUps();
    },
    async whenFollowedUp(count = 1, timeoutMs = EDIT_PATIENCE_MS) {
      await until(interaction, () => followUps().length >= count, 'did not follow up', timeoutMs);
      return followUps();
    },
    get message() {
      return messageNow();
    },
    get isAnswered() {
      return interaction.callback !== undefined;
    },
  };
}

async function until(
  { listeners, id }: Interaction,
  test: () => boolean,
  what: string,
  timeoutMs: number,
): Promise<void> {
  if (test()) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const listener = (): void => {
    if (test()) resolve();
  };
  const error = new Error(`The application ${what} within ${timeoutMs} ms (interaction ${id})`);
  const timer = setTimeout(() => reject(error), timeoutMs);
  listeners.add(listener);
  await promise.finally(() => {
    clearTimeout(timer);
    listeners.delete(listener);
  });
}
