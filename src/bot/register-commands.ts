import { type Client, Routes } from 'discord.js';
import type { Command } from '../../commands/command.ts';

/**
 * Makes Discord's list of the commands equal to ours. Tells whether it had to be written: an
 * unchanged list is left alone, as every writing makes all of Discord's clients fetch it anew.
 */
export async function registerCommands(
  rest: Pick<Client['rest'], 'get' | 'put'>,
  applicationId: string,
  commands: readonly Pick<Command, 'definition'>[],
  /** Registers them in this server alone. */
  guildId?: string,
): Promise<'changed' | 'unchanged'> {
  const route =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const known = await rest.get(route, { query });
  const wanted = commands.map(({ definition }) => definition);
  const write = (list: unknown): string => writeList(guildId === undefined ? list : strip(list));
  if (write(known) === write(wanted)) return 'unchanged';
  await rest.put(route, { body: wanted });
  return 'changed';
}

/** What Discord takes for absent, by field: it is written as if it were absent. */
const DEFAULTS: Readonly<Record<string, readonly unknown[]>> = {
  name_localizations: [null],
  description_localizations: [null],
  description: [''],
  default_member_permissions: [null],
  dm_permission: [true],
  default_permission: [true],
  nsfw: [false],
  required: [false],
  autocomplete: [false],
  contexts: [null],
  handler: [null, 1],
};
/** Given by Discord, and no part of a definition. */
const GIVEN = [
  'id',
  'application_id',
  'version',
  'guild_id',
  'name_localized',
  'description_localized',
];
/** Their order means nothing. */
const SETS = ['integration_types', 'contexts', 'channel_types'];

/** Of a server’s commands, Discord does not give back where they can be used. */
function strip(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((one: object) => ({ ...one, contexts: null, integration_types: undefined }));
}

/** A list of commands as text, in a form that is the same for what means the same. */
function writeList(list: unknown): string {
  const commands = Array.isArray(list) ? list.map((one) => JSON.stringify(normalize(one))) : [];
  return commands.sort().join('\n');
}

function normalize(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) {
    const entries = value.map((entry) => normalize(entry));
    return SETS.includes(field) ? entries.sort() : entries;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !GIVEN.includes(key) && !isDefault(key, member))
      .map(([key, member]) => [key, normalize(member, key)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function isDefault(key: string, value: unknown): boolean {
  if (value === undefined || DEFAULTS[key]?.includes(value)) return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
