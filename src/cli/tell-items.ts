import { nameItem } from '../../formatters/item.ts';
import type { ReviewedItem } from '../desk/approval/review-issue.ts';
import { prefixIssue } from '../desk/prefix-issue.ts';
import type { Issue } from '../issue/schema.ts';
import { count } from './output.ts';
import { plainLine } from './plain-line.ts';

const MOST_COLUMNS = 60;
/** A shorter beginning says nothing to a person. */
const SHORTEST_NAME = 4;

/** What items are, in a few words: "4 papers, the digest and the news"; a paper alone by its title. */
export function tellItems(items: readonly ReviewedItem[]): string {
  const papers = items.filter(({ lane }) => lane === 'papers');
  const [first] = papers;
  const has = (lane: ReviewedItem['lane']): boolean => items.some((one) => one.lane === lane);
  return joinAnd([
    ...(first === undefined
      ? []
      : [
          papers.length === 1 ? tellTitle(nameItem(first.of).title) : count(papers.length, 'paper'),
        ]),
    ...(has('digest') ? ['the digest'] : []),
    ...(has('news') ? ['the news'] : []),
  ]);
}

/** An item's title for a line that says more: cut where it is long. */
export function tellTitle(title: string): string {
  const plain = plainLine(title);
  const characters = [...plain];
  if (characters.length <= MOST_COLUMNS) return plain;
  return `${characters
    .slice(0, MOST_COLUMNS - 1)
    .join('')
    .trimEnd()}…`;
}

/**
 * The option that names an item of an issue to a command: "--paper alpha". A paper's slug is
 * shortened to its first words that no other paper has.
 */
export function nameOption(item: string, { papers }: Pick<Issue, 'papers'>): string {
  const slug = /^paper\/(.+)$/.exec(item)?.[1];
  if (slug === undefined) return `--${item}`;
  const words = slug.split('-');
  const isOne = (text: string): boolean =>
    papers.filter((one) => one.slug.includes(text) || one.title.toLowerCase().includes(text))
      .length === 1;
  const short = words
    .map((_, index) => words.slice(0, index + 1).join('-'))
    .find((text) => text.length >= SHORTEST_NAME && isOne(text));
  return `--paper ${short ?? slug}`;
}

/** What is posted, with its issue: "#7 Alpha", "Digest of #7". */
export function nameWithIssue(issue: number, title: string): string {
  return prefixIssue(issue, plainLine(title));
}

/** "a, b and c". */
export function joinAnd(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** An item as `--json` prints it. */
export function toItemJson({ item, of, standing, position }: ReviewedItem): object {
  return { item, title: nameItem(of).title, standing, position };
}
