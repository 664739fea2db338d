import { refusals } from './errors.ts';
import { makeUser } from './message.ts';
import { discordTimestamp } from './snowflakes.ts';
import type { Answer, GuildState, Route, RouteRequest, World } from './world.ts';

/** What a new server gives to everybody, among it to see, to read and to post. */
const EVERYONE = 0x0006_08c3_e41d_7e41n;
const OWNER_ID = '213456789012345678';

/** The server, and who is in it: https://discord.com/developers/docs/resources/guild */
export const guildRoutes: readonly Route[] = [
  { method: 'GET', path: '/guilds/:id', handle: getGuild },
  { method: 'GET', path: '/guilds/:id/members/:id', handle: getMember },
];

/** As a server is made; the bot's role gives nothing more than Manage Threads. */
export function makeGuildState(): GuildState {
  return { everyone: EVERYONE, botRole: 1n << 34n, timedOutUntil: undefined };
}

/** The ids of roles are made of the server's. */
export const botRoleOf = (guildId: string): string => String(BigInt(guildId) + 1n);
export const editorRoleOf = (guildId: string): string => String(BigInt(guildId) + 2n);

function getGuild({ store, guild }: World, { ids }: RouteRequest): Answer {
  const { guildId } = store;
  if (ids[0] !== guildId) throw refusals.unknownGuild();
  const role = (id: string, name: string, rights: bigint, managed = false) => ({
    id,
    name,
    permissions: String(rights),
    managed,
    position: 0,
    color: 0,
    hoist: false,
    mentionable: false,
    flags: 0,
  });
  const roles = [
    role(guildId, '@everyone', guild.everyone),
    role(botRoleOf(guildId), 'paperboy', guild.botRole, true),
    role(editorRoleOf(guildId), 'Editors', 0n),
  ];
  return { status: 200, body: { id: guildId, name: 'The Papers', owner_id: OWNER_ID, roles } };
}

/** Only the bot is asked for: members come with a privileged intent. */
function getMember({ store, bot, guild, now }: World, { ids }: RouteRequest): Answer {
  const { guildId } = store;
  if (ids[0] !== guildId) throw refusals.unknownGuild();
  if (ids[1] !== bot.id && ids[1] !== OWNER_ID) throw refusals.unknownMember();
  const isBot = ids[1] === bot.id;
  const { timedOutUntil } = guild;
  const body = {
    user: isBot ? bot : makeUser(OWNER_ID, 'operator', false),
    nick: null,
    roles: isBot ? [botRoleOf(guildId)] : [],
    joined_at: discordTimestamp(now()),
    communication_disabled_until:
      isBot && timedOutUntil !== undefined ? discordTimestamp(timedOutUntil) : null,
    deaf: false,
    mute: false,
    flags: 0,
  };
  return { status: 200, body };
}
