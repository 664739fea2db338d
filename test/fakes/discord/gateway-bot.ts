import {
  ActionRowBuilder,
  type ApplicationCommandDataResolvable,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';

/*
 * A bot of unmodified discord.js, run as a process of its own against the fake: it answers each
 * kind of interaction and says on stdout, one JSON line each, what it sees of its connection.
 *   API=http://127.0.0.1:PORT/api TOKEN=… [INTENTS=…] node test/fakes/discord/gateway-bot.ts
 */
const api = process.env.API ?? '';
const intents = Number(process.env.INTENTS ?? GatewayIntentBits.Guilds);
const client = new Client({ intents, rest: { api } });
const say = (event: string, more: Record<string, unknown> = {}): void => {
  process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);
};

const everywhere = { contexts: [0, 1, 2], integrationTypes: [0, 1] };
const commands: readonly ApplicationCommandDataResolvable[] = [
  {
    name: 'echo',
    description: 'Says it again',
    ...everywhere,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'text',
        description: 'What to say',
        required: true,
        autocomplete: true,
        maxLength: 20,
      },
      { type: ApplicationCommandOptionType.Boolean, name: 'private', description: 'For you alone' },
      { type: ApplicationCommandOptionType.Channel, name: 'where', description: 'A channel' },
    ],
  },
  { name: 'slow', description: 'Takes its time', ...everywhere },
  { name: 'ask', description: 'Opens a form', ...everywhere },
  {
    name: 'follow',
    description: 'Follows',
    contexts: [0],
    defaultMemberPermissions: PermissionFlagsBits.ManageGuild,
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'topic',
        description: 'A topic',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'how',
            description: 'How often',
            required: true,
            choices: [{ name: 'each', value: 'each' }],
          },
        ],
      },
    ],
  },
  { name: 'Find this paper', type: ApplicationCommandType.Message, ...everywhere },
];

const row = {
  type: 1,
  components: [
    { type: 2, style: 2, label: 'Next', custom_id: 'next' },
    { type: 2, style: 2, label: 'Off', custom_id: 'off', disabled: true },
  ],
};
const menu = {
  type: 1,
  components: [
    { type: 3, custom_id: 'menu', options: ['a', 'b'].map((one) => ({ label: one, value: one })) },
  ],
};

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    return interaction.respond([{ name: typed || 'nothing', value: `${typed}!` }]);
  }
  if (interaction.isMessageContextMenuCommand()) {
    await interaction.reply(`read: ${interaction.targetMessage.content}`);
  } else if (interaction.isModalSubmit()) {
    await interaction.reply(`told: ${interaction.fields.getTextInputValue('field')}`);
  } else if (interaction.isButton()) {
    await interaction.update({ content: 'next page', components: [row] });
  } else if (interaction.isStringSelectMenu()) {
    await interaction.deferUpdate();
    await interaction.editReply({ content: `chose ${interaction.values}`, components: [menu] });
  } else if (interaction.isChatInputCommand()) {
    await answerCommand(interaction);
  }
}

async function answerCommand(interaction: ChatInputCommandInteraction): Promise<void> {
  const { commandName, options } = interaction;
  if (commandName === 'echo') {
    const flags = options.getBoolean('private') ? MessageFlags.Ephemeral : undefined;
    const where = options.getChannel('where');
    const content = `${options.getString('text')}${where ? ` in ${where.id}` : ''}`;
    const answered = await interaction.reply({
      content,
      components: [row, menu],
      withResponse: true,
      ...(flags === undefined ? {} : { flags }),
    });
    say('answered', { messageId: answered.resource?.message?.id });
  } else if (commandName === 'slow') {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply('there');
    await interaction.followUp({ content: 'and more', flags: MessageFlags.Ephemeral });
  } else if (commandName === 'ask') {
    const input = new TextInputBuilder()
      .setCustomId('field')
      .setLabel('Tell')
      .setStyle(TextInputStyle.Short)
      .setMaxLength(10);
    const form = new ModalBuilder().setCustomId('form').setTitle('A form');
    await interaction.showModal(
      form.addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(input)),
    );
  } else {
    await interaction.reply(`${options.getSubcommand()}: ${options.getString('how')}`);
  }
}

client.on(Events.InteractionCreate, (interaction) => {
  say('interaction', { id: interaction.id, channel: interaction.channel?.id });
  answer(interaction).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : String(error);
    say('failed', { code });
  });
});
client.on(Events.ShardResume, (_, replayed) => say('resumed', { replayed }));
client.on(Events.ShardReconnecting, () => say('reconnecting'));
client.on(Events.ShardDisconnect, ({ code }) => say('disconnected', { code }));
client.on(Events.ShardError, (error) => say('error', { message: error.message }));
client.on(Events.ChannelCreate, ({ id }) => say('channel', { id }));
client.on(Events.ClientReady, async ({ application, user, guilds }) => {
  const made = await application.commands.set(commands);
  say('ready', { userId: user.id, guilds: guilds.cache.size, commands: made.size });
});
process.on('SIGTERM', () => void client.destroy());
client.login(process.env.TOKEN).catch((error: unknown) => {
  say('refused', { message: error instanceof Error ? error.message : String(error) });
  void client.destroy();
});
