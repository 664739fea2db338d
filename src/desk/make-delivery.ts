import { pingRoles } from '../../formatters/discord-ping.ts';
import type { Draft, FormatOptions } from '../../formatters/draft.ts';
import { formatItem } from '../../formatters/index.ts';
import { type Item, keyItem, nameItem } from '../../formatters/item.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import type { NewDelivery } from '../outbox/delivery.ts';
import type { Desk, Destination } from './desk.ts';

/** How a delivery is to be written where that is not as its destination has it. */
export type Manner = {
  readonly asked?: Pick<FormatOptions, 'languages' | 'discord'> | undefined;
  /** Roles of Discord that its first message pings. */
  readonly roleIds?: readonly string[];
};

/** An item written for a destination, ready to be queued. */
export function makeDelivery(
  { format }: Pick<Desk, 'format'>,
  { issue, revision }: StoredIssue,
  item: Item,
  { key, name, platform, isFollowed }: Destination,
  dueAt: Date,
  { asked, roleIds = [] }: Manner = {},
): NewDelivery {
  const options = { ...format(isFollowed ? platform : name), ...asked };
  const draft = formatItem(item, platform, options);
  const pinging = draft.platform === 'discord' ? pingRoles(draft, roleIds) : draft;
  return {
    issue: issue.number,
    item: keyItem(item),
    revision,
    destination: key,
    title: nameItem(item).title,
    draft: asked === undefined ? pinging : { ...pinging, asked },
    dueAt,
  };
}

/** The manner of a draft: what takes its place is written in the same. */
export function readManner(draft: Draft): Manner {
  if (draft.platform !== 'discord') return { asked: draft.asked };
  const mentions = draft.posts[0]?.allowed_mentions;
  const roleIds = mentions !== undefined && 'roles' in mentions ? mentions.roles : [];
  return { asked: draft.asked, roleIds };
}
