import { flatten } from './component-rules.ts';
import { isJsonObject, type JsonObject, stringsOf, textOf } from './json.ts';

/** Whom a message pings. */
export type Mentions = {
  readonly everyone: boolean;
  readonly userIds: readonly string[];
  readonly roleIds: readonly string[];
};

/**
 * The pings of a message: what its text holds and `allowed_mentions` lets through; without
 * `allowed_mentions` everything pings
 * (https://discord.com/developers/docs/resources/message#allowed-mentions-object).
 * Text displays of Components V2 ping like content; embeds never do. Stricter than Discord in one
 * point: text inside code spans counts as well.
 */
export function findMentions(
  content: string,
  components: readonly unknown[],
  allowed: unknown,
): Mentions {
  const shown = components
    .flatMap((one) => flatten(one, []))
    .map(({ component }) => textOf(component.content));
  const text = [content, ...shown].join('\n');
  return {
    everyone: /@(everyone|here)\b/.test(text) && isParsed(allowed, 'everyone'),
    userIds: idsIn(text, /<@!?(\d{17,20})>/g).filter((id) => isAllowed(allowed, 'users', id)),
    roleIds: idsIn(text, /<@&(\d{17,20})>/g).filter((id) => isAllowed(allowed, 'roles', id)),
  };
}

function idsIn(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))];
}

function isAllowed(allowed: unknown, kind: 'users' | 'roles', id: string): boolean {
  return isParsed(allowed, kind) || stringsOf((allowed as JsonObject)[kind]).includes(id);
}

function isParsed(allowed: unknown, kind: string): boolean {
  return !isJsonObject(allowed) || stringsOf(allowed.parse).includes(kind);
}
