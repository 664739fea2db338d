import { expect, test } from 'vitest';
import { approveSilent } from '../../../src/desk/approval/approve-silent.ts';
import { propose } from '../../../src/desk/approval/propose.ts';
import { makeIssue } from '../../support/make-issue.ts';
import type { TestDesk } from '../../support/make-test-desk.ts';
import { HOUR_MS, importIt, makeAsking, PAPERS, readersSee } from './asking-desk.ts';

const MESSAGE = { channelId: '1', id: '2' };
const within = (desk: TestDesk, approval: TestDesk['approval']): TestDesk => ({
  ...desk,
  approval,
});

/** Editors were asked five days ago. */
async function makeAsked(approval: TestDesk['approval']): Promise<TestDesk> {
  const desk = await makeAsking({ approval });
  await propose(desk, true);
  const told = { message: MESSAGE, shownHash: 'x', askedAt: desk.clock.now() };
  await desk.verdicts.saveMessage(7, 1, told);
  desk.clock.advance(5 * 24 * HOUR_MS);
  return desk;
}

test.each(['always', 'never'] as const)(
  'what was asked while approval was %s does not count as hours of silence',
  async (kind) => {
    const asked = await makeAsked({ kind });
    const desk = within(asked, { kind: 'after', hours: 12 });

    const [first] = await propose(desk, true);
    const early = await approveSilent(desk, await propose(desk, true));
    await desk.verdicts.saveMessage(7, 1, {
      message: MESSAGE,
      shownHash: 'y',
      askedAt: desk.clock.now(),
    });
    desk.clock.advance(11 * HOUR_MS);
    const before = await approveSilent(desk, await propose(desk, true));
    desk.clock.advance(HOUR_MS);

    expect(first?.proposal).toMatchObject({ rule: '12h', askedAt: undefined, message: MESSAGE });
    expect([early, before]).toEqual([[], []]);
    expect(await approveSilent(desk, await propose(desk, true))).toEqual([7]);
  },
);

test('without a channel editors are asked anew by the change of the setting itself', async () => {
  const asked = await makeAsked({ kind: 'always' });
  const desk = within(asked, { kind: 'after', hours: 12 });

  const [first] = await propose(desk, false);

  expect(first?.proposal.askedAt).toEqual(desk.clock.now());
  expect(await approveSilent(desk, await propose(desk, false))).toEqual([]);
});

test('a channel that never told them, and is gone, keeps nobody waiting: they are asked without it', async () => {
  const desk = await makeAsking({ approval: { kind: 'after', hours: 48 } });
  await propose(desk, true);
  desk.clock.advance(72 * HOUR_MS);

  const [first] = await propose(desk, false);
  const early = await approveSilent(desk, await propose(desk, false));
  desk.clock.advance(48 * HOUR_MS);

  expect(first?.proposal.askedAt).toEqual(new Date(desk.clock.now().getTime() - 48 * HOUR_MS));
  expect(early).toEqual([]);
  expect(await approveSilent(desk, await propose(desk, false))).toEqual([7]);
});

test('hours that went by before a time without approval do not count after it', async () => {
  const asked = await makeAsked({ kind: 'after', hours: 240 });
  await propose(within(asked, { kind: 'never' }), true);
  asked.clock.advance(30 * 24 * HOUR_MS);

  const proposed = await propose(asked, true);

  expect(await approveSilent(asked, proposed)).toEqual([]);
  expect(await readersSee(asked)).toBeUndefined();
});

test('a message that is told of late leaves what was asked meanwhile', async () => {
  const desk = await makeAsked({ kind: 'always' });
  await desk.verdicts.raiseProposal(7, 1, 2);

  await desk.verdicts.saveMessage(7, 1, { message: MESSAGE, shownHash: 'old', askedAt: undefined });

  const { proposal } = await desk.verdicts.read(7);
  expect(proposal).toMatchObject({ revision: 2, shownHash: 'x', message: MESSAGE });
});

/** The issue as a feed has it that counts likes. */
async function like(desk: TestDesk, likes: number, text?: string): Promise<void> {
  const issue = makeIssue({ papers: PAPERS, ...(text === undefined ? {} : { text }) });
  await importIt(desk, { ...issue, papers: issue.papers.map((paper) => ({ ...paper, likes })) });
}

test('likes that grow by the hour put no question anew: silence approves at its time', async () => {
  const desk = await makeAsking({ approval: { kind: 'after', hours: 12 } });
  const askedAt = desk.clock.now();
  const approvedAfter: number[] = [];

  for (let hour = 0; hour <= 24; hour += 1) {
    const proposed = await propose(desk, false);
    expect(proposed).toMatchObject([{ proposal: { askedAt, revision: 1 + hour } }]);
    if ((await approveSilent(desk, proposed)).length > 0) approvedAfter.push(hour);
    desk.clock.advance(HOUR_MS);
    await like(desk, 1 + hour);
  }

  expect(approvedAfter).toEqual([12]);
  expect(await readersSee(desk)).toBe(26);
});

test('words that nobody was asked about put the question anew, also after many likes', async () => {
  const desk = await makeAsking({ approval: { kind: 'after', hours: 12 } });
  await propose(desk, false);
  desk.clock.advance(6 * HOUR_MS);
  await like(desk, 1);
  await propose(desk, false);
  desk.clock.advance(5 * HOUR_MS);
  await like(desk, 2, 'It works in another way.');

  const [anew] = await propose(desk, false);
  desk.clock.advance(11 * HOUR_MS);
  const early = await approveSilent(desk, await propose(desk, false));
  desk.clock.advance(HOUR_MS);

  expect(anew?.proposal).toMatchObject({ revision: 3 });
  expect(early).toEqual([]);
  expect(await approveSilent(desk, await propose(desk, false))).toEqual([7]);
});

test('words that were asked about, then were others, and are back again are asked about anew', async () => {
  const desk = await makeAsking({ approval: { kind: 'always' } });
  await propose(desk, false);
  await like(desk, 1, 'It works in another way.');
  await propose(desk, false);
  desk.clock.advance(HOUR_MS);
  await like(desk, 1);

  const [back] = await propose(desk, false);

  expect(back?.proposal).toMatchObject({ revision: 3, askedAt: desk.clock.now() });
});
