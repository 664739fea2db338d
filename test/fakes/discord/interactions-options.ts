import { optionTypes } from './command-option-rules.ts';
import type { StoredCommand } from './command-store.ts';
import { describeChannel } from './describe-channel.ts';
import { makeRole } from './gateway-events.ts';
import { makeMember, type Scene } from './interactions-situation.ts';
import { codePoints, type JsonObject, numberOf, objectsOf, textOf } from './json.ts';
import { makeUser } from './message.ts';
import type { World } from './world.ts';

/** What a member fills in, by option name; users, channels and roles as ids. */
export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/** `data.options` of an interaction, and the objects behind its ids. */
export type FilledOptions = {
  readonly options: readonly JsonObject[];
  readonly resolved: JsonObject;
  /** The type of the option in which the cursor stands. */
  readonly focusedType: number | undefined;
};

/**
 * Fills in a command's options as Discord's client lets a member do it. `path` are the names of
 * subcommand group and subcommand. With `focused`, an autocomplete: nothing is required yet, and
 * that option's value may be anything. Throws when the client would not send it.
 */
export function fillOptions(
  world: World,
  scene: Scene,
  command: StoredCommand,
  asked: {
    readonly path: readonly string[];
    readonly values: OptionValues;
    readonly focused?: string;
  },
): FilledOptions {
  const branch = asked.path.reduce<JsonObject>((node, name) => {
    const found = objectsOf(node.options).find((one) => one.name === name);
    if (found === undefined) throw new Error(`Cannot use /${command.name} as it has no "${name}"`);
    return found;
  }, command);
  const known = objectsOf(branch.options);
  const needsPath = known.find(({ type }) => type === 1 || type === 2);
  if (needsPath) throw new Error(`Cannot use /${command.name} as it needs a subcommand`);
  for (const name of [...Object.keys(asked.values), ...(asked.focused ? [asked.focused] : [])]) {
    if (!known.some((one) => one.name === name)) {
      throw new Error(`Cannot fill in "${name}" as /${command.name} has no such option`);
    }
  }

  const resolved: JsonObject = {};
  const filled = known.flatMap((option): readonly JsonObject[] => {
    const name = textOf(option.name);
    const value = asked.values[name];
    const type = numberOf(option.type);
    if (name === asked.focused) {
      if (option.autocomplete !== true) {
        throw new Error(`Cannot complete "${name}" as its option has no autocomplete`);
      }
      return [{ name, type, value: String(value ?? ''), focused: true }];
    }
    if (value === undefined) {
      if (option.required === true && asked.focused === undefined) {
        throw new Error(`Cannot use /${command.name} as "${name}" is required`);
      }
      return [];
    }
    const problem = findValueProblem(option, value);
    if (problem !== undefined) throw new Error(`Cannot fill in "${name}" as ${problem}: ${value}`);
    resolve(world, scene, type, String(value), resolved);
    return [{ name, type, value }];
  });

  const options = asked.path.reduceRight<readonly JsonObject[]>((inside, name, index) => {
    const isGroup = index === 0 && asked.path.length === 2;
    return [{ name, type: isGroup ? optionTypes.group : optionTypes.subcommand, options: inside }];
  }, filled);
  const focused = known.find(({ name }) => name === asked.focused);
  return { options, resolved, focusedType: focused && numberOf(focused.type) };
}

/** Why a client would not take a value, or nothing. */
function findValueProblem(
  option: JsonObject,
  value: string | number | boolean,
): string | undefined {
  const type = numberOf(option.type);
  const choices = objectsOf(option.choices);
  const { min_length, max_length, min_value, max_value } = option;
  if (type === optionTypes.boolean) return typeof value === 'boolean' ? undefined : 'it is boolean';
  if (type === optionTypes.integer || type === optionTypes.number) {
    if (typeof value !== 'number') return 'it is a number';
    if (type === optionTypes.integer && !Number.isInteger(value)) return 'it is an integer';
    if (typeof min_value === 'number' && value < min_value) return `the least is ${min_value}`;
    if (typeof max_value === 'number' && value > max_value) return `the most is ${max_value}`;
  } else if (typeof value !== 'string') return 'it is text';
  else if (type === optionTypes.string) {
    const length = codePoints(value);
    if (length === 0) return 'it is empty';
    if (typeof min_length === 'number' && length < min_length) return `min_length is ${min_length}`;
    if (length > (numberOf(max_length) || 6_000)) return `max_length is ${max_length ?? 6_000}`;
  } else if (!/^\d{17,19}$/.test(value)) return 'it is an id';
  if (choices.length > 0 && !choices.some((one) => one.value === value)) return 'it is no choice';
  return undefined;
}

/** Puts the object behind an id into `resolved`. */
function resolve(
  { store }: World,
  { guildId }: Scene,
  type: number,
  id: string,
  into: JsonObject,
): void {
  const put = (kind: string, object: JsonObject): void => {
    into[kind] = { ...(into[kind] as JsonObject | undefined), [id]: object };
  };
  if (type === optionTypes.channel) {
    const channel = store.findChannel(id);
    if (channel === undefined) throw new Error(`Cannot choose a channel that is not there: ${id}`);
    put('channels', { ...describeChannel(channel, store.guildId), permissions: '2147483647' });
  } else if (type === optionTypes.role) put('roles', makeRole(id, `role-${id}`));
  else if (type === optionTypes.user || type === optionTypes.mentionable) {
    const user = makeUser(id, `user-${id}`, false);
    put('users', { ...user });
    if (guildId === undefined) return;
    const { user: _, deaf, mute, ...member } = makeMember(user, guildId, 0n);
    put('members', member);
  }
}
