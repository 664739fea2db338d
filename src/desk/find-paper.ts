import { listItems, type PaperItem } from '../../formatters/item.ts';
import type { BotDesk, Hit } from './bot-desk.ts';
import { readIssue } from './browse-issues.ts';
import { listNear } from './list-near.ts';

/** Where a paper stands: the number of its issue and its slug. */
export type PaperPlace = { readonly issue: number; readonly slug: string };

/** What was asked for: the papers found, the best first, and how many there are in all. */
export type FoundPapers = {
  readonly hits: readonly Hit[];
  readonly total: number;
  /** Titles and names that may have been meant, where nothing was found. */
  readonly near: readonly string[];
};

/** The paper at a place, if readers may see it and it is still there. */
export async function readPaper(
  desk: Pick<BotDesk, 'archive'>,
  { issue: number, slug }: PaperPlace,
): Promise<PaperItem | undefined> {
  const issue = await readIssue(desk, { from: number, to: 'itself' });
  if (issue === undefined) return undefined;
  return listItems(issue).find(({ paper }) => paper.slug === slug);
}

/** The place that a suggestion's value names: "p:93/tensorlens". */
export function parsePlace(value: string): PaperPlace | undefined {
  const [, issue, slug] = /^(?:p:)?(\d{1,6})\/([a-z0-9-]+)$/.exec(value) ?? [];
  return issue === undefined || slug === undefined ? undefined : { issue: Number(issue), slug };
}

/**
 * Finds papers by what a member typed or chose: free text, or the value of a suggestion, which names
 * a topic ("t:"), an organization ("o:") or an author ("a:").
 */
export function matchPapers(
  { search }: Pick<BotDesk, 'search'>,
  query: string,
  most: number,
): FoundPapers {
  const [, kind, key = ''] = /^([toa]):(\S.*)$/s.exec(query) ?? [];
  const wanted = { kind: 'paper', limit: most } as const;
  if (kind === 't') return { ...search.find('', { ...wanted, topic: key }), near: [] };
  if (kind === 'o') return { ...search.find('', { ...wanted, organization: key }), near: [] };
  const text = kind === 'a' ? key : query;
  if (text.trim() === '') return { hits: [], total: 0, near: [] };
  const found = search.find(text, wanted);
  return { ...found, near: found.total > 0 ? [] : listNear(search, text) };
}

/** The paper that a message speaks of, and how sure that is, up to 1. */
export async function findMentioned(
  desk: Pick<BotDesk, 'archive' | 'search'>,
  message: string,
): Promise<{ readonly item: PaperItem; readonly confidence: number } | undefined> {
  const match = desk.search.findPaper(message);
  if (match === undefined) return undefined;
  const item = await readPaper(desk, match.hit);
  return item === undefined ? undefined : { item, confidence: match.confidence };
}
