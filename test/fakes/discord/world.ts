import type { ParsedBody } from './body.ts';
import type { CommandStore } from './command-store.ts';
import { type DiscordRefusal, invalidForm, type Problem, refusals } from './errors.ts';
import type { Interactions } from './interactions.ts';
import type { User } from './message.ts';
import type { Spec } from './spec.ts';
import { type Channel, DIRECT_MESSAGES, type Store } from './store.ts';

/** All that a route may touch. A gateway would take the same value. */
export type World = {
  readonly store: Store;
  readonly spec: Spec | undefined;
  readonly commands: CommandStore;
  readonly interactions: Interactions;
  /** How many sessions may be started, and how many are left. */
  readonly sessionStarts: { readonly total: number; remaining: number };
  readonly bot: User;
  readonly gatewayUrl: string;
  /** So long after its dispatch an interaction takes a callback. */
  readonly callbackDeadlineMs: number;
  readonly nonceWindowMs: number;
  readonly nonces: Map<
    string,
    { readonly channelId: string; readonly messageId: string; readonly at: Date }
  >;
  readonly now: () => Date;
  readonly makeId: () => string;
  /** What the bot may do besides reading and posting. */
  readonly rights: { hasManageThreads: boolean };
  /** What the application is set to be. */
  readonly application: { isPublic: boolean; installs: readonly ('0' | '1')[] };
  /** What the server's settings say of the bot. */
  readonly guild: GuildState;
};

/** The rights that roles give; the bot has one of its own beside that of everybody. */
export type GuildState = {
  everyone: bigint;
  botRole: bigint;
  /** A moderator has silenced the bot until then. */
  timedOutUntil: Date | undefined;
};

/** A request that passed the door: its ids in the order of the path, its query and body. */
export type RouteRequest = {
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  readonly body: ParsedBody;
};

/** What goes back; without a body when it is absent. */
export type Answer = { readonly status: number; readonly body?: unknown };

/** One route of the API; `:id` stands for a snowflake, `:token` for a token of an interaction. Throws DiscordRefusal to refuse. */
export type Route = {
  readonly method: string;
  readonly path: string;
  /** The token in the path is the key: no Authorization, and outside of the bot's rate limits. */
  readonly isOpen?: boolean;
  /** The body is a list, which the handler finds as `json.items`. */
  readonly takesList?: boolean;
  readonly handle: (world: World, request: RouteRequest) => Answer;
};

/** The channel that the bot may see (and, when asked, post to); else 10003, 50001 or 50013. */
export function needChannel(world: World, id: string | undefined, verb: 'view' | 'send'): Channel {
  const channel = world.store.findChannel(id ?? '');
  if (channel === undefined) throw refusals.unknownChannel();
  const parent = world.store.findChannel(channel.thread?.parentId ?? '');
  const denied = channel.denied ?? parent?.denied;
  if (denied === 'view') throw refusals.missingAccess();
  if (denied === 'send' && verb === 'send') {
    throw channel.type === DIRECT_MESSAGES ? refusals.closedToBot() : refusals.missingPermissions();
  }
  return channel;
}

/**
 * Throws when a thread is closed to what is to be done in it: posting opens an archived one that is
 * not locked, while editing does not
 * (https://discord.com/developers/docs/topics/threads#active-archived-threads).
 */
export function needOpen(world: World, { thread }: Channel, verb: 'post' | 'edit'): void {
  if (thread === undefined) return;
  const isArchived = thread.archivedAt !== undefined;
  if (isArchived && (verb === 'edit' || thread.isLocked)) throw refusals.archivedThread();
  if (thread.isLocked && !world.rights.hasManageThreads) throw refusals.lockedThread();
}

/** Throws 50035 with the problems found by hand and by the spec; a field is reported once. */
export function refuseProblems(byHand: readonly Problem[], bySpec: readonly Problem[]): void {
  const known = new Set(byHand.map(({ path }) => path.join('.')));
  const all = [...byHand, ...bySpec.filter(({ path }) => !known.has(path.join('.')))];
  if (all.length > 0) throw invalidForm(all);
}

/** An integer of the query within its range; 50035 when it is not. */
export function parseLimit(query: URLSearchParams, range: { min: number; max: number }): number {
  const text = query.get('limit');
  if (text === null) return 50;
  const limit = Number(text);
  const problem = (code: string, message: string): DiscordRefusal =>
    invalidForm([{ path: ['limit'], code, message }]);
  if (!Number.isInteger(limit) || text.trim() === '') {
    throw problem('NUMBER_TYPE_COERCE', `Value "${text}" is not int.`);
  }
  if (limit < range.min) {
    throw problem('NUMBER_TYPE_MIN', `int value should be greater than or equal to ${range.min}.`);
  }
  if (limit > range.max) {
    throw problem('NUMBER_TYPE_MAX', `int value should be less than or equal to ${range.max}.`);
  }
  return limit;
}
