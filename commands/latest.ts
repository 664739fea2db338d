import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord-api-types/v10';
import { type DiscordEmbed, writeTitle } from '../formatters/discord.ts';
import { COLOR } from '../formatters/discord-card.ts';
import { escapeDiscord } from '../formatters/text/discord-markdown.ts';
import { formatPeriod, listLabels } from '../formatters/text/labels.ts';
import { findLatest } from '../src/desk/find-issue.ts';
import type { Issue, Paper } from '../src/issue/schema.ts';
import type { Command, Reply } from './command.ts';

/** `/latest`: the newest issue, each paper in two lines. */
export default {
  definition: {
    type: ApplicationCommandType.ChatInput,
    name: 'latest',
    description: 'The newest issue and its papers',
    integration_types: [
      ApplicationIntegrationType.GuildInstall,
      ApplicationIntegrationType.UserInstall,
    ],
    contexts: [
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
      InteractionContextType.PrivateChannel,
    ],
  },
  async answer(desk): Promise<Reply> {
    const issue = await findLatest(desk);
    return {
      embeds: [issue === undefined ? describeEmpty() : describeIssue(issue)],
      allowed_mentions: { parse: [] },
    };
  },
} satisfies Command;

function describeIssue(issue: Issue): DiscordEmbed {
  const papers = issue.papers.map((paper, index) => describePaper(paper, index + 1));
  const subtitle = issue.subtitle === undefined ? [] : [escapeDiscord(issue.subtitle)];
  return {
    title: writeTitle(issue.title),
    ...(issue.url === undefined ? {} : { url: issue.url }),
    description: joinWithin([...subtitle, ...papers], 4096),
    color: COLOR,
    footer: { text: `Issue #${issue.number} · ${formatPeriod(issue.period)}` },
  };
}

function describePaper(paper: Paper, position: number): string {
  const details = [
    ...(paper.byline.text === '' ? [] : [escapeDiscord(paper.byline.text)]),
    ...listLabels(paper, paper.topics).map(escapeDiscord),
  ];
  return `**${position}. ${escapeDiscord(paper.title)}**\n${details.join(' · ')}`;
}

function describeEmpty(): DiscordEmbed {
  return {
    title: 'No issue yet',
    description: 'Nothing has been imported so far. Look in again after the next issue.',
    color: COLOR,
    footer: { text: 'Paperboy' },
  };
}

/** As many whole paragraphs as fit. */
function joinWithin(paragraphs: readonly string[], most: number): string {
  let text = '';
  for (const paragraph of paragraphs) {
    const next = text === '' ? paragraph : `${text}\n\n${paragraph}`;
    if (next.length > most) break;
    text = next;
  }
  return text;
}
