import { pickBotVoice } from '../../formatters/voice/bot/index.ts';
import type { Follow, Follows } from '../archive/follows.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import { describeError } from '../kit/errors.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { FreeDelivery } from '../outbox/queue-free.ts';
import { isTokenRefused } from '../publishers/refused-token.ts';
import type { Desk, Destination } from './desk.ts';
import { gatherWanted, type Turn, type Wanted } from './gather-wanted.ts';
import { listTurns } from './list-turns.ts';
import { makeDelivery } from './make-delivery.ts';
import { listPlanned } from './plan/list-planned.ts';
import { readChannelTrouble } from './read-channel-trouble.ts';
import { resumeFollow } from './resume-follow.ts';

/** Of issues that came out while nothing ran, or all at once, so many are delivered: the newest. */
const ISSUES_MOST = 2;

/** What the planning of follows works with. */
export type FollowDesk = Pick<
  Desk,
  'archive' | 'outbox' | 'format' | 'clock' | 'verdicts' | 'approval'
> & {
  readonly follows: Follows;
  /** Makes sure that the courier can deliver to a channel. Doing it again changes nothing. */
  readonly openChannel: (channelId: string) => void;
  /** Sends a member a direct message of Markdown, which pings nobody. */
  readonly tellOwner: (userId: string, text: string) => Promise<void>;
};

/** What was done for the follows. */
export type FollowsPlanned = {
  readonly queued: readonly Delivery[];
  /** The places that were seen to take nothing; `untold` says why an owner could not be told. */
  readonly paused: readonly { readonly destination: string; readonly untold?: string }[];
};

/** A channel in the ledger. */
export function keyChannel(channelId: string): string {
  return `discord/${channelId}`;
}

/**
 * Queues what the follows ask for of each real issue that readers may see and that they have not had
 * their turn with, due now: what the clock might post as well. An issue that something waits of keeps
 * its turn, so that what an editor lets go later comes as well; one of which they hold something while
 * it is planned keeps all of it, and is planned anew by the next call. Neither a number nor a revision
 * makes an issue new. A process that dies in between does the same again, and posts nothing twice. All
 * follows of a channel are planned together, so that what several ask for is posted once. For a
 * place that is paused nothing is queued: each owner is told once, and the follow waits.
 */
export async function planFollows(desk: FollowDesk): Promise<FollowsPlanned> {
  const byChannel = Map.groupBy(await desk.follows.list(), ({ channelId }) => channelId);
  if (byChannel.size === 0) return { queued: [], paused: [] };
  const now = desk.clock.now();
  const pauses = new Map((await desk.outbox.listPauses()).map((one) => [one.destination, one]));
  const numbers = await desk.follows.listIssues();
  const planned = new Map((await listPlanned(desk)).map((one) => [one.stored.issue.number, one]));
  const queued: Delivery[] = [];
  const paused: FollowsPlanned['paused'][number][] = [];
  for (const [channelId, all] of byChannel) {
    const destination = keyChannel(channelId);
    const pause = pauses.get(destination);
    if (pause !== undefined) {
      // Nothing is wrong with the channel, and its owner could not be reached either.
      if (isTokenRefused(pause.reason)) continue;
      paused.push(...(await pauseAll(desk, destination, all, pause.reason)));
      continue;
    }
    desk.openChannel(channelId);
    const turns: Turn[] = [];
    const waiting = new Map<string, Set<number>>();
    for (const follow of all) {
      // A person has ended the pause.
      const most = follow.paused === undefined ? ISSUES_MOST : 1;
      if (follow.paused !== undefined) await resumeFollow(desk, desk.follows, follow, numbers);
      const wanted = { channel: destination, numbers, planned, most };
      const own = await listTurns(desk, follow, wanted);
      turns.push(...own.turns);
      waiting.set(follow.id, new Set(own.waiting));
    }
    // A millisecond apart: the line keeps the order of the issues and of their papers.
    const line = { channelId, dueMs: now.getTime() };
    for (const [stored, own] of gatherByIssue(turns)) {
      const taken = await desk.outbox.queueFree(writeIssue(desk, line, own, stored), now);
      queued.push(...(taken ?? []));
      if (taken !== undefined) continue;
      for (const { follow } of own) waiting.get(follow.id)?.add(stored.issue.number);
    }
    for (const { id, seen } of all) {
      const had = new Set(seen);
      const next = numbers.filter((one) => had.has(one) || waiting.get(id)?.has(one) !== true);
      if (next.some((one) => !had.has(one))) await desk.follows.markSeen(id, next);
    }
  }
  return { queued, paused };
}

/** The issues that follows have their turn with, the oldest first, each with its turns. */
function gatherByIssue(turns: readonly Turn[]): [StoredIssue, Turn[]][] {
  return [...Map.groupBy(turns, ({ stored }) => stored.issue.number)]
    .sort(([one], [other]) => one - other)
    .flatMap(([, own]): [StoredIssue, Turn[]][] => (own[0] ? [[own[0].stored, own]] : []));
}

/** What is queued of an issue for a channel: all of it or nothing, as its first pings the roles. */
function writeIssue(
  desk: FollowDesk,
  line: { readonly channelId: string; dueMs: number },
  turns: readonly Turn[],
  stored: StoredIssue,
): FreeDelivery[] {
  return gatherWanted(turns, stored).map((one) => {
    const delivery = write(desk, stored, one, line.channelId, new Date(line.dueMs));
    line.dueMs += 1;
    return delivery;
  });
}

function write(
  desk: FollowDesk,
  stored: StoredIssue,
  { item, needs, roleIds, language }: Wanted,
  channelId: string,
  dueAt: Date,
): FreeDelivery {
  const usual = desk.format('discord');
  const languages = [language, ...usual.languages.filter((one) => one !== language)].slice(0, 3);
  // A ping stands in a message’s content, which only one with embeds has.
  const layout = roleIds.length > 0 ? { discord: { layout: 'embeds' as const } } : {};
  const manner = { asked: { languages, ...layout }, roleIds };
  const channel = describeChannel(channelId);
  return { ...makeDelivery(desk, stored, item, channel, dueAt, manner), needs };
}

/** A channel that somebody follows in. */
export function describeChannel(channelId: string): Destination {
  const key = keyChannel(channelId);
  return {
    name: key,
    key,
    platform: 'discord',
    isLive: true,
    isFollowed: true,
    corrections: ['edit'],
  };
}

/** Marks the follows of a place that takes nothing, and tells each owner, once, of all of theirs. */
async function pauseAll(
  desk: FollowDesk,
  destination: string,
  all: readonly Follow[],
  reason: string,
): Promise<FollowsPlanned['paused'][number][]> {
  const fresh: Follow[] = [];
  for (const follow of all) {
    if (follow.paused !== undefined) continue;
    // Marked before anybody is told: who is not reached is not asked again and again.
    if (await desk.follows.pause(follow.id, desk.clock.now(), reason)) fresh.push(follow);
  }
  const told: FollowsPlanned['paused'][number][] = [];
  for (const [ownerId, own] of Map.groupBy(fresh, (one) => one.ownerId)) {
    const [first] = own;
    // Direct messages that are closed are no way to say so: /following does.
    if (first === undefined || first.place === 'dm') continue;
    const { follow: words } = pickBotVoice(first.language);
    const text = words.stopped(`<#${first.channelId}>`, words.trouble[readChannelTrouble(reason)]);
    const untold = await desk.tellOwner(ownerId, text).then(() => undefined, describeError);
    if (untold === undefined) for (const { id } of own) await desk.follows.markOwnerTold(id);
    told.push({ destination, ...(untold === undefined ? {} : { untold }) });
  }
  return fresh.length > 0 && told.length === 0 ? [{ destination }] : told;
}
