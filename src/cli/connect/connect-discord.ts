import {
  type DiscordApplication,
  readApplication,
  writeInvites,
} from '../../publishers/discord-application.ts';
import { INVITED } from '../../publishers/discord-permissions.ts';
import { type DiscordRest, makeDiscordRest } from '../../publishers/discord-rest.ts';
import { type DiscordGuild, readChannelRights } from '../../publishers/discord-rights.ts';
import { plainLine } from '../plain-line.ts';
import {
  type Connected,
  findStanding,
  type Tools,
  type Tried,
  tryThrice,
  unreachable,
} from './tools.ts';

const API = 'https://discord.com/api';
const PORTAL = 'https://discord.com/developers/applications';
const TIMEOUT_MS = 45_000;
/** What is answered in place of a channel. */
const NONE = 'none';
/** Of the server’s roles so many are named. */
const MOST_ROLES = 20;

type Bot = { readonly rest: DiscordRest; readonly api: string };
type Channel = { readonly id: string; readonly name: string; readonly guild: DiscordGuild };

/** Asks for a bot and the channel that it posts to, and looks at what it may do there. */
export async function connectDiscord(tools: Tools): Promise<Connected> {
  const { say, settings, name } = tools;
  const api = settings.parse('DISCORD_API', findStanding(tools, 'DISCORD_API') ?? API) ?? API;
  const { token, rest, application } = await tryThrice(tools, () => askToken(tools, api));
  const bot = { rest, api };
  const invites = tellApplication(tools, application);
  const isFirst = name === 'discord';
  const channel = await tryThrice(tools, () => askChannel(tools, bot, isFirst));
  if (channel !== undefined) {
    say(
      `✓ #${plainLine(channel.name)} of ${plainLine(channel.guild.name)}: the bot may do all that it needs`,
    );
  }
  const editors =
    channel !== undefined && isFirst
      ? await tryThrice(tools, () => askEditors(tools, bot, channel.guild))
      : undefined;
  if (editors !== undefined) tellEditors(tools, editors);
  const { id, botId, botName, isPublic, installs } = application;
  return {
    kind: 'discord',
    values: {
      DISCORD_TOKEN: token,
      ...(channel === undefined ? {} : { DISCORD_CHANNEL_ID: channel.id }),
    },
    account: {
      application: id,
      bot: { id: botId, name: botName },
      isPublic,
      installs,
      invites,
      channel: channel === undefined ? null : { id: channel.id, name: channel.name },
      guild: channel?.guild ?? null,
      editorsChannel: editors?.id ?? null,
    },
  };
}

async function askToken(
  tools: Tools,
  api: string,
): Promise<
  Tried<{
    readonly token: string;
    readonly rest: DiscordRest;
    readonly application: DiscordApplication;
  }>
> {
  const { ask, hide, settings } = tools;
  const answer = await ask.text({
    text: 'The token of the bot?',
    help: [
      `Make an application at ${PORTAL}; then Bot, Reset Token: MTA1MjM0…`,
      'No privileged intent is needed.',
    ],
    isSecret: true,
    standing: findStanding(tools, 'DISCORD_TOKEN'),
  });
  hide(answer);
  const token = settings.parse('DISCORD_TOKEN', answer);
  // No other character can stand in a header, and none stands in a token.
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) {
    return { problem: 'That is no token of a bot.' };
  }
  hide(token);
  const rest = makeDiscordRest({ token, api });
  const application = await readApplication(rest, AbortSignal.timeout(TIMEOUT_MS));
  switch (application.kind) {
    case 'known':
      return { value: { token, rest, application } };
    case 'refused':
      return { problem: `${application.reason}. ${application.remedy}` };
    case 'unavailable':
      throw unreachable(api, application.cause);
  }
}

/** Says whose token it is, and how others come by the bot. */
function tellApplication(
  { say }: Tools,
  { id, botName, isPublic, installs }: DiscordApplication,
): ReturnType<typeof writeInvites> {
  const invites = writeInvites(id);
  const settingsPage = `${PORTAL}/${id}/installation`;
  say('');
  say(`✓ The bot is ${plainLine(botName)} (${id})`);
  say(
    isPublic
      ? '  It is public: anybody may add it to a server.'
      : '  It is not public: only its owner may add it to a server.',
  );
  say('');
  say('To add it to a server, open this as somebody who may manage that:');
  say(`  ${invites.server}`);
  for (const { name, why } of INVITED) say(`    ${name}: ${why}`);
  say('    and commands: to be asked with /paper and others');
  if (!installs.guild) say(`  Allow Guild Install first: ${settingsPage}`);
  say('To have its commands with you everywhere, without a server:');
  say(`  ${invites.user}`);
  if (!installs.user) say(`  Allow User Install first: ${settingsPage}`);
  return invites;
}

async function askChannel(
  tools: Tools,
  bot: Bot,
  isFirst: boolean,
): Promise<Tried<Channel | undefined>> {
  const { ask } = tools;
  const standing = findStanding(tools, 'DISCORD_CHANNEL_ID');
  const instead =
    isFirst && standing !== undefined ? [`${NONE}: the bot answers, and posts nowhere.`] : [];
  const answer = await ask.text({
    text: 'The id of the channel that it posts to?',
    help: [
      'For example 1052345678901234567: in Discord turn on Developer Mode (Settings, Advanced),',
      'then right-click the channel, Copy Channel ID. Add the bot to its server before.',
      ...instead,
    ],
    standing,
    ...(isFirst ? { ifEmpty: 'is for a bot that answers, and posts nowhere' } : {}),
  });
  if (isFirst && (answer === '' || answer.toLowerCase() === NONE)) return { value: undefined };
  return lookAt(tools, bot, answer);
}

/** The editors see proposals in a channel of their own. */
async function askEditors(
  tools: Tools,
  bot: Bot,
  guild: DiscordGuild,
): Promise<Tried<Channel | undefined>> {
  const answer = await tools.ask.text({
    text: 'The id of a channel of editors, where they are asked before something is posted?',
    help: [`One of ${plainLine(guild.name)} that only they see.`],
    ifEmpty: 'is for none',
  });
  if (answer === '') return { value: undefined };
  const tried = await lookAt(tools, bot, answer);
  if ('problem' in tried || tried.value.guild.id === guild.id) return tried;
  return { problem: 'That channel is of another server.' };
}

/** A channel in which the bot may do all that it needs. */
async function lookAt(
  { settings, say }: Tools,
  { rest, api }: Bot,
  answer: string,
): Promise<Tried<Channel>> {
  const id = settings.parse('DISCORD_CHANNEL_ID', answer);
  if (id === undefined) return { problem: 'That is no id of a channel, which is 17 to 20 digits.' };
  const rights = await readChannelRights(rest, id, AbortSignal.timeout(TIMEOUT_MS));
  if (rights.kind === 'unavailable') throw unreachable(api, rights.cause);
  if (rights.kind === 'refused') return { problem: `${rights.reason}. ${rights.remedy}` };
  const { channel, missing, wanting } = rights;
  const { kind, guild } = channel;
  const called = `#${plainLine(channel.name)}`;
  if (guild === undefined || kind === 'other') {
    return { problem: `${called} is no text, announcement or forum channel of a server.` };
  }
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    const problem = `The bot may not do all that it needs in ${called}. Give it there: ${names}; then answer with the same id.`;
    return { problem };
  }
  for (const { name, why } of wanting) say(`  In ${called} it may not ${name}: ${why}.`);
  return { value: { id, name: channel.name, guild } };
}

function tellEditors({ say }: Tools, { id, guild }: Channel): void {
  say('');
  say('For paperboy.yaml, with the roles that are editors’ and no others:');
  say('  editors:');
  say(`    guild: '${guild.id}'`);
  say(`    channel: '${id}'`);
  say(guild.roles.length === 0 ? '    roles: []' : '    roles:');
  for (const role of guild.roles.slice(0, MOST_ROLES)) {
    say(`      - '${role.id}' # ${plainLine(role.name)}`);
  }
}
