import type { FormatOptions, Platform } from '../../formatters/draft.ts';
import { findOwnText, formatItem, readDraft } from '../../formatters/index.ts';
import type { Item } from '../../formatters/item.ts';
import { parseOwnText } from '../../formatters/text/own-text.ts';
import { writeEditable } from '../../formatters/write-editable.ts';

/**
 * Whether words are those that an item is posted in at a destination as it stands: its own text, or
 * else Paperboy's posts as a preview shows them, or as a form gives them to an editor. Blanks at the
 * ends of lines and empty lines more or less around `---` are no others.
 */
export function isPostedSo(
  item: Item,
  platform: Platform,
  text: string,
  format: FormatOptions,
): boolean {
  const words = squeeze(text);
  const own = findOwnText(item)?.[platform];
  if (own !== undefined) return squeeze(own) === words;
  const read = (form: string): string => JSON.stringify(parseOwnText(form));
  return (
    listShown(item, platform, format).some((posts) => join(posts) === words) ||
    read(writeEditable(item, platform, format)) === read(text)
  );
}

/** What somebody may have before them: the posts; of a card also its text alone. */
function listShown(item: Item, platform: Platform, format: FormatOptions): string[][] {
  const draft = formatItem(item, platform, format);
  const whole = readDraft(draft);
  if (draft.platform !== 'discord') return [whole];
  const texts = draft.posts.flatMap(({ embeds = [] }) =>
    embeds.map(({ description }) => description),
  );
  return texts.length === 0 ? [whole] : [whole, texts];
}

function join(posts: readonly string[]): string {
  return squeeze(posts.join('\n\n---\n\n'));
}

function squeeze(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n*^-{3,}$\n*/gm, '\n\n---\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
