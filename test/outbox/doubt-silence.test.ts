import { expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../src/database/open-sqlite.ts';
import { approveSilent } from '../../src/desk/approval/approve-silent.ts';
import { propose } from '../../src/desk/approval/propose.ts';
import { doubtAll } from '../../src/outbox/doubt-all.ts';
import { HOUR_MS, makeAsking } from '../desk/approval/asking-desk.ts';
import type { TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const HOURS = 48;
const MESSAGE = { channelId: '1', id: '2' };

/** A desk that was restored three days after its backup, in which editors had been asked. */
async function makeRestored(hasChannel: boolean, shownHash = 'x'): Promise<TestDesk> {
  const temp = makeTempDatabase();
  const desk = await makeAsking({ approval: { kind: 'after', hours: HOURS } }, temp);
  await propose(desk, hasChannel);
  if (hasChannel) {
    const told = { message: MESSAGE, shownHash, askedAt: desk.clock.now() };
    await desk.verdicts.saveMessage(7, 1, told);
  }
  desk.clock.advance(72 * HOUR_MS);
  const sqlite = openSqlite(temp.file);
  onTestFinished(() => {
    sqlite.close();
  });
  doubtAll(sqlite, { from: undefined, now: desk.clock.now() });
  return desk;
}

const approveNow = async (desk: TestDesk, hasChannel: boolean): Promise<number[]> =>
  approveSilent(desk, await propose(desk, hasChannel));

test('the silence before a restore approves nothing: its hours begin anew', async () => {
  const desk = await makeRestored(false);

  const first = await approveNow(desk, false);
  desk.clock.advance((HOURS - 1) * HOUR_MS);
  const before = await approveNow(desk, false);
  desk.clock.advance(HOUR_MS);

  expect([first, before]).toEqual([[], []]);
  expect(await approveNow(desk, false)).toEqual([7]);
});

test('with a channel the hours begin once the message there tells what is true', async () => {
  const desk = await makeRestored(true);

  desk.clock.advance(2 * HOURS * HOUR_MS);
  const before = await approveNow(desk, true);
  const { proposal } = await desk.verdicts.read(7);

  expect(before).toEqual([]);
  expect(proposal).toMatchObject({ message: MESSAGE, askedAt: undefined, shownHash: undefined });
});

test('where the channel is gone after a restore, its hours begin as without one', async () => {
  const desk = await makeRestored(true);

  const first = await approveNow(desk, false);
  desk.clock.advance((HOURS - 1) * HOUR_MS);
  const before = await approveNow(desk, false);
  desk.clock.advance(HOUR_MS);

  expect([first, before]).toEqual([[], []]);
  expect(await approveNow(desk, false)).toEqual([7]);
});

test.each(['deleted', 'closed:x'])(
  'of a message that is %s the silence before a restore approves nothing either',
  async (shownHash) => {
    const desk = await makeRestored(true, shownHash);

    const first = await approveNow(desk, true);
    desk.clock.advance((HOURS - 1) * HOUR_MS);
    const before = await approveNow(desk, true);
    desk.clock.advance(HOUR_MS);

    expect([first, before]).toEqual([[], []]);
    expect(await approveNow(desk, true)).toEqual([7]);
  },
);

test('what nobody was asked about yet stays so', async () => {
  const temp = makeTempDatabase();
  const desk = await makeAsking({}, temp);
  await propose(desk, true);
  const { proposal } = await desk.verdicts.read(7);
  const sqlite = openSqlite(temp.file);
  onTestFinished(() => {
    sqlite.close();
  });

  doubtAll(sqlite, { from: undefined, now: desk.clock.now() });

  expect((await desk.verdicts.read(7)).proposal).toEqual(proposal);
});
