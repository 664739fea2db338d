import { expect, test } from 'vitest';
import { follow, GUILD_MOST, MEMBER_MOST } from '../../src/desk/follow.ts';
import { listFollows } from '../../src/desk/list-follows.ts';
import { planFollows } from '../../src/desk/plan-follows.ts';
import { resumeFollows } from '../../src/desk/resume-follows.ts';
import { unfollow } from '../../src/desk/unfollow.ts';
import { TOKEN_REFUSED } from '../../src/publishers/refused-token.ts';
import { WORKS } from '../support/fake-platform.ts';
import { keep } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import {
  type FollowStage,
  HERE,
  MANAGER,
  MEMBER,
  makeFollowStage,
  makeTopicIssue,
  makeWish,
  ROLE,
} from './follow-stage.ts';

const CLOSED = { kind: 'is closed', posts: 0 } as const;
const DIRECT = makeWish({ place: 'dm', channelId: '' });

/** A stage whose channel was closed when issue 8 was to come. */
async function makeClosedStage(): Promise<FollowStage> {
  const stage = makeFollowStage(makeTempDatabase());
  await keep(stage, makeTopicIssue(7, { Old: [] }));
  await follow(stage, MANAGER, makeWish());
  await follow(stage, MANAGER, makeWish({ about: 'Agents', how: 'weekly' }));
  await keep(stage, makeTopicIssue(8, { Alpha: [], Beta: [] }));
  stage.fate = CLOSED;
  await stage.play();
  return stage;
}

test('a channel is for who may manage the server, a direct message for everybody', async () => {
  const stage = makeFollowStage(makeTempDatabase());

  const refused = await follow(stage, MEMBER, makeWish());
  const nowhere = await follow(stage, { ...MANAGER, guildId: undefined }, makeWish());
  const direct = await follow(stage, MEMBER, DIRECT);
  const pinging = await follow(stage, MEMBER, { ...DIRECT, roleId: ROLE });
  const everybody = await follow(stage, MANAGER, makeWish({ roleId: MANAGER.guildId }));
  const topical = await follow(stage, MANAGER, makeWish({ about: 'Agents', what: 'news' }));

  expect(refused).toEqual({ kind: 'not allowed' });
  expect(nowhere).toEqual({ kind: 'no server' });
  expect(direct).toMatchObject({
    kind: 'followed',
    follow: { channelId: '923456789012345679', guildId: undefined },
  });
  expect(pinging).toEqual({ kind: 'no server' });
  expect(everybody).toEqual({ kind: 'everybody' });
  expect(topical).toEqual({ kind: 'news have no topics' });
});

test('a server follows 25 things and a member ten, of which each can still be changed', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  for (let n = 0; n < GUILD_MOST; n += 1) {
    await follow(stage, MANAGER, makeWish({ about: `Topic ${n}` }));
  }
  for (let n = 0; n < MEMBER_MOST; n += 1) {
    await follow(stage, MANAGER, { ...DIRECT, topic: { key: `t${n}`, label: `T ${n}` } });
  }

  const server = await follow(stage, MANAGER, makeWish());
  const member = await follow(stage, MANAGER, DIRECT);
  const changed = await follow(stage, MANAGER, makeWish({ about: 'Topic 3', how: 'weekly' }));
  const others = await follow(
    stage,
    { ...MANAGER, guildId: '323456789012345670' },
    makeWish({ channelId: '5' }),
  );

  expect(server).toEqual({ kind: 'full', of: 'server', most: 25 });
  expect(member).toEqual({ kind: 'full', of: 'member', most: 10 });
  expect(changed).toMatchObject({ kind: 'followed', isNew: false, follow: { how: 'weekly' } });
  expect(others).toMatchObject({ kind: 'followed', isNew: true });
  expect(await stage.follows.list()).toHaveLength(GUILD_MOST + MEMBER_MOST + 1);
});

test('who follows by direct message sees and ends that, and nothing of others', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await follow(stage, MANAGER, makeWish());
  stage.clock.advance(1_000);
  await follow(stage, MEMBER, DIRECT);
  const [channel, direct] = await stage.follows.list();

  const ofMember = await listFollows(stage, MEMBER);
  const ofManager = await listFollows(stage, MANAGER);
  const elsewhere = await listFollows(stage, { ...MANAGER, guildId: '323456789012345670' });
  const stolen = [
    await unfollow(stage, MEMBER, channel?.id ?? ''),
    await unfollow(stage, MANAGER, direct?.id ?? ''),
    await unfollow(stage, { ...MANAGER, guildId: '323456789012345670' }, channel?.id ?? ''),
  ];
  const own = await unfollow(stage, MEMBER, direct?.id ?? '');
  const again = await unfollow(stage, MEMBER, direct?.id ?? '');

  expect([ofMember, ofManager, elsewhere]).toEqual([[direct], [channel], []]);
  expect(stolen).toEqual([1, 2, 3].map(() => ({ kind: 'unknown' })));
  expect(own).toEqual({ kind: 'unfollowed', follow: direct });
  expect(again).toEqual({ kind: 'unknown' });
});

test('after the last follow of a channel nothing more is posted there', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await follow(stage, MANAGER, makeWish());
  await keep(stage, makeTopicIssue(8, { Alpha: [], Beta: [] }));
  await planFollows(stage);
  const [one] = await stage.follows.list();

  await unfollow(stage, MANAGER, one?.id ?? '');
  await keep(stage, makeTopicIssue(9, { Gamma: [] }));
  const sent = await stage.play();

  expect(sent).toEqual([]);
  expect((await stage.outbox.list()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
});

test('a channel that was closed is paused, its owner told once, and nothing more tried', async () => {
  const stage = await makeClosedStage();
  await planFollows(stage);
  const tries = stage.platform.calls.length;

  await keep(stage, makeTopicIssue(9, { Gamma: [] }));
  await stage.play();
  const { paused } = await planFollows(stage);

  expect(stage.platform.calls).toHaveLength(tries);
  expect(stage.told).toEqual([
    `${MANAGER.userId}: I can’t post in <#${HERE}> any more, so what you follow there is paused: Discord takes none of my posts there. Once that is put right, the same /follow again makes it go on; /unfollow ends it. I won’t remind you of it.`,
  ]);
  expect(paused).toEqual([]);
  expect((await stage.follows.list()).map((one) => one.paused?.reason)).toEqual([
    'no such account',
    'no such account',
  ]);
  expect((await stage.follows.list()).every((one) => one.paused?.isOwnerTold)).toBe(true);
  expect((await stage.outbox.list({ issue: 9 })).length).toBe(0);
});

test('an owner who cannot be told is not asked again, and whoever is told by nobody sees it in the list', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await follow(stage, MANAGER, makeWish());
  stage.clock.advance(1_000);
  await follow(stage, MEMBER, DIRECT);
  await keep(stage, makeTopicIssue(8, { Alpha: [] }));
  stage.fate = CLOSED;
  await stage.play();
  let asked = 0;
  const deaf = {
    ...stage,
    tellOwner: async () => {
      asked += 1;
      throw new Error('Cannot send messages to this user');
    },
  };

  const { paused } = await planFollows(deaf);
  await planFollows(deaf);

  expect(asked).toBe(1);
  expect(paused).toEqual([
    { destination: `discord/${HERE}`, untold: 'Cannot send messages to this user' },
    { destination: 'discord/923456789012345679' },
  ]);
  expect(await listFollows(stage, MEMBER)).toMatchObject([
    { paused: { reason: 'no such account' } },
  ]);
  const told = (await stage.follows.list()).map(({ paused: since }) => since?.isOwnerTold);
  expect(told).toEqual([false, false]);
});

test('to follow again resumes: the newest issue comes after all, and nothing older', async () => {
  const stage = await makeClosedStage();
  await planFollows(stage);
  await keep(stage, makeTopicIssue(9, { Gamma: [] }));
  await keep(stage, makeTopicIssue(10, { Delta: [] }));
  await stage.play();
  stage.fate = WORKS;

  const again = await follow(stage, MANAGER, makeWish());
  const sent = await stage.play();

  expect(again).toMatchObject({ isNew: false, isResumed: true, changed: [] });
  expect(again).toMatchObject({ kind: 'followed', follow: { paused: undefined } });
  expect(sent).toEqual([`${HERE} paper/delta`]);
  expect((await stage.follows.list()).every(({ paused }) => paused === undefined)).toBe(true);
});

test('to follow again at once brings what was refused and what waits of the same issue', async () => {
  const stage = await makeClosedStage();
  await planFollows(stage);
  stage.fate = WORKS;

  await follow(stage, MANAGER, makeWish());
  const sent = await stage.play();

  expect(sent).toEqual([`${HERE} paper/alpha`, `${HERE} paper/beta`]);
});

test('to follow again changes what is named and keeps the rest, also its owner', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  const other = { ...MANAGER, userId: '223456789012345670' };
  const again = makeWish({ how: undefined, roleId: undefined, language: 'de' });
  await follow(stage, MANAGER, makeWish({ how: 'weekly', roleId: ROLE }));
  await keep(stage, makeTopicIssue(8, { Alpha: [] }));

  const same = await follow(stage, other, again);
  const changed = await follow(stage, other, { ...again, how: 'each' });
  const ping = await follow(stage, other, { ...again, roleId: '523456789012345679' });
  const sent = await stage.play();

  const kept = { how: 'weekly', roleId: ROLE, language: 'en', ownerId: MANAGER.userId };
  expect(same).toMatchObject({ isNew: false, isResumed: false, changed: [], follow: kept });
  expect(changed).toMatchObject({ changed: ['how'], follow: { how: 'each', roleId: ROLE } });
  expect(ping).toMatchObject({ changed: ['role'], follow: { roleId: '523456789012345679' } });
  expect(sent).toEqual([`${HERE} paper/alpha`]);
});

test('a new follow in a paused channel lets it go on, and brings nothing older than itself', async () => {
  const stage = await makeClosedStage();
  await planFollows(stage);
  stage.fate = WORKS;

  await follow(stage, MANAGER, makeWish({ what: 'digests' }));
  const sent = await stage.play();

  expect(sent).toEqual([`${HERE} paper/alpha`, `${HERE} paper/beta`]);
});

test('direct messages that are closed are told at once, and nothing is kept', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  const closed = { ...stage.following, openDirectMessage: async () => undefined };

  const refused = await follow({ ...stage, following: closed }, MEMBER, DIRECT);

  expect(refused).toEqual({ kind: 'closed' });
  expect(await stage.follows.list()).toEqual([]);
});

test('to end the last follow of a paused channel ends the pause, and posts nothing', async () => {
  const stage = await makeClosedStage();
  await planFollows(stage);
  stage.fate = WORKS;

  for (const { id } of await stage.follows.list()) await unfollow(stage, MANAGER, id);
  const sent = await stage.play();

  expect(await stage.outbox.listPauses()).toEqual([]);
  expect(sent).toEqual([]);
});

test('a token that Discord refuses is no channel’s fault: nobody is told, and a new start goes on', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await follow(stage, MANAGER, makeWish());
  await keep(stage, makeTopicIssue(8, { Alpha: [], Beta: [] }));
  await planFollows(stage);
  stage.clock.advance(1_000);
  const destination = `discord/${HERE}`;
  const now = stage.clock.now();
  const terms = { owner: 'other', now, leaseMs: 1_000, destinations: [destination] };
  const claim = await stage.outbox.claim(terms);
  const refusal = { kind: 'refused', reason: `${TOKEN_REFUSED}: 401`, remedy: 'x' } as const;
  if (claim !== undefined) await stage.outbox.settle(claim, { ...refusal, isClosed: true }, now);

  const before = await stage.play();
  const told = [...stage.told];
  await resumeFollows(stage);
  const after = await stage.play();

  expect([before, told]).toEqual([[], []]);
  expect(after).toEqual([`${HERE} paper/alpha`, `${HERE} paper/beta`]);
});

test('follows are there after a restart', async () => {
  const temp = makeTempDatabase();
  const stage = makeFollowStage(temp);
  await follow(stage, MANAGER, makeWish({ about: 'Agents', roleId: ROLE }));

  const again = makeFollowStage(temp.connect(), stage.clock);
  await keep(again, makeTopicIssue(8, { Alpha: ['agents'], Beta: [] }));
  const sent = await again.play();

  expect(sent).toEqual([`${HERE} paper/alpha`]);
});
