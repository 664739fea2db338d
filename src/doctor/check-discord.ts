import type { APIChannel } from 'discord-api-types/v10';
import { describeError } from '../kit/errors.ts';
import { readApplication } from '../publishers/discord-application.ts';
import type { DiscordRest } from '../publishers/discord-rest.ts';
import { type KnownRights, readChannelRights } from '../publishers/discord-rights.ts';
import { doubt, fault, type Seen, well } from './check.ts';

export type ChannelPlace = {
  readonly name: string;
  readonly channelId: string;
  readonly crosspost: boolean;
  readonly forumPer: 'paper' | 'issue';
  readonly forumTag?: string | undefined;
};

/* https://discord.com/developers/docs/resources/channel#channel-object-channel-flags */
const REQUIRE_TAG = 1 << 4;

/** Whose the token of the bot is. */
export async function checkBot(rest: Pick<DiscordRest, 'get'>, signal: AbortSignal): Promise<Seen> {
  const seen = await readApplication(rest, signal);
  if (seen.kind === 'refused') {
    return fault('doctor.discord-token', `the bot: ${seen.reason}`, seen.remedy);
  }
  if (seen.kind === 'unavailable') return tellUnreachable('the bot', seen.cause);
  return well('doctor.discord-bot', `the bot is ${seen.botName}, which Discord knows`);
}

/** Whether the bot can post in a channel, and all that the channel asks of a post. */
export async function checkChannel(
  rest: Pick<DiscordRest, 'get' | 'readBotId'>,
  place: ChannelPlace,
  signal: AbortSignal,
  now: Date,
): Promise<Seen[]> {
  const { name, channelId } = place;
  const rights = await readChannelRights(rest, channelId, signal, now);
  if (rights.kind === 'refused') {
    return [fault('doctor.discord-channel', `${name}: ${rights.reason}`, rights.remedy)];
  }
  if (rights.kind === 'unavailable') return [tellUnreachable(name, rights.cause)];
  const { channel, wanting } = rights;
  if (channel.kind === 'other' || channel.kind === 'direct') {
    return [
      fault(
        'doctor.discord-channel',
        `${name}: ${nameChannel(rights)} takes no posts`,
        'Set DISCORD_CHANNEL_ID to a text, announcement, forum or media channel',
      ),
    ];
  }
  const seen = tellMissing(name, rights);
  if (wanting.length > 0) {
    const said = `${name}: in ${nameChannel(rights)} the bot lacks ${listNames(wanting)}: ${wanting.map(({ why }) => why).join('; ')}`;
    seen.push(doubt('doctor.discord-rights', said, tellGrant(rights, wanting)));
  }
  if (channel.kind === 'forum') seen.push(...(await checkTags(rest, place, rights, signal)));
  if (seen.length > 0) return seen;
  const kinds = {
    text: 'a text channel',
    thread: 'a thread',
    announcement: place.crosspost
      ? 'an announcement channel; posts go on to who follows it'
      : 'an announcement channel',
    forum: `a forum; a post for each ${place.forumPer}`,
  };
  const said = `${name}: the bot may post in ${nameChannel(rights)}, ${kinds[channel.kind]}`;
  return [well('doctor.discord-channel', said)];
}

/** What a bot lacks in a channel so that it cannot post there. */
export function tellMissing(name: string, rights: KnownRights): Seen[] {
  const { missing } = rights;
  if (missing.length === 0) return [];
  const said = `${name}: in ${nameChannel(rights)} the bot lacks ${listNames(missing)}`;
  return [fault('doctor.discord-rights', said, tellGrant(rights, missing))];
}

/** “#papers of The Papers”. */
export function nameChannel({ channel }: KnownRights): string {
  const guild = channel.guild === undefined ? '' : ` of ${channel.guild.name}`;
  return `#${channel.name}${guild}`;
}

export function tellUnreachable(name: string, cause: unknown): Seen {
  return fault(
    'doctor.discord-unreachable',
    `${name}: Discord cannot be reached: ${describeError(cause)}`,
    'Look at https://discordstatus.com and at the network of this machine; what waits is posted later by itself',
  );
}

async function checkTags(
  rest: Pick<DiscordRest, 'get'>,
  { name, channelId, forumTag }: ChannelPlace,
  rights: KnownRights,
  signal: AbortSignal,
): Promise<Seen[]> {
  const forum = await rest.get<APIChannel>(`/channels/${channelId}`, signal);
  const tags = ('available_tags' in forum ? forum.available_tags : undefined) ?? [];
  const isDemanded = ((forum.flags ?? 0) & REQUIRE_TAG) !== 0;
  const names = tags.map((tag) => `“${tag.name}”`).join(', ') || 'none';
  const block = name === 'discord' ? 'discord' : `destinations.${name}`;
  if (forumTag !== undefined && !tags.some((tag) => isSame(tag.name, forumTag))) {
    const said = `${name}: ${nameChannel(rights)} has no tag “${forumTag}”; it has ${names}`;
    const remedy = `Set ${block}.forumTag in paperboy.yaml to one of them, or add the tag to the forum`;
    return [
      isDemanded
        ? fault('doctor.discord-tag', said, remedy)
        : doubt('doctor.discord-tag', said, remedy),
    ];
  }
  if (!isDemanded || forumTag !== undefined) return [];
  const said = `${name}: ${nameChannel(rights)} demands a tag, and a paper with none of its topics (${names}) is refused`;
  const remedy = `Set ${block}.forumTag in paperboy.yaml to the tag of all else, or let the forum take posts without one`;
  return [doubt('doctor.discord-tag', said, remedy)];
}

function isSame(one: string, other: string): boolean {
  return one.normalize('NFKC').toLowerCase() === other.normalize('NFKC').toLowerCase();
}

function listNames(rights: KnownRights['missing']): string {
  return rights.map(({ name }) => name).join(', ');
}

function tellGrant({ channel }: KnownRights, rights: KnownRights['missing']): string {
  return `In Discord, edit the channel #${channel.name}, Permissions, add the bot and allow ${listNames(rights)}`;
}
