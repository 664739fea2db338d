import type { mastodon } from 'masto';
import type { MastodonStatus } from '../../formatters/mastodon.ts';
import { MastodonRefusal } from './mastodon-rest.ts';
import { isAlike, isSameText, readContent } from './mastodon-text.ts';
import type { Outgoing } from './publisher.ts';

type Status = mastodon.v1.Status;

/** Part of a thread to look for: the posts from `from` on, the first of which answers `parentId`. */
export type Sought = {
  readonly posts: readonly MastodonStatus[];
  readonly from: number;
  readonly parentId: string | null;
};

/** What of it is on the account. */
export type Survey = {
  /** The first of the posts that were sought, each answering the one before. */
  readonly chain: readonly Status[];
  /** Posts with the words of later ones that answer nothing that is still there. */
  readonly strays: readonly Status[];
};

const PAGE = 40;
/** How far back is looked: this many pages, or this long before the stamp. */
const MOST_PAGES = 30;
/** This machine's clock and the server's may differ by as much. */
const CLOCK_SKEW_MS = 26 * 60 * 60 * 1000;

/**
 * Looks through the account's own statuses, newest first, for those of a delivery. A status is its
 * own when its text is the draft's and it answers the one before, so that neither the same words in
 * another thread nor another delivery in place (`companions`) is taken for it. A string says why
 * nobody can tell.
 */
export async function surveyStatuses(
  client: mastodon.rest.Client,
  accountId: string,
  { stampedAt, companions, replaces }: Outgoing,
  sought: Sought,
): Promise<Survey | string> {
  const others = new Set(
    [...companions, ...(replaces === undefined ? [] : [replaces.receipt])].flatMap(({ posts }) =>
      posts.map(({ id }) => id),
    ),
  );
  const floor = stampedAt.getTime() - CLOCK_SKEW_MS;
  const known = new Map<string, Status>();
  const listOurs = (): Status[] =>
    [...known.values()].filter(
      ({ id, createdAt }) => !others.has(id) && Date.parse(createdAt) >= floor,
    );
  const match = makeMatcher(client);
  let pages = 0;
  const { list } = client.v1.accounts.$select(accountId).statuses;
  for await (const page of list({ limit: PAGE, excludeReblogs: true })) {
    pages += 1;
    for (const status of page) {
      if (status.account.id === accountId && !status.reblog) known.set(status.id, status);
    }
    const chain = await followChain(listOurs(), sought, match);
    if (chain.length === sought.posts.length - sought.from) return { chain, strays: [] };
    const oldest = page.at(-1);
    if (oldest === undefined || Date.parse(oldest.createdAt) < floor) break;
    if (pages >= MOST_PAGES) {
      return `it is not among the last ${MOST_PAGES * PAGE} posts, and older ones were not read`;
    }
  }
  const ours = listOurs();
  const chain = await followChain(ours, sought, match);
  const isThere = (id: string): boolean =>
    known.has(id) || others.has(id) || id === sought.parentId;
  // What answered a deleted status answers nothing any more, or one that nobody can see.
  const loose = ours.filter(
    (status) =>
      !chain.includes(status) && (status.inReplyToId == null || !isThere(status.inReplyToId)),
  );
  const later = sought.posts.slice(sought.from + Math.max(1, chain.length));
  return { chain, strays: await gatherStrays(ours, loose, later, match) };
}

/** The status of that id; undefined when it was deleted. */
export async function readStatus(
  client: mastodon.rest.Client,
  id: string,
): Promise<Status | undefined> {
  try {
    return await client.v1.statuses.$select(id).fetch();
  } catch (error) {
    // An answer that is not the API's own tells nothing of the status.
    const isGone =
      error instanceof MastodonRefusal && error.status === 404 && error.said !== undefined;
    if (isGone) return undefined;
    throw error;
  }
}

type Matcher = (status: Status, post: MastodonStatus) => Promise<boolean>;

/** Compares by what the list shows, and asks for the source only of what is alike but not equal. */
export function makeMatcher(client: mastodon.rest.Client): Matcher {
  const sources = new Map<string, Promise<string>>();
  const readSource = async (id: string): Promise<string> => {
    try {
      return (await client.v1.statuses.$select(id).source.fetch()).text;
    } catch (error) {
      if (error instanceof MastodonRefusal && error.status === 404) return '';
      throw error;
    }
  };
  return async ({ id, content }, post) => {
    const shown = readContent(content);
    if (isSameText(shown, post.status)) return true;
    if (!isAlike(shown, post.status)) return false;
    const source = sources.get(id) ?? readSource(id);
    sources.set(id, source);
    return isSameText(await source, post.status);
  };
}

/** The longest beginning of the posts in which each answers the one before. */
async function followChain(
  ours: readonly Status[],
  { posts, from, parentId }: Sought,
  match: Matcher,
): Promise<readonly Status[]> {
  const answers = Map.groupBy(ours, ({ inReplyToId }) => inReplyToId ?? null);
  const follow = async (parent: string | null, index: number): Promise<readonly Status[]> => {
    const post = posts[index];
    let longest: readonly Status[] = [];
    if (post === undefined) return longest;
    for (const status of answers.get(parent) ?? []) {
      if (!(await match(status, post))) continue;
      const chain = [status, ...(await follow(status.id, index + 1))];
      if (chain.length > longest.length) longest = chain;
    }
    return longest;
  };
  return follow(parentId, from);
}

/** Those of the loose statuses that have the words of a post, and what answers them so; oldest first. */
async function gatherStrays(
  ours: readonly Status[],
  loose: readonly Status[],
  posts: readonly MastodonStatus[],
  match: Matcher,
): Promise<Status[]> {
  const strays: Status[] = [];
  const waiting = [...loose];
  for (let status = waiting.shift(); status !== undefined; status = waiting.shift()) {
    const { id } = status;
    for (const post of posts) {
      if (!(await match(status, post))) continue;
      strays.push(status);
      waiting.push(...ours.filter(({ inReplyToId }) => inReplyToId === id));
      break;
    }
  }
  return strays.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
}
