import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIStringSelectComponent,
} from 'discord-api-types/v10';
import type { DiscordEmbed } from '../../formatters/discord.ts';
import { escapeDiscord } from '../../formatters/text/discord-markdown.ts';
import type { Ask, Reply } from '../command.ts';

/** A row of at most five buttons, or of one menu. */
export type Row = APIActionRowComponent<APIButtonComponent | APIStringSelectComponent>;

/**
 * The body of a message. Every part is always there, so that an edit replaces all of the message
 * before; mentions are off.
 */
export type ReplyBody = {
  readonly content: string;
  readonly embeds: readonly DiscordEmbed[];
  readonly components: readonly Row[];
  readonly allowed_mentions: { readonly parse: readonly [] };
};

/** A message of embeds with what can be done about them; empty rows are left out. */
export function makeBody(
  embeds: readonly DiscordEmbed[],
  rows: readonly Row[],
  content = '',
): ReplyBody {
  return {
    content,
    embeds,
    components: rows.filter(({ components }) => components.length > 0).slice(0, 5),
    allowed_mentions: { parse: [] },
  };
}

/** A sentence for the asker alone, letter for letter. */
export function say(...sentences: readonly string[]): Reply {
  return { body: makeBody([], [], escapeDiscord(sentences.join('\n'))), isPrivate: true };
}

/** Whether the asker wants an answer that nobody else sees. */
export function isPrivate({ options }: Ask, isUsual = false): boolean {
  return typeof options.private === 'boolean' ? options.private : isUsual;
}
