import { listItems, type PaperItem } from '../../formatters/item.ts';
import type { IssueReader, StoredIssue } from '../archive/issue-reader.ts';
import type { Issue } from '../issue/schema.ts';
import { PaperboyError } from '../kit/errors.ts';

/** Finds an issue by "93", "#93" or "latest". Throws `issue.not-found` or `issue.bad-reference`. */
export async function findIssue(
  { archive }: { readonly archive: IssueReader },
  reference: string,
): Promise<StoredIssue> {
  const isLatest = reference.toLowerCase() === 'latest';
  const number = /^#?(\d{1,6})$/.exec(reference)?.[1];
  if (!isLatest && number === undefined) {
    throw new PaperboyError(
      'issue.bad-reference',
      `Cannot find an issue by “${reference}” as an issue is a number or “latest”`,
      'Write it as 93, #93 or latest.',
    );
  }
  const stored = isLatest ? await archive.readLatest() : await archive.read(Number(number));
  if (stored !== undefined) return stored;
  const all = await archive.list();
  const known = all.map(({ issue }) => `#${issue.number}`).slice(0, 8);
  throw new PaperboyError(
    'issue.not-found',
    isLatest
      ? 'Cannot find the latest issue as the archive is empty'
      : `Cannot find issue #${number} as it is not in the archive${known.length > 0 ? `, which has ${known.join(', ')}${all.length > 8 ? ', …' : ''}` : ''}`,
    'Import it first: paperboy import FILE',
  );
}

/** The newest issue that readers may see; undefined where there is none. */
export async function findLatest({
  archive,
}: {
  readonly archive: IssueReader;
}): Promise<Issue | undefined> {
  return (await archive.readLatestApproved())?.issue;
}

/**
 * The papers of an issue; one when `paper` is given: its slug, or a part of the slug or title that
 * no other paper has. Throws `paper.not-found` or `paper.ambiguous`.
 */
export function findPapers({ issue }: StoredIssue, paper: string | undefined): PaperItem[] {
  const items = listItems(issue);
  if (paper === undefined) return items;
  const exact = items.filter((item) => item.paper.slug === paper);
  if (exact.length > 0) return exact;
  const needle = paper.toLowerCase();
  const matches = items.filter(
    (item) => item.paper.slug.includes(needle) || item.paper.title.toLowerCase().includes(needle),
  );
  if (matches.length === 1) return matches;
  const names = (matches.length === 0 ? items : matches).map((item) => item.paper.slug).join(', ');
  throw new PaperboyError(
    matches.length === 0 ? 'paper.not-found' : 'paper.ambiguous',
    matches.length === 0
      ? `Cannot find a paper by “${paper}” as issue #${issue.number} has none like it`
      : `Cannot choose a paper by “${paper}” as ${matches.length} papers of issue #${issue.number} match`,
    `Name one of: ${names}`,
  );
}
