import { isJsonObject, type JsonObject, numberOf, objectsOf, textOf } from './json.ts';

const ONE_DAY_MS = 86_400_000;
const CHAT_INPUT = 1;

/** Where commands are registered: everywhere, or in one guild (its id). */
export type Scope = 'global' | (string & {});

/** A command as Discord keeps it; `id`, `version` and the fields of its definition. */
export type StoredCommand = JsonObject & { readonly id: string; readonly name: string };

/** The commands of the application, and how many were made today. */
export type CommandStore = {
  list(scope: Scope): readonly StoredCommand[];
  find(scope: Scope, id: string): StoredCommand | undefined;
  findNamed(scope: Scope, type: number, name: string): StoredCommand | undefined;
  /** Makes a command, or changes the one of that id; an unchanged one keeps its version. */
  put(scope: Scope, definition: JsonObject, applicationId: string, id?: string): StoredCommand;
  remove(scope: Scope, id: string): void;
  /** Commands made in the last 24 hours. */
  createsToday(scope: Scope): number;
};

/** No commands yet. */
export function makeCommandStore(makeId: () => string, now: () => Date): CommandStore {
  const scopes = new Map<Scope, Map<string, StoredCommand>>();
  const creates = new Map<Scope, number[]>();
  const of = (scope: Scope): Map<string, StoredCommand> => {
    const known = scopes.get(scope) ?? new Map<string, StoredCommand>();
    scopes.set(scope, known);
    return known;
  };

  return {
    list: (scope) => [...of(scope).values()],
    find: (scope, id) => of(scope).get(id),
    findNamed: (scope, type, name) =>
      [...of(scope).values()].find((one) => one.type === type && one.name === name),
    put(scope, definition, applicationId, id) {
      const body = describeDefinition(definition, scope);
      const old = of(scope).get(id ?? '');
      if (old === undefined) {
        creates.set(scope, [...(creates.get(scope) ?? []), now().getTime()]);
      }
      const { id: _, version, ...before } = old ?? { id: undefined, version: undefined };
      const after = { application_id: applicationId, ...body, name: textOf(definition.name) };
      const isSame = JSON.stringify(before) === JSON.stringify(after);
      const command = {
        id: old?.id ?? makeId(),
        version: isSame && typeof version === 'string' ? version : makeId(),
        ...after,
      };
      of(scope).set(command.id, command);
      return command;
    },
    remove: (scope, id) => void of(scope).delete(id),
    createsToday: (scope) =>
      (creates.get(scope) ?? []).filter((at) => now().getTime() - at < ONE_DAY_MS).length,
  };
}

/** A definition with Discord's defaults, and without fields that Discord does not know. */
function describeDefinition(definition: JsonObject, scope: Scope): JsonObject {
  const type = numberOf(definition.type) || CHAT_INPUT;
  const permissions = definition.default_member_permissions;
  const options = objectsOf(definition.options).map(describeOption);
  const own: JsonObject = {
    type,
    name: textOf(definition.name),
    name_localizations: definition.name_localizations ?? null,
    description: textOf(definition.description),
    description_localizations: definition.description_localizations ?? null,
    default_member_permissions: permissions == null ? null : String(permissions),
    nsfw: definition.nsfw === true,
    ...(options.length > 0 ? { options } : {}),
  };
  if (scope !== 'global') return { ...own, guild_id: scope };
  const integrations = definition.integration_types ?? [0];
  return {
    ...own,
    contexts: sorted(definition.contexts) ?? null,
    integration_types: sorted(integrations),
    dm_permission: definition.dm_permission !== false,
  };
}

/** Discord leaves out what is false or absent. */
function describeOption(option: JsonObject): JsonObject {
  const kept: JsonObject = {
    type: option.type,
    name: option.name,
    name_localizations: option.name_localizations ?? null,
    description: option.description,
    description_localizations: option.description_localizations ?? null,
  };
  for (const flag of ['required', 'autocomplete']) if (option[flag] === true) kept[flag] = true;
  for (const field of ['min_value', 'max_value', 'min_length', 'max_length', 'channel_types']) {
    if (option[field] != null) kept[field] = option[field];
  }
  const choices = objectsOf(option.choices).map(({ name, name_localizations = null, value }) => ({
    name,
    name_localizations,
    value,
  }));
  if (choices.length > 0) kept.choices = choices;
  const inside = objectsOf(option.options).map(describeOption);
  if (inside.length > 0) kept.options = inside;
  return kept;
}

/** A command as a list shows it without `with_localizations`. */
export function withoutLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocalizations);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !key.endsWith('_localizations'));
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutLocalizations(member)]));
}

function sorted(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) ? value.map(Number).sort((a, b) => a - b) : undefined;
}
