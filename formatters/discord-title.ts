import { escapeDiscord } from './text/discord-markdown.ts';
import { truncate, utf16Units } from './text/measure.ts';

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export const TITLE_MOST = 256;

/** As much of a title as fits once it is escaped: it is Markdown too, and a backslash counts. */
export function shortenTitle(title: string): string {
  for (let most = TITLE_MOST; ; most -= 8) {
    const words = truncate(title, { measure: utf16Units, most });
    if (escapeDiscord(words).length <= TITLE_MOST) return words;
  }
}
