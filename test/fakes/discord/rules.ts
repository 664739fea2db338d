import { findComponentProblems } from './component-rules.ts';
import { findEmbedProblems } from './embed-rules.ts';
import type { Problem } from './errors.ts';
import {
  codePoints,
  isJsonObject,
  type JsonObject,
  numberOf,
  objectsOf,
  stringsOf,
} from './json.ts';

/** https://discord.com/developers/docs/resources/message#create-message */
export const LIMIT_CONTENT_CODE_POINTS = 2_000;
/** https://discord.com/developers/docs/resources/message#create-message, `nonce` */
export const LIMIT_NONCE_CHARACTERS = 25;
/** https://discord.com/developers/docs/resources/message#message-object-message-flags */
export const messageFlags = {
  crossposted: 1,
  suppressEmbeds: 1 << 2,
  suppressNotifications: 1 << 12,
  isComponentsV2: 1 << 15,
} as const;

/**
 * What Discord refuses in the body of a message and its OpenAPI schemas let pass: content over
 * 2000 code points, embeds over 6000 together, components counted with the nested ones, V2 mixed
 * with content or embeds, URLs that are not http(s). `isV2` and `fileNames` say what the message
 * is once the request is done. Sizes that the schemas do know are checked here as well, so that
 * the fake holds them without the spec.
 */
export function findMessageProblems(
  body: JsonObject,
  context: { readonly isV2: boolean; readonly fileNames: readonly string[] },
): readonly Problem[] {
  return [
    ...findContentProblems(body),
    ...findNonceProblems(body),
    ...findEmbedProblems(body.embeds),
    ...findComponentProblems(body.components, context),
    ...(context.isV2 ? findLegacyFields(body) : []),
    ...findMentionProblems(body.allowed_mentions),
  ];
}

/** Whether a message would show nothing (error 50006). */
export function isEmptyMessage(message: {
  readonly content: string;
  readonly embeds: readonly unknown[];
  readonly components: readonly unknown[];
  readonly attachments: readonly unknown[];
  readonly others?: boolean;
}): boolean {
  const { content, embeds, components, attachments, others } = message;
  if (others === true || content.trim() !== '') return false;
  return embeds.length + components.length + attachments.length === 0;
}

/** Whether the flags of a body ask for Components V2. */
export function isV2Flagged(flags: unknown): boolean {
  return (numberOf(flags) & messageFlags.isComponentsV2) !== 0;
}

function findContentProblems({ content }: JsonObject): readonly Problem[] {
  if (content === undefined || content === null) return [];
  // Discord takes a number for its digits; a list or an object is refused.
  if (typeof content === 'object') {
    return [
      { path: ['content'], code: 'STRING_TYPE_CONVERT', message: 'Could not interpret as string.' },
    ];
  }
  if (codePoints(String(content)) <= LIMIT_CONTENT_CODE_POINTS) return [];
  const message = `Must be ${LIMIT_CONTENT_CODE_POINTS} or fewer in length.`;
  return [{ path: ['content'], code: 'BASE_TYPE_MAX_LENGTH', message }];
}

function findNonceProblems({ nonce }: JsonObject): readonly Problem[] {
  if (nonce === undefined || nonce === null) return [];
  if (typeof nonce === 'number' && Number.isInteger(nonce)) return [];
  if (typeof nonce === 'string') {
    if (codePoints(nonce) <= LIMIT_NONCE_CHARACTERS) return [];
    const message = `Must be ${LIMIT_NONCE_CHARACTERS} or fewer in length.`;
    return [{ path: ['nonce'], code: 'BASE_TYPE_MAX_LENGTH', message }];
  }
  const message = 'Must be an integer or a string.';
  return [{ path: ['nonce'], code: 'NONCE_TYPE_INVALID', message }];
}

/** https://discord.com/developers/docs/components/reference#what-is-a-component */
function findLegacyFields(body: JsonObject): readonly Problem[] {
  const isUsed = {
    content: body.content !== undefined && body.content !== null && body.content !== '',
    embeds: objectsOf(body.embeds).length > 0,
    poll: isJsonObject(body.poll),
    sticker_ids: stringsOf(body.sticker_ids).length > 0,
  };
  return Object.entries(isUsed)
    .filter(([, used]) => used)
    .map(([field]) => ({
      path: [field],
      code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    }));
}

/** https://discord.com/developers/docs/resources/message#allowed-mentions-object */
function findMentionProblems(allowed: unknown): readonly Problem[] {
  if (!isJsonObject(allowed)) return [];
  const parse = stringsOf(allowed.parse);
  return ['users', 'roles']
    .filter((kind) => parse.includes(kind) && stringsOf(allowed[kind]).length > 0)
    .map((kind) => ({
      path: ['allowed_mentions'],
      code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
    }));
}
