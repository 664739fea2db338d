import { afterAll, describe, expect, it } from 'vitest';
import { makeDiscordPublisher } from '../../src/publishers/discord.ts';
import type { DiscordOptions } from '../../src/publishers/discord-place.ts';
import { makeDiscordRest } from '../../src/publishers/discord-rest.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import type { ChannelOptions } from '../fakes/discord/store.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { PARAGRAPHS } from './discord-rig.ts';
import { makeDraft, makeDrafts } from './drafts.ts';
import {
  attemptAgain,
  makeCorrection,
  makeOutgoing,
  patience,
  send,
} from './publisher-contract.ts';

const discord = await startFakeDiscord({ openApiPath: specPath, rateLimits: false });
afterAll(() => discord.close());

const SOMEBODY = '175928847299117063';
const make = (
  channelId: string,
  forumPer: DiscordOptions['forumPer'],
  api = discord.apiUrl,
): Publisher => {
  const rest = makeDiscordRest({ token: discord.token, api });
  return makeDiscordPublisher({ channelId }, rest, { crosspost: false, forumPer });
};
const addForum = (over: ChannelOptions = {}): string => discord.addChannel({ type: 15, ...over });
const threadsOf = (forumId: string) =>
  discord.threads(forumId) as readonly { id: string; name: string; applied_tags: string[] }[];
const draft = makeDraft('discord', 4);
const { draft: long, shorterDraft } = makeDrafts('discord', PARAGRAPHS);

describe('a forum with a thread for each paper', () => {
  it.each([15, 16])(
    'names the thread by the paper and tags it by its topics, type %i',
    async (type) => {
      const tags = [{ name: 'DATA-filtering', id: '100000000000000009' }, { name: 'Vision' }];
      const forumId = addForum({ type, tags });

      const { posts } = await send(make(forumId, 'paper'), makeOutgoing(long));

      const [thread] = threadsOf(forumId);
      expect(thread).toMatchObject({
        name: 'A Paper With Several Posts',
        applied_tags: ['100000000000000009'],
      });
      expect(posts[0]?.id).toBe(thread?.id);
      expect(posts.map(({ threadId }) => threadId)).toEqual(posts.map(() => thread?.id));
      expect(posts.at(-1)?.url).toContain(`/${discord.guildId}/${thread?.id}/${posts.at(-1)?.id}`);
    },
  );

  it('leaves tags to moderators that are theirs', async () => {
    const forumId = addForum({ tags: [{ name: 'Data filtering', moderated: true }] });
    discord.setManageThreads(false);

    await send(make(forumId, 'paper'), makeOutgoing(draft));
    discord.setManageThreads(true);

    expect(threadsOf(forumId)).toMatchObject([{ applied_tags: [] }]);
  });

  it('tells a person which tag the forum lacks, and takes the paper once it is there', async () => {
    const forumId = addForum({ tags: [{ name: 'Vision' }], requiresTag: true });
    const publisher = make(forumId, 'paper');
    const outgoing = makeOutgoing(draft);

    const refused = await publisher.publish(outgoing, [], patience());
    discord.setTags(forumId, [{ name: 'data filtering' }]);
    const again = await attemptAgain(publisher, outgoing);

    expect(refused.kind === 'refused' && refused.remedy).toMatch(/add a tag .*“Data filtering”/i);
    expect(refused).not.toHaveProperty('isClosed');
    expect(refused).toHaveProperty('isUnsent', true);
    expect(again.kind).toBe('sent');
  });

  it('takes the tag for all else where no topic is a tag and the forum demands one', async () => {
    const tags = [{ name: 'Vision' }, { name: 'Misc', id: '100000000000000012' }];
    const forumId = addForum({ tags, requiresTag: true });
    const rest = makeDiscordRest({ token: discord.token, api: discord.apiUrl });
    const use = { crosspost: false, forumPer: 'paper' } as const;
    const publish = (forumTag: string) =>
      makeDiscordPublisher({ channelId: forumId }, rest, { ...use, forumTag }).publish(
        makeOutgoing(draft),
        [],
        patience(),
      );

    const lacking = await publish('Other');
    const attempt = await publish('misc');

    expect(lacking.kind === 'refused' && lacking.remedy).toMatch(/“Other”.*discord\.forumTag/);
    expect(attempt.kind).toBe('sent');
    expect(threadsOf(forumId)).toMatchObject([{ applied_tags: ['100000000000000012'] }]);
  });

  it('reads the tags anew when one of them is gone', async () => {
    const forumId = addForum({ tags: [{ name: 'Data filtering' }] });
    const publisher = make(forumId, 'paper');
    await send(publisher, makeOutgoing(draft));
    discord.setTags(forumId, [{ name: 'Vision' }]);
    const outgoing = makeOutgoing(draft);

    const first = await publisher.publish(outgoing, [], patience());
    const second = await attemptAgain(publisher, outgoing);

    expect([first.kind, second.kind]).toEqual(['unavailable', 'sent']);
  });

  it('finds a thread whose answer was lost among others, archived or not', async () => {
    const forumId = addForum();
    const outgoing = makeOutgoing(draft);
    discord.inject({ kind: 'reset-after', method: 'POST', path: /threads$/ });
    await make(forumId, 'paper').publish(outgoing, [], patience());
    for (let i = 0; i < 3; i += 1) await send(make(forumId, 'paper'), makeOutgoing(draft));
    for (const { id } of threadsOf(forumId).slice(0, 2)) discord.archiveThread(id);

    const again = await attemptAgain(make(forumId, 'paper'), outgoing);

    const [first] = threadsOf(forumId);
    expect(again.kind === 'sent' && again.receipt.posts[0]?.threadId).toBe(first?.id);
    expect(threadsOf(forumId)).toHaveLength(4);
  });

  it('does not begin another thread while the request for the first is still on its way', async () => {
    const forumId = addForum();
    const outgoing = makeOutgoing(draft);
    const publisher = make(forumId, 'paper');
    await publisher.find(outgoing, patience());
    discord.inject({ kind: 'delay', delayMs: 5_000, method: 'POST', path: /threads$/ });
    const lost = await publisher.publish(outgoing, [], AbortSignal.timeout(1_500));
    const doubtful = { ...outgoing, doubtfulSince: new Date() };

    const early = await attemptAgain(make(forumId, 'paper'), doubtful);
    await expect.poll(() => threadsOf(forumId), { timeout: 30_000 }).toHaveLength(1);
    const late = await attemptAgain(make(forumId, 'paper'), doubtful);

    expect(lost.kind).toBe('unknown');
    expect(early.kind === 'unavailable' && early.retryAfterMs).toBeGreaterThan(15_000);
    expect(late.kind).toBe('sent');
    expect(threadsOf(forumId)).toHaveLength(1);
  });

  it('begins a thread once what was on its way must have come', async () => {
    const forumId = addForum();
    const outgoing = makeOutgoing(draft, { doubtfulSince: new Date(Date.now() - 20_000) });

    const again = await attemptAgain(make(forumId, 'paper'), outgoing);

    expect(again.kind).toBe('sent');
    expect(threadsOf(forumId)).toHaveLength(1);
  });

  it('finds the messages under what readers have answered', async () => {
    const forumId = addForum();
    const outgoing = makeOutgoing(long);
    const receipt = await send(make(forumId, 'paper'), outgoing);
    const threadId = threadsOf(forumId)[0]?.id ?? '';
    for (let i = 0; i < 150; i += 1) {
      discord.postAs(threadId, { authorId: SOMEBODY, body: { content: `answer ${i}` } });
    }

    const found = await make(forumId, 'paper').find(outgoing, patience());

    expect(found).toEqual({ kind: 'whole', receipt });
  });

  it('deletes the thread with the paper, or its messages alone where it may not', async () => {
    const [allowed, forbidden] = [addForum(), addForum()];
    const outgoing = makeOutgoing(long);
    const receipts = [
      await send(make(allowed, 'paper'), outgoing),
      await send(make(forbidden, 'paper'), outgoing),
    ];

    const whole = await make(allowed, 'paper').retract(outgoing, receipts[0], patience());
    discord.setManageThreads(false);
    const part = await make(forbidden, 'paper').retract(outgoing, receipts[1], patience());
    discord.setManageThreads(true);

    expect([whole.kind, part.kind]).toEqual(['retracted', 'retracted']);
    expect(threadsOf(allowed)).toEqual([]);
    expect(threadsOf(forbidden).map(({ id }) => discord.messages(id))).toEqual([[]]);
  });

  it('names and tags the thread anew with a correction, and leaves a moderated tag', async () => {
    const tags = [
      { name: 'Data filtering', id: '100000000000000009' },
      { name: 'Vision', id: '100000000000000010' },
      { name: 'Best of', id: '100000000000000011', moderated: true },
    ];
    const forumId = addForum({ tags });
    const old = makeOutgoing(draft);
    const receipt = await send(make(forumId, 'paper'), old);
    const threadId = threadsOf(forumId)[0]?.id ?? '';
    const rest = makeDiscordRest({ token: discord.token, api: discord.apiUrl });
    const applied_tags = ['100000000000000009', '100000000000000011'];
    await rest.patch(`/channels/${threadId}`, { applied_tags }, patience());
    discord.archiveThread(threadId);
    discord.setManageThreads(false);
    const forum = { paperName: 'Another Name', issueName: 'Issue #7', topics: ['vision'] };
    const next = { ...makeDraft('discord', 3), forum };
    if (next.platform !== 'discord') throw new Error('not for Discord');

    await send(make(forumId, 'paper'), makeCorrection(old, receipt, next, 'edit'));
    discord.setManageThreads(true);

    expect(threadsOf(forumId)).toMatchObject([
      { name: 'Another Name', applied_tags: ['100000000000000011', '100000000000000010'] },
    ]);
  });
});

describe('a forum with a thread for each issue', () => {
  it('gathers the papers of the issue in one thread', async () => {
    const forumId = addForum();
    const publisher = make(forumId, 'issue');
    const first = await send(publisher, makeOutgoing(long));

    const second = await send(publisher, makeOutgoing(draft, { companions: [first] }));

    const [thread, ...others] = threadsOf(forumId);
    expect(others).toEqual([]);
    expect(thread?.name).toBe('Issue #7 · Jan 26 – Feb 2, 2026');
    expect(second.posts.map(({ threadId }) => threadId)).toEqual([thread?.id]);
    expect(discord.messages(thread?.id ?? '')).toHaveLength(long.posts.length + 1);
  });

  it('finds a message whose answer was lost in that thread, though the companion went', async () => {
    const forumId = addForum();
    const companion = makeOutgoing(draft);
    const receipt = await send(make(forumId, 'issue'), companion);
    const outgoing = makeOutgoing(draft, { companions: [receipt] });
    discord.inject({ kind: 'reset-after', method: 'POST', path: /messages$/ });
    const lost = await make(forumId, 'issue').publish(outgoing, [], patience());
    await make(forumId, 'issue').retract(companion, receipt, patience());

    const again = await attemptAgain(make(forumId, 'issue'), { ...outgoing, companions: [] });

    expect([lost.kind, again.kind]).toEqual(['unknown', 'sent']);
    expect(threadsOf(forumId).flatMap(({ id }) => discord.messages(id))).toHaveLength(1);
  });

  it('begins another thread where that of the issue was deleted', async () => {
    const forumId = addForum();
    const publisher = make(forumId, 'issue');
    const first = await send(publisher, makeOutgoing(draft));
    discord.removeChannel(first.posts[0]?.threadId ?? '');

    const second = await send(publisher, makeOutgoing(draft, { companions: [first] }));

    expect(threadsOf(forumId).map(({ id }) => id)).toEqual([second.posts[0]?.threadId]);
  });

  it('opens an archived thread, and tells a person of a locked one', async () => {
    const forumId = addForum();
    const publisher = make(forumId, 'issue');
    const first = await send(publisher, makeOutgoing(draft));
    const threadId = first.posts[0]?.threadId ?? '';
    const outgoing = makeOutgoing(draft, { companions: [first] });
    discord.archiveThread(threadId);
    discord.lockThread(threadId);
    discord.setManageThreads(false);

    const refused = await publisher.publish(outgoing, [], patience());
    discord.setManageThreads(true);
    const sent = await attemptAgain(publisher, outgoing);

    expect(refused.kind === 'refused' && refused.remedy).toMatch(/Manage Threads/);
    expect(refused).not.toHaveProperty('isClosed');
    expect(sent.kind === 'sent' && sent.receipt.posts[0]?.threadId).toBe(threadId);
  });

  it('takes a paper back and leaves the others, and the thread goes with the last', async () => {
    const forumId = addForum();
    const publisher = make(forumId, 'issue');
    const one = makeOutgoing(long);
    const first = await send(publisher, one);
    const two = makeOutgoing(draft, { companions: [first] });
    const second = await send(publisher, two);

    await publisher.retract(one, first, patience());
    const between = threadsOf(forumId).flatMap(({ id }) => discord.messages(id));
    await publisher.retract(two, second, patience());

    expect(between.map(({ id }) => id)).toEqual(second.posts.map(({ id }) => id));
    expect(threadsOf(forumId)).toEqual([]);
  });

  it('keeps a thread in which readers have spoken', async () => {
    const forumId = addForum();
    const publisher = make(forumId, 'issue');
    const first = await send(publisher, makeOutgoing(draft));
    const two = makeOutgoing(draft, { companions: [first] });
    const second = await send(publisher, two);
    const threadId = first.posts[0]?.threadId ?? '';
    discord.postAs(threadId, { authorId: SOMEBODY, body: { content: 'thank you' } });
    discord.removeMessage(threadId, threadId);

    await publisher.retract(two, second, patience());

    expect(discord.messages(threadId)).toMatchObject([{ content: 'thank you' }]);
    expect(threadsOf(forumId)).toHaveLength(1);
  });

  it('corrects a paper in the midst of the others', async () => {
    const forumId = addForum();
    const publisher = make(forumId, 'issue');
    const one = makeOutgoing(long);
    const first = await send(publisher, one);
    const second = await send(publisher, makeOutgoing(draft, { companions: [first] }));

    const corrected = await send(publisher, makeCorrection(one, first, shorterDraft, 'edit'));

    const ids = threadsOf(forumId).flatMap(({ id }) => discord.messages(id).map((one) => one.id));
    expect(corrected.posts).toEqual(first.posts.slice(0, -1));
    expect(ids).toEqual([...corrected.posts, ...second.posts].map(({ id }) => id));
    expect(threadsOf(forumId)).toMatchObject([{ name: 'Issue #7 · Jan 26 – Feb 2, 2026' }]);
  });
});
