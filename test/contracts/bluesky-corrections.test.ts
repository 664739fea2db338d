import { describe, expect, it } from 'vitest';
import { makeBlueskyPublisher } from '../../src/publishers/bluesky.ts';
import type { Outgoing, Publisher } from '../../src/publishers/publisher.ts';
import { makeBlueskySpending } from '../support/make-spending.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { COLLECTION, keepSession, startBlueskyRigs } from './bluesky-rig.ts';
import { makeDrafts } from './drafts.ts';
import {
  attemptAgain,
  makeCorrection,
  makeOutgoing,
  patience,
  send,
} from './publisher-contract.ts';

const [rig, foreign] = await startBlueskyRigs({ accounts: 2 });
if (rig === undefined || foreign === undefined) throw new Error('the PDS has not two accounts');
const { proxy, login, readRecords, deleteRecord } = rig;
const { draft, correctedDraft, shorterDraft } = makeDrafts('bluesky', 4);
const store = keepSession();
const DAY_MS = 24 * 60 * 60 * 1000;

function make(account = login, sessions = store): Publisher {
  const fetchImage = () => Promise.reject(new Error('an image was asked for'));
  const images = { fetchImage, log: makeRecordLog(), now: () => new Date() };
  return makeBlueskyPublisher(account, sessions, images, makeBlueskySpending());
}

/** A thread in place. */
async function start(stampedAt = new Date()) {
  proxy.calm();
  await rig?.emptyPlace();
  const outgoing = makeOutgoing(draft, { stampedAt });
  const receipt = await send(make(), outgoing);
  return { outgoing, receipt };
}

const readTexts = async (): Promise<string[]> =>
  (await readRecords()).map(({ value }) => value.text);

const listWrites = () => proxy.requests.filter(({ path }) => path.endsWith('applyWrites'));

/** Another person's answer to a post. */
async function answer(uri: string, cid: string): Promise<void> {
  const post = { uri, cid };
  await foreign?.agent.com.atproto.repo.createRecord({
    repo: foreign.did,
    collection: COLLECTION,
    record: {
      $type: COLLECTION,
      text: 'Is this so?',
      createdAt: new Date().toISOString(),
      reply: { root: post, parent: post },
    },
  });
}

describe('a thread on Bluesky that is taken back', () => {
  it('goes in one write although others have answered it', async () => {
    const { outgoing, receipt } = await start();
    const [first] = receipt.posts;
    await answer(first?.id ?? '', first?.cid ?? '');
    const before = listWrites().length;

    const retraction = await make().retract(outgoing, receipt, patience());

    const after = listWrites().length;
    expect(retraction).toEqual({ kind: 'retracted' });
    expect([await readTexts(), after - before]).toEqual([[], 1]);
    expect(await foreign.readRecords()).toHaveLength(1);
  });

  it('goes although someone deletes a post of it between the look and the write', async () => {
    const { outgoing, receipt } = await start();
    const act = () => deleteRecord(receipt.posts[1]?.id ?? '');
    proxy.inject({ method: 'POST', path: /applyWrites/, kind: 'meanwhile', act });

    const retraction = await make().retract(outgoing, receipt, patience());

    expect(retraction).toEqual({ kind: 'retracted' });
    expect(
      listWrites()
        .slice(-2)
        .map(({ status }) => status),
    ).toEqual([500, 200]);
    expect(await readTexts()).toEqual([]);
  });

  it('is known to be gone when the server does it and then says that it failed', async () => {
    const { outgoing, receipt } = await start();
    proxy.inject({ method: 'POST', path: /applyWrites/, kind: 'status-after', status: 502 });

    const retraction = await make().retract(outgoing, receipt, patience());

    expect(retraction).toEqual({ kind: 'retracted' });
  });

  it('is said to be still there when the server fails', async () => {
    const { outgoing, receipt } = await start();
    proxy.inject({ method: 'POST', path: /applyWrites/, kind: 'status-before', status: 502 });

    const retraction = await make().retract(outgoing, receipt, patience());

    expect(retraction.kind).toBe('unavailable');
    expect(await readTexts()).toHaveLength(draft.posts.length);
  });

  it('goes without a receipt when some of it is gone, and can be sent again', async () => {
    const { outgoing, receipt } = await start();
    await deleteRecord(receipt.posts[0]?.id ?? '');
    const torn = await attemptAgain(make(), outgoing);

    const retraction = await make().retract(outgoing, undefined, patience());
    const again = await attemptAgain(make(), outgoing);

    expect(torn.kind === 'refused' && torn.remedy).toMatch(/delete what is left.*retract/);
    expect([retraction.kind, again.kind]).toEqual(['retracted', 'sent']);
    expect(await readTexts()).toHaveLength(draft.posts.length);
  });

  it('is left alone when it is of another account', async () => {
    const { outgoing, receipt } = await start();
    const other = make(foreign.login, keepSession());

    const retraction = await other.retract(outgoing, receipt, patience());
    const replaces = { how: 'repost', receipt } as const;
    const repost = await other.publish(makeOutgoing(draft, { replaces }), [], patience());

    expect(retraction).toMatchObject({ kind: 'refused', remedy: /BLUESKY_IDENTIFIER/ });
    expect(repost.kind).toBe('refused');
    expect(await readTexts()).toHaveLength(draft.posts.length);
  });
});

describe('a thread on Bluesky that is posted anew', () => {
  it('is never beside the old one: both change in one write', async () => {
    const { outgoing, receipt } = await start();
    const before = listWrites().length;

    const anew = await send(make(), makeCorrection(outgoing, receipt, correctedDraft, 'repost'));

    const after = listWrites().length;
    expect(after - before).toBe(1);
    expect((await readRecords()).map(({ uri }) => uri)).toEqual(anew.posts.map(({ id }) => id));
  });

  it('is just posted where the old one is gone', async () => {
    const { outgoing, receipt } = await start();
    await rig.emptyPlace();

    await send(make(), makeCorrection(outgoing, receipt, shorterDraft, 'repost'));

    expect(await readTexts()).toHaveLength(shorterDraft.posts.length);
  });

  it('comes to the same end when a post of the old one is deleted between the look and the write', async () => {
    const { outgoing, receipt } = await start();
    const publisher = make();
    const correction = makeCorrection(outgoing, receipt, correctedDraft, 'repost');
    const act = () => deleteRecord(receipt.posts[1]?.id ?? '');
    proxy.inject({ method: 'POST', path: /applyWrites/, kind: 'meanwhile', act });

    const first = await publisher.publish(correction, [], patience());
    const second = await attemptAgain(publisher, correction);

    expect([first.kind, second.kind]).toEqual(['unknown', 'sent']);
    expect(await readTexts()).toHaveLength(correctedDraft.posts.length);
  });

  it('is refused when old and new are more than one write takes', async () => {
    const { outgoing } = await start();
    const [post] = draft.platform === 'bluesky' ? draft.posts : [];
    if (post === undefined || draft.platform !== 'bluesky') throw new Error('an empty draft');
    const long = { ...draft, posts: Array.from({ length: 101 }, () => post) };
    const old = makeOutgoing(long);
    const receipt = await send(make(), old);

    const attempt = await make().publish(
      makeCorrection(outgoing, receipt, long, 'repost'),
      [],
      patience(),
    );
    const retraction = await make().retract(old, undefined, patience());

    expect(attempt.kind === 'refused' && attempt.reason).toMatch(/202 writes/);
    expect(retraction.kind).toBe('retracted');
  });
});

describe('a thread on Bluesky that answers an older one', () => {
  it('goes on below its last post, under its first', async () => {
    const { outgoing, receipt } = await start();

    const reply = await send(make(), makeCorrection(outgoing, receipt, shorterDraft, 'reply'));

    const records = await readRecords();
    const refs = records.map(({ uri, cid }) => ({ uri, cid }));
    records.slice(1).forEach(({ value }, index) => {
      expect(value.reply).toEqual({ root: refs[0], parent: refs[index] });
    });
    expect(refs).toEqual(
      [...receipt.posts, ...reply.posts].map(({ id, cid }) => ({ uri: id, cid })),
    );
  });

  it('goes under the first thread of all when it answers an answer', async () => {
    const { outgoing, receipt } = await start();
    const correction = makeCorrection(outgoing, receipt, shorterDraft, 'reply');
    const reply = await send(make(), correction);

    const last = await send(make(), makeCorrection(correction, reply, draft, 'reply'));

    const [record] = (await readRecords()).filter(({ uri }) => uri === last.posts[0]?.id);
    expect(record?.value.reply?.root.uri).toBe(receipt.posts[0]?.id);
    expect(record?.value.reply?.parent.uri).toBe(reply.posts.at(-1)?.id);
  });

  it.each([
    ['all', () => true],
    ['the last post', (index: number) => index === draft.posts.length - 1],
    ['the first post', (index: number) => index === 0],
  ])('is left to a person when %s of the old one is gone', async (_what, isGone) => {
    const { outgoing, receipt } = await start();
    for (const [index, { id }] of receipt.posts.entries())
      if (isGone(index)) await deleteRecord(id);
    const left = await readTexts();

    const attempt = await make().publish(
      makeCorrection(outgoing, receipt, correctedDraft, 'reply'),
      [],
      patience(),
    );

    expect(attempt).toMatchObject({ kind: 'refused', reason: /no longer on Bluesky/ });
    expect(attempt).not.toHaveProperty('isClosed');
    expect(await readTexts()).toEqual(left);
  });

  it('is known again when the old one has gone since', async () => {
    const { outgoing, receipt } = await start();
    const correction = makeCorrection(outgoing, receipt, correctedDraft, 'reply');
    const reply = await send(make(), correction);
    for (const { id } of receipt.posts) await deleteRecord(id);

    const found = await make().find(correction, patience());

    expect(found).toEqual({ kind: 'whole', receipt: reply });
  });
});

describe('a thread on Bluesky whose stamp is a day off', () => {
  it.each([
    ['ahead', DAY_MS],
    ['behind', -DAY_MS],
  ])('is posted, found and chained as any other: a day %s', async (_where, offMs) => {
    const stampedAt = new Date(Date.now() + offMs);
    const { outgoing, receipt } = await start(stampedAt);

    const found = await make().find(outgoing, patience());

    const records = await readRecords();
    const refs = records.map(({ uri, cid }) => ({ uri, cid }));
    expect(found).toEqual({ kind: 'whole', receipt });
    expect(records[0]?.value.createdAt).toBe(stampedAt.toISOString());
    records.slice(1).forEach(({ value }, index) => {
      expect(value.reply).toEqual({ root: refs[0], parent: refs[index] });
    });
    expect(await make().retract(outgoing, receipt, patience())).toEqual({ kind: 'retracted' });
  });

  it('is corrected by one that was stamped before it', async () => {
    const { outgoing, receipt } = await start(new Date(Date.now() + DAY_MS));
    const correction: Outgoing = {
      ...makeCorrection(outgoing, receipt, correctedDraft, 'repost'),
      stampedAt: new Date(),
    };

    await send(make(), correction);
    const found = await make().find(correction, patience());

    expect(found.kind).toBe('whole');
    expect(await readTexts()).toHaveLength(correctedDraft.posts.length);
  });
});
