import { findOptionProblems, findTextProblems, type Path } from './command-option-rules.ts';
import type { Problem } from './errors.ts';
import { codePoints, isJsonObject, type JsonObject, numberOf, objectsOf, textOf } from './json.ts';

/** https://discord.com/developers/docs/interactions/application-commands */
export const commandLimits = {
  chatInput: 100,
  user: 15,
  message: 15,
  createsADay: 200,
  /** Names, descriptions and values of a command with its options and choices. */
  characters: 8_000,
} as const;

const CHAT_INPUT = 1;

/** What Discord refuses in one command and its spec lets pass; sizes that the spec knows as well. */
export function findCommandProblems(command: JsonObject, path: Path = []): readonly Problem[] {
  const type = numberOf(command.type) || CHAT_INPUT;
  const isChatInput = type === CHAT_INPUT;
  const texts = isChatInput
    ? findTextProblems(command, path)
    : findTextProblems({ ...command, description: undefined }, path, { isFreeName: true });
  return [
    ...texts,
    ...(isChatInput
      ? findOptionProblems(command.options, [...path, 'options'])
      : findMenuProblems(command, path)),
    ...findSizeProblems(command, path),
  ];
}

/** The problems of a whole list that replaces all commands: each one's, and doubled names. */
export function findListProblems(commands: readonly JsonObject[]): readonly Problem[] {
  const seen = new Set<string>();
  const doubled = commands.flatMap((command, index): readonly Problem[] => {
    const key = `${numberOf(command.type) || CHAT_INPUT} ${textOf(command.name)}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const code = 'APPLICATION_COMMANDS_DUPLICATE_NAME';
    return [{ path: [index, 'name'], code, message: 'Application command names must be unique' }];
  });
  return [
    ...commands.flatMap((command, index) => findCommandProblems(command, [index])),
    ...doubled,
  ];
}

/** Characters as Discord counts them: of each text the longest of its localizations. */
export function measureCommand(node: JsonObject): number {
  const longest = (field: string): number => {
    const localized = node[`${field}_localizations`];
    const others = isJsonObject(localized) ? Object.values(localized) : [];
    return Math.max(...[node[field], ...others].map((one) => codePoints(textOf(one))));
  };
  const inside = [...objectsOf(node.options), ...objectsOf(node.choices)];
  const own = longest('name') + longest('description') + codePoints(textOf(node.value));
  return inside.reduce((sum, one) => sum + measureCommand(one), own);
}

/** User and message commands have a name alone. */
function findMenuProblems(command: JsonObject, path: Path): readonly Problem[] {
  const problems: Problem[] = [];
  if (textOf(command.description) !== '') {
    const code = 'APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED';
    const message = 'Context menu commands cannot have description';
    problems.push({ path: [...path, 'description'], code, message });
  }
  if (objectsOf(command.options).length > 0) {
    const code = 'APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED';
    const message = 'Context menu commands cannot have options';
    problems.push({ path: [...path, 'options'], code, message });
  }
  return problems;
}

function findSizeProblems(command: JsonObject, path: Path): readonly Problem[] {
  if (measureCommand(command) <= commandLimits.characters) return [];
  const code = 'APPLICATION_COMMAND_TOO_LARGE';
  return [{ path, code, message: `Command exceeds maximum size (${commandLimits.characters})` }];
}
