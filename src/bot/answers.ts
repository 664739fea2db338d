import { DiscordAPIError, REST, Routes } from 'discord.js';
import type { Clock } from '../kit/clock.ts';

/** What an interaction is answered by. */
export type Token = {
  readonly id: string;
  readonly token: string;
  readonly application_id: string;
};

/** Discord took the answer, or the interaction was over before it came. */
export type Told = 'told' | 'late';

/** The answers to interactions over REST. Each throws what it could not get through. */
export type Answers = {
  /** The first answer. One that was sent before and whose receipt was lost counts as told. */
  callback(to: Token, body: object): Promise<Told>;
  /** Replaces a deferred answer, or the message of a button. */
  edit(to: Token, body: object): Promise<Told>;
  /** Another message. It is sent once: nobody could tell whether a lost one had arrived. */
  followUp(to: Token, body: object): Promise<Told>;
  /** Takes the first answer back; one that is gone already counts as taken back. */
  remove(to: Token): Promise<Told>;
};

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const ALREADY_ACKNOWLEDGED = 40_060;
const UNKNOWN_MESSAGE = 10_008;
/** Unknown interaction, unknown webhook, invalid webhook token: its time is over. */
const OVER = [10_062, 10_015, 50_027];
/** https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction */
const CALLBACK_DEADLINE_MS = 3_000;
const EDIT_DEADLINE_MS = 20_000;
const ATTEMPT_MS = 2_500;
const RETRY_MS = 60;
const LONGEST_WAIT_MS = 10_000;

/**
 * Answers by a client without retries of its own, which would repeat what must not be repeated and
 * wait longer than there is time. A callback and an edit may be repeated: Discord takes one callback.
 */
export function makeAnswers(api: string, clock: Clock): Answers {
  const rest = new REST({
    version: '10',
    api,
    retries: 0,
    timeout: ATTEMPT_MS,
    rejectOnRateLimit: ({ timeToReset, retryAfter }) =>
      Math.max(timeToReset, retryAfter) > LONGEST_WAIT_MS,
  });
  const open = { auth: false } as const;

  /** Again and again until the deadline, unless Discord says that it is of no use. */
  async function insist(
    deadlineMs: number,
    send: (signal: AbortSignal) => Promise<unknown>,
  ): Promise<Told> {
    const start = clock.now().getTime();
    for (let attempt = 1; ; attempt += 1) {
      try {
        await send(AbortSignal.timeout(ATTEMPT_MS));
        return 'told';
      } catch (error) {
        if (error instanceof DiscordAPIError) {
          if (error.code === ALREADY_ACKNOWLEDGED) return 'told';
          if (OVER.some((code) => code === error.code)) return 'late';
          throw error;
        }
        const waitMs = RETRY_MS * 2 ** Math.min(attempt - 1, 6);
        if (clock.now().getTime() - start + waitMs >= deadlineMs) throw error;
        await clock.sleep(waitMs);
      }
    }
  }

  const original = ({ application_id, token }: Token): `/${string}` =>
    Routes.webhookMessage(application_id, token, '@original');

  return {
    callback: ({ id, token }, body) =>
      insist(CALLBACK_DEADLINE_MS, (signal) =>
        rest.post(Routes.interactionCallback(id, token), { body, signal, ...open }),
      ),
    edit: (to, body) =>
      insist(EDIT_DEADLINE_MS, (signal) => rest.patch(original(to), { body, signal, ...open })),
    followUp: ({ application_id, token }, body) =>
      insist(0, (signal) =>
        rest.post(Routes.webhook(application_id, token), { body, signal, ...open }),
      ),
    remove: (to) =>
      insist(EDIT_DEADLINE_MS, async (signal) => {
        try {
          await rest.delete(original(to), { signal, ...open });
        } catch (error) {
          if (!(error instanceof DiscordAPIError) || error.code !== UNKNOWN_MESSAGE) throw error;
        }
      }),
  };
}
