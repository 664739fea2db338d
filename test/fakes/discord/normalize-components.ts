import { isJsonObject, type JsonObject, objectsOf, textOf } from './json.ts';
import type { Attachment } from './message.ts';
import { proxyUrlOf, resolveMediaUrl, withoutAbsent } from './normalize-embed.ts';

const SEPARATOR = 14;
const CONTAINER = 17;
const MEDIA_HOLDERS = [11, 13];

/**
 * Components as Discord gives them back: each with a numeric `id` (its own, or the next free one
 * in the order of reading), media unfurled, nulls gone.
 * https://discord.com/developers/docs/components/reference#anatomy-of-a-component
 */
export function normalizeComponents(
  components: unknown,
  attachments: readonly Attachment[],
  makeId: () => string,
): readonly JsonObject[] {
  const taken = new Set<number>();
  collectIds(components, taken);
  let next = 0;
  const nextId = (): number => {
    do next += 1;
    while (taken.has(next));
    return next;
  };

  const unfurl = (media: JsonObject): JsonObject => {
    const url = resolveMediaUrl(textOf(media.url), attachments);
    const attachment = attachments.find((one) => one.url === url);
    return withoutAbsent({
      id: textOf(media.id) || makeId(),
      url,
      proxy_url: proxyUrlOf(url),
      attachment_id: attachment?.id,
    });
  };

  const normalize = (component: JsonObject): JsonObject => {
    const own = withoutAbsent(component);
    const id = typeof own.id === 'number' && own.id > 0 ? own.id : nextId();
    const result: JsonObject = { ...defaultsOf(component), ...own, id };
    if (Array.isArray(own.components)) result.components = objectsOf(own.components).map(normalize);
    if (isJsonObject(own.accessory)) result.accessory = normalize(own.accessory);
    if (Array.isArray(own.items)) result.items = objectsOf(own.items).map(normalizeItem);
    if (isJsonObject(own.media)) result.media = unfurl(own.media);
    if (isJsonObject(own.file)) result.file = unfurl(own.file);
    return result;
  };

  const normalizeItem = (item: JsonObject): JsonObject => ({
    description: null,
    spoiler: false,
    ...withoutAbsent(item),
    ...(isJsonObject(item.media) ? { media: unfurl(item.media) } : {}),
  });

  return objectsOf(components).map(normalize);
}

function defaultsOf({ type }: JsonObject): JsonObject {
  if (type === CONTAINER) return { accent_color: null, spoiler: false };
  if (type === SEPARATOR) return { divider: true, spacing: 1 };
  if (MEDIA_HOLDERS.includes(Number(type))) return { description: null, spoiler: false };
  return {};
}

function collectIds(value: unknown, into: Set<number>): void {
  for (const component of objectsOf(value)) {
    if (typeof component.id === 'number') into.add(component.id);
    collectIds(component.components, into);
    collectIds([component.accessory], into);
  }
}
