import type { Issue, Paper } from '../src/issue/schema.ts';
import type { DigestEntry, DigestItem } from './item.ts';
import { makeHashtag } from './text/labels.ts';

/** A topic as most of its papers write it, and how many papers have it. */
export type TopicCount = { readonly topic: string; readonly count: number };

/** The digest of an issue: its papers in their order, and its news. */
export function makeIssueDigest(issue: Issue): DigestItem {
  return {
    kind: 'digest',
    scope: 'issue',
    key: 'digest',
    issue,
    period: issue.period,
    entries: listEntries([issue]),
    news: issue.news,
  };
}

/** The news of an issue alone; undefined where it has none. */
export function makeNewsDigest(issue: Issue): DigestItem | undefined {
  if (issue.news.length === 0) return undefined;
  return {
    kind: 'digest',
    scope: 'news',
    key: 'news',
    issue,
    period: issue.period,
    entries: [],
    news: issue.news,
  };
}

/**
 * What issues said about a topic from `since` on (an ISO date): those whose period ends on that day
 * or later. The newest issue comes first, in it the most liked paper; undefined where there is none.
 * The topic is matched as its hashtag is: case, blanks and hyphens make no difference, in its key
 * neither.
 */
export function makeTopicDigest(
  issues: readonly Issue[],
  topic: string,
  since: string,
): DigestItem | undefined {
  const wanted = foldTopic(topic);
  const isAbout = ({ topics }: Paper): boolean => topics.some((one) => foldTopic(one) === wanted);
  const entries = listEntries(issues)
    .filter(({ issue, paper }) => issue.period.end >= since && isAbout(paper))
    .sort((a, b) => byAge(b.issue, a.issue) || byLikes(a, b));
  const gathered = gather(entries);
  if (gathered === undefined) return undefined;
  return {
    kind: 'digest',
    scope: 'topic',
    key: `topic/${encodeTopic(wanted)}/${since}`,
    ...gathered,
    // What was asked for, also where the first paper came later.
    period: { start: since, end: gathered.period.end },
    topic: countTopics(entries).get(wanted)?.topic ?? topic,
  };
}

/**
 * The papers of a month ("2026-02"), which are those of the issues whose period ends in it, most
 * liked first; undefined where there are none. Its period, which may begin a month before, always
 * ends in the month.
 */
export function makeMonthDigest(issues: readonly Issue[], month: string): DigestItem | undefined {
  const entries = listEntries(issues)
    .filter(({ issue }) => issue.period.end.slice(0, 7) === month)
    .sort((a, b) => byLikes(a, b) || byAge(a.issue, b.issue));
  const gathered = gather(entries);
  if (gathered === undefined) return undefined;
  return { kind: 'digest', scope: 'month', key: `month/${month}`, ...gathered };
}

/** The topics of issues, those of most papers first, then by name. */
export function listTopics(issues: readonly Issue[]): TopicCount[] {
  const newestFirst = listEntries(issues).sort((a, b) => byAge(b.issue, a.issue));
  return [...countTopics(newestFirst).values()].sort(
    (a, b) => b.count - a.count || compare(a.topic, b.topic),
  );
}

/** Every paper, with its issue. */
function listEntries(issues: readonly Issue[]): DigestEntry[] {
  return issues.flatMap((issue) => issue.papers.map((paper) => ({ issue, paper })));
}

/** What papers of several issues have in common; undefined where there are none. */
function gather(
  entries: readonly DigestEntry[],
): Pick<DigestItem, 'issue' | 'period' | 'entries' | 'news'> | undefined {
  const issues = entries.map(({ issue }) => issue).sort(byAge);
  const issue = issues.at(-1);
  if (issue === undefined) return undefined;
  const start = issues.map(({ period }) => period.start).sort(compare)[0] ?? issue.period.start;
  return { issue, period: { start, end: issue.period.end }, entries, news: [] };
}

/** The form in which topics are compared: the hashtag in lower case. */
function foldTopic(topic: string): string {
  return (makeHashtag(topic) ?? topic.normalize('NFC').replace(/[\s-]+/g, '')).toLowerCase();
}

/** ASCII, and another for each folded topic: "量化" is "91cf-5316". */
function encodeTopic(folded: string): string {
  return folded
    .replace(/[^a-z0-9]/gu, (character) => `-${character.codePointAt(0)?.toString(16)}-`)
    .replace(/^-|-$/g, '')
    .replace(/--/g, '-');
}

/** By folded topic. Of two spellings as frequent as each other, the one met first is kept. */
function countTopics(entries: readonly DigestEntry[]): Map<string, TopicCount> {
  const spellings = new Map<string, Map<string, number>>();
  const counts = new Map<string, number>();
  for (const { paper } of entries) {
    for (const topic of paper.topics) {
      const known = spellings.get(foldTopic(topic)) ?? new Map<string, number>();
      spellings.set(foldTopic(topic), known.set(topic, (known.get(topic) ?? 0) + 1));
    }
    for (const folded of new Set(paper.topics.map(foldTopic))) {
      counts.set(folded, (counts.get(folded) ?? 0) + 1);
    }
  }
  return new Map(
    [...spellings].map(([folded, known]) => {
      const [[topic] = [folded]] = [...known].sort(([, a], [, b]) => b - a);
      return [folded, { topic, count: counts.get(folded) ?? 0 }];
    }),
  );
}

/** Older issues first. */
function byAge(a: Issue, b: Issue): number {
  return compare(a.period.end, b.period.end) || a.number - b.number;
}

/** Most liked first; papers of which that is not known come last. */
function byLikes(a: DigestEntry, b: DigestEntry): number {
  return (b.paper.likes ?? -1) - (a.paper.likes ?? -1);
}

/** By code units, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
