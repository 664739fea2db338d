import { expect, test } from 'vitest';
import { type Identity, makeAccounts } from '../../src/outbox/accounts.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { NOW } from '../support/make-outbox-tools.ts';
import { runTogether } from '../support/run-together.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const identify = (id: string, name = 'bluesky/news.test', formerName = name): Identity => ({
  id,
  name,
  formerName,
  owns: (receipt) => (receipt.includes('at://') ? receipt.includes(`at://${id}/`) : undefined),
});

function open() {
  const { database } = makeTempDatabase();
  return { database, accounts: makeAccounts(database), outbox: makeOutbox(database) };
}

/** A ledger that has a delivery under a name, with the proof of an account's post if one is named. */
async function openOld(destination: string, did?: string) {
  const opened = open();
  const { id } = (
    await opened.outbox.queue(makeNewDelivery({ destination, item: `topic/${did}` }), NOW)
  ).delivery;
  const add = async (key: string, owner: string): Promise<void> => {
    const { delivery } = await opened.outbox.queue(
      makeNewDelivery({ destination: key, item: `topic/${owner}` }),
      NOW,
    );
    await mark(delivery.id, owner);
  };
  const mark = async (of: string, owner: string): Promise<void> => {
    await opened.database
      .updateTable('deliveries')
      .set({ state: 'sent', receipt: JSON.stringify({ posts: [{ id: `at://${owner}/post/1` }] }) })
      .where('id', '=', of)
      .execute();
  };
  if (did !== undefined) await mark(id, did);
  return { ...opened, add };
}

test('an account that was never met is not known', async () => {
  const { accounts } = open();

  expect(await accounts.find('bluesky here news.test')).toBeUndefined();
});

test('an account has one destination, by whatever name it is reached', async () => {
  const { accounts } = open();

  const first = await accounts.bind('by its handle', identify('did:a'));
  const second = await accounts.bind('by its DID', identify('did:a', 'bluesky/did:a'));
  const third = await accounts.bind('by its new handle', identify('did:a', 'bluesky/renamed.test'));

  expect(first).toEqual({ id: 'did:a', destination: 'bluesky/news.test' });
  expect([second, third]).toEqual([first, first]);
  expect(await accounts.find('by its DID')).toEqual(first);
});

test('a name that was given to another account is another destination', async () => {
  const { accounts } = open();
  await accounts.bind('the handle, then', identify('did:a'));

  const other = await accounts.bind('the handle, now', identify('did:b'));

  expect(other).toEqual({ id: 'did:b', destination: 'bluesky/news.test/did:b' });
  expect((await accounts.find('the handle, then'))?.destination).toBe('bluesky/news.test');
});

test('an alias that is bound anew leads to the new account', async () => {
  const { accounts } = open();
  await accounts.bind('the handle', identify('did:a'));

  await accounts.bind('the handle', identify('did:b'));

  expect((await accounts.find('the handle'))?.id).toBe('did:b');
});

test.each(['bluesky/news.test', 'bluesky/News.Test'])(
  'the first account of a name takes over what the ledger has under %s',
  async (key) => {
    const { accounts } = await openOld(key);

    const first = await accounts.bind('one', identify('did:a'));
    const second = await accounts.bind('other', identify('did:b'));

    expect(first.destination).toBe(key);
    expect(second.destination).not.toBe(key);
  },
);

test('an account takes over the name that has its posts, whatever it was called then', async () => {
  const { accounts } = await openOld('bluesky/former.test', 'did:a');

  const met = await accounts.bind('its DID', identify('did:a', 'bluesky/did:a'));

  expect(met.destination).toBe('bluesky/former.test');
});

test('of several names that have its posts an account takes over its own', async () => {
  const { accounts, add } = await openOld('bluesky/did:a', 'did:a');
  await add('bluesky/news.test', 'did:a');

  const met = await accounts.bind('its handle', identify('did:a'));

  expect(met.destination).toBe('bluesky/news.test');
});

test('an account does not take over the name that has another one’s posts', async () => {
  const { accounts } = await openOld('bluesky/news.test', 'did:a');

  const met = await accounts.bind('its handle', identify('did:b'));

  expect(met.destination).toBe('bluesky/news.test/did:b');
});

test('processes that meet an account at once agree on its destination', async () => {
  const { file, database } = makeTempDatabase();

  const ended = await runTogether(
    'bind-account.ts',
    Array.from({ length: 4 }, (_, index) => [
      file,
      `alias ${index % 2}`,
      'did:a',
      `bluesky/name${index}.test`,
    ]),
  );

  const met = await makeAccounts(database).find('alias 0');
  expect(ended).toEqual(ended.map(() => ({ code: 0, stdout: met?.destination, stderr: '' })));
}, 180_000);
