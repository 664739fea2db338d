import { describe, expect, it } from 'vitest';
import { makeBlueskyPublisher } from '../../src/publishers/bluesky.ts';
import type { BlueskyAccount, SessionStore } from '../../src/publishers/bluesky-session.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { makeBlueskySpending } from '../support/make-spending.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { COLLECTION, keepSession, type StoredRecord, startBlueskyRig } from './bluesky-rig.ts';
import { makeDraft, makeDrafts } from './drafts.ts';
import {
  attemptAgain,
  describePublisher,
  makeOutgoing,
  type RigFault,
} from './publisher-contract.ts';

const rig = await startBlueskyRig();
const { proxy, did, login, agent, readRecords, emptyPlace } = rig;
const store = keepSession();
const WRITE = { method: 'POST', path: /applyWrites/ };

/** A client for threads without images. */
function make(account: BlueskyAccount, sessions: SessionStore): Publisher {
  const fetchImage = () => Promise.reject(new Error('an image was asked for'));
  const images = { fetchImage, log: makeRecordLog(), now: () => new Date() };
  return makeBlueskyPublisher(account, sessions, images, makeBlueskySpending());
}

function inject(fault: RigFault, skip = 0): void {
  const match = { ...WRITE, skip };
  const body = { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' };
  switch (fault) {
    case 'rate-limit':
    case 'rate-limit-silent': {
      const headers = fault === 'rate-limit' ? { 'retry-after': '3' } : {};
      proxy.inject({ ...match, kind: 'status-before', status: 429, headers, body });
      break;
    }
    case 'status-before':
    case 'status-after':
      proxy.inject({ ...match, kind: fault, status: 502, body: {} });
      break;
    default:
      proxy.inject({ ...match, kind: fault });
  }
}

/** As readers see them: thread by thread, though keys of deliveries that were stamped together mix. */
function listThreads(records: readonly StoredRecord[]): StoredRecord[] {
  const byRoot = Map.groupBy(records, ({ uri, value }) => value.reply?.root.uri ?? uri);
  return [...byRoot.values()].flat();
}

function refuseContent(): void {
  const body = { error: 'InvalidRequest', message: 'Invalid app.bsky.feed.post record' };
  proxy.inject({ ...WRITE, kind: 'status-before', status: 400, body });
}

const { draft, correctedDraft, shorterDraft } = makeDrafts('bluesky', 4);
if (draft.platform !== 'bluesky') throw new Error('not a Bluesky draft');
const [firstPost, ...otherPosts] = draft.posts;
if (firstPost === undefined) throw new Error('an empty draft');

describePublisher('Bluesky', async () => ({
  draft,
  correctedDraft,
  shorterDraft,
  foreignDraft: makeDraft('discord', 1),
  longDraft: { ...draft, posts: [{ ...firstPost, text: 'é'.repeat(301) }, ...otherPosts] },
  make: () => make(login, store),
  readPlace: async () => listThreads(await readRecords()).map(({ value }) => value.text),
  async emptyPlace() {
    await agent.com.atproto.server.activateAccount();
    await emptyPlace();
  },
  countRequests: () => proxy.requests.length,
  inject,
  calm: proxy.calm,
  makeUnreachable: () => make({ ...login, service: 'http://localhost:1' }, keepSession()),
  makeUnauthorized: () => make({ ...login, appPassword: 'aaaa-bbbb-cccc-dddd' }, keepSession()),
  expire: () => rig.expireTokens(1),
  async revoke() {
    await rig.revokePassword();
    await rig.expireTokens(Number.POSITIVE_INFINITY);
  },
  async restore() {
    proxy.calm();
    await rig.renewPassword();
  },
  removePlace: async () => void (await agent.com.atproto.server.deactivateAccount({})),
  refuseContent,
  async deletePost(index) {
    await rig.deleteRecord(listThreads(await readRecords())[index]?.uri ?? '');
  },
  corrections: ['repost', 'reply'],
  without: {},
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
        createdAt: new Date(outgoing.stampedAt.getTime() + index).toISOString(),
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
});
