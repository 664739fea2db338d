import { Agent, type AtpSessionData, CredentialSession } from '@atproto/api';
import { cidForLex } from '@atproto/lex-cbor';
import { jsonToLex } from '@atproto/lex-json';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fault, type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts';
import { type Pds, startPds } from './start.ts';

const collection = 'app.bsky.feed.post';
const fiveMinutesMs = 300_000;

/** What is made to hang is given up soon; signing in takes as long as a busy machine needs. */
const deadlineMs = 1_500;
const loginDeadlineMs = 30_000;
const path = /applyWrites/;
const faults: readonly { fault: Fault; isWritten: boolean; status: number; message: string }[] = [
  { fault: { kind: 'reset-before', path }, isWritten: false, status: 1, message: 'fetch failed' },
  { fault: { kind: 'reset-after', path }, isWritten: true, status: 1, message: 'fetch failed' },
  { fault: { kind: 'hang-before', path }, isWritten: false, status: 1, message: 'due to timeout' },
  { fault: { kind: 'hang-after', path }, isWritten: true, status: 1, message: 'due to timeout' },
  {
    fault: { kind: 'status-before', path, status: 429, body: { error: 'RateLimitExceeded' } },
    isWritten: false,
    status: 429,
    message: 'RateLimitExceeded',
  },
  {
    fault: {
      kind: 'status-after',
      path,
      status: 502,
      body: { error: 'X', message: 'Bad gateway' },
    },
    isWritten: true,
    status: 502,
    message: 'Bad gateway',
  },
];

let pds: Pds;
let proxy: FaultyProxy;
let direct: Agent;
let faulty: Agent;
let did: string;
let keyCount = 0;

beforeAll(async () => {
  pds = await startPds();
  proxy = await startFaultyProxy(pds.url);
  did = account().did;
  direct = await logIn(pds.url);
  faulty = await logIn(proxy.url);
}, fiveMinutesMs + 60_000);

afterAll(async () => {
  await proxy?.close();
  await pds?.close();
});

test('a post is created and read back', async () => {
  const record = makePost('One paper, one post.');

  const created = await direct.com.atproto.repo.createRecord({ repo: did, collection, record });

  const rkey = created.data.uri.split('/').at(-1) ?? '';
  const read = await direct.com.atproto.repo.getRecord({ repo: did, collection, rkey });
  expect(read.data).toEqual({ uri: created.data.uri, cid: created.data.cid, value: record });
});

test('a thread sent in one batch gets the CIDs that were computed beforehand', async () => {
  const [rootKey, replyKey] = [makeKey(), makeKey()];
  const root = makePost('First: what the paper claims 🧪');
  const rootRef = { uri: `at://${did}/${collection}/${rootKey}`, cid: await computeCid(root) };
  const reply = { ...makePost('Second: how.'), reply: { root: rootRef, parent: rootRef } };

  const sent = await direct.com.atproto.repo.applyWrites({
    repo: did,
    validate: true,
    writes: [makeCreate(rootKey, root), makeCreate(replyKey, reply)],
  });

  expect(sent.data.results).toMatchObject([
    { ...rootRef, validationStatus: 'valid' },
    { cid: await computeCid(reply), validationStatus: 'valid' },
  ]);
});

test('a saved session is resumed without the password', async () => {
  const saved: AtpSessionData[] = [];
  const save = (_event: string, data?: AtpSessionData) => void (data && saved.push(data));
  const first = new CredentialSession(new URL(pds.url), fetch, save);
  await first.login({ identifier: account().handle, password: account().appPassword });

  const second = new CredentialSession(new URL(pds.url), fetch, save);
  await second.resumeSession(saved[0] ?? expect.unreachable('nothing was saved'));

  expect(second.did).toBe(account().did);
  expect(saved).toHaveLength(2);
});

test.for(faults)('$fault.kind: the record is there = $isWritten', async (expected) => {
  const record = makePost(`Sent into ${expected.fault.kind}.`);
  const rkey = makeKey();
  proxy.inject(expected.fault);

  const error: unknown = await faulty.com.atproto.repo
    .applyWrites({ repo: did, validate: true, writes: [makeCreate(rkey, record)] })
    .catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({
    status: expected.status,
    message: expect.stringContaining(expected.message),
  });
  const cid = await faulty.com.atproto.repo.getRecord({ repo: did, collection, rkey }).then(
    ({ data }) => data.cid,
    (thrown: { error: string }) => thrown.error,
  );
  expect(cid).toBe(expected.isWritten ? await computeCid(record) : 'RecordNotFound');
  const status = expected.status === 1 ? undefined : expected.status;
  expect(proxy.requests.slice(-2)).toEqual([
    { method: 'POST', path: '/xrpc/com.atproto.repo.applyWrites', status },
    {
      method: 'GET',
      path: '/xrpc/com.atproto.repo.getRecord',
      status: expected.isWritten ? 200 : 400,
    },
  ]);
});

test('a fault hits as many requests as it says, and the others pass', async () => {
  const ask = async () => (await fetch(`${proxy.url}/xrpc/_health`)).status;
  proxy.inject({ kind: 'status-before', method: 'GET', path: /_health/g, status: 503, times: 2 });
  proxy.inject({ kind: 'status-before', method: 'POST', path: /_health/, status: 500 });
  proxy.inject({ kind: 'delay', path: /_health/, delayMs: 60 });

  const statuses = [await ask(), await ask()];
  const startMs = performance.now();
  statuses.push(await ask());
  const elapsedMs = performance.now() - startMs;

  expect(statuses).toEqual([503, 503, 200]);
  expect(elapsedMs).toBeGreaterThan(50);
});

test('a fault lets as many requests pass as it says, and is forgotten when all is calm', async () => {
  const ask = async () => (await fetch(`${proxy.url}/xrpc/_health`)).status;
  proxy.inject({ kind: 'status-before', path: /_health/, status: 503, skip: 1, times: 2 });

  const statuses = [await ask(), await ask()];
  proxy.calm();
  statuses.push(await ask());

  expect(statuses).toEqual([200, 503, 200]);
});

function account(): Pds['accounts'][number] {
  return pds.accounts[0] ?? expect.unreachable('the PDS has no account');
}

async function logIn(url: string): Promise<Agent> {
  let limitMs = loginDeadlineMs;
  const session = new CredentialSession(new URL(url), (input, init) =>
    fetch(input, { ...init, signal: AbortSignal.timeout(limitMs) }),
  );
  await session.login({ identifier: account().handle, password: account().appPassword });
  limitMs = deadlineMs;
  // Not `new Agent(session)`: its type clashes with exactOptionalPropertyTypes.
  return new Agent((path, init) => session.fetchHandler(path, init));
}

function makePost(text: string) {
  return { $type: collection, text, langs: ['en'], createdAt: '2026-02-02T09:00:00.000Z' };
}

function makeCreate(rkey: string, value: Record<string, unknown>) {
  return { $type: 'com.atproto.repo.applyWrites#create' as const, collection, rkey, value };
}

function makeKey(): string {
  keyCount += 1;
  return `3mdsaaaaaa${'abcdefghijklmnop'.charAt(keyCount)}22`;
}

async function computeCid(record: Parameters<typeof jsonToLex>[0]): Promise<string> {
  return (await cidForLex(jsonToLex(record))).toString();
}
