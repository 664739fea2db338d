import { inputsOf } from './interactions-rules.ts';
import { codePoints, isJsonObject, type JsonObject, numberOf, objectsOf, textOf } from './json.ts';

const LABEL = 18;
const ROW = 1;

/** The data of a modal submit: each field with its value; throws when the client would not send it. */
export function fillModal(modal: JsonObject, fields: Readonly<Record<string, string>>): JsonObject {
  const inputs = inputsOf(modal).map(({ input }) => input);
  const strange = Object.keys(fields).find((id) => !inputs.some((one) => one.custom_id === id));
  if (strange !== undefined)
    throw new Error(`Cannot fill in "${strange}": the modal has no such field`);
  const fill = (input: JsonObject): JsonObject => {
    const id = textOf(input.custom_id);
    const value = fields[id] ?? textOf(input.value);
    const length = codePoints(value);
    const isShort = length < numberOf(input.min_length) && length > 0;
    const isMissing = length === 0 && input.required !== false;
    if (isMissing || isShort || length > (numberOf(input.max_length) || 4_000)) {
      throw new Error(`Cannot send the modal as "${id}" has ${length} characters`);
    }
    return { type: input.type, id: input.id ?? 1, custom_id: id, value };
  };
  const components = objectsOf(modal.components).flatMap((outer): readonly JsonObject[] => {
    if (outer.type === LABEL && isJsonObject(outer.component)) {
      return [{ type: LABEL, id: outer.id ?? 1, component: fill(outer.component) }];
    }
    return outer.type === ROW
      ? [{ type: ROW, id: outer.id ?? 1, components: objectsOf(outer.components).map(fill) }]
      : [];
  });
  return { custom_id: modal.custom_id, components };
}
