import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBlueskyPublisher } from '../../src/publishers/bluesky.ts';
import type { SessionStore } from '../../src/publishers/bluesky-session.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { makeSessionFile } from '../../src/publishers/session-file.ts';
import { makeBlueskySpending } from '../support/make-spending.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { type BlueskyRig, keepSession, startBlueskyRigs } from './bluesky-rig.ts';
import { makeDraft } from './drafts.ts';
import { attemptAgain, makeOutgoing, patience, send } from './publisher-contract.ts';

const [main, ...others] = await startBlueskyRigs({ accounts: 4 });
if (main === undefined) throw new Error('the PDS has no account');
const { proxy } = main;
const draft = makeDraft('bluesky', 2);
const WRITE = { method: 'POST', path: /applyWrites/ };

/** Another account for each test that spoils one. */
function takeAccount(): BlueskyRig {
  return others.pop() ?? expect.unreachable('all accounts are used');
}

function make(store: SessionStore, { login }: BlueskyRig = main ?? takeAccount()): Publisher {
  const fetchImage = () => Promise.reject(new Error('an image was asked for'));
  const images = { fetchImage, log: makeRecordLog(), now: () => new Date() };
  return makeBlueskyPublisher(login, store, images, makeBlueskySpending());
}

/** A client that is signed in, and where its session is kept. */
async function start(rig: BlueskyRig = main ?? takeAccount()) {
  proxy.calm();
  await rig.emptyPlace();
  const store = keepSession();
  const publisher = make(store, rig);
  await publisher.find(makeOutgoing(draft), patience());
  return { publisher, store, outgoing: makeOutgoing(draft) };
}

function endSession(refreshJwt: string | undefined): Promise<unknown> {
  return fetch(`${main?.url}/xrpc/com.atproto.server.deleteSession`, {
    method: 'POST',
    headers: { authorization: `Bearer ${refreshJwt}` },
  });
}

const countLogins = (): number => count(/createSession/);
const countRefreshes = (): number => count(/refreshSession/);
const count = (path: RegExp): number =>
  proxy.requests.filter((seen) => path.test(seen.path)).length;
const countPosts = async (): Promise<number> => (await main.readRecords()).length;

describe('a session on Bluesky', () => {
  it('is opened with one login, however many clients come and go', async () => {
    const { store } = await start();

    for (let times = 0; times < 3; times += 1) await send(make(store), makeOutgoing(draft));

    expect(store.logins).toBe(1);
  });

  it('is renewed in the middle of a thread when its token ran out', async () => {
    const { publisher, store, outgoing } = await start();
    const before = countRefreshes();
    await main.expireTokens(1);

    const receipt = await send(publisher, outgoing);

    expect(receipt.posts.length).toBe(draft.posts.length);
    const writes = proxy.requests.filter(({ path }) => /applyWrites/.test(path));
    expect(writes.slice(-2).map(({ status }) => status)).toEqual([400, 200]);
    expect(countRefreshes()).toBeGreaterThan(before);
    expect(store.logins).toBe(1);
  });

  it.each([
    ['is turned away', { kind: 'status-before', status: 503, body: {} }],
    ['is lost', { kind: 'reset-before' }],
  ] as const)('is not given up when its renewal %s', async (_name, fault) => {
    const { publisher, store, outgoing } = await start();
    await main.expireTokens(1);
    proxy.inject({ path: /refreshSession/, times: 2, ...fault });

    const first = await publisher.publish(outgoing, [], patience());
    const second = await attemptAgain(publisher, outgoing);

    expect([first.kind, second.kind]).toEqual(['unavailable', 'sent']);
    expect(store.logins).toBe(1);
    expect(await countPosts()).toBe(draft.posts.length);
  });

  it('is opened anew at once when it was ended elsewhere', async () => {
    const { publisher, store, outgoing } = await start();
    await endSession((await store.read())?.refreshJwt);
    await main.expireTokens(1);

    await send(publisher, outgoing);

    expect(store.logins).toBe(2);
    expect(await countPosts()).toBe(draft.posts.length);
  });

  it('is renewed by two processes at the same time, and neither is locked out', async () => {
    await start();
    const path = join(await makeTempFolder(), 'session.json');
    const open = (): Publisher => make(makeSessionFile(path, main.login));
    const [one, other] = [open(), open()];
    await one.find(makeOutgoing(draft), patience());
    await other.find(makeOutgoing(draft), patience());
    const before = countLogins();

    for (let round = 0; round < 3; round += 1) {
      await main.expireTokens(2);
      const delayed = { path: /refreshSession/, times: 2, kind: 'delay', delayMs: 100 } as const;
      proxy.inject(delayed);
      await Promise.all([one, other].map((publisher) => send(publisher, makeOutgoing(draft))));
      await Promise.all([open(), open()].map((publisher) => send(publisher, makeOutgoing(draft))));
    }

    expect(countLogins()).toBe(before);
  });

  it('of another process takes the place of one that is no longer taken', async () => {
    await start();
    const path = join(await makeTempFolder(), 'session.json');
    const store = makeSessionFile(path, main.login);
    const publisher = make(store);
    await publisher.find(makeOutgoing(draft), patience());
    const mine = await store.read();
    await make(store).find(makeOutgoing(draft), patience());
    await endSession(mine?.refreshJwt);
    await main.expireTokens(1);
    const before = countLogins();

    await send(publisher, makeOutgoing(draft));

    expect(countLogins()).toBe(before);
  });
});

describe('an account of Bluesky', () => {
  const closed = { kind: 'refused', isClosed: true };
  const subject = (did: string) => ({ $type: 'com.atproto.admin.defs#repoRef', did });
  const takedown = { applied: true, ref: 'test' };

  it.each<[string, RegExp, (rig: BlueskyRig) => Promise<unknown>]>([
    [
      'was taken down',
      /taken down/,
      ({ administrate, did }) =>
        administrate('updateSubjectStatus', { subject: subject(did), takedown }),
    ],
    [
      'was deactivated',
      /deactivated/,
      ({ agent }) => agent.com.atproto.server.deactivateAccount({}),
    ],
    [
      'was deleted',
      /not found/i,
      ({ administrate, did }) => administrate('deleteAccount', { did }),
    ],
  ])(
    'that %s is told to a person, by every client, and nothing more is tried',
    async (...given) => {
      const [, reason, close] = given;
      const rig = takeAccount();
      const { publisher, store, outgoing } = await start(rig);
      const receipt = await send(publisher, makeOutgoing(draft));
      await close(rig);

      const attempts = [
        await publisher.publish(outgoing, [], patience()),
        await publisher.retract(outgoing, receipt, patience()),
        await make(store, rig).publish(outgoing, [], patience()),
        await make(keepSession(), rig).publish(outgoing, [], patience()),
      ];

      for (const attempt of attempts) expect(attempt).toMatchObject(closed);
      const [first] = attempts;
      expect(first?.kind === 'refused' && first.reason).toMatch(reason);
      expect(first?.kind === 'refused' && first.remedy).toMatch(/browser/);
    },
  );

  it('that refused a thread for its content takes the next', async () => {
    const { publisher, outgoing } = await start();
    const body = { error: 'InvalidRequest', message: 'Invalid record' };
    proxy.inject({ ...WRITE, kind: 'status-before', status: 400, body });

    const attempt = await publisher.publish(outgoing, [], patience());

    expect(attempt).toMatchObject({ kind: 'refused', reason: /Invalid record/ });
    expect(attempt).not.toHaveProperty('isClosed');
    await send(publisher, makeOutgoing(draft));
  });

  it('whose limit of logins is used up is tried again when that is over', async () => {
    const headers = { 'retry-after': '120' };
    const body = { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' };
    proxy.inject({ path: /createSession/, kind: 'status-before', status: 429, headers, body });

    const attempt = await make(keepSession()).publish(makeOutgoing(draft), [], patience());

    expect(attempt).toMatchObject({ kind: 'unavailable', retryAfterMs: 120_000 });
  });

  it('that is told to wait without being told how long waits for the bucket to fill', async () => {
    const { publisher, outgoing } = await start();
    const reset = Math.floor(Date.now() / 1000) + 90;
    const headers = { 'ratelimit-reset': String(reset), 'ratelimit-remaining': '0' };
    proxy.inject({ ...WRITE, kind: 'status-before', status: 429, headers, body: {} });

    const attempt = await publisher.publish(outgoing, [], patience());
    const before = proxy.requests.length;
    const next = await publisher.publish(outgoing, [], patience());

    const waits = [attempt, next].map((one) => one.kind === 'unavailable' && one.retryAfterMs);
    for (const wait of waits) {
      expect(wait).toBeGreaterThan(80_000);
      expect(wait).toBeLessThanOrEqual(92_000);
    }
    expect(proxy.requests.length).toBe(before);
  });

  it('whose server hangs while it signs in is given up with the attempt', async () => {
    proxy.inject({ path: /createSession/, kind: 'hang-before' });
    const publisher = make(keepSession());
    const startedMs = performance.now();

    const attempt = await publisher.publish(makeOutgoing(draft), [], AbortSignal.timeout(300));

    expect(attempt.kind).toBe('unavailable');
    expect(performance.now() - startedMs).toBeLessThan(15_000);
  });
});
