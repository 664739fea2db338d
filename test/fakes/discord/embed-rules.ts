import type { Problem } from './errors.ts';
import { codePoints, isJsonObject, type JsonObject, objectsOf, textOf } from './json.ts';
import { findUrlProblems } from './url-rules.ts';

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export const embedLimits = {
  embeds: 10,
  title: 256,
  description: 4_096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1_024,
  footerText: 2_048,
  authorName: 256,
  url: 2_048,
  color: 0xffffff,
  total: 6_000,
} as const;

type Path = readonly (string | number)[];

/** What Discord refuses in a list of embeds, each alone and all together. */
export function findEmbedProblems(embeds: unknown): readonly Problem[] {
  if (embeds === undefined || embeds === null) return [];
  if (!Array.isArray(embeds)) {
    return [notAList(['embeds'])];
  }
  if (embeds.length > embedLimits.embeds) return [tooLong(['embeds'], embedLimits.embeds)];
  const problems = embeds.flatMap((embed, index) =>
    isJsonObject(embed) ? findOneEmbedProblems(embed, ['embeds', index]) : [notADict(index)],
  );
  const total = objectsOf(embeds).reduce((sum, embed) => sum + measureEmbed(embed), 0);
  if (total <= embedLimits.total) return problems;
  const message = `Embed size exceeds maximum size of ${embedLimits.total}`;
  return [...problems, { path: ['embeds'], code: 'MAX_EMBED_SIZE_EXCEEDED', message }];
}

/** The code points of an embed that count towards the 6000. */
export function measureEmbed(embed: JsonObject): number {
  const parts = [
    embed.title,
    embed.description,
    memberOf(embed.footer, 'text'),
    memberOf(embed.author, 'name'),
    ...objectsOf(embed.fields).flatMap(({ name, value }) => [name, value]),
  ];
  return parts.reduce<number>((sum, part) => sum + codePoints(textOf(part).trim()), 0);
}

function findOneEmbedProblems(embed: JsonObject, path: Path): readonly Problem[] {
  const fields = embed.fields ?? [];
  return [
    ...findTextProblems(embed.title, [...path, 'title'], embedLimits.title),
    ...findTextProblems(embed.description, [...path, 'description'], embedLimits.description),
    ...findPartProblems(embed.footer, [...path, 'footer'], 'text', embedLimits.footerText),
    ...findPartProblems(embed.author, [...path, 'author'], 'name', embedLimits.authorName),
    ...(Array.isArray(fields) ? findFieldProblems(fields, path) : [notAList([...path, 'fields'])]),
    ...findEmbedUrlProblems(embed, path),
    ...findColorProblems(embed.color, [...path, 'color']),
    ...findTimestampProblems(embed.timestamp, [...path, 'timestamp']),
    ...(isShown(embed) ? [] : [required([...path, 'description'])]),
  ];
}

function findFieldProblems(fields: readonly unknown[], path: Path): readonly Problem[] {
  if (fields.length > embedLimits.fields) return [tooLong([...path, 'fields'], embedLimits.fields)];
  return fields.flatMap((field, index) => {
    const at = [...path, 'fields', index];
    const { name, value } = isJsonObject(field) ? field : { name: undefined, value: undefined };
    return [
      ...findNeededTextProblems(name, [...at, 'name'], embedLimits.fieldName),
      ...findNeededTextProblems(value, [...at, 'value'], embedLimits.fieldValue),
    ];
  });
}

function findPartProblems(
  part: unknown,
  path: Path,
  key: string,
  limit: number,
): readonly Problem[] {
  if (!isJsonObject(part)) return [];
  return findTextProblems(part[key], [...path, key], limit);
}

function findEmbedUrlProblems(embed: JsonObject, path: Path): readonly Problem[] {
  const link = { limit: embedLimits.url };
  const media = { limit: embedLimits.url, allowsAttachment: true };
  return [
    ...findUrlProblems(embed.url, [...path, 'url'], link),
    ...findUrlProblems(memberOf(embed.author, 'url'), [...path, 'author', 'url'], link),
    ...findUrlProblems(memberOf(embed.author, 'icon_url'), [...path, 'author', 'icon_url'], media),
    ...findUrlProblems(memberOf(embed.footer, 'icon_url'), [...path, 'footer', 'icon_url'], media),
    ...findUrlProblems(memberOf(embed.image, 'url'), [...path, 'image', 'url'], media),
    ...findUrlProblems(memberOf(embed.thumbnail, 'url'), [...path, 'thumbnail', 'url'], media),
  ];
}

function findColorProblems(color: unknown, path: Path): readonly Problem[] {
  if (color === undefined || color === null) return [];
  if (typeof color !== 'number' || !Number.isInteger(color)) {
    return [{ path, code: 'NUMBER_TYPE_COERCE', message: `Value "${color}" is not int.` }];
  }
  if (color >= 0 && color <= embedLimits.color) return [];
  const message = `int value should be between 0 and ${embedLimits.color}.`;
  return [{ path, code: color < 0 ? 'NUMBER_TYPE_MIN' : 'NUMBER_TYPE_MAX', message }];
}

function findTimestampProblems(timestamp: unknown, path: Path): readonly Problem[] {
  if (timestamp === undefined || timestamp === null) return [];
  if (
    /^\d{4}-\d{2}-\d{2}/.test(textOf(timestamp)) &&
    !Number.isNaN(Date.parse(textOf(timestamp)))
  ) {
    return [];
  }
  const message = `Could not parse ${timestamp}. Should be ISO8601.`;
  return [{ path, code: 'DATETIME_TYPE_PARSE', message }];
}

function findNeededTextProblems(value: unknown, path: Path, limit: number): readonly Problem[] {
  return textOf(value).trim() === '' ? [required(path)] : findTextProblems(value, path, limit);
}

function findTextProblems(value: unknown, path: Path, limit: number): readonly Problem[] {
  return codePoints(textOf(value).trim()) > limit ? [tooLong(path, limit)] : [];
}

/** A colour or a timestamp alone is no embed: Discord then asks for a description. */
function isShown(embed: JsonObject): boolean {
  if (measureEmbed(embed) > 0) return true;
  return textOf(memberOf(embed.image, 'url')) + textOf(memberOf(embed.thumbnail, 'url')) !== '';
}

function memberOf(part: unknown, key: string): unknown {
  return isJsonObject(part) ? part[key] : undefined;
}

function tooLong(path: Path, limit: number): Problem {
  return { path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${limit} or fewer in length.` };
}

function required(path: Path): Problem {
  return { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
}

function notAList(path: Path): Problem {
  return { path, code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' };
}

function notADict(index: number): Problem {
  const message = 'Only dictionaries may be used in a DictType';
  return { path: ['embeds', index], code: 'DICT_TYPE_CONVERT', message };
}
