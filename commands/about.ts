import { escapeDiscord } from '../formatters/text/discord-markdown.ts';
import { countArchive } from '../src/desk/count-archive.ts';
import type { Ask, Command, Reply } from './command.ts';
import { defineCommand, defineSwitch } from './parts/define.ts';
import { makeTextEmbed } from './parts/embeds.ts';
import { isPrivate, makeBody } from './parts/reply.ts';
import { speak } from './parts/speak.ts';

/** `/about`: what the bot is, what it has, and what it keeps of whom. */
export default {
  definition: defineCommand('about', [defineSwitch('private')]),
  isPrivate: true,
  async answer(ask: Ask): Promise<Reply> {
    const { words } = speak(ask);
    const { issues, papers, newest } = await countArchive(ask.desk);
    const lines = words.about({
      issues: words.countIssues(issues),
      papers: words.countPapers(papers),
      newest,
    });
    const embed = makeTextEmbed(words.aboutTitle, lines.map(escapeDiscord), 'Paperboy');
    return { body: makeBody([embed], []), isPrivate: isPrivate(ask, true) };
  },
} satisfies Command;
