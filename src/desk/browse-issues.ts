import type { IssueReader } from '../archive/issue-reader.ts';
import type { Issue } from '../issue/schema.ts';
import { findLatest } from './find-issue.ts';

type Shelf = { readonly archive: IssueReader };

/** Which issue is wanted: one by its number, or the next one on either side of a number. */
export type IssueStep = { readonly from: number; readonly to: 'itself' | 'older' | 'newer' };

/** The issue that readers may see; of a neighbour the nearest such. Undefined where there is none. */
export async function readIssue({ archive }: Shelf, step: IssueStep): Promise<Issue | undefined> {
  for (const number of await listNumbers(archive, step)) {
    const stored = await archive.read(number);
    if (stored?.approvedAt !== undefined) return stored.issue;
  }
  return undefined;
}

/** Whether an issue has any on either side. */
export async function findNeighbours(
  { archive }: Shelf,
  number: number,
): Promise<{ readonly hasOlder: boolean; readonly hasNewer: boolean }> {
  const all = await archive.listRevisions();
  return {
    hasOlder: all.some((one) => one.number < number),
    hasNewer: all.some((one) => one.number > number),
  };
}

/** The newest issues whose number begins so; all of them where nothing is asked. */
export async function suggestIssues(
  { archive }: Shelf,
  typed: string,
  most: number,
): Promise<Issue[]> {
  const digits = typed.replace(/^\s*#?/, '').trim();
  const numbers = (await archive.listRevisions())
    .map(({ number }) => number)
    .filter((number) => String(number).startsWith(digits))
    .sort((a, b) => b - a);
  const issues: Issue[] = [];
  for (const number of numbers) {
    if (issues.length >= most) break;
    const issue = await readIssue({ archive }, { from: number, to: 'itself' });
    if (issue !== undefined) issues.push(issue);
  }
  return issues;
}

/** The number of the newest issue that readers may see. */
export async function findNewest(shelf: Shelf): Promise<number | undefined> {
  return (await findLatest(shelf))?.number;
}

async function listNumbers(archive: IssueReader, { from, to }: IssueStep): Promise<number[]> {
  const numbers = (await archive.listRevisions()).map(({ number }) => number);
  if (to === 'itself') return numbers.filter((number) => number === from);
  return to === 'older'
    ? numbers.filter((number) => number < from).sort((a, b) => b - a)
    : numbers.filter((number) => number > from).sort((a, b) => a - b);
}
