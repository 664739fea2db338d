import { makeIssueDigest, makeNewsDigest, makeTopicDigest } from '../../formatters/digest.ts';
import { type Item, keyItem, listItems } from '../../formatters/item.ts';
import type { Follow } from '../archive/follows.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Need } from '../outbox/queue-free.ts';

/** An item that the editors let go out, as they had decided when it was looked at. */
export type FreeItem = { readonly item: Item; readonly needs: readonly Need[] };

/** An item that goes to a channel, and the roles that its first message pings. */
export type Wanted = FreeItem & {
  readonly roleIds: readonly string[];
  readonly language: string;
};

/** What a follow has its turn with of an issue, in its order. */
export type Turn = {
  readonly follow: Follow;
  readonly stored: StoredIssue;
  readonly items: readonly FreeItem[];
  /** It has had some of the issue before: its role was pinged then. */
  readonly isBegun: boolean;
};

/** What several follows ask for, each item once; a role is pinged by the first that is to, alone. */
export function gatherWanted(turns: readonly Turn[], stored: StoredIssue): Wanted[] {
  const wanted = new Map<string, Wanted & { readonly roleIds: string[] }>();
  for (const { follow, items, isBegun } of turns) {
    for (const [index, { item, needs }] of items.entries()) {
      const { roleId, language } = follow;
      const one = wanted.get(keyItem(item)) ?? { item, needs, roleIds: [] as string[], language };
      wanted.set(keyItem(item), one);
      if (index === 0 && !isBegun && roleId !== undefined) one.roleIds.push(roleId);
    }
  }
  // Papers as the issue has them, whichever follow asked first; then what gathers.
  const order = new Map(listItems(stored.issue).map((item, index) => [keyItem(item), index]));
  const rank = ({ item }: Wanted): number => order.get(keyItem(item)) ?? order.size;
  const pinged = new Set<string>();
  return [...wanted.values()]
    .sort((one, other) => rank(one) - rank(other))
    .map((one) => {
      const roleIds = [...new Set(one.roleIds)].filter((id) => !pinged.has(id));
      for (const id of roleIds) pinged.add(id);
      return { ...one, roleIds };
    });
}

/** What a follow asks for of an issue, in its order. */
export function listWanted({ topic, what, how }: Follow, { issue }: StoredIssue): Item[] {
  const isDigest = what === 'digests' || how === 'weekly';
  if (what === 'news') return [makeNewsDigest(issue)].filter((item) => item !== undefined);
  if (topic === undefined) return isDigest ? [makeIssueDigest(issue)] : listItems(issue);
  const digest = makeTopicDigest([issue], topic.label, issue.period.start);
  if (digest === undefined) return [];
  const papers = new Set(digest.entries.map(({ paper }) => paper));
  return isDigest ? [digest] : listItems(issue).filter(({ paper }) => papers.has(paper));
}
