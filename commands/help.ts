import { escapeDiscord } from '../formatters/text/discord-markdown.ts';
import type { BotVoice, CommandName } from '../formatters/voice/bot/bot-voice.ts';
import type { Ask, Command, Reply } from './command.ts';
import { defineCommand, defineSwitch } from './parts/define.ts';
import { makeTextEmbed } from './parts/embeds.ts';
import { isPrivate, makeBody } from './parts/reply.ts';
import { speak } from './parts/speak.ts';

/** `/help`: every command in a line, and what is worth knowing about asking. */
export default {
  definition: defineCommand('help', [defineSwitch('private')]),
  isPrivate: true,
  async answer(ask: Ask): Promise<Reply> {
    const { words } = speak(ask);
    const names = Object.keys(words.commands) as CommandName[];
    const lines = names.map((name) => writeCommand(words, name)).join('\n');
    const embed = makeTextEmbed(
      words.helpTitle,
      [lines, ...words.help.map(escapeDiscord)],
      'Paperboy',
    );
    return { body: makeBody([embed], []), isPrivate: isPrivate(ask, true) };
  },
} satisfies Command;

function writeCommand({ commands }: BotVoice, key: CommandName): string {
  const { name, description } = commands[key];
  const slash = key === 'find-this-paper' ? '' : '/';
  return `**${slash}${escapeDiscord(name)}** · ${escapeDiscord(description)}`;
}
