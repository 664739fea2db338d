import { beforeEach, describe, expect, it } from 'vitest';
import { askMastodonAccount } from '../../src/publishers/mastodon-account.ts';
import { makeDraft } from './drafts.ts';
import { startMastodonRig } from './mastodon-rig.ts';
import { makeOutgoing, patience, send } from './publisher-contract.ts';

const rig = await startMastodonRig({ rateLimits: false });
const { fake } = rig;
const { host } = new URL(fake.server);
const draft = makeDraft('mastodon', 2);
beforeEach(() => {
  fake.calm();
  rig.renew();
});

const ask = (accessToken: string, server = fake.server) =>
  askMastodonAccount({ server, accessToken }, () => new Date(), patience());

/** What is on an account, and a publisher with the token of another one that is bound to it. */
async function confuse() {
  const outgoing = makeOutgoing(draft);
  const receipt = await send(rig.make(), outgoing);
  const { id } = rig.account();
  const before = fake.statuses(id);
  rig.renew();
  const publisher = rig.make({}, { accountId: `${id}@${host}` });
  return { outgoing, receipt, id, before, publisher };
}

describe('an account on Mastodon', () => {
  it('says who it is', async () => {
    const { id, accessToken } = rig.account();

    const asked = await ask(accessToken);

    expect(asked).toMatchObject({
      kind: 'known',
      id: `${id}@${host}`,
      formerName: `mastodon/${host}`,
    });
    expect('name' in asked && asked.name).toMatch(/^mastodon\/paper\d+@127/);
  });

  it('knows the receipts of its own posts, and those of others', async () => {
    const own = await send(rig.make(), makeOutgoing(draft));
    const asked = await ask(rig.account().accessToken);
    rig.renew();
    const others = await send(rig.make(), makeOutgoing(draft));

    const owns = 'owns' in asked ? asked.owns : expect.unreachable();

    expect(owns(JSON.stringify(own))).toBe(true);
    expect(owns(JSON.stringify(others))).toBe(false);
    expect(owns(JSON.stringify({ posts: [{ id: '1' }] }))).toBeUndefined();
  });

  it('is not told by a token that is not taken, nor by a server that does not answer', async () => {
    const { accessToken } = rig.account();
    fake.revokeToken(accessToken);

    const refused = await ask(accessToken);
    const away = await ask(accessToken, 'http://127.0.0.1:1');
    fake.inject({ kind: 'status-before', status: 503 });
    const ill = await ask(accessToken);

    expect(refused).toMatchObject({ kind: 'refused' });
    expect(refused.kind === 'refused' && refused.remedy).toMatch(/MASTODON_ACCESS_TOKEN/);
    expect([away.kind, ill.kind]).toEqual(['unavailable', 'unavailable']);
  });

  it('is posted to with its own token, any of them', async () => {
    const { id } = rig.account();
    const publisher = rig.make({}, { accountId: `${id}@${host}` });
    const outgoing = makeOutgoing(draft);

    const receipt = await send(publisher, outgoing);
    const retraction = await publisher.retract(outgoing, receipt, patience());

    expect(retraction.kind).toBe('retracted');
    expect(fake.statuses(id)).toEqual([]);
  });

  it.each(['find', 'publish', 'retract', 'retract without a receipt'] as const)(
    'closes at %s with the token of another account, and nothing is touched',
    async (verb) => {
      const { outgoing, receipt, id, before, publisher } = await confuse();
      const verbs = {
        find: () => publisher.find(outgoing, patience()),
        publish: () => publisher.publish(outgoing, [], patience()),
        retract: () => publisher.retract(outgoing, receipt, patience()),
        'retract without a receipt': () => publisher.retract(outgoing, undefined, patience()),
      };

      const outcome = await verbs[verb]();

      expect(outcome).toMatchObject({ kind: 'refused', isClosed: true });
      expect('reason' in outcome && outcome.reason).toMatch(
        /that of @paper\d+, .* another account/,
      );
      expect(fake.statuses(id)).toEqual(before);
      expect(rig.texts()).toEqual([]);
    },
  );
});
