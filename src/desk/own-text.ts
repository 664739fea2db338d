import { makeIssueDigest } from '../../formatters/digest.ts';
import type { FormatOptions, Platform } from '../../formatters/draft.ts';
import { findOwnText, formatItem, platforms } from '../../formatters/index.ts';
import { type Item, listItems } from '../../formatters/item.ts';
import type { Finding } from '../issue/finding.ts';
import type { Issue } from '../issue/schema.ts';

/** What keeps the own texts of an issue from going out as they stand. Each is an error. */
export function tellOwnTexts(issue: Issue, format: (name: string) => FormatOptions): Finding[] {
  return [...listItems(issue), makeIssueDigest(issue)].flatMap((item) =>
    Object.keys(findOwnText(item) ?? {}).flatMap((name) => tellOwnText(item, name, format)),
  );
}

function tellOwnText(item: Item, name: string, format: (name: string) => FormatOptions): Finding[] {
  const of = item.kind === 'paper' ? `“${item.paper.title}”` : 'the digest';
  const platform = platforms.find((one) => one === name);
  if (platform === undefined) {
    return [
      {
        severity: 'error',
        code: 'own-text.platform-unknown',
        message: `The own text of ${of} is for “${name}”, which is no platform.`,
        remedy: `Name one of: ${platforms.join(', ')}.`,
      },
    ];
  }
  return (describeMisfit(item, platform, format(platform)) ?? []).map((why) => ({
    severity: 'error',
    code: 'own-text.misfit',
    message: `The own text of ${of} for ${platform} does not fit: ${why}`,
    remedy: 'Shorten it, or begin another post with a line of three hyphens: ---',
  }));
}

/** Why an own text cannot go out as it stands; undefined where it can. */
function describeMisfit(
  item: Item,
  platform: Platform,
  options: FormatOptions,
): readonly string[] | undefined {
  // Images that find no place are told elsewhere; here the words alone count.
  const words: Item =
    item.kind === 'paper' ? { ...item, paper: { ...item.paper, body: [] } } : item;
  return formatItem(words, platform, options).told;
}
