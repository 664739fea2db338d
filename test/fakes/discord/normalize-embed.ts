import { isJsonObject, type JsonObject, objectsOf, textOf } from './json.ts';
import type { Attachment } from './message.ts';
import { discordTimestamp } from './snowflakes.ts';

/**
 * An embed as Discord gives it back: `type` "rich", text trimmed, `inline` always there, timestamp
 * with offset `+00:00`, media with a proxy URL; unknown members are gone.
 * https://discord.com/developers/docs/resources/message#embed-object
 */
export function normalizeEmbed(embed: JsonObject, attachments: readonly Attachment[]): JsonObject {
  const timestamp = textOf(embed.timestamp);
  return withoutAbsent({
    type: 'rich',
    url: embed.url,
    title: trimmed(embed.title),
    description: trimmed(embed.description),
    color: embed.color,
    timestamp: timestamp === '' ? undefined : discordTimestamp(new Date(timestamp)),
    fields: Array.isArray(embed.fields) ? objectsOf(embed.fields).map(normalizeField) : undefined,
    author: normalizePart(embed.author, 'name', attachments),
    footer: normalizePart(embed.footer, 'text', attachments),
    image: normalizeImage(embed.image, attachments),
    thumbnail: normalizeImage(embed.thumbnail, attachments),
  });
}

/** A media URL with `attachment://name` replaced by the address of the uploaded file. */
export function resolveMediaUrl(url: string, attachments: readonly Attachment[]): string {
  const name = /^attachment:\/\/(.*)$/.exec(url)?.[1];
  return attachments.find(({ filename }) => filename === name)?.url ?? url;
}

/** The address under which Discord's image proxy would serve a URL. */
export function proxyUrlOf(url: string): string {
  if (url.startsWith('https://cdn.discordapp.com/')) {
    return url.replace('https://cdn.discordapp.com/', 'https://media.discordapp.net/');
  }
  return `https://images-ext-1.discordapp.net/external/${encodeURIComponent(url)}`;
}

/** An object without the members that are undefined or null. */
export function withoutAbsent(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined && value !== null),
  );
}

function normalizeField({ name, value, inline }: JsonObject): JsonObject {
  return { name: trimmed(name), value: trimmed(value), inline: inline === true };
}

function normalizePart(
  part: unknown,
  key: 'name' | 'text',
  attachments: readonly Attachment[],
): JsonObject | undefined {
  if (!isJsonObject(part) || trimmed(part[key]) === undefined) return undefined;
  const icon = resolveMediaUrl(textOf(part.icon_url), attachments);
  const icons = icon === '' ? {} : { icon_url: icon, proxy_icon_url: proxyUrlOf(icon) };
  const url = key === 'name' ? part.url : undefined;
  return withoutAbsent({ [key]: trimmed(part[key]), url, ...icons });
}

function normalizeImage(
  image: unknown,
  attachments: readonly Attachment[],
): JsonObject | undefined {
  if (!isJsonObject(image)) return undefined;
  const url = resolveMediaUrl(textOf(image.url), attachments);
  // Discord measures the image later; a fresh message has zeros.
  return url === ''
    ? undefined
    : { url, proxy_url: proxyUrlOf(url), width: 0, height: 0, flags: 0 };
}

function trimmed(value: unknown): string | undefined {
  return textOf(value).trim() || undefined;
}
