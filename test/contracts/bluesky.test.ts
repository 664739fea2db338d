import { describe, expect, it } from 'vitest';
import { makeBlueskyPublisher } from '../../src/publishers/bluesky.ts';
import type { BlueskyAccount, SessionStore } from '../../src/publishers/bluesky-session.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { COLLECTION, keepSession, startBlueskyRig } from './bluesky-rig.ts';
import { makeDraft } from './drafts.ts';
import {
  attemptAgain,
  describePublisher,
  makeOutgoing,
  type RigFault,
} from './publisher-contract.ts';

const { url, proxy, did, login, agent, readRecords, emptyPlace } = await startBlueskyRig();
const store = keepSession();

/** A client for threads without images. */
function make(account: BlueskyAccount, sessions: SessionStore): Publisher {
  const fetchImage = () => Promise.reject(new Error('an image was asked for'));
  return makeBlueskyPublisher(account, sessions, {
    fetchImage,
    log: makeRecordLog(),
    now: () => new Date(),
  });
}

function inject(fault: RigFault): void {
  const match = { method: 'POST', path: /applyWrites/ };
  if (fault === 'rate-limit') {
    const headers = { 'retry-after': '3' };
    const body = { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' };
    proxy.inject({ ...match, kind: 'status-before', status: 429, headers, body });
  } else if (fault === 'status-before' || fault === 'status-after') {
    proxy.inject({ ...match, kind: fault, status: 502, body: {} });
  } else proxy.inject({ ...match, kind: fault });
}

const draft = makeDraft('bluesky', 4);
if (draft.platform !== 'bluesky') throw new Error('not a Bluesky draft');
const [firstPost, ...otherPosts] = draft.posts;
if (firstPost === undefined) throw new Error('an empty draft');

describePublisher('Bluesky', async () => ({
  draft,
  foreignDraft: makeDraft('discord', 1),
  longDraft: { ...draft, posts: [{ ...firstPost, text: 'é'.repeat(301) }, ...otherPosts] },
  make: () => make(login, store),
  readPlace: async () => (await readRecords()).map(({ value }) => value.text),
  emptyPlace,
  countRequests: () => proxy.requests.length,
  inject,
  makeUnreachable: () => make({ ...login, service: 'http://localhost:1' }, keepSession()),
  makeUnauthorized: () => make({ ...login, appPassword: 'aaaa-bbbb-cccc-dddd' }, keepSession()),
}));

describe('a thread on Bluesky', () => {
  const publish = async () => {
    await emptyPlace();
    const outgoing = makeOutgoing(draft);
    const attempt = await make(login, store).publish(outgoing, [], AbortSignal.timeout(20_000));
    return { outgoing, attempt, records: await readRecords() };
  };

  it('is one chain: every post answers the one before, and all the first', async () => {
    const { records } = await publish();

    const refs = records.map(({ uri, cid }) => ({ uri, cid }));
    records.slice(1).forEach(({ value }, index) => {
      expect(value.reply).toEqual({ root: refs[0], parent: refs[index] });
    });
    expect(records.length).toBeGreaterThan(3);
    expect(records[0]?.value.reply).toBeUndefined();
  });

  it('has links that lie on the right bytes', async () => {
    const { records } = await publish();

    const links = records.flatMap(({ value }) =>
      (value.facets ?? []).map(({ index, features }) => [
        Buffer.from(value.text).subarray(index.byteStart, index.byteEnd).toString(),
        features[0]?.uri,
      ]),
    );
    expect(links).toContainEqual(['the paper’s page', 'https://example.org/paper?n=1&ä=1']);
    expect(links).toContainEqual(['https://example.org/plain/4', 'https://example.org/plain/4']);
    expect(links).toContainEqual(['#DataFiltering', undefined]);
  });

  it('is written as it was drafted, with nothing but its time and place in the thread', async () => {
    const { outgoing, records } = await publish();

    expect(records.map(({ value: { reply: _, ...value } }) => value)).toEqual(
      draft.posts.map((post, index) => ({
        ...post,
        createdAt: new Date(outgoing.firstAttemptAt.getTime() + index).toISOString(),
      })),
    );
  });

  it('is proved by the ids and hashes that the server has', async () => {
    const { attempt, records } = await publish();

    const receipt = attempt.kind === 'sent' ? attempt.receipt.posts : [];
    expect(receipt.map(({ id, cid }) => ({ uri: id, cid }))).toEqual(
      records.map(({ uri, cid }) => ({ uri, cid })),
    );
  });

  it('is there once after three writers sent it at the same time', async () => {
    await emptyPlace();
    const outgoing = makeOutgoing(draft);
    const signal = AbortSignal.timeout(20_000);

    const attempts = await Promise.all(
      [1, 2, 3].map(() => make(login, store).publish(outgoing, [], signal)),
    );
    const last = await attemptAgain(make(login, store), outgoing);

    expect(attempts.filter(({ kind }) => kind === 'sent').length).toBe(1);
    expect(last.kind).toBe('sent');
    expect((await readRecords()).length).toBe(draft.posts.length);
  });

  it('is left to a person when part of it was deleted', async () => {
    const { outgoing, records } = await publish();
    const rkey = records[1]?.uri.split('/').at(-1) ?? '';
    await agent.com.atproto.repo.deleteRecord({ repo: did, collection: COLLECTION, rkey });

    const again = await attemptAgain(make(login, store), outgoing);

    expect(again.kind === 'refused' && again.remedy).toMatch(/delete what is left/);
    expect((await readRecords()).length).toBe(draft.posts.length - 1);
  });

  it('is written with one login, however many clients come and go', async () => {
    await publish();
    await publish();

    expect(store.logins).toBe(1);
  });

  it.each([
    ['cannot be refreshed for a moment', { kind: 'status-before', status: 503, body: {} }],
    ['is lost in the middle of its refresh', { kind: 'reset-before' }],
  ] as const)('is not given up when the session has run out and %s', async (_name, fault) => {
    await emptyPlace();
    const outgoing = makeOutgoing(draft);
    const publisher = make(login, store);
    await publisher.find(outgoing, AbortSignal.timeout(20_000));
    const body = { error: 'ExpiredToken', message: 'Token has expired' };
    proxy.inject({ path: /applyWrites/, kind: 'status-before', status: 400, body });
    proxy.inject({ path: /refreshSession/, ...fault });

    const first = await publisher.publish(outgoing, [], AbortSignal.timeout(20_000));
    const second = await attemptAgain(publisher, outgoing);

    expect([first.kind, second.kind]).toEqual(['unavailable', 'sent']);
    expect((await readRecords()).length).toBe(draft.posts.length);
  });

  it('is sent although another process has ended the session', async () => {
    await emptyPlace();
    const outgoing = makeOutgoing(draft);
    const mine = keepSession();
    const publisher = make(login, mine);
    await publisher.find(outgoing, AbortSignal.timeout(20_000));
    const session = await mine.read();
    await fetch(`${url}/xrpc/com.atproto.server.deleteSession`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session?.refreshJwt}` },
    });
    const body = { error: 'ExpiredToken', message: 'Token has expired' };
    proxy.inject({ path: /applyWrites/, kind: 'status-before', status: 400, body });

    const first = await publisher.publish(outgoing, [], AbortSignal.timeout(20_000));
    const second = await attemptAgain(publisher, outgoing);

    expect([first.kind, second.kind]).toEqual(['unavailable', 'sent']);
    expect(mine.logins).toBe(2);
  });

  it('waits as long as the server asks', async () => {
    await emptyPlace();
    const publisher = make(login, store);
    const outgoing = makeOutgoing(draft);
    await publisher.find(outgoing, AbortSignal.timeout(20_000));
    inject('rate-limit');

    const attempt = await publisher.publish(outgoing, [], AbortSignal.timeout(20_000));

    expect(attempt.kind === 'unavailable' && attempt.retryAfterMs).toBe(3_000);
  });
});
