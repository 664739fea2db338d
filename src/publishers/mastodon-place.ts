import type { mastodon } from 'masto';
import type { MastodonStatus } from '../../formatters/mastodon.ts';
import { refuseDeleted } from './mastodon-errors.ts';
import { makeMatcher, readStatus, surveyStatuses } from './mastodon-find.ts';
import { cutDescription } from './mastodon-images.ts';
import type { Outgoing, Refusal } from './publisher.ts';

type Status = mastodon.v1.Status;

/** What is on the account of a delivery. */
export type Place = {
  /** Its first posts, in order. */
  readonly posts: readonly Status[];
  /** Later posts of it that lost those before. */
  readonly strays: readonly Status[];
  /** True when posts of the older revision are left that this one has no words for. */
  readonly hasSurplus: boolean;
};

/**
 * Reads what is in place of a delivery. A correction is read from the posts that it changes, by
 * their ids; what it has more is looked for as every other delivery is.
 */
export async function readPlace(
  client: mastodon.rest.Client,
  readAccountId: () => Promise<string>,
  outgoing: Outgoing,
  posts: readonly MastodonStatus[],
): Promise<Place | Refusal> {
  const old = outgoing.replaces?.receipt.posts ?? [];
  const edited: Status[] = [];
  const match = makeMatcher(client);
  for (const [index, post] of posts.slice(0, old.length).entries()) {
    const status = await readStatus(client, old[index]?.id ?? '');
    if (status === undefined) return refuseDeleted(`post ${index + 1}`);
    if (!hasImagesOf(status, post) || !(await match(status, post))) {
      return { posts: edited, strays: [], hasSurplus: true };
    }
    edited.push(status);
  }
  if (posts.length > old.length) {
    const sought = { posts, from: old.length, parentId: old.at(-1)?.id ?? null };
    const survey = await surveyStatuses(client, await readAccountId(), outgoing, sought);
    if (typeof survey === 'string') return refuseUntold(survey);
    const found = [...edited, ...survey.chain];
    return { posts: found, strays: survey.strays, hasSurplus: false };
  }
  for (const { id } of old.slice(posts.length)) {
    if ((await readStatus(client, id)) !== undefined) {
      return { posts: edited, strays: [], hasSurplus: true };
    }
  }
  return { posts: edited, strays: [], hasSurplus: false };
}

/**
 * Everything of a delivery that can be recognised, torn or whole, for taking it back. Older posts
 * that a correction has not changed yet are not its own.
 */
export async function readRemains(
  client: mastodon.rest.Client,
  readAccountId: () => Promise<string>,
  outgoing: Outgoing,
  posts: readonly MastodonStatus[],
): Promise<readonly Status[] | Refusal> {
  const old = outgoing.replaces?.receipt.posts ?? [];
  const match = makeMatcher(client);
  const remains: Status[] = [];
  for (const [index, post] of posts.slice(0, old.length).entries()) {
    const status = await readStatus(client, old[index]?.id ?? '');
    if (status !== undefined && (await match(status, post))) remains.push(status);
  }
  if (posts.length <= old.length) return remains;
  const sought = { posts, from: old.length, parentId: old.at(-1)?.id ?? null };
  const survey = await surveyStatuses(client, await readAccountId(), outgoing, sought);
  if (typeof survey === 'string') return refuseUntold(survey);
  return [...remains, ...survey.chain, ...survey.strays];
}

/**
 * The descriptions are compared, not the bytes: a correction may change nothing but the images. The
 * server may have cut them. An image that was left out is so tried again.
 */
function hasImagesOf({ mediaAttachments }: Status, { media = [] }: MastodonStatus): boolean {
  if (mediaAttachments.length !== media.length) return false;
  return media.every(({ description }, index) => {
    const words = mediaAttachments[index]?.description ?? '';
    return words === cutDescription(description, [...words].length || description.length);
  });
}

function refuseUntold(why: string): Refusal {
  return {
    kind: 'refused',
    reason: `whether the thread is on Mastodon cannot be told: ${why}`,
    remedy: 'Look at the account and delete what is left of the thread there',
  };
}
