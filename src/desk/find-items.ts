import {
  listTopics,
  makeIssueDigest,
  makeMonthDigest,
  makeNewsDigest,
  makeTopicDigest,
} from '../../formatters/digest.ts';
import type { DigestItem, Item } from '../../formatters/item.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { ReadingDesk } from './desk.ts';
import { findIssue, findPapers } from './find-issue.ts';

/** Which items are meant: all papers of an issue, one of them, or a digest. */
export type ItemRequest = {
  /** A slug, or words of a slug or title. */
  readonly paper?: string;
  readonly digest?: 'issue' | 'news';
  /** The digest of a topic over the issues up to the one that is named. */
  readonly topic?: string;
  /** The first day of it, an ISO date; three months before the end of the issue without it. */
  readonly since?: string;
  /** The digest of a month: 2026-02. */
  readonly month?: string;
};

/** Items, with the issue that they belong to. */
export type FoundItems = { readonly stored: StoredIssue; readonly items: readonly Item[] };

const MONTHS_BACK = 3;

/**
 * Finds what is to be shown or posted. Throws what `findIssue` and `findPapers` throw, and
 * `digest.empty` where there is nothing to gather.
 */
export async function findItems(
  { archive }: Pick<ReadingDesk, 'archive'>,
  reference: string,
  { paper, digest, topic, since, month }: ItemRequest,
): Promise<FoundItems> {
  const named = await findIssue({ archive }, reference);
  if (digest === 'issue') return { stored: named, items: [makeIssueDigest(named.issue)] };
  if (digest === 'news') {
    const item = makeNewsDigest(named.issue);
    if (item !== undefined) return { stored: named, items: [item] };
    throw nothing(
      `the news of #${named.issue.number}`,
      'the issue has none',
      'Name another issue.',
    );
  }
  if (topic === undefined && month === undefined) {
    return { stored: named, items: findPapers(named, paper) };
  }
  // Real issues and samples are not gathered together.
  const all = (await archive.list()).filter(
    ({ issue, isSample }) => isSample === named.isSample && issue.number <= named.issue.number,
  );
  const issues = all.map(({ issue }) => issue);
  const from = since ?? monthsBefore(named.issue.period.end, MONTHS_BACK);
  const item: DigestItem | undefined =
    topic === undefined
      ? makeMonthDigest(issues, month ?? '')
      : makeTopicDigest(issues, topic, from);
  const stored = all.find(({ issue }) => issue.number === item?.issue.number);
  if (item !== undefined && stored !== undefined) return { stored, items: [item] };
  if (topic === undefined) {
    throw nothing(`the month ${month}`, 'no issue of it is in the archive', 'Write it as 2026-02.');
  }
  const known = listTopics(issues)
    .slice(0, 12)
    .map((one) => one.topic);
  throw nothing(
    `the topic “${topic}” since ${from}`,
    'no paper has it',
    known.length === 0
      ? 'Import an issue first.'
      : `Topics are ${known.join(', ')}; or give --since.`,
  );
}

function nothing(what: string, why: string, remedy: string): PaperboyError {
  return new PaperboyError('digest.empty', `Cannot gather ${what} as ${why}`, remedy);
}

function monthsBefore(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.toISOString().slice(0, 10);
}
