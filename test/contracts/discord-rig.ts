import type { Draft, FormatOptions } from '../../formatters/draft.ts';
import { makeDiscordPublisher } from '../../src/publishers/discord.ts';
import type { DiscordOptions } from '../../src/publishers/discord-place.ts';
import { makeDiscordRest } from '../../src/publishers/discord-rest.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import type { StoredMessage } from '../fakes/discord/message.ts';
import type { FakeDiscord } from '../fakes/discord/server.ts';
import { type ChannelOptions, isForum } from '../fakes/discord/store.ts';
import { makeDraft, makeDrafts } from './drafts.ts';
import type { Rig, RigFault } from './publisher-contract.ts';

/** Enough for several messages. */
export const PARAGRAPHS = 40;
const WRITES = ['POST', 'PATCH', 'DELETE'];

type Embed = { readonly title?: string; readonly description?: string; footer?: { text: string } };
type Component = {
  readonly content?: string;
  readonly components?: readonly { readonly label: string }[];
};

/** How a rig is set up; a text channel and cards unless told. */
export type DiscordRigOptions = {
  readonly channel?: ChannelOptions;
  readonly use?: Partial<DiscordOptions>;
  readonly format?: Partial<FormatOptions>;
};

/** The rig of one kind of place. Each test has a channel of its own. */
export function makeDiscordRig(
  discord: FakeDiscord,
  { channel = {}, use, format }: DiscordRigOptions = {},
): Rig {
  const isInForum = isForum({ type: channel.type ?? 0 });
  const options: DiscordOptions = { crosspost: false, forumPer: 'paper', ...use };
  let channelId = discord.addChannel(channel);
  const make = (over: { token?: string; api?: string } = {}): Publisher => {
    const rest = makeDiscordRest({ token: discord.token, api: discord.apiUrl, ...over });
    return makeDiscordPublisher({ channelId }, rest, options);
  };
  const listPlace = (): { readonly in: string; readonly message: StoredMessage }[] => {
    const ids = isInForum ? discord.threads(channelId).map(({ id }) => String(id)) : [channelId];
    return ids.flatMap((id) => discord.messages(id).map((message) => ({ in: id, message })));
  };
  const drafts = makeDrafts('discord', PARAGRAPHS, format);
  return {
    ...drafts,
    foreignDraft: makeDraft('bluesky', 1),
    longDraft: lengthen(makeDraft('discord', 1)),
    make: () => make(),
    readPlace: async () => listPlace().map(({ message }) => readMessage(message)),
    emptyPlace: async () => {
      channelId = discord.addChannel(channel);
    },
    countRequests: () => discord.requests.length,
    inject: (fault, skip) => injectFault(discord, fault, skip),
    calm: () => discord.clearFaults(),
    makeUnreachable: () => make({ api: 'http://127.0.0.1:1/api' }),
    makeUnauthorized: () => make({ token: 'MTA1MjM0NTY3ODkwMTIzNDU2Nw.aaaaaa.bbbbbbbbbbbb' }),
    revoke: async () => discord.revokeToken(),
    restore: async () => discord.restoreToken(),
    removePlace: async () => discord.removeChannel(channelId),
    refuseContent: () =>
      discord.inject({
        method: WRITES,
        kind: 'refuse',
        status: 400,
        code: 200000,
        message: 'Your message could not be delivered as it was blocked by this server',
      }),
    deletePost: async (index) => {
      const post = listPlace()[index];
      if (post !== undefined) discord.removeMessage(post.in, post.message.id);
    },
    corrections: ['edit'],
    without: {
      expire: 'a bot token does not run out',
      ...(isInForum ? { race: 'Discord knows no nonce for a thread' } : {}),
    },
  };
}

/** What readers see of a message, as the draft is read. */
export function readMessage({ embeds, components }: StoredMessage): string {
  if (components.length > 0) return readComponents(components);
  const [embed] = embeds as readonly Embed[];
  return [embed?.title, embed?.description, embed?.footer?.text].filter(Boolean).join('\n\n');
}

/** The texts and the names of buttons, without the time that the sending adds. */
function readComponents(components: readonly object[]): string {
  const [container] = components as readonly { components: readonly Component[] }[];
  const texts = (container?.components ?? []).flatMap(({ content, components: buttons }) =>
    buttons === undefined
      ? (content ?? [])
      : [buttons.map(({ label }) => `[ ${label} ]`).join(' ')],
  );
  return texts.join('\n\n').replace(/ · <t:\d+:f>$/, '');
}

function injectFault(discord: FakeDiscord, fault: RigFault, skip = 0): void {
  const match = { method: WRITES, skip };
  switch (fault) {
    case 'rate-limit':
    case 'rate-limit-silent': {
      const hasRetryAfter = fault === 'rate-limit';
      discord.inject({ ...match, kind: 'rate-limit', retryAfterMs: 60_000, hasRetryAfter });
      break;
    }
    case 'status-before':
    case 'status-after':
      discord.inject({ ...match, kind: fault, status: 502 });
      break;
    case 'hang-body':
      discord.inject({ ...match, kind: 'hang-body-after' });
      break;
    default:
      discord.inject({ ...match, kind: fault });
  }
}

function lengthen(draft: Draft): Draft {
  const [first] = draft.platform === 'discord' ? draft.posts : [];
  const [embed] = first?.embeds ?? [];
  if (draft.platform !== 'discord' || first?.embeds === undefined || embed === undefined) {
    throw new Error('not a card of Discord');
  }
  return { ...draft, posts: [{ ...first, embeds: [{ ...embed, description: 'x'.repeat(4097) }] }] };
}
