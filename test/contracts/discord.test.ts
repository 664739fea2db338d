import { afterAll, describe, expect, it } from 'vitest';
import { formatItem } from '../../formatters/index.ts';
import { listItems, type PaperItem } from '../../formatters/item.ts';
import { makeDiscordPublisher } from '../../src/publishers/discord.ts';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { makeDraft, makeIssue } from './drafts.ts';
import {
  attemptAgain,
  describePublisher,
  makeOutgoing,
  type RigFault,
} from './publisher-contract.ts';

const discord = await startFakeDiscord({ openApiPath: specPath, rateLimits: false });
afterAll(() => discord.close());

// A new channel empties the place: what was in the old one cannot be mistaken for anything.
let channelId = discord.addChannel();
const account = () => ({ token: discord.token, channelId, api: discord.apiUrl });

type Embed = { readonly title?: string; readonly description?: string; footer?: { text: string } };
type Component = {
  readonly content?: string;
  readonly components?: readonly { readonly label: string }[];
};
const read = (embed: Embed | undefined): string =>
  [embed?.title, embed?.description, embed?.footer?.text].filter((text) => text).join('\n\n');

function inject(fault: RigFault): void {
  const match = { method: 'POST', path: /\/messages$/ };
  if (fault === 'rate-limit') discord.inject({ ...match, kind: fault, retryAfterMs: 60_000 });
  else if (fault === 'status-before' || fault === 'status-after') {
    discord.inject({ ...match, kind: fault, status: 502 });
  } else discord.inject({ ...match, kind: fault });
}

const draft = makeDraft('discord', 4);
if (draft.platform !== 'discord') throw new Error('not a Discord draft');
const [first] = draft.posts;
const [embed] = first?.embeds ?? [];
if (first?.embeds === undefined || embed === undefined) throw new Error('an empty draft');
const long = { ...first, embeds: [{ ...embed, description: 'x'.repeat(4097) }] };

describePublisher('Discord', async () => ({
  draft,
  foreignDraft: makeDraft('bluesky', 1),
  longDraft: { ...draft, posts: [long] },
  make: () => makeDiscordPublisher(account()),
  readPlace: async () => discord.messages(channelId).map(({ embeds }) => read(embeds[0] as Embed)),
  emptyPlace: async () => {
    channelId = discord.addChannel();
  },
  countRequests: () => discord.requests.length,
  inject,
  makeUnreachable: () => makeDiscordPublisher({ ...account(), api: 'http://127.0.0.1:1/api' }),
  makeUnauthorized: () =>
    makeDiscordPublisher({ ...account(), token: 'MTA1MjM0NTY3ODkwMTIzNDU2Nw.aaaaaa.bbbbbbbbbbbb' }),
}));

const itemOf = (paragraphs: number): PaperItem => {
  const [item] = listItems(makeIssue(paragraphs));
  if (item === undefined) throw new Error('the issue has no item');
  return item;
};
const inComponents = formatItem(itemOf(4), 'discord', {
  languages: ['en'],
  discord: { layout: 'components' },
});

/** The texts and the names of buttons, without the time that the sending adds. */
function readComponents(components: readonly object[] = []): string {
  const [container] = components as readonly { components: readonly Component[] }[];
  const texts = (container?.components ?? []).flatMap(({ content, components: buttons }) =>
    buttons === undefined
      ? (content ?? [])
      : [buttons.map(({ label }) => `[ ${label} ]`).join(' ')],
  );
  return texts.join('\n\n').replace(/ · <t:\d+:f>$/, '');
}

describePublisher('Discord, with components,', async () => ({
  draft: inComponents,
  foreignDraft: makeDraft('bluesky', 1),
  make: () => makeDiscordPublisher(account()),
  readPlace: async () =>
    discord.messages(channelId).map(({ components }) => readComponents(components)),
  emptyPlace: async () => {
    channelId = discord.addChannel();
  },
  countRequests: () => discord.requests.length,
  inject,
}));

describe('a paper on Discord', () => {
  const signal = (): AbortSignal => AbortSignal.timeout(20_000);
  const long = makeDraft('discord', 40);

  it('pings nobody', async () => {
    channelId = discord.addChannel();

    await makeDiscordPublisher(account()).publish(makeOutgoing(draft), [], signal());

    const [message] = discord.messages(channelId);
    expect(message?.mention_everyone).toBe(false);
  });

  it('goes on where it stopped when it takes several messages', async () => {
    channelId = discord.addChannel();
    const outgoing = makeOutgoing(long);
    const publisher = makeDiscordPublisher(account());
    discord.inject({ method: 'POST', path: /\/messages$/, kind: 'delay', delayMs: 0 });
    discord.inject({ method: 'POST', path: /\/messages$/, kind: 'reset-after' });

    const broken = await publisher.publish(outgoing, [], signal());
    const between = discord.messages(channelId).length;
    const again = await attemptAgain(makeDiscordPublisher(account()), outgoing);

    expect(long.posts.length).toBeGreaterThan(2);
    expect(broken.kind).toBe('unknown');
    expect(between).toBe(2);
    expect(again.kind === 'sent' && again.receipt.posts.length).toBe(long.posts.length);
    const footers = discord
      .messages(channelId)
      .map(({ embeds }) => (embeds[0] as Embed).footer?.text);
    expect(footers.map((text) => text?.split(' · ').at(-1))).toEqual(
      long.posts.map((_, index) => `part ${index + 1} of ${long.posts.length}`),
    );
  });

  it('is found behind a hundred and fifty messages of others', async () => {
    channelId = discord.addChannel();
    const outgoing = makeOutgoing(draft);
    await makeDiscordPublisher(account()).publish(outgoing, [], signal());
    for (let i = 0; i < 150; i += 1) {
      discord.postAs(channelId, { authorId: '175928847299117063', body: { content: `talk ${i}` } });
    }

    const found = await makeDiscordPublisher(account()).find(outgoing, signal());

    expect(found.kind).toBe('whole');
  });

  it('is not mistaken for a copy that somebody else posted', async () => {
    channelId = discord.addChannel();
    const outgoing = makeOutgoing(draft);
    const embeds = first.embeds.map((embed) => ({
      ...embed,
      timestamp: outgoing.firstAttemptAt.toISOString(),
    }));
    discord.postAs(channelId, { authorId: '175928847299117063', body: { embeds } });

    const found = await makeDiscordPublisher(account()).find(outgoing, signal());

    expect(found).toEqual({ kind: 'absent' });
  });

  it('is not mistaken for an earlier delivery of the same place in the issue', async () => {
    channelId = discord.addChannel();
    const earlier = makeOutgoing(draft);
    const later = { ...makeOutgoing(draft), revision: 2 };
    await makeDiscordPublisher(account()).publish(earlier, [], signal());

    const found = await makeDiscordPublisher(account()).find(later, signal());
    const attempt = await attemptAgain(makeDiscordPublisher(account()), later);

    expect(found).toEqual({ kind: 'absent' });
    expect(attempt.kind).toBe('sent');
    expect(discord.messages(channelId)).toHaveLength(2);
  });

  it('is linked by a page that a person can open', async () => {
    channelId = discord.addChannel();

    const attempt = await makeDiscordPublisher(account()).publish(
      makeOutgoing(draft),
      [],
      signal(),
    );

    const id = discord.messages(channelId)[0]?.id;
    expect(attempt.kind === 'sent' && attempt.receipt.posts[0]?.url).toBe(
      `https://discord.com/channels/${discord.guildId}/${channelId}/${id}`,
    );
  });

  it.each([
    ['a deleted channel', (id: string) => discord.removeChannel(id), /DISCORD_CHANNEL_ID/],
    ['a channel it may not post in', (id: string) => discord.denyChannel(id), /Send Messages/],
    ['a channel it may not see', (id: string) => discord.denyChannel(id, 'view'), /View Channel/],
  ])('tells a person about %s', async (_name, close, remedy) => {
    channelId = discord.addChannel();
    close(channelId);

    const attempt = await makeDiscordPublisher(account()).publish(
      makeOutgoing(draft),
      [],
      signal(),
    );

    expect(attempt.kind === 'refused' && attempt.remedy).toMatch(remedy);
  });

  it('tells a person that a forum takes no plain messages', async () => {
    channelId = discord.addChannel({ type: 15 });

    const attempt = await makeDiscordPublisher(account()).publish(
      makeOutgoing(draft),
      [],
      signal(),
    );

    expect(attempt.kind === 'refused' && attempt.reason).toMatch(/forum/);
  });

  it('is signed in again after the token was revoked and restored', async () => {
    channelId = discord.addChannel();
    const publisher = makeDiscordPublisher(account());
    discord.revokeToken();
    const refused = await publisher.publish(makeOutgoing(draft), [], signal());
    discord.restoreToken();

    const attempt = await publisher.publish(makeOutgoing(draft), [], signal());

    expect([refused.kind, attempt.kind]).toEqual(['refused', 'sent']);
  });
});
