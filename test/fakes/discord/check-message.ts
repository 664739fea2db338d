import type { ParsedBody, Upload } from './body.ts';
import { type Problem, refusals } from './errors.ts';
import { type JsonObject, objectsOf, stringsOf, textOf } from './json.ts';
import type { StoredMessage } from './message.ts';
import { findMessageProblems, isEmptyMessage, isV2Flagged } from './rules.ts';
import type { Spec } from './spec.ts';
import { refuseProblems } from './world.ts';

/**
 * Throws when a body is no message: 50035 with what the hand rules and the spec find, 50006 when
 * it is empty. `at` is where the message stands in the body of the request.
 */
export function checkNewMessage(
  { json, files }: ParsedBody,
  bySpec: readonly Problem[],
  at: readonly string[] = [],
): void {
  const context = { isV2: isV2Flagged(json.flags), fileNames: fileNamesOf(json, files) };
  const byHand = findMessageProblems(json, context);
  refuseProblems(
    byHand.map((one) => ({ ...one, path: [...at, ...one.path] })),
    bySpec,
  );
  const isEmpty = isEmptyMessage({
    content: String(json.content ?? ''),
    embeds: objectsOf(json.embeds),
    components: objectsOf(json.components),
    attachments: files,
    others: json.poll != null || stringsOf(json.sticker_ids).length > 0,
  });
  if (isEmpty) throw refusals.emptyMessage();
}

/**
 * Throws when an edit would break the message that it makes of an old one: the same rules over the
 * outcome, and Components V2 is never taken off again.
 */
export function checkEdit(
  old: StoredMessage,
  edited: StoredMessage,
  { json, files }: ParsedBody,
  spec: Spec | undefined,
): void {
  const wasV2 = isV2Flagged(old.flags);
  const isV2 = wasV2 || isV2Flagged(json.flags);
  const kept = old.attachments.map(({ filename }) => filename);
  const context = { isV2, fileNames: [...kept, ...fileNamesOf(json, files)] };
  const leftOver = { content: edited.content, embeds: edited.embeds };
  const isFlagLost = wasV2 && typeof json.flags === 'number' && !isV2Flagged(json.flags);
  refuseProblems(
    [...findMessageProblems(json, context), ...(isFlagLost ? [flagLost] : [])],
    [
      ...findMessageProblems(leftOver, context),
      ...(spec?.check('MessageEditRequestPartial', json) ?? []),
    ],
  );
  if (isEmptyMessage(edited)) throw refusals.emptyMessage();
}

/** https://discord.com/developers/docs/resources/message#edit-message, `flags` */
const flagLost: Problem = {
  path: ['flags'],
  code: 'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG',
  message: 'The IS_COMPONENTS_V2 flag cannot be removed from a message',
};

function fileNamesOf(json: JsonObject, files: readonly Upload[]): readonly string[] {
  const renamed = objectsOf(json.attachments).map(({ filename }) => textOf(filename));
  return [...files.map(({ filename }) => filename), ...renamed];
}
