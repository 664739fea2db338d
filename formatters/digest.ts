import type { Issue } from '../src/issue/schema.ts';
import type { DigestItem } from './item.ts';

/** The digest of an issue: its papers in their order, and its news. */
export function makeIssueDigest(issue: Issue): DigestItem {
  return {
    kind: 'digest',
    scope: 'issue',
    key: 'digest',
    issue,
    period: issue.period,
    entries: issue.papers.map((paper) => ({ issue, paper })),
    news: issue.news,
  };
}

/** The news of an issue alone; undefined where it has none. */
export function makeNewsDigest(_issue: Issue): DigestItem | undefined {
  return undefined;
}

/**
 * What issues said about a topic from `since` on (an ISO date), newest first; undefined where that
 * is nothing. The topic is matched as its hashtag is: case, blanks and hyphens make no difference.
 */
export function makeTopicDigest(
  _issues: readonly Issue[],
  _topic: string,
  _since: string,
): DigestItem | undefined {
  return undefined;
}

/** The papers of a month ("2026-02"), most liked first; undefined where there are none. */
export function makeMonthDigest(_issues: readonly Issue[], _month: string): DigestItem | undefined {
  return undefined;
}
