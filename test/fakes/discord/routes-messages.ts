import { checkEdit, checkNewMessage } from './check-message.ts';
import { invalidForm, refusals } from './errors.ts';
import { editMessage, makeMessage, type StoredMessage } from './message.ts';
import { messageFlags } from './rules.ts';
import { type Channel, channelTypes, isForum } from './store.ts';
import {
  type Answer,
  needChannel,
  needOpen,
  parseLimit,
  type Route,
  type RouteRequest,
  type World,
} from './world.ts';

/** Messages: https://discord.com/developers/docs/resources/message */
export const messageRoutes: readonly Route[] = [
  { method: 'POST', path: '/channels/:id/messages', handle: createMessage },
  { method: 'GET', path: '/channels/:id/messages', handle: listMessages },
  { method: 'GET', path: '/channels/:id/messages/:id', handle: getMessage },
  { method: 'PATCH', path: '/channels/:id/messages/:id', handle: updateMessage },
  { method: 'DELETE', path: '/channels/:id/messages/:id', handle: deleteMessage },
  { method: 'POST', path: '/channels/:id/messages/:id/crosspost', handle: crosspostMessage },
];

/** Stores a checked body as a new message of the bot; a forum post gives the id of its thread. */
export function storeMessage(
  world: World,
  channel: Channel,
  body: RouteRequest['body'],
  messageId: string = world.makeId(),
): StoredMessage {
  const { store, makeId, bot } = world;
  const place = { id: messageId, channelId: channel.id, author: bot };
  const message = makeMessage(body.json, body.files, place, makeId);
  store.addMessage(channel, message);
  return message;
}

function createMessage(world: World, { ids, body }: RouteRequest): Answer {
  const channel = needMessages(needChannel(world, ids[0], 'send'), refusals.notTextChannel);
  needOpen(world, channel, 'post');
  const { json } = body;
  checkNewMessage(body, world.spec?.check('MessageCreateRequest', json) ?? []);

  const hasNonce = json.nonce !== undefined && json.nonce !== null;
  const key = `${world.bot.id} ${json.nonce}`;
  const earlier = hasNonce && json.enforce_nonce === true ? findByNonce(world, key) : undefined;
  const message = earlier ?? storeMessage(world, channel, body);
  if (hasNonce && earlier === undefined) {
    world.nonces.set(key, { channelId: channel.id, messageId: message.id, at: world.now() });
  }
  return { status: 200, body: hasNonce ? { ...message, nonce: json.nonce } : message };
}

/** The message of that author and nonce, unless it is too long ago or gone. */
function findByNonce(world: World, key: string): StoredMessage | undefined {
  const seen = world.nonces.get(key);
  if (seen === undefined) return undefined;
  if (world.now().getTime() - seen.at.getTime() > world.nonceWindowMs) return undefined;
  const channel = world.store.findChannel(seen.channelId);
  return channel && world.store.findMessage(channel, seen.messageId);
}

function listMessages(world: World, { ids, query }: RouteRequest): Answer {
  const channel = needMessages(needChannel(world, ids[0], 'view'), refusals.wrongChannelType);
  const page = {
    limit: parseLimit(query, { min: 1, max: 100 }),
    around: parsePoint(query, 'around'),
    before: parsePoint(query, 'before'),
    after: parsePoint(query, 'after'),
  };
  return { status: 200, body: world.store.listMessages(channel, page) };
}

function getMessage(world: World, { ids }: RouteRequest): Answer {
  return { status: 200, body: needMessage(world, ids).message };
}

function updateMessage(world: World, { ids, body }: RouteRequest): Answer {
  const { channel, message } = needMessage(world, ids);
  if (message.author.id !== world.bot.id) throw refusals.notAuthor();
  needOpen(world, channel, 'edit');
  const edited = editMessage(message, body.json, body.files, world.now(), world.makeId);
  checkEdit(message, edited, body, world.spec);
  world.store.replaceMessage(channel, edited);
  return { status: 200, body: edited };
}

function deleteMessage(world: World, { ids }: RouteRequest): Answer {
  const { channel, message } = needMessage(world, ids);
  if (message.author.id !== world.bot.id) throw refusals.missingPermissions();
  world.store.removeMessage(channel, message.id);
  return { status: 204 };
}

function crosspostMessage(world: World, { ids }: RouteRequest): Answer {
  needChannel(world, ids[0], 'send');
  const { channel, message } = needMessage(world, ids);
  if (channel.type !== channelTypes.announcement) throw refusals.wrongChannelType();
  if (message.author.id !== world.bot.id) throw refusals.missingPermissions();
  if ((message.flags & messageFlags.crossposted) !== 0) throw refusals.alreadyCrossposted();
  const crossposted = { ...message, flags: message.flags | messageFlags.crossposted };
  world.store.replaceMessage(channel, crossposted);
  return { status: 200, body: crossposted };
}

function needMessages(channel: Channel, refuse: () => Error): Channel {
  if (isForum(channel) || channel.type === channelTypes.category) throw refuse();
  return channel;
}

function needMessage(
  world: World,
  ids: readonly string[],
): { channel: Channel; message: StoredMessage } {
  const channel = needMessages(needChannel(world, ids[0], 'view'), refusals.wrongChannelType);
  const message = world.store.findMessage(channel, ids[1] ?? '');
  if (message === undefined) throw refusals.unknownMessage();
  return { channel, message };
}

function parsePoint(query: URLSearchParams, name: string): string | undefined {
  const point = query.get(name) ?? undefined;
  if (point === undefined || /^\d{1,20}$/.test(point)) return point;
  const message = `Value "${point}" is not snowflake.`;
  throw invalidForm([{ path: [name], code: 'NUMBER_TYPE_COERCE', message }]);
}
