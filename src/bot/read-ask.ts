import {
  type APIApplicationCommandInteractionDataBasicOption,
  type APIApplicationCommandInteractionDataOption,
  type APIInteraction,
  type APIMessage,
  type APIMessageApplicationCommandInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ChannelType,
  ComponentType,
  type ModalSubmitComponent,
  PermissionFlagsBits,
} from 'discord.js';
import type { Ask, Asker } from '../../commands/command.ts';

type Given = readonly APIApplicationCommandInteractionDataOption[];

const THREADS: readonly (ChannelType | undefined)[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

/** Who asks, and where. */
export function readAsker(interaction: APIInteraction): Asker {
  const user = interaction.member?.user ?? interaction.user;
  const rights = BigInt(interaction.member?.permissions ?? 0);
  const managing = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator;
  // Zero stands for the server: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object
  const guild = interaction.authorizing_integration_owners?.[0];
  return {
    userId: user?.id ?? '',
    username: user?.username ?? '',
    roles: interaction.member?.roles ?? [],
    guildId: interaction.guild_id,
    channelId: interaction.channel?.id ?? '',
    mayManageServer: (rights & managing) !== 0n,
    locale: 'locale' in interaction ? interaction.locale : 'en-US',
    guildLocale: 'guild_locale' in interaction ? interaction.guild_locale : undefined,
    isBotInGuild: guild !== undefined && guild === interaction.guild_id,
    botRights: BigInt(interaction.app_permissions ?? 0),
    isThread: THREADS.includes(interaction.channel?.type),
  };
}

/** The options by their names; those of a subcommand too, whose own name is `subcommand`. */
export function readOptions(options: Given = []): Ask['options'] {
  return Object.fromEntries(
    options.flatMap((option): [string, string | number | boolean][] => {
      switch (option.type) {
        case ApplicationCommandOptionType.Subcommand:
          return [['subcommand', option.name], ...Object.entries(readOptions(option.options))];
        case ApplicationCommandOptionType.SubcommandGroup:
          return Object.entries(readOptions(option.options));
        default:
          return [[option.name, option.value]];
      }
    }),
  );
}

/** The option that somebody types in, and what stands in it so far. */
export function readFocused(options: Given = []): { name: string; value: string } | undefined {
  for (const option of options) {
    if (
      option.type === ApplicationCommandOptionType.Subcommand ||
      option.type === ApplicationCommandOptionType.SubcommandGroup
    ) {
      const inside = readFocused(option.options);
      if (inside !== undefined) return inside;
    } else if (isFocused(option)) return { name: option.name, value: String(option.value) };
  }
  return undefined;
}

function isFocused(option: APIApplicationCommandInteractionDataBasicOption): boolean {
  return 'focused' in option && option.focused === true;
}

/** What somebody wrote in a message, forwarded or not, and the addresses of its previews. */
export function readMessage({ data }: APIMessageApplicationCommandInteraction): {
  readonly content: string;
  readonly urls: readonly string[];
} {
  const message = data.resolved.messages[data.target_id];
  if (message === undefined) return { content: '', urls: [] };
  const forwarded = (message.message_snapshots ?? []).map((snapshot) => snapshot.message);
  const all: readonly Partial<Pick<APIMessage, 'content' | 'embeds'>>[] = [message, ...forwarded];
  const embeds = all.flatMap((one) => one.embeds ?? []);
  return {
    content: [
      ...all.map(({ content = '' }) => content),
      ...embeds.flatMap(({ title }) => (title === undefined ? [] : [title])),
    ].join('\n'),
    urls: embeds.flatMap(({ url }) => (url === undefined ? [] : [url])),
  };
}

/** What stands in the fields of a form, by their names. */
export function readFields({ data }: APIModalSubmitInteraction): Readonly<Record<string, string>> {
  const inputs = data.components.flatMap((one): readonly ModalSubmitComponent[] => {
    if (one.type === ComponentType.Label) return [one.component];
    return one.type === ComponentType.ActionRow ? one.components : [];
  });
  return Object.fromEntries(
    inputs.flatMap((one) =>
      one.type === ComponentType.TextInput ? [[one.custom_id, one.value]] : [],
    ),
  );
}

/** Whether who presses is who asked for the message; where nobody is named, it is a private one. */
export function isOwnMessage(message: APIMessage | undefined, userId: string): boolean {
  const asked = message?.interaction_metadata?.user.id;
  return asked === undefined || asked === userId;
}
