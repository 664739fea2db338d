import { describe, expect, it } from 'vitest';
import { makeBlueskyPublisher } from '../../src/publishers/bluesky.ts';
import { askBlueskyAccount } from '../../src/publishers/bluesky-account.ts';
import type { BlueskyAccount } from '../../src/publishers/bluesky-session.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { makeBlueskySpending } from '../support/make-spending.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { type BlueskyRig, keepSession, startBlueskyRigs } from './bluesky-rig.ts';
import { makeDraft } from './drafts.ts';
import { makeOutgoing, patience, send } from './publisher-contract.ts';

const rigs = await startBlueskyRigs({ accounts: 2 });
const main = rigs[0] ?? expect.unreachable();
const other = rigs[1] ?? expect.unreachable();
const draft = makeDraft('bluesky', 2);

function make({ login }: BlueskyRig, accountId: string): Publisher {
  const fetchImage = () => Promise.reject(new Error('an image was asked for'));
  const images = { fetchImage, log: makeRecordLog(), now: () => new Date() };
  const account = { ...login, accountId };
  return makeBlueskyPublisher(account, keepSession(), images, makeBlueskySpending());
}

const ask = (changes: Partial<BlueskyAccount> = {}, store = keepSession()) =>
  askBlueskyAccount({ ...main.login, ...changes }, store, patience());
const countRequests = (): number => main.proxy.requests.length;

describe('an account on Bluesky', () => {
  it('says by its handle who it is, and the session is kept', async () => {
    const store = keepSession();
    const identifier = main.login.identifier.toUpperCase();

    const asked = await ask({ identifier }, store);

    expect(asked).toMatchObject({
      kind: 'known',
      id: main.did,
      name: `bluesky/${main.login.identifier}`,
      formerName: `bluesky/${identifier}`,
    });
    expect((await store.read())?.did).toBe(main.did);
  });

  it('is not asked when its DID is set', async () => {
    const before = countRequests();

    const asked = await ask({ identifier: main.did });

    expect(asked).toMatchObject({ kind: 'known', id: main.did, name: `bluesky/${main.did}` });
    expect(countRequests()).toBe(before);
  });

  it('knows the receipts of its own posts, and those of others', async () => {
    const own = await send(make(main, main.did), makeOutgoing(draft));
    const others = await send(make(other, other.did), makeOutgoing(draft));
    const asked = await ask();

    const owns = 'owns' in asked ? asked.owns : expect.unreachable();

    expect(owns(JSON.stringify(own))).toBe(true);
    expect(owns(JSON.stringify(others))).toBe(false);
    expect(owns(JSON.stringify({ posts: [] }))).toBeUndefined();
  });

  it('is not told by a wrong password, nor by a server that does not answer', async () => {
    const refused = await ask({ appPassword: 'aaaa-bbbb-cccc-dddd' });
    const away = await ask({ service: 'http://127.0.0.1:1' });

    expect(refused).toMatchObject({ kind: 'refused' });
    expect(refused.kind === 'refused' && refused.remedy).toMatch(/BLUESKY_APP_PASSWORD/);
    expect(away.kind).toBe('unavailable');
  });

  it.each(['find', 'publish', 'retract', 'retract without a receipt'] as const)(
    'closes at %s with the credentials of another account, and nothing is touched',
    async (verb) => {
      await main.emptyPlace();
      await other.emptyPlace();
      const outgoing = makeOutgoing(draft);
      const receipt = await send(make(main, main.did), outgoing);
      const before = await main.readRecords();
      const publisher = make(other, main.did);
      const verbs = {
        find: () => publisher.find(outgoing, patience()),
        publish: () => publisher.publish(outgoing, [], patience()),
        retract: () => publisher.retract(outgoing, receipt, patience()),
        'retract without a receipt': () => publisher.retract(outgoing, undefined, patience()),
      };

      const outcome = await verbs[verb]();

      expect(outcome).toMatchObject({ kind: 'refused', isClosed: true });
      expect('reason' in outcome && outcome.reason).toContain(`those of ${other.did}`);
      expect('remedy' in outcome && outcome.remedy).toContain(main.did);
      expect(await main.readRecords()).toEqual(before);
      expect(await other.readRecords()).toEqual([]);
    },
  );
});
