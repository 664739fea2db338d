import { describeStatus } from './describe.ts';
import { refusals } from './errors.ts';
import { listOf, type Params, textOf } from './params.ts';
import type { Route, RouteRequest } from './routes.ts';
import { countCharacters } from './text.ts';
import type { Media, Status, World } from './world.ts';

const HOUR_MS = 3_600_000;
const MOST_FILES = 4;
const VISIBILITIES = new Set(['public', 'unlisted', 'private', 'direct']);

/**
 * https://docs.joinmastodon.org/methods/statuses/
 * https://github.com/mastodon/mastodon/blob/main/app/controllers/api/v1/statuses_controller.rb
 */
export const statusRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/v1/statuses', scope: 'write:statuses', handle: create },
  {
    method: 'GET',
    path: '/api/v1/statuses/:id',
    scope: 'read:statuses',
    isPublic: true,
    handle: (world, { id, account }) => {
      const status = world.statuses.get(id);
      const isSeen =
        status?.accountId === account?.id || /public|unlisted/.test(status?.visibility ?? '');
      if (status === undefined || !isSeen) throw refusals.notFound();
      return { status: 200, body: describeStatus(status, world) };
    },
  },
  {
    method: 'GET',
    path: '/api/v1/statuses/:id/source',
    scope: 'read:statuses',
    handle: (world, request) => {
      const { id, text } = needOwn(world, request);
      return { status: 200, body: { id, text, spoiler_text: '' } };
    },
  },
  { method: 'PUT', path: '/api/v1/statuses/:id', scope: 'write:statuses', handle: update },
  {
    method: 'DELETE',
    path: '/api/v1/statuses/:id',
    scope: 'write:statuses',
    handle: (world, request) => {
      const status = needOwn(world, request);
      const body = { ...describeStatus(status, world), text: status.text };
      removeStatus(world, status.id);
      return { status: 200, body };
    },
  },
];

/**
 * Takes a status away as its author's client does: answers to it answer nothing afterwards, and its
 * media can be used again. https://github.com/mastodon/mastodon/blob/main/app/models/status.rb
 */
export function removeStatus(world: World, id: string): void {
  world.statuses.delete(id);
  for (const status of world.statuses.values()) {
    if (status.inReplyToId === id) status.inReplyToId = null;
  }
  for (const media of world.media.values()) if (media.statusId === id) media.statusId = null;
}

/** https://github.com/mastodon/mastodon/blob/main/app/services/post_status_service.rb */
function create(world: World, request: RouteRequest): ReturnType<Route['handle']> {
  const { params, account, idempotencyKey } = request;
  if (account === undefined) throw refusals.noUser();
  const answeredId = textOf(params, 'in_reply_to_id');
  if (answeredId !== undefined && !world.statuses.has(answeredId)) throw refusals.replyNotFound();

  const key = `${account.id} ${idempotencyKey}`;
  const known = idempotencyKey === undefined ? undefined : world.keys.get(key);
  if (known !== undefined && world.now().getTime() - known.at.getTime() < HOUR_MS) {
    if (world.isKeyBroken) throw new Error('undefined method ‘account’ for nil');
    const status = world.statuses.get(known.statusId);
    if (status === undefined) throw refusals.notFound();
    return { status: 200, body: describeStatus(status, world) };
  }

  if (world.refusal !== undefined) {
    const { refusal } = world;
    world.refusal = undefined;
    throw refusal;
  }
  const media = needMedia(world, params, account.id, null);
  const text = checkText(world, params, media);
  const visibility = textOf(params, 'visibility') ?? 'public';
  if (!VISIBILITIES.has(visibility)) throw refusals.badVisibility(visibility);
  const status: Status = {
    id: world.makeId(),
    accountId: account.id,
    createdAt: world.now(),
    visibility: visibility === 'public' && account.isSilenced ? 'unlisted' : visibility,
    reblogOf: null,
    inReplyToId: answeredId ?? null,
    text,
    language: textOf(params, 'language') ?? 'en',
    mediaIds: media.map(({ id }) => id),
    editedAt: null,
    history: [],
  };
  world.statuses.set(status.id, status);
  for (const one of media) one.statusId = status.id;
  if (idempotencyKey !== undefined) {
    world.keys.set(key, { statusId: status.id, at: world.now() });
  }
  return { status: 200, body: describeStatus(status, world) };
}

/** https://github.com/mastodon/mastodon/blob/main/app/services/update_status_service.rb */
function update(world: World, request: RouteRequest): ReturnType<Route['handle']> {
  const status = needOwn(world, request);
  const media = needMedia(world, request.params, status.accountId, status.id);
  const text = checkText(world, request.params, media);
  const mediaIds = media.map(({ id }) => id);
  const language = textOf(request.params, 'language') ?? status.language;
  const isChanged =
    text !== status.text ||
    language !== status.language ||
    mediaIds.join() !== status.mediaIds.join();
  if (isChanged) {
    status.history = [...status.history, status.text];
    for (const id of status.mediaIds) {
      const former = world.media.get(id);
      if (former !== undefined) former.statusId = null;
    }
    for (const one of media) one.statusId = status.id;
    Object.assign(status, { text, language, mediaIds, editedAt: world.now() });
  }
  return { status: 200, body: describeStatus(status, world) };
}

function needOwn(world: World, { id, account }: RouteRequest): Status {
  const status = world.statuses.get(id);
  if (status === undefined || status.accountId !== account?.id) throw refusals.notFound();
  return status;
}

function needMedia(
  world: World,
  params: Params,
  accountId: string,
  statusId: string | null,
): readonly Media[] {
  const ids = listOf(params, 'media_ids') ?? [];
  if (ids.length > MOST_FILES) throw refusals.tooManyFiles();
  const missing = ids.filter((id) => {
    const media = world.media.get(id);
    const isFree = media?.statusId === null || media?.statusId === statusId;
    return media?.accountId !== accountId || !isFree;
  });
  if (missing.length > 0) throw refusals.mediaNotFound(missing);
  const media = ids.flatMap((id) => world.media.get(id) ?? []);
  const isReady = media.every(({ looksUntilReady }) => looksUntilReady <= 0);
  if (!isReady) throw refusals.mediaNotReady();
  return media;
}

/** The text is stripped before it is kept, and may be missing where there are media. */
function checkText({ rules }: World, params: Params, media: readonly Media[]): string {
  const text = (textOf(params, 'status') ?? '').trim();
  if (text === '' && media.length === 0) throw refusals.blank();
  if (countCharacters(text, rules.charactersPerUrl) > rules.maxCharacters) {
    throw refusals.tooLong(rules.maxCharacters);
  }
  return text;
}
