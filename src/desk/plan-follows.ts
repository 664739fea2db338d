import { keyItem } from '../../formatters/item.ts';
import { escapeDiscord } from '../../formatters/text/discord-markdown.ts';
import { pickBotVoice } from '../../formatters/voice/bot/index.ts';
import type { Follow, Follows } from '../archive/follows.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import { describeError } from '../kit/errors.ts';
import type { Delivery, NewDelivery } from '../outbox/delivery.ts';
import { isTokenRefused } from '../publishers/refused-token.ts';
import type { Desk, Destination, ReadingDesk } from './desk.ts';
import { findPosted } from './find-posted.ts';
import { gatherWanted, type Wanted } from './gather-wanted.ts';
import { makeDelivery } from './make-delivery.ts';

/** Of issues that came out while nothing ran, or all at once, so many are delivered: the newest. */
const ISSUES_MOST = 2;

/** What the planning of follows works with. */
export type FollowDesk = Pick<Desk, 'archive' | 'outbox' | 'format' | 'clock'> & {
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
 * Queues what the follows ask for of each real, approved issue after their marks, due now, and moves
 * the marks on; a process that dies in between does the same again, and posts nothing twice. All
 * follows of a channel are planned together, so that what several ask for is posted once. For a
 * place that is paused nothing is queued: each owner is told once, and the follow waits.
 */
export async function planFollows(desk: FollowDesk): Promise<FollowsPlanned> {
  const byChannel = Map.groupBy(await desk.follows.list(), ({ channelId }) => channelId);
  if (byChannel.size === 0) return { queued: [], paused: [] };
  const pauses = new Map((await desk.outbox.listPauses()).map((one) => [one.destination, one]));
  const issues = await readNewest(desk);
  const newest = issues.at(-1)?.issue.number ?? 0;
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
    const follows = await resumeAll(desk, all, newest - 1);
    // A millisecond apart: the line keeps the order of the issues and of their papers.
    const line = { channelId, dueMs: desk.clock.now().getTime() };
    for (const stored of issues) queued.push(...(await planIssue(desk, line, follows, stored)));
    for (const { id, sinceIssue } of follows) {
      if (sinceIssue < newest) await desk.follows.advance(id, newest);
    }
  }
  return { queued, paused };
}

/** The number of the newest issue that follows are about; 0 before the first. */
export async function findMark({ archive }: Pick<ReadingDesk, 'archive'>): Promise<number> {
  const stored = await archive.readLatestApproved();
  return stored === undefined || stored.isSample ? 0 : stored.issue.number;
}

/** The newest real issues that are approved, the oldest of them first. */
async function readNewest({ archive }: FollowDesk): Promise<StoredIssue[]> {
  const found: StoredIssue[] = [];
  const numbers = (await archive.listRevisions()).map(({ number }) => number);
  for (const number of numbers.sort((a, b) => b - a)) {
    const stored = await archive.read(number);
    if (stored?.approvedAt === undefined || stored.isSample) continue;
    found.unshift(stored);
    if (found.length === ISSUES_MOST) break;
  }
  return found;
}

/** A person has ended the pause: of what came out meanwhile, only the newest issue is caught up. */
async function resumeAll(
  { follows }: FollowDesk,
  all: readonly Follow[],
  since: number,
): Promise<Follow[]> {
  const resumed: Follow[] = [];
  for (const follow of all) {
    if (follow.paused !== undefined) await follows.resume(follow.id, since);
    const sinceIssue = Math.max(follow.sinceIssue, follow.paused === undefined ? 0 : since);
    resumed.push({ ...follow, sinceIssue });
  }
  return resumed;
}

async function planIssue(
  desk: FollowDesk,
  line: { readonly channelId: string; dueMs: number },
  all: readonly Follow[],
  stored: StoredIssue,
): Promise<Delivery[]> {
  const follows = all.filter(({ sinceIssue }) => sinceIssue < stored.issue.number);
  const wanted = gatherWanted(follows, stored);
  if (wanted.length === 0) return [];
  const posted = await findPosted(desk, stored, { key: keyChannel(line.channelId) });
  const queued: Delivery[] = [];
  for (const one of wanted) {
    if (posted.has(keyItem(one.item))) continue;
    const delivery = write(desk, stored, one, line.channelId, new Date(line.dueMs));
    line.dueMs += 1;
    const { isNew, delivery: kept } = await desk.outbox.queue(delivery, desk.clock.now());
    if (isNew) queued.push(kept);
  }
  return queued;
}

function write(
  desk: FollowDesk,
  stored: StoredIssue,
  { item, roleIds, language }: Wanted,
  channelId: string,
  dueAt: Date,
): NewDelivery {
  const usual = desk.format('discord');
  const languages = [language, ...usual.languages.filter((one) => one !== language)].slice(0, 3);
  // A ping stands in a message’s content, which only one with embeds has.
  const layout = roleIds.length > 0 ? { discord: { layout: 'embeds' as const } } : {};
  const manner = { asked: { languages, ...layout }, roleIds };
  return makeDelivery(desk, stored, item, describeChannel(channelId), dueAt, manner);
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
  for (const [ownerId, [first]] of Map.groupBy(fresh, (one) => one.ownerId)) {
    // Direct messages that are closed are no way to say so: /following does.
    if (first === undefined || first.place === 'dm') continue;
    const { follow: words } = pickBotVoice(first.language);
    const text = words.stopped(`<#${first.channelId}>`, escapeDiscord(reason));
    const untold = await desk.tellOwner(ownerId, text).then(() => undefined, describeError);
    told.push({ destination, ...(untold === undefined ? {} : { untold }) });
  }
  return fresh.length > 0 && told.length === 0 ? [{ destination }] : told;
}
