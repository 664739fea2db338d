import { describeError } from '../kit/errors.ts';
import { readDiscordError } from '../publishers/discord-errors.ts';
import type { DiscordRest } from '../publishers/discord-rest.ts';
import { readChannelRights } from '../publishers/discord-rights.ts';
import { doubt, fault, type Seen, well } from './check.ts';
import { nameChannel, tellMissing, tellUnreachable } from './check-discord.ts';

export type EditorParts = {
  readonly guildId: string;
  readonly channelId: string;
  readonly roles: readonly string[];
  readonly users: readonly string[];
  /** The names of the commands that editors have. */
  readonly commands: readonly string[];
};

type Rest = Pick<DiscordRest, 'get' | 'readBotId'>;
/** What an answer says that is used here. */
type Named = { readonly id: string; readonly name: string };
type Asked<T> =
  | { readonly kind: 'there'; readonly value: T }
  | { readonly kind: 'missing'; readonly said: string }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

/** Whether the editors can be asked, and are who they should be. */
export async function checkEditors(
  rest: Rest,
  parts: EditorParts,
  signal: AbortSignal,
  now: Date,
): Promise<Seen[]> {
  const { guildId } = parts;
  const guild = await ask<Named & { readonly roles: readonly Named[] }>(
    rest,
    `/guilds/${guildId}`,
    signal,
  );
  if (guild.kind === 'unavailable') return [tellUnreachable('editors', guild.cause)];
  if (guild.kind === 'missing') {
    return [
      fault(
        'doctor.editors-server',
        `editors: the bot is in no server ${guildId}: ${guild.said}`,
        'Set editors.guild in paperboy.yaml to the id of their server, and invite the bot there: paperboy connect discord',
      ),
    ];
  }
  const known = { ...parts, guild: guild.value };
  const [channel, users, commands] = await Promise.all([
    checkAskingChannel(rest, known, signal, now),
    checkUsers(rest, known, signal),
    checkCommands(rest, known, signal),
  ]);
  return [...channel, ...checkRoles(known), ...users, ...commands];
}

type KnownEditors = EditorParts & { readonly guild: Named & { readonly roles: readonly Named[] } };

async function checkAskingChannel(
  rest: Rest,
  { channelId, guildId, guild }: KnownEditors,
  signal: AbortSignal,
  now: Date,
): Promise<Seen[]> {
  const remedy = 'Set editors.channel in paperboy.yaml to the id of a text channel of that server';
  const rights = await readChannelRights(rest, channelId, signal, now);
  if (rights.kind === 'unavailable') return [tellUnreachable('editors', rights.cause)];
  if (rights.kind === 'refused') {
    return [fault('doctor.editors-channel', `editors: ${rights.reason}`, remedy)];
  }
  if (
    rights.channel.guild?.id !== guildId ||
    !/^(?:text|thread|announcement)$/.test(rights.channel.kind)
  ) {
    const said = `editors: ${nameChannel(rights)} is no text channel of ${guild.name}`;
    return [fault('doctor.editors-channel', said, remedy)];
  }
  const missing = tellMissing('editors', rights);
  if (missing.length > 0) return missing;
  return [well('doctor.editors-channel', `editors are asked in ${nameChannel(rights)}`)];
}

function checkRoles({ roles, guild }: KnownEditors): Seen[] {
  return roles.map((id) => {
    const role = guild.roles.find((one) => one.id === id);
    if (role !== undefined)
      return well('doctor.editors-role', `editors: who has the role ${role.name}`);
    return fault(
      'doctor.editors-role',
      `editors: ${guild.name} has no role ${id}`,
      'Take it out of editors.roles in paperboy.yaml, or set it to the id of a role (Copy Role ID in Discord)',
    );
  });
}

async function checkUsers(
  rest: Rest,
  { users, guildId, guild }: KnownEditors,
  signal: AbortSignal,
): Promise<Seen[]> {
  return Promise.all(
    users.map(async (id) => {
      const member = await ask<{ readonly user?: { readonly username?: string } }>(
        rest,
        `/guilds/${guildId}/members/${id}`,
        signal,
      );
      if (member.kind === 'unavailable') return tellUnreachable('editors', member.cause);
      if (member.kind === 'there') {
        const name = member.value.user?.username ?? id;
        return well('doctor.editors-user', `editors: ${name}, a member of ${guild.name}`);
      }
      return fault(
        'doctor.editors-user',
        `editors: ${id} is no member of ${guild.name}`,
        'Invite them there, or take them out of editors.users in paperboy.yaml',
      );
    }),
  );
}

async function checkCommands(
  rest: Rest,
  { guildId, guild, commands }: KnownEditors,
  signal: AbortSignal,
): Promise<Seen[]> {
  const application = await ask<{ readonly id: string }>(rest, '/applications/@me', signal);
  if (application.kind !== 'there') return [];
  const listed = await ask<readonly Named[]>(
    rest,
    `/applications/${application.value.id}/guilds/${guildId}/commands`,
    signal,
  );
  if (listed.kind === 'unavailable') return [tellUnreachable('editors', listed.cause)];
  if (listed.kind === 'missing') {
    return [
      fault(
        'doctor.editors-commands',
        `editors: the bot may have no commands in ${guild.name}: ${listed.said}`,
        'Invite the bot there anew, with the scopes bot and applications.commands: paperboy connect discord',
      ),
    ];
  }
  const absent = commands.filter((name) => !listed.value.some((one) => one.name === name));
  if (absent.length === 0) {
    const said = `editors: ${commands.length} commands are registered in ${guild.name}`;
    return [well('doctor.editors-commands', said)];
  }
  const said = `editors: ${absent.map((name) => `/${name}`).join(', ')} are not registered in ${guild.name}`;
  return [doubt('doctor.editors-commands', said, 'They are when Paperboy runs: paperboy start')];
}

async function ask<T>(rest: Rest, path: `/${string}`, signal: AbortSignal): Promise<Asked<T>> {
  try {
    return { kind: 'there', value: await rest.get<T>(path, signal) };
  } catch (error) {
    const read = readDiscordError(error, { channelId: '' });
    if (read.kind === 'refused') return { kind: 'missing', said: describeError(error) };
    return { kind: 'unavailable', cause: read.cause };
  }
}
