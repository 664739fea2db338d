import { renderContent } from './text.ts';
import type { Account, Media, Status, World } from './world.ts';

/** https://docs.joinmastodon.org/entities/Account/ */
export function describeAccount({ id, username }: Account, world: World): object {
  return {
    id,
    username,
    acct: username,
    display_name: username,
    locked: false,
    bot: true,
    note: '',
    url: `${world.server}/@${username}`,
    emojis: [],
    fields: [],
  };
}

/** https://docs.joinmastodon.org/entities/Status/ */
export function describeStatus(status: Status, world: World): object {
  const account = world.accounts.get(status.accountId);
  if (account === undefined) throw new Error('a status without an account');
  const original = world.statuses.get(status.reblogOf ?? '');
  const answered = world.statuses.get(status.inReplyToId ?? '');
  const url = `${world.server}/@${account.username}/${status.id}`;
  return {
    id: status.id,
    created_at: status.createdAt.toISOString(),
    edited_at: status.editedAt?.toISOString() ?? null,
    in_reply_to_id: status.inReplyToId,
    in_reply_to_account_id: answered?.accountId ?? null,
    sensitive: false,
    spoiler_text: '',
    visibility: status.visibility,
    language: status.language,
    uri: `${world.server}/users/${account.username}/statuses/${status.id}`,
    url,
    content: renderContent(status.text, world.server),
    reblog: original === undefined ? null : describeStatus(original, world),
    account: describeAccount(account, world),
    media_attachments: status.mediaIds.flatMap((id) => {
      const media = world.media.get(id);
      return media === undefined ? [] : [describeMedia(media, world)];
    }),
    mentions: [],
    tags: [],
    emojis: [],
    card: null,
    poll: null,
  };
}

/** https://docs.joinmastodon.org/entities/MediaAttachment/ */
export function describeMedia(media: Media, { server }: World): object {
  const isReady = media.looksUntilReady <= 0;
  return {
    id: media.id,
    type: 'image',
    url: isReady ? `${server}/system/media_attachments/${media.id}` : null,
    preview_url: `${server}/system/media_attachments/small/${media.id}`,
    remote_url: null,
    meta: {},
    description: media.description,
    blurhash: null,
  };
}
