import { onTestFinished } from 'vitest';
import { commands } from '../../commands/index.ts';
import { makeFacts } from '../../src/archive/facts.ts';
import { makeAnnouncer } from '../../src/bot/make-announcer.ts';
import { runBot } from '../../src/bot/run-bot.ts';
import { approveSilent } from '../../src/desk/approval/approve-silent.ts';
import type { Approval } from '../../src/desk/approval/judge-item.ts';
import { propose } from '../../src/desk/approval/propose.ts';
import type { EditorDesk, Editors } from '../../src/desk/editor-desk.ts';
import { planSlots } from '../../src/desk/plan/plan-slots.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { makeDiscordRest } from '../../src/publishers/discord-rest.ts';
import { makeBotDesk } from '../commands/bot-desk.ts';
import type { Situation } from '../fakes/discord/interactions-situation.ts';
import { type JsonObject, objectsOf, textOf } from '../fakes/discord/json.ts';
import type { StoredMessage } from '../fakes/discord/message.ts';
import type { FakeDiscord, FakeDiscordOptions } from '../fakes/discord/server.ts';
import { startForTest } from '../fakes/discord/test-kit.ts';
import { BLUESKY, DISCORD, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeRecordLog, type RecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

export const ROLE_ID = '623456789012345600';
/** Editors by their role, and by their id. */
export const ADA: Situation = { userId: '723456789012345601', username: 'ada', roles: [ROLE_ID] };
export const BO: Situation = { userId: '723456789012345602', username: 'bo' };

export type EditorRig = {
  readonly discord: FakeDiscord;
  readonly channelId: string;
  readonly desk: EditorDesk & TestDesk;
  readonly log: RecordLog;
  /** What the planner does each minute. */
  tick(): Promise<void>;
  /** Sends all that is in line. */
  deliver(): Promise<void>;
  announce(): Promise<void>;
  /** The bot in this process, over the real client; resolves when it is online. */
  start(editors?: Editors | null): Promise<{ stop(): Promise<void> }>;
  /** The messages in the editors’ channel, the oldest first. */
  boards(): readonly StoredMessage[];
  board(): StoredMessage;
};

/** A local Discord, a desk that posts to two places by the clock, and a bot for editors over both. */
export async function makeEditorRig(
  parts: { readonly approval?: Approval; readonly cron?: string } & Pick<
    FakeDiscordOptions,
    'callbackDeadlineMs'
  > = {},
): Promise<EditorRig> {
  const connections = makeTempDatabase();
  const { discord } = await startForTest({
    rateLimits: false,
    callbackDeadlineMs: parts.callbackDeadlineMs ?? 15_000,
  });
  discord.dispatch.warmUp();
  const channelId = discord.addChannel();
  const editors = {
    guildId: discord.guildId,
    channelId,
    roles: [ROLE_ID],
    users: [BO.userId ?? ''],
  };
  const plain = makeTestDesk(connections, {
    scheduled: [BLUESKY, DISCORD],
    approval: parts.approval ?? { kind: 'always' },
    ...(parts.cron === undefined ? {} : { cron: parts.cron }),
  });
  const desk = { ...plain, editors };
  const log = makeRecordLog();
  const account = { token: discord.token, api: discord.apiUrl };
  const openRest = (): ReturnType<typeof makeDiscordRest> => makeDiscordRest(account);
  const announcer = makeAnnouncer(async () => ({ rest: openRest(), desk, log }), systemClock);
  const announce = async (): Promise<void> => announcer.announce(await propose(desk, true));
  const boards = (): readonly StoredMessage[] => discord.messages(channelId);
  return {
    discord,
    channelId,
    desk,
    log,
    announce,
    boards,
    board: () => {
      const last = boards().at(-1);
      if (last === undefined) throw new Error('there is no message in the channel');
      return last;
    },
    tick: async () => {
      await approveSilent(desk, await propose(desk, true));
      await planSlots(desk);
      await announce();
    },
    deliver: async () => {
      const keys = [BLUESKY.key, DISCORD.key];
      while ((await desk.courier.deliverNext(keys)) !== undefined);
    },
    start: async (wanted) => {
      const stop = new AbortController();
      const { promise, resolve } = Promise.withResolvers<void>();
      const run = runBot(
        {
          account,
          desk: makeBotDesk(),
          commands,
          editorDesk: wanted === null ? undefined : { ...desk, editors: wanted ?? editors },
          facts: makeFacts(connections.database),
          onEditorActed: announcer.refresh,
          clock: systemClock,
          log,
          onReady: resolve,
        },
        stop.signal,
      );
      const end = async (): Promise<void> => {
        stop.abort();
        await run;
      };
      onTestFinished(end);
      await promise;
      return { stop: end };
    },
  };
}

/** All that somebody reads in a message. */
export function readAll(message: StoredMessage): string {
  const cards = objectsOf(message.embeds).flatMap(({ title, description, footer }) => [
    title,
    description,
    JSON.stringify(footer),
  ]);
  return [message.content, ...cards].join('\n');
}

/** The buttons and menus of a message. */
export function listControls(message: StoredMessage): JsonObject[] {
  return objectsOf(message.components).flatMap(({ components }) => objectsOf(components));
}

/** The id of the button or menu that begins so and can be used. */
export function findControl(message: StoredMessage, start: string): string {
  const usable = listControls(message).filter(({ disabled }) => disabled !== true);
  const ids = usable.map(({ custom_id }) => textOf(custom_id));
  const found = ids.find((id) => id.startsWith(start));
  if (found === undefined) throw new Error(`${start} is not among ${ids.join(' ')}`);
  return found;
}

/** The value of a menu’s entry whose label has these words. */
export function findValue(message: StoredMessage, words: string): string {
  const options = listControls(message).flatMap((one) => objectsOf(one.options));
  const found = options.find(({ label }) => textOf(label).includes(words));
  if (found === undefined) throw new Error(`${words} is not among ${JSON.stringify(options)}`);
  return textOf(found.value);
}
