import { type APIInteraction, type Client, Events, GatewayDispatchEvents } from 'discord.js';
import type { Command } from '../../commands/command.ts';
import { editorCommands } from '../../commands/editors/index.ts';
import type { Facts } from '../archive/facts.ts';
import type { BotDesk } from '../desk/bot-desk.ts';
import type { EditorDesk } from '../desk/editor-desk.ts';
import type { Clock } from '../kit/clock.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import { answerTask } from './answer-task.ts';
import { makeAnswers } from './answers.ts';
import type { BotObserver } from './bot-observer.ts';
import { type BotAccount, makeClient } from './client.ts';
import { makeCooldown } from './cooldown.ts';
import { guardEditors } from './guard-editors.ts';
import { makeShelf } from './make-shelf.ts';
import { makeTask } from './make-task.ts';
import { readRefusal } from './read-refusal.ts';
import { registerCommands } from './register-commands.ts';
import { registerEditors } from './register-editors.ts';

/** How the bot ended: as it was told to, or because Discord will not have it as it is. */
export type BotEnd =
  | { readonly kind: 'stopped' }
  /** A person must act: starting again changes nothing. */
  | { readonly kind: 'refused'; readonly reason: string; readonly remedy: string };

/** Faults of the client that it throws where nobody can catch them. */
export type BotFaults = {
  /** Calls a listener with each from now on; what is returned ends that. */
  listen(listener: (error: Error) => void): () => void;
};

export type BotParts = {
  readonly account: BotAccount;
  readonly desk: BotDesk;
  /** Those of members; those of editors come by themselves. */
  readonly commands: readonly Command[];
  /** What editors work with; without it nobody is one. */
  readonly editorDesk?: EditorDesk | undefined;
  /** Where the bot remembers in which server the editors’ commands stand. */
  readonly facts?: Facts | undefined;
  /** Called after an editor may have decided something; it must not throw. */
  readonly onEditorActed?: (() => void) | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly faults?: BotFaults;
  /** Called when the bot is online and its commands are registered, the first time. */
  readonly onReady?: () => void;
  /** Is told what the bot does; it must not throw. */
  readonly observer?: BotObserver | undefined;
};

/** So long running interactions may take to finish after the signal to stop. */
const GRACE_MS = 6_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** A connection that stays away longer is made anew; discord.js has its own ways until then. */
const LOST_MS = 3 * 60_000;
const WATCH_MS = 15_000;
/** A resumed session may bring an interaction again. */
const REMEMBERED = 2_000;

/**
 * Answers on Discord until `signal` aborts; then what is under way is finished, for six seconds at
 * most. Whatever the network does, it comes back; it returns early only when a person must act.
 */
export async function runBot(parts: BotParts, signal: AbortSignal): Promise<BotEnd> {
  const { account, desk, clock, log, observer } = parts;
  const running = new Set<Promise<void>>();
  const seen = new Set<string>();
  const tools = { answers: makeAnswers(account.api, clock), clock, log, observer };
  const quick = { ...desk, archive: makeShelf(desk.archive, clock) };
  const cooldown = makeCooldown(clock);
  const guard = { desk: parts.editorDesk, log, clock, onActed: parts.onEditorActed };
  const ofEditors = editorCommands.map((command) => guardEditors(command, guard));
  const all = [...parts.commands, ...ofEditors];
  const maker = {
    ...parts,
    commands: all,
    desk: quick,
    cooldown,
    isStopping: () => signal.aborted,
  };

  const receive = (interaction: APIInteraction): void => {
    if (seen.has(interaction.id)) return;
    seen.add(interaction.id);
    if (seen.size > REMEMBERED) seen.delete(seen.values().next().value ?? '');
    const task = makeTask(maker, interaction);
    if (task === undefined) return;
    const work = answerTask(tools, interaction, task).finally(() => running.delete(work));
    running.add(work);
  };

  const refresh = async (): Promise<void> => {
    try {
      await desk.search.refresh();
    } catch (error) {
      log.error({ reason: describeError(error) }, 'search.failed');
    }
  };
  await refresh();
  // Another process may import an issue.
  const fresh = setInterval(() => void refresh(), WATCH_MS);
  let end: BotEnd | 'lost' = 'lost';
  for (let retryMs = FIRST_RETRY_MS; end === 'lost' && !signal.aborted; ) {
    const startedAt = clock.now().getTime();
    const client = makeClient(account);
    client.ws.on(GatewayDispatchEvents.InteractionCreate, receive);
    client.once(Events.ClientReady, () => void warmUp(quick, parts));
    end = await keepConnected(client, parts, signal);
    observer?.offline();
    if (end !== 'lost') {
      if (signal.aborted) await settle(running, clock);
      await client.destroy();
      break;
    }
    await client.destroy();
    if (clock.now().getTime() - startedAt > LOST_MS) retryMs = FIRST_RETRY_MS;
    log.warn({ retryAt: new Date(clock.now().getTime() + retryMs).toISOString() }, 'bot.offline');
    await clock.sleep(retryMs, signal);
    retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
  }
  clearInterval(fresh);
  return end === 'lost' ? { kind: 'stopped' } : end;
}

/** Connects, and resolves when that is over for good, or with `lost` when it should be tried anew. */
async function keepConnected(
  client: Client,
  { account, commands, editorDesk, facts, clock, log, faults, onReady, observer }: BotParts,
  signal: AbortSignal,
): Promise<BotEnd | 'lost'> {
  const { promise, resolve } = Promise.withResolvers<BotEnd | 'lost'>();
  const startedAt = clock.now().getTime();
  let awaySince: number | undefined = startedAt;
  let isRegistered = false;

  const refuse = (error: unknown, code?: number): boolean => {
    const refusal = readRefusal(error, code);
    if (refusal !== undefined) resolve({ kind: 'refused', ...refusal });
    return refusal !== undefined;
  };
  const register = async (): Promise<void> => {
    if (isRegistered || client.application === null) return;
    try {
      const outcome = await registerCommands(client.rest, client.application.id, commands);
      if (facts !== undefined) {
        const guildId = editorDesk?.editors.guildId;
        const kept = await registerEditors(client.rest, client.application.id, guildId, facts);
        if (kept.kind === 'refused') {
          log.error({ reason: `${kept.reason}. ${kept.remedy}` }, 'editors.unregistered');
        } else if (kept.kind !== 'none') log.info({ code: kept.kind }, 'editors.registered');
      }
      isRegistered = true;
      log.info({ code: outcome }, 'commands.registered');
      onReady?.();
    } catch (error) {
      if (!refuse(error)) log.warn({ reason: describeError(error) }, 'commands.failed');
    }
  };

  const returned = (): void => {
    awaySince = undefined;
    observer?.online();
  };
  client.on(Events.ClientReady, () => {
    returned();
    log.info({ elapsedMs: clock.now().getTime() - startedAt }, 'bot.ready');
    void register();
  });
  client.on(Events.ShardReady, returned);
  client.on(Events.ShardResume, () => {
    returned();
    log.info({}, 'bot.resumed');
  });
  client.on(Events.ShardReconnecting, () => {
    awaySince ??= clock.now().getTime();
    observer?.offline();
    log.warn({}, 'bot.reconnecting');
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (!refuse(undefined, code)) resolve('lost');
  });
  client.on(Events.ShardError, (error) =>
    log.warn({ reason: describeError(error) }, 'bot.connection-failed'),
  );
  client.on(Events.Error, (error) => log.error({ reason: describeError(error) }, 'bot.failed'));

  const watch = setInterval(() => {
    if (awaySince !== undefined && clock.now().getTime() - awaySince > LOST_MS) resolve('lost');
    else if (awaySince === undefined) void register();
  }, WATCH_MS);
  const deafen = faults?.listen((error) => {
    log.error({ reason: describeError(error) }, 'bot.failed');
    resolve('lost');
  });
  const stop = (): void => resolve({ kind: 'stopped' });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  else {
    client.login(account.token).catch((error: unknown) => {
      log.warn({ reason: describeError(error) }, 'bot.connection-failed');
      if (!refuse(error)) resolve('lost');
    });
  }
  const end = await promise;
  deafen?.();
  clearInterval(watch);
  signal.removeEventListener('abort', stop);
  return end;
}

async function settle(running: ReadonlySet<Promise<void>>, clock: Clock): Promise<void> {
  const enough = new AbortController();
  const all = (async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  })();
  await Promise.race([all, clock.sleep(GRACE_MS, enough.signal)]);
  enough.abort();
}

/** Asks the first questions itself: what they load is loaded before a member waits for it. */
async function warmUp(desk: BotDesk, { commands, log }: BotParts): Promise<void> {
  const usual = { userId: '', guildId: undefined, channelId: '', mayManageServer: false };
  const ask = { desk, asker: { ...usual, locale: 'en' }, options: { query: 'attention' } };
  try {
    for (const { definition, answer, suggest } of commands) {
      if (!['paper', 'latest', 'search'].includes(definition.name)) continue;
      await suggest?.(ask, { name: 'query', value: 'a' });
      await answer?.(ask);
    }
  } catch (error) {
    log.warn({ reason: describeError(error) }, 'bot.cold');
  }
}
