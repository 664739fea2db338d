import { checkNewMessage } from './check-message.ts';
import { describeChannel } from './describe-channel.ts';
import { refusals } from './errors.ts';
import { isJsonObject, type JsonObject, numberOf, stringsOf, textOf } from './json.ts';
import { storeMessage } from './routes-messages.ts';
import { type Channel, channelTypes, isForum, type Tag } from './store.ts';
import {
  type Answer,
  needChannel,
  needOpen,
  parseLimit,
  type Route,
  type RouteRequest,
  refuseProblems,
  type World,
} from './world.ts';

/** https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel */
export const LIMIT_THREAD_NAME_CHARACTERS = 100;
const ONE_DAY_MINUTES = 1_440;

/** Channels and threads: https://discord.com/developers/docs/resources/channel */
export const channelRoutes: readonly Route[] = [
  { method: 'GET', path: '/channels/:id', handle: getChannel },
  { method: 'PATCH', path: '/channels/:id', handle: updateThread },
  { method: 'DELETE', path: '/channels/:id', handle: deleteThread },
  { method: 'POST', path: '/channels/:id/threads', handle: createThread },
  { method: 'GET', path: '/channels/:id/threads/archived/public', handle: listArchivedThreads },
  { method: 'GET', path: '/guilds/:id/threads/active', handle: listActiveThreads },
];

function getChannel(world: World, { ids }: RouteRequest): Answer {
  const channel = needChannel(world, ids[0], 'view');
  return { status: 200, body: describeChannel(channel, world.store.guildId) };
}

/** Only threads, and only with Manage Threads: the bot has no right to delete a channel. */
function deleteThread(world: World, { ids }: RouteRequest): Answer {
  const channel = needChannel(world, ids[0], 'view');
  if (channel.thread === undefined || !world.rights.hasManageThreads) {
    throw refusals.missingPermissions();
  }
  world.store.removeChannel(channel.id);
  return { status: 200, body: describeChannel(channel, world.store.guildId) };
}

/**
 * Its maker changes a thread's name and tags, and opens it unless it is locked; all else needs
 * Manage Threads. What is archived takes no change but to be opened.
 * https://discord.com/developers/docs/resources/channel#modify-channel-json-params-thread
 */
function updateThread(world: World, { ids, body: { json } }: RouteRequest): Answer {
  const channel = needChannel(world, ids[0], 'send');
  const { thread } = channel;
  if (thread === undefined) throw refusals.missingPermissions();
  const byHand = json.name === undefined ? [] : findNameProblems(json);
  refuseProblems(byHand, world.spec?.check('UpdateThreadRequestPartial', json) ?? []);
  const { hasManageThreads } = world.rights;
  const isOpened = json.archived === false;
  if (thread.isLocked && isOpened && !hasManageThreads) throw refusals.missingPermissions();
  if (typeof json.locked === 'boolean' && !hasManageThreads) throw refusals.missingPermissions();
  const isChanged = json.name !== undefined || json.applied_tags !== undefined;
  if (isChanged && !isOpened) needOpen(world, channel, 'edit');
  const parent = world.store.findChannel(thread.parentId);
  if (Array.isArray(json.applied_tags) && parent !== undefined) {
    const tags = stringsOf(json.applied_tags);
    checkTags(world, parent, tags, thread.appliedTags);
    thread.appliedTags = tags;
  }
  if (typeof json.name === 'string') channel.name = json.name;
  if (typeof json.locked === 'boolean') thread.isLocked = json.locked;
  if (isOpened) thread.archivedAt = undefined;
  if (json.archived === true) thread.archivedAt = world.now();
  return { status: 200, body: describeChannel(channel, world.store.guildId) };
}

/** Throws when a tag is not the forum's, none is where one must be, or a moderated one would change. */
function checkTags(
  { rights }: World,
  forum: Channel,
  tags: readonly string[],
  before: readonly string[],
): void {
  if (forum.requiresTag && tags.length === 0) throw refusals.tagRequired();
  if (tags.some((tag) => !forum.tags.some(({ id }) => id === tag))) throw refusals.unknownTag();
  const isOff = ({ id }: Tag): boolean => tags.includes(id) !== before.includes(id);
  const isModerated = forum.tags.some((tag) => tag.moderated && isOff(tag));
  if (isModerated && !rights.hasManageThreads) throw refusals.missingPermissions();
}

function createThread(world: World, { ids, body }: RouteRequest): Answer {
  const parent = needChannel(world, ids[0], 'send');
  if (parent.thread !== undefined) throw refusals.wrongChannelType();
  return isForum(parent)
    ? createForumPost(world, parent, body)
    : createPlainThread(world, parent, body);
}

/** A forum post is a thread whose first message has the id of the thread. It has no nonce. */
function createForumPost(world: World, forum: Channel, body: RouteRequest['body']): Answer {
  const { json, files } = body;
  const message = isJsonObject(json.message) ? json.message : {};
  const bySpec = world.spec?.check('CreateForumThreadRequest', json) ?? [];
  refuseProblems([...findNameProblems(json), ...findFirstMessageProblems(json)], bySpec);
  checkNewMessage({ json: message, files }, bySpec, ['message']);
  const tags = stringsOf(json.applied_tags);
  checkTags(world, forum, tags, []);

  const thread = addThread(world, forum, json, tags);
  const first = storeMessage(world, thread, { json: message, files }, thread.id);
  return { status: 201, body: { ...describeChannel(thread, world.store.guildId), message: first } };
}

function createPlainThread(world: World, parent: Channel, { json }: RouteRequest['body']): Answer {
  const bySpec = world.spec?.check('CreateTextThreadWithoutMessageRequest', json) ?? [];
  refuseProblems(findNameProblems(json), bySpec);
  const thread = addThread(world, parent, json, []);
  return { status: 201, body: describeChannel(thread, world.store.guildId) };
}

function addThread(
  world: World,
  parent: Channel,
  json: JsonObject,
  appliedTags: readonly string[],
): Channel {
  return world.store.addChannel({
    type:
      parent.type === channelTypes.announcement
        ? channelTypes.announcementThread
        : channelTypes.publicThread,
    name: textOf(json.name),
    thread: {
      parentId: parent.id,
      ownerId: world.bot.id,
      appliedTags,
      autoArchiveMinutes: numberOf(json.auto_archive_duration) || ONE_DAY_MINUTES,
      createdAt: world.now(),
      archivedAt: undefined,
      isLocked: false,
    },
  });
}

function listActiveThreads(world: World, { ids }: RouteRequest): Answer {
  const { store } = world;
  if (ids[0] !== store.guildId) throw refusals.unknownGuild();
  const threads = store
    .listThreads()
    .filter(({ thread }) => thread?.archivedAt === undefined)
    .filter((one) => isVisible(world, one))
    .map((one) => describeChannel(one, store.guildId))
    .reverse();
  return { status: 200, body: { threads, members: [], has_more: false } };
}

/** Newest archived first; `before` is an instant of archiving. */
function listArchivedThreads(world: World, { ids, query }: RouteRequest): Answer {
  const { store } = world;
  const parent = needChannel(world, ids[0], 'view');
  const limit = parseLimit(query, { min: 2, max: 100 });
  const before = query.get('before');
  const beforeMs = before === null ? Number.POSITIVE_INFINITY : Date.parse(before);
  const archivedMs = ({ thread }: Channel): number => thread?.archivedAt?.getTime() ?? Number.NaN;
  const archived = store
    .listThreads(parent.id)
    .filter((one) => archivedMs(one) < beforeMs)
    .sort((a, b) => archivedMs(b) - archivedMs(a));
  const threads = archived.slice(0, limit).map((one) => describeChannel(one, store.guildId));
  return { status: 200, body: { threads, members: [], has_more: archived.length > limit } };
}

function isVisible({ store }: World, channel: Channel): boolean {
  const parent = store.findChannel(channel.thread?.parentId ?? '');
  return channel.denied !== 'view' && parent?.denied !== 'view';
}

function findNameProblems({ name }: JsonObject): Parameters<typeof refuseProblems>[0] {
  const length = [...textOf(name)].length;
  if (typeof name !== 'string') {
    return [{ path: ['name'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }];
  }
  if (name.trim() !== '' && length <= LIMIT_THREAD_NAME_CHARACTERS) return [];
  const message = `Must be between 1 and ${LIMIT_THREAD_NAME_CHARACTERS} in length.`;
  return [{ path: ['name'], code: 'BASE_TYPE_BAD_LENGTH', message }];
}

function findFirstMessageProblems({ message }: JsonObject): Parameters<typeof refuseProblems>[0] {
  if (isJsonObject(message)) return [];
  return [{ path: ['message'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }];
}
