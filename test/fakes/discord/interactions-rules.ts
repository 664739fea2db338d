import { findChoiceProblems, type Path } from './command-option-rules.ts';
import { flatten } from './component-rules.ts';
import type { Problem } from './errors.ts';
import { callbackTypes, type Interaction, interactionTypes } from './interactions.ts';
import { codePoints, isJsonObject, type JsonObject, numberOf, objectsOf, textOf } from './json.ts';

const { command, component, autocomplete, modal } = interactionTypes;

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal */
export const modalLimits = { title: 45, customId: 100, components: 5, label: 45, text: 4_000 };

const ACTION_ROW = 1;
const TEXT_INPUT = 4;
const LABEL = 18;

/** Which interactions each callback answers. */
const answers: Readonly<Record<number, readonly number[]>> = {
  [callbackTypes.message]: [command, component, modal],
  [callbackTypes.deferredMessage]: [command, component, modal],
  [callbackTypes.deferredUpdate]: [component, modal],
  [callbackTypes.update]: [component, modal],
  [callbackTypes.choices]: [autocomplete],
  [callbackTypes.modal]: [command, component],
};

/** Whether a callback of that type answers that interaction; the problem when it does not. */
export function findTypeProblems(type: unknown, interaction: Interaction): readonly Problem[] {
  const kinds = answers[numberOf(type)];
  const path = ['type'];
  if (kinds === undefined) {
    const message = `Value must be one of (${Object.keys(answers).join(', ')}).`;
    return [{ path, code: 'BASE_TYPE_CHOICES', message }];
  }
  const isUpdate = type === callbackTypes.update || type === callbackTypes.deferredUpdate;
  // A modal may update a message only when a component of that message opened it.
  const hasSource = !isUpdate || interaction.sourceId !== undefined;
  if (kinds.includes(interaction.type) && hasSource) return [];
  const message = 'Interaction response type is not valid for this interaction';
  return [{ path, code: 'INTERACTION_CALLBACK_TYPE_INVALID', message }];
}

/** What is wrong with the choices that answer an autocomplete. */
export function findSuggestionProblems(
  data: JsonObject,
  { focusedType = 3 }: Interaction,
): readonly Problem[] {
  const path = ['data', 'choices'];
  if (!Array.isArray(data.choices)) return [required(path)];
  return findChoiceProblems(objectsOf(data.choices), focusedType, path);
}

/** What is wrong with a modal: https://discord.com/developers/docs/components/reference#text-input */
export function findModalProblems(data: JsonObject): readonly Problem[] {
  const path: Path = ['data', 'components'];
  const top = objectsOf(data.components);
  const inputs = inputsOf(data);
  const ids = inputs.map(({ input }) => textOf(input.custom_id));
  return [
    ...findLengthProblems(data.title, ['data', 'title'], modalLimits.title),
    ...findLengthProblems(data.custom_id, ['data', 'custom_id'], modalLimits.customId),
    ...(top.length >= 1 && top.length <= modalLimits.components
      ? []
      : [badLength(path, modalLimits.components)]),
    ...inputs.flatMap(({ input, label }, index) =>
      findInputProblems(input, label, [...path, index]),
    ),
    ...(new Set(ids).size === ids.length
      ? []
      : [
          {
            path,
            code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
            message: 'Component custom id cannot be duplicated',
          },
        ]),
  ];
}

/** The fields of a modal with their labels, in rows or in label components. */
export function inputsOf(
  data: JsonObject,
): readonly { readonly input: JsonObject; readonly label: unknown }[] {
  return objectsOf(data.components).flatMap((outer) => {
    if (outer.type === LABEL && isJsonObject(outer.component)) {
      return [{ input: outer.component, label: outer.label }];
    }
    if (outer.type !== ACTION_ROW) return [];
    return objectsOf(outer.components).map((input) => ({ input, label: input.label }));
  });
}

/** The component of a message with that custom id, wherever it is nested. */
export function findComponent(
  components: readonly unknown[],
  customId: string,
): JsonObject | undefined {
  return components
    .flatMap((one) => flatten(one, []))
    .map((placed) => placed.component)
    .find((one) => one.custom_id === customId);
}

function findInputProblems(input: JsonObject, label: unknown, path: Path): readonly Problem[] {
  const isText = input.type === TEXT_INPUT;
  const sizes = ['min_length', 'max_length'].filter(
    (field) => numberOf(input[field]) > modalLimits.text,
  );
  return [
    ...findLengthProblems(input.custom_id, [...path, 'custom_id'], modalLimits.customId),
    ...findLengthProblems(label, [...path, 'label'], modalLimits.label),
    ...(isText && codePoints(textOf(input.value)) > modalLimits.text
      ? [badLength([...path, 'value'], modalLimits.text)]
      : []),
    ...(isText && codePoints(textOf(input.placeholder)) > 100
      ? [badLength([...path, 'placeholder'], 100)]
      : []),
    ...sizes.map((field) => badLength([...path, field], modalLimits.text)),
  ];
}

function findLengthProblems(value: unknown, path: Path, limit: number): readonly Problem[] {
  const length = codePoints(textOf(value));
  return length >= 1 && length <= limit ? [] : [badLength(path, limit)];
}

function badLength(path: Path, limit: number): Problem {
  const message = `Must be between 1 and ${limit} in length.`;
  return { path, code: 'BASE_TYPE_BAD_LENGTH', message };
}

function required(path: Path): Problem {
  return { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
}
