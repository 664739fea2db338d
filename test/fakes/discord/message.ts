import type { Upload } from './body.ts';
import { isJsonObject, type JsonObject, numberOf, objectsOf, textOf } from './json.ts';
import { findMentions } from './mentions.ts';
import { normalizeComponents } from './normalize-components.ts';
import { normalizeEmbed } from './normalize-embed.ts';
import { messageFlags } from './rules.ts';
import { discordTimestamp, instantOf } from './snowflakes.ts';

/** A user as it stands in a message. */
export type User = {
  readonly id: string;
  readonly username: string;
  readonly discriminator: string;
  readonly avatar: string | null;
  readonly global_name: string | null;
  readonly bot: boolean;
  readonly public_flags: number;
  readonly flags: number;
  readonly primary_guild: null;
};

/** A file of a message. */
export type Attachment = {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly url: string;
  readonly proxy_url: string;
  readonly content_type: string;
  readonly description?: string;
};

/** A message exactly as Discord lists it: https://discord.com/developers/docs/resources/message */
export type StoredMessage = {
  readonly id: string;
  readonly channel_id: string;
  readonly type: number;
  readonly author: User;
  readonly content: string;
  readonly embeds: readonly JsonObject[];
  readonly components: readonly JsonObject[];
  readonly attachments: readonly Attachment[];
  readonly mentions: readonly User[];
  readonly mention_roles: readonly string[];
  /** True when the message pings a whole channel; a test for "nobody is pinged" reads it. */
  readonly mention_everyone: boolean;
  readonly flags: number;
  readonly timestamp: string;
  readonly edited_timestamp: string | null;
  readonly pinned: boolean;
  readonly tts: boolean;
};

const SETTABLE_FLAGS =
  messageFlags.suppressEmbeds | messageFlags.suppressNotifications | messageFlags.isComponentsV2;

/** A user of that id, made up. */
export function makeUser(id: string, username: string, bot: boolean): User {
  const rest = { avatar: null, global_name: bot ? null : username, public_flags: 0, flags: 0 };
  return { id, username, discriminator: bot ? '4242' : '0', bot, ...rest, primary_guild: null };
}

/** The message that a sound body becomes; its timestamp is the instant of its id. */
export function makeMessage(
  body: JsonObject,
  files: readonly Upload[],
  place: { readonly id: string; readonly channelId: string; readonly author: User },
  makeId: () => string,
): StoredMessage {
  const attachments = makeAttachments(body.attachments, files, place.channelId, makeId);
  return {
    id: place.id,
    channel_id: place.channelId,
    type: 0,
    author: place.author,
    ...makeText(body, body.allowed_mentions, attachments, makeId),
    attachments,
    flags: numberOf(body.flags) & SETTABLE_FLAGS,
    timestamp: discordTimestamp(instantOf(place.id)),
    edited_timestamp: null,
    pinned: false,
    tts: body.tts === true,
  };
}

/** A message after an edit: what the body leaves out stays, null empties. */
export function editMessage(
  old: StoredMessage,
  body: JsonObject,
  files: readonly Upload[],
  editedAt: Date,
  makeId: () => string,
): StoredMessage {
  const kept = Array.isArray(body.attachments)
    ? old.attachments.filter(({ id }) => objectsOf(body.attachments).some((one) => one.id === id))
    : old.attachments;
  const added = makeAttachments(body.attachments, files, old.channel_id, makeId);
  const attachments = [...kept, ...added];
  const source = { content: old.content, embeds: old.embeds, components: old.components, ...body };
  const asked = body.flags === undefined || body.flags === null ? old.flags : numberOf(body.flags);
  const lasting = old.flags & ~messageFlags.suppressEmbeds;
  return {
    ...old,
    ...makeText(source, body.allowed_mentions, attachments, makeId),
    attachments,
    flags: lasting | (asked & (messageFlags.suppressEmbeds | messageFlags.isComponentsV2)),
    edited_timestamp: discordTimestamp(editedAt),
  };
}

function makeText(
  body: JsonObject,
  allowedMentions: unknown,
  attachments: readonly Attachment[],
  makeId: () => string,
): Pick<
  StoredMessage,
  'content' | 'embeds' | 'components' | 'mentions' | 'mention_roles' | 'mention_everyone'
> {
  // Discord cuts white space off both ends of content.
  const content =
    body.content === undefined || body.content === null ? '' : String(body.content).trim();
  const components = normalizeComponents(body.components, attachments, makeId);
  const mentions = findMentions(content, components, allowedMentions);
  return {
    content,
    embeds: objectsOf(body.embeds).map((embed) => normalizeEmbed(embed, attachments)),
    components,
    mentions: mentions.userIds.map((id) => makeUser(id, `user-${id}`, false)),
    mention_roles: mentions.roleIds,
    mention_everyone: mentions.everyone,
  };
}

function makeAttachments(
  described: unknown,
  files: readonly Upload[],
  channelId: string,
  makeId: () => string,
): readonly Attachment[] {
  return files.map((file) => {
    const about = objectsOf(described).find((one) => String(one.id) === String(file.index));
    const filename = textOf(about?.filename) || file.filename;
    const id = makeId();
    const path = `attachments/${channelId}/${id}/${encodeURIComponent(filename)}`;
    return {
      id,
      filename,
      size: file.sizeBytes,
      url: `https://cdn.discordapp.com/${path}`,
      proxy_url: `https://media.discordapp.net/${path}`,
      content_type: file.contentType,
      ...(isJsonObject(about) && typeof about.description === 'string'
        ? { description: about.description }
        : {}),
    };
  });
}
