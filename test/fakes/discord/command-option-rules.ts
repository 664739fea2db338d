import type { Problem } from './errors.ts';
import { codePoints, isJsonObject, type JsonObject, numberOf, objectsOf, textOf } from './json.ts';

/** https://discord.com/developers/docs/reference#locales */
export const LOCALES: readonly string[] =
  'ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW'.split(
    ' ',
  );

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type */
export const optionTypes = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
} as const;

/** Where a problem is: the steps to its field. */
export type Path = readonly (string | number)[];

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LIMIT_NAME = 32;
const LIMIT_TEXT = 100;
const LIMIT_LIST = 25;
const CHOOSING: readonly number[] = [optionTypes.string, optionTypes.integer, optionTypes.number];

/** The name and description of a command or option, in every language. */
export function findTextProblems(
  node: JsonObject,
  path: Path,
  { isFreeName = false }: { readonly isFreeName?: boolean } = {},
): readonly Problem[] {
  const nameProblems = (value: unknown, at: Path): readonly Problem[] => {
    if (isFreeName) return findLengthProblems(value, at, LIMIT_NAME);
    const name = textOf(value);
    if (NAME.test(name) && name === name.toLowerCase()) return [];
    const message = 'Command name is invalid';
    return [{ path: at, code: 'APPLICATION_COMMAND_INVALID_NAME', message }];
  };
  const descriptionProblems = (value: unknown, at: Path): readonly Problem[] =>
    isFreeName ? [] : findLengthProblems(value, at, LIMIT_TEXT);
  return [
    ...nameProblems(node.name, [...path, 'name']),
    ...descriptionProblems(node.description, [...path, 'description']),
    ...findLocalizedProblems(node, path, 'name', nameProblems),
    ...findLocalizedProblems(node, path, 'description', descriptionProblems),
  ];
}

/** Options and everything inside them: order, names, mixing, choices, limits that fit the type. */
export function findOptionProblems(value: unknown, path: Path, depth = 0): readonly Problem[] {
  const options = objectsOf(value);
  if (options.length > LIMIT_LIST) return [tooLong(path, LIMIT_LIST)];
  const isBranch = ({ type }: JsonObject): boolean => type === 1 || type === 2;
  const problems: Problem[] = [];
  if (options.some(isBranch) && !options.every(isBranch)) {
    const code = 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID';
    const message = 'Sub-command and sub-command group option types are mutually exclusive';
    problems.push({ path, code, message: `${message} to all other types` });
  }
  const names = new Set<string>();
  let hasOptional = false;
  for (const [index, option] of options.entries()) {
    const at = [...path, index];
    if (names.has(textOf(option.name))) {
      const code = 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS';
      problems.push({ path: [...at, 'name'], code, message: 'Option name already exists' });
    }
    names.add(textOf(option.name));
    if (option.required === true && hasOptional) {
      const code = 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID';
      const message = 'Required options must be placed before non-required options';
      problems.push({ path: at, code, message });
    }
    hasOptional ||= option.required !== true && !isBranch(option);
    problems.push(...findTextProblems(option, at), ...findOneProblems(option, at, depth));
  }
  return problems;
}

function findOneProblems(option: JsonObject, path: Path, depth: number): readonly Problem[] {
  const type = numberOf(option.type);
  if (type === optionTypes.subcommand || type === optionTypes.group) {
    const isTooDeep = type === optionTypes.group ? depth > 0 : depth > 1;
    if (isTooDeep) return [invalid([...path, 'type'], 'Sub-commands cannot be nested so deep')];
    return findOptionProblems(option.options, [...path, 'options'], depth + 1);
  }
  const isText = type === optionTypes.string;
  const isNumeric = type === optionTypes.integer || type === optionTypes.number;
  const foreign = [
    ...(isText ? [] : ['min_length', 'max_length']),
    ...(isNumeric ? [] : ['min_value', 'max_value']),
    ...(type === optionTypes.channel ? [] : ['channel_types']),
    ...(CHOOSING.includes(type) ? [] : ['choices', 'autocomplete']),
  ].filter((field) => option[field] != null && option[field] !== false);
  const choices = objectsOf(option.choices);
  const isTorn = option.autocomplete === true && choices.length > 0;
  const isCrossed = (low: unknown, high: unknown): boolean =>
    typeof low === 'number' && typeof high === 'number' && low > high;
  return [
    ...foreign.map((field) => invalid([...path, field], 'This option type has no such field')),
    ...(isTorn ? [invalid(path, 'autocomplete and choices are mutually exclusive')] : []),
    ...(isCrossed(option.min_length, option.max_length)
      ? [invalid([...path, 'min_length'], 'min_length must not exceed max_length')]
      : []),
    ...(isCrossed(option.min_value, option.max_value)
      ? [invalid([...path, 'min_value'], 'min_value must not exceed max_value')]
      : []),
    ...findChoiceProblems(choices, type, [...path, 'choices']),
  ];
}

/** Choices of an option, or of an answer to autocomplete: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure */
export function findChoiceProblems(
  choices: readonly JsonObject[],
  optionType: number,
  path: Path,
): readonly Problem[] {
  if (choices.length > LIMIT_LIST) return [tooLong(path, LIMIT_LIST)];
  const names = new Set<unknown>();
  return choices.flatMap((choice, index): readonly Problem[] => {
    const at = [...path, index];
    const isDoubled = names.has(choice.name);
    names.add(choice.name);
    return [
      ...findLengthProblems(choice.name, [...at, 'name'], LIMIT_TEXT),
      ...(isDoubled ? [invalid([...at, 'name'], 'Option choice names must be unique')] : []),
      ...findLocalizedProblems(choice, at, 'name', (text, where) =>
        findLengthProblems(text, where, LIMIT_TEXT),
      ),
      ...findValueProblems(choice.value, optionType, [...at, 'value']),
    ];
  });
}

function findValueProblems(value: unknown, type: number, path: Path): readonly Problem[] {
  if (type === optionTypes.string) {
    if (typeof value !== 'string') return [invalid(path, 'Value must be a string.')];
    return codePoints(value) > LIMIT_TEXT ? [tooLong(path, LIMIT_TEXT)] : [];
  }
  const isSound =
    type === optionTypes.integer ? Number.isInteger(value) : typeof value === 'number';
  return isSound ? [] : [invalid(path, 'Value must be a number of the kind of its option.')];
}

function findLocalizedProblems(
  node: JsonObject,
  path: Path,
  field: string,
  check: (text: unknown, at: Path) => readonly Problem[],
): readonly Problem[] {
  const localized = node[`${field}_localizations`];
  if (!isJsonObject(localized)) return [];
  return Object.entries(localized).flatMap(([locale, text]) => {
    const at = [...path, `${field}_localizations`, locale];
    if (LOCALES.includes(locale)) return check(text, at);
    return [{ path: at, code: 'BASE_TYPE_CHOICES', message: `Locale "${locale}" is not known.` }];
  });
}

function findLengthProblems(value: unknown, path: Path, limit: number): readonly Problem[] {
  const length = codePoints(textOf(value));
  if (length >= 1 && length <= limit) return [];
  const message = `Must be between 1 and ${limit} in length.`;
  return [{ path, code: 'BASE_TYPE_BAD_LENGTH', message }];
}

function tooLong(path: Path, limit: number): Problem {
  return { path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${limit} or fewer in length.` };
}

function invalid(path: Path, message: string): Problem {
  return { path, code: 'APPLICATION_COMMAND_OPTIONS_INVALID', message };
}
