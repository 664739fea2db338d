import { randomBytes, randomInt } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { answerRequest, apiPathOf, type House } from './answer.ts';
import { makeCommandStore, type StoredCommand } from './command-store.ts';
import { describeChannel } from './describe-channel.ts';
import { type Fault, makeFaults } from './faults.ts';
import { attachGateway, type Gateway } from './gateway.ts';
import { closeCodes } from './gateway-identify.ts';
import { CALLBACK_DEADLINE_MS, makeInteractions } from './interactions.ts';
import { type Dispatch, makeDispatch } from './interactions-dispatch.ts';
import type { JsonObject } from './json.ts';
import { makeMessage, makeUser, type StoredMessage } from './message.ts';
import { DEFAULT_RATE_LIMITS, makeRateLimits, type RateLimitRules } from './rate-limits.ts';
import { botRoleOf, editorRoleOf, makeGuildState } from './routes-guild.ts';
import { directMessagesWith } from './routes-self.ts';
import { makeSnowflakes, snowflakeAt } from './snowflakes.ts';
import { loadSpec } from './spec.ts';
import {
  type Channel,
  type ChannelOptions,
  makeStore,
  type Overwrite,
  type TagOptions,
} from './store.ts';
import { endAfter, endBefore, readBytes, send } from './wire.ts';
import type { GuildState, World } from './world.ts';

const THREE_MINUTES_MS = 180_000;

/** How a fake Discord is started; everything has a default. */
export type FakeDiscordOptions = {
  /** Discord's OpenAPI document; else the variable DISCORD_OPENAPI; else bodies meet only the hand rules. */
  readonly openApiPath?: string | undefined;
  /** A free port unless told. */
  readonly port?: number;
  /** The clock of ids, timestamps and the nonce window; rate limits run on real time. */
  readonly now?: () => Date;
  /** How long a nonce is remembered: 3 minutes ("the past few minutes" in Discord's words). */
  readonly nonceWindowMs?: number;
  /** How long an interaction waits for its callback: 3 s; a busy machine needs more. */
  readonly callbackDeadlineMs?: number;
  /** On unless false; a partial set of rules replaces the defaults. */
  readonly rateLimits?: boolean | Partial<RateLimitRules>;
  /** How often clients must send a heartbeat: 41.25 s, as Discord asks. */
  readonly heartbeatIntervalMs?: number;
  /** How many sessions may still be started today: 1000. */
  readonly sessionStarts?: number;
};

/** A request as it came in; `status` is null as long as no answer left. Never the token. */
export type SeenRequest = {
  readonly method: string;
  /** Without `/api/v10` and without the query. */
  readonly path: string;
  readonly query: string;
  readonly status: number | null;
  readonly startedAt: Date;
  /** The kind of the fault that struck it. */
  readonly fault: Fault['kind'] | undefined;
  /** Whose limit it met, when it was answered with 429. */
  readonly limitedBy?: string | undefined;
};

/** The handle of a running fake. */
export type FakeDiscord = {
  /** `http://127.0.0.1:PORT/api`; a client adds `/v10/...`. */
  readonly apiUrl: string;
  /** The one valid bot token, until it is revoked, which closes the gateway with 4004. */
  readonly token: string;
  readonly botUserId: string;
  readonly guildId: string;
  readonly isSpecChecked: boolean;
  /** The gateway: its connections, and what can happen to them. */
  readonly gateway: Gateway;
  /** Members using the bot: slash commands, buttons, menus, modals. */
  readonly dispatch: Dispatch;
  /** The commands that are registered, everywhere or in the guild. */
  commands(scope?: 'global' | 'guild'): readonly StoredCommand[];
  /** From now on the user takes no direct messages of the bot: 403 with code 50007. */
  closeDirectMessages(userId: string): void;
  /** Every request, in the order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** Adds a channel to the guild (0 text, 4 category, 5 announcement, 15 forum, 16 media) and returns its id. */
  addChannel(options?: ChannelOptions): string;
  /** From now on 404 with code 10003; the threads of a forum go with it. */
  removeChannel(id: string): void;
  /** From now on posting answers 403 with 50013 ("send", the default), or everything with 50001 ("view"). */
  denyChannel(id: string, what?: 'send' | 'view'): void;
  allowChannel(id: string): void;
  archiveThread(id: string): void;
  lockThread(id: string): void;
  /** The bot has the right Manage Threads, unless it is taken away. */
  setManageThreads(isAllowed: boolean): void;
  /** The rights of everybody, and of the bot's own role, in the whole server. */
  setRoles(rights: Partial<Pick<GuildState, 'everyone' | 'botRole'>>): void;
  /** What a channel gives and takes; told, and not enforced: for that, `denyChannel`. */
  setOverwrites(channelId: string, overwrites: readonly Overwrite[]): void;
  timeOutBot(until: Date | undefined): void;
  setApplication(application: Partial<World['application']>): void;
  /** The role that Discord made for the bot, and one of people. */
  readonly botRoleId: string;
  readonly editorRoleId: string;
  /** A person deletes a message of whomever. */
  removeMessage(channelId: string, messageId: string): void;
  /** A person changes the tags of a forum. */
  setTags(forumId: string, tags: readonly TagOptions[]): void;
  /** A message by somebody else; its body is not checked. */
  postAs(
    channelId: string,
    by: { readonly authorId: string; readonly body: JsonObject; readonly isBot?: boolean },
  ): StoredMessage;
  /** What a channel or thread holds, oldest first; kept for a removed channel. */
  messages(channelId: string): readonly StoredMessage[];
  /** The threads of a channel as Discord describes them, oldest first. */
  threads(parentId: string): readonly JsonObject[];
  inject(fault: Fault): void;
  /** Forgets the faults that have not struck. */
  clearFaults(): void;
  revokeToken(): void;
  restoreToken(): void;
  /** Cuts every connection, hanging ones too, and frees the port. */
  close(): Promise<void>;
};

/**
 * Starts a Discord on 127.0.0.1 that holds Discord's own rules: one guild, one application, the
 * routes of a publisher and of a bot, and the gateway on the same port.
 */
export async function startFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const now = options.now ?? (() => new Date());
  const makeId = makeSnowflakes(now);
  const botUserId = snowflakeAt(new Date('2025-01-15T09:30:00Z'), BigInt(randomInt(1 << 22)));
  const token = makeToken(botUserId);
  const store = makeStore(snowflakeAt(new Date('2024-03-01T12:00:00Z'), 1n), makeId);
  const spec = loadSpec(options.openApiPath ?? process.env.DISCORD_OPENAPI);
  // The first compilation takes a quarter of a second: not inside a request that has a deadline.
  spec?.check('MessageCreateRequest', {});
  const faults = makeFaults();
  const requests: SeenRequest[] = [];
  const closing = new AbortController();
  let isTokenValid = true;

  const server = createServer();
  // An idle connection is never cut by chance: resets come from faults alone.
  server.keepAliveTimeout = 0;
  const port = await listen(server, options.port ?? 0);
  const apiUrl = `http://127.0.0.1:${port}/api`;
  const house: House = {
    world: {
      commands: makeCommandStore(makeId, now),
      interactions: makeInteractions(),
      sessionStarts: { total: 1000, remaining: options.sessionStarts ?? 1000 },
      store,
      spec,
      bot: makeUser(botUserId, 'paperboy', true),
      gatewayUrl: `ws://127.0.0.1:${port}`,
      callbackDeadlineMs: options.callbackDeadlineMs ?? CALLBACK_DEADLINE_MS,
      nonceWindowMs: options.nonceWindowMs ?? THREE_MINUTES_MS,
      nonces: new Map(),
      now,
      makeId,
      rights: { hasManageThreads: true },
      application: { isPublic: false, installs: ['0', '1'] },
      guild: makeGuildState(),
    },
    limits: limitsOf(options.rateLimits ?? true),
    isAuthorized: (header) => isTokenValid && header === `Bot ${token}`,
  };

  const gateway = attachGateway({
    server,
    world: house.world,
    isTokenValid: (given) => isTokenValid && given === token,
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', apiUrl);
    const path = apiPathOf(url);
    const fault = faults.take(method, path);
    const seen = { method, path, query: url.search, startedAt: now(), fault: fault?.kind };
    const index = requests.push({ ...seen, status: null }) - 1;

    const bytes = await readBytes(request);
    if (fault?.kind === 'delay') await delay(fault.delayMs, undefined, { signal: closing.signal });
    const ending =
      endBefore(fault) ?? endAfter(fault, await answerRequest(house, request, url, bytes));
    const limitedBy =
      ending.kind === 'answer' ? ending.answer.headers?.['x-ratelimit-scope'] : undefined;
    requests[index] = { ...seen, status: send(request, response, ending), limitedBy };
  }

  server.on('request', (request, response) => {
    // What fails here is a cut line or the close of the server: there is nobody left to tell.
    serve(request, response).catch(() => response.destroy());
  });

  return {
    apiUrl,
    token,
    botUserId,
    guildId: store.guildId,
    isSpecChecked: spec !== undefined,
    requests,
    gateway,
    dispatch: makeDispatch(house.world, gateway),
    commands: (scope = 'global') =>
      house.world.commands.list(scope === 'guild' ? store.guildId : scope),
    closeDirectMessages: (userId) => {
      directMessagesWith(house.world, userId).denied = 'send';
    },
    addChannel: (channel = {}) => {
      const added = store.addChannel(channel);
      gateway.tell('CHANNEL_CREATE', describeChannel(added, store.guildId));
      return added.id;
    },
    removeChannel: (id) => {
      const gone = store.findChannel(id);
      store.removeChannel(id);
      if (gone) gateway.tell('CHANNEL_DELETE', describeChannel(gone, store.guildId));
    },
    denyChannel: (id, what = 'send') => {
      needKnown(store.findChannel(id), id).denied = what;
    },
    allowChannel: (id) => {
      needKnown(store.findChannel(id), id).denied = undefined;
    },
    archiveThread: (id) => {
      const { thread } = needKnown(store.findChannel(id), id);
      if (thread !== undefined) thread.archivedAt = now();
    },
    lockThread: (id) => {
      const { thread } = needKnown(store.findChannel(id), id);
      if (thread !== undefined) thread.isLocked = true;
    },
    setManageThreads: (isAllowed) => {
      house.world.rights.hasManageThreads = isAllowed;
    },
    removeMessage: (channelId, messageId) => {
      store.removeMessage(needKnown(store.findChannel(channelId), channelId), messageId);
    },
    setRoles: (rights) => {
      Object.assign(house.world.guild, rights);
    },
    setOverwrites: (id, overwrites) => {
      needKnown(store.findChannel(id), id).overwrites = overwrites;
    },
    timeOutBot: (until) => {
      house.world.guild.timedOutUntil = until;
    },
    setApplication: (application) => {
      Object.assign(house.world.application, application);
    },
    botRoleId: botRoleOf(store.guildId),
    editorRoleId: editorRoleOf(store.guildId),
    setTags: (forumId, tags) => {
      needKnown(store.findChannel(forumId), forumId).tags = tags.map(
        ({ id = makeId(), name, moderated = false }) => ({ id, name, moderated }),
      );
    },
    postAs: (channelId, { authorId, body, isBot = false }) => {
      const channel = needKnown(store.findChannel(channelId), channelId);
      const author = makeUser(authorId, `user-${authorId}`, isBot);
      const message = makeMessage(body, [], { id: makeId(), channelId, author }, makeId);
      store.addMessage(channel, message);
      return message;
    },
    messages: (id) => [...((store.findChannel(id) ?? store.findRemoved(id))?.messages ?? [])],
    threads: (id) => store.listThreads(id).map((thread) => describeChannel(thread, store.guildId)),
    inject: (fault) => faults.inject(fault),
    clearFaults: () => faults.clear(),
    revokeToken: () => {
      isTokenValid = false;
      gateway.close(closeCodes.authenticationFailed);
    },
    restoreToken: () => {
      isTokenValid = true;
    },
    close: () => {
      closing.abort();
      gateway.cut();
      return closeServer(server);
    },
  };
}

/** The shape of a bot token: the bot's id in base64, an instant, a secret. */
function makeToken(botUserId: string): string {
  const id = Buffer.from(botUserId).toString('base64url');
  return `${id}.${randomBytes(4).toString('base64url')}.${randomBytes(28).toString('base64url')}`;
}

function limitsOf(asked: boolean | Partial<RateLimitRules>): House['limits'] {
  if (asked === false) return undefined;
  return makeRateLimits({ ...DEFAULT_RATE_LIMITS, ...(asked === true ? {} : asked) });
}

function needKnown(channel: Channel | undefined, id: string): Channel {
  if (channel !== undefined) return channel;
  throw new Error(`Cannot use the channel as the fake Discord has none of that id: ${id}`);
}

function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : port);
  });
  return promise;
}

function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
