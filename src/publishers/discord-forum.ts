import type { APIThreadChannel } from 'discord-api-types/v10';
import type { DraftFor } from '../../formatters/draft.ts';
import { type Mark, stampMessage } from './discord-marker.ts';
import type { ForumPlace } from './discord-place.ts';
import type { DiscordRest } from './discord-rest.ts';
import type { Refusal } from './publisher.ts';

/** https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel */
const NAME_MOST = 100;
const TAGS_MOST = 5;

/** How a thread of a forum is named and tagged. */
export type ThreadLabel = { readonly name: string; readonly applied_tags: readonly string[] };

/** What the thread for a draft is called, and with which of the forum's tags; or why it has none. */
export function labelThread(
  { forumPer, forumTag, tags, isTagRequired, channelId }: ForumPlace,
  { item, forum }: DraftFor<'discord'>,
): ThreadLabel | Refusal {
  const perPaper = forumPer === 'paper';
  const wanted = (perPaper ? forum?.paperName : forum?.issueName) ?? item.title;
  const name = [...wanted.trim()].slice(0, NAME_MOST).join('');
  const topics = new Set((forum?.topics ?? []).map(simplify));
  const matching = tags
    .filter((tag) => !tag.moderated && topics.has(simplify(tag.name)))
    .map(({ id }) => id)
    .slice(0, TAGS_MOST);
  if (isTagRequired && matching.length === 0) {
    const usual = tags.find(
      (tag) => forumTag !== undefined && simplify(tag.name) === simplify(forumTag),
    );
    if (usual === undefined) return refuseUntagged(channelId, forum?.topics ?? [], forumTag);
    return { name, applied_tags: [usual.id] };
  }
  // The topics of one paper say nothing of its issue: there they are for the forum's demand alone.
  return { name, applied_tags: perPaper || isTagRequired ? matching : [] };
}

/** Begins a thread with the draft's first message; its id, which is that message's too. */
export async function createThread(
  rest: DiscordRest,
  { channelId }: ForumPlace,
  { name, applied_tags }: ThreadLabel,
  [first]: DraftFor<'discord'>['posts'],
  mark: Mark,
  signal: AbortSignal,
): Promise<string> {
  if (first === undefined) throw new Error('a draft has no posts');
  const body = {
    name,
    message: stampMessage(first, mark),
    ...(applied_tags.length > 0 ? { applied_tags } : {}),
  };
  const thread = await rest.post<APIThreadChannel>(`/channels/${channelId}/threads`, body, signal);
  return thread.id;
}

/**
 * Names and tags a thread anew where that is needed: Discord allows it but a few times in ten
 * minutes. Tags that only moderators set are left as they are.
 */
export async function relabelThread(
  rest: DiscordRest,
  { tags }: ForumPlace,
  thread: APIThreadChannel,
  { name, applied_tags }: ThreadLabel,
  signal: AbortSignal,
): Promise<void> {
  const before = thread.applied_tags ?? [];
  const moderated = before.filter((id) => tags.find((tag) => tag.id === id)?.moderated);
  const after = [...moderated, ...applied_tags].slice(0, TAGS_MOST);
  const isSame = after.length === before.length && after.every((id) => before.includes(id));
  if (thread.name === name && isSame) return;
  await rest.patch(`/channels/${thread.id}`, { name, applied_tags: after }, signal);
}

/** “Data filtering”, “data-filtering” and “DataFiltering” are one topic. */
function simplify(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Pd}_]+/gu, '');
}

function refuseUntagged(
  channelId: string,
  [topic]: readonly string[],
  forumTag: string | undefined,
): Refusal {
  const such = topic === undefined ? '' : `, such as “${topic}”`;
  const usual =
    forumTag === undefined
      ? 'set discord.forumTag in paperboy.yaml to its tag for all else'
      : `the tag “${forumTag}”, as discord.forumTag in paperboy.yaml has it`;
  return {
    kind: 'refused',
    reason: `the Discord forum ${channelId} wants a tag, and none of its tags is a topic of this`,
    remedy: `Add a tag named like a topic of the paper to the forum${such}; or ${usual}; or let it take posts without a tag`,
    isUnsent: true,
  };
}
