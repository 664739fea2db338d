import { expect, test } from 'vitest';
import { checkDiscordMessage } from '../../formatters/discord.ts';
import { follow } from '../../src/desk/follow.ts';
import { planFollows } from '../../src/desk/plan-follows.ts';
import { keep } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { HERE, MANAGER, makeFollowStage, makeTopicIssue, makeWish, ROLE } from './follow-stage.ts';

const OTHER = '423456789012345679';
const MIXED = { Alpha: ['Agents'], Beta: ['Data filtering'], Gamma: ['agents', 'Vision'] };

test('a topic brings its papers however they write it, in the order of the issue, and no others', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await follow(stage, MANAGER, makeWish({ about: 'Agents' }));
  await follow(stage, MANAGER, makeWish({ about: 'data-Filtering', channelId: OTHER }));
  await keep(stage, makeTopicIssue(8, MIXED));

  const sent = await stage.play();

  expect(sent.filter((line) => line.startsWith(HERE))).toEqual([
    `${HERE} paper/alpha`,
    `${HERE} paper/gamma`,
  ]);
  expect(sent.filter((line) => line.startsWith(OTHER))).toEqual([`${OTHER} paper/beta`]);
  expect(await stage.play()).toEqual([]);
});

test('nothing old is poured out, and of many issues that come at once only the newest', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await keep(stage, makeTopicIssue(7, { Old: [] }));
  await follow(stage, MANAGER, makeWish());

  const before = await stage.play();
  await keep(stage, makeTopicIssue(3, { Older: [] }));
  const backlog = await stage.play();
  for (const number of [8, 9, 10, 11])
    await keep(stage, makeTopicIssue(number, { [`P${number}`]: [] }));
  const many = await stage.play();

  expect([before, backlog]).toEqual([[], []]);
  expect(many).toEqual([`${HERE} paper/p10`, `${HERE} paper/p11`]);
});

test('an issue under a mistaken number, or one that comes late, keeps no other from going out', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await keep(stage, makeTopicIssue(100, { Old: [] }));
  await follow(stage, MANAGER, makeWish());
  const sent: string[][] = [];
  for (const number of [1020, 102, 101, 102]) {
    await keep(stage, makeTopicIssue(number, { [`P${number}`]: [] }));
    sent.push(await stage.play());
  }

  expect(sent).toEqual([
    [`${HERE} paper/p1020`],
    [`${HERE} paper/p102`],
    [`${HERE} paper/p101`],
    [],
  ]);
});

test('who follows after an issue of a mistaken number has what is of a later time, and nothing old', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  const old = { start: '2026-11-02', end: '2026-11-09' };
  const later = { start: '2026-11-24', end: '2026-11-30' };
  await keep(stage, makeTopicIssue(1020, { Mistaken: [] }));
  await follow(stage, MANAGER, makeWish());
  await keep(stage, { ...makeTopicIssue(99, { Old: [] }), period: old });
  await keep(stage, { ...makeTopicIssue(103, { Next: [] }), period: later });

  expect(await stage.play()).toEqual([`${HERE} paper/next`]);
});

test('after a pause that was ended at the command line the newest of what came out is delivered', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await follow(stage, MANAGER, makeWish());
  const [one] = await stage.follows.list();
  await stage.follows.pause(one?.id ?? '', stage.clock.now(), 'closed');
  for (const number of [8, 9]) await keep(stage, makeTopicIssue(number, { [`P${number}`]: [] }));

  expect(await stage.play()).toEqual([`${HERE} paper/p9`]);
  expect(await stage.play()).toEqual([]);
});

test('samples never go out, and do not count as the issue that a follow begins after', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await keep(stage, makeTopicIssue(102, { Sample: [] }), true);
  await follow(stage, MANAGER, makeWish());

  const ofSample = await stage.play();
  await keep(stage, makeTopicIssue(8, { Real: [] }));
  const ofReal = await stage.play();

  expect(ofSample).toEqual([]);
  expect(ofReal).toEqual([`${HERE} paper/real`]);
});

test('weekly brings one digest an issue, limited to the topic; news and digests likewise', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  const channel = (n: number): string => `42345678901234560${n}`;
  await follow(stage, MANAGER, makeWish({ about: 'Agents', how: 'weekly', channelId: channel(1) }));
  await follow(stage, MANAGER, makeWish({ about: 'Robots', how: 'weekly', channelId: channel(2) }));
  await follow(stage, MANAGER, makeWish({ how: 'weekly', channelId: channel(3) }));
  await follow(stage, MANAGER, makeWish({ what: 'digests', channelId: channel(4) }));
  await follow(stage, MANAGER, makeWish({ what: 'news', channelId: channel(5) }));
  await keep(stage, makeTopicIssue(8, MIXED, { news: ['A model came out.'] }));

  const sent = await stage.play();
  const [topical] = await stage.outbox.list({ destination: `discord/${channel(1)}` });

  expect(sent.sort()).toEqual([
    `${channel(1)} topic/agents/2026-11-16`,
    `${channel(3)} digest`,
    `${channel(4)} digest`,
    `${channel(5)} news`,
  ]);
  expect(JSON.stringify(topical?.draft.posts)).toContain('Alpha');
  expect(JSON.stringify(topical?.draft.posts)).not.toContain('Beta');
  expect(await stage.play()).toEqual([]);
});

test('what two follows of a channel ask for is posted once', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await follow(stage, MANAGER, makeWish({ about: 'Vision' }));
  await follow(stage, MANAGER, makeWish({ about: 'Agents' }));
  await follow(stage, MANAGER, makeWish());
  await keep(stage, makeTopicIssue(8, MIXED));

  const sent = await stage.play();

  expect(sent).toEqual(['alpha', 'beta', 'gamma'].map((slug) => `${HERE} paper/${slug}`));
  expect(stage.platform.placed).toHaveLength(3);
});

test('a revision is not posted again, nor by a follow that begins after it', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await follow(stage, MANAGER, makeWish());
  await keep(stage, makeTopicIssue(8, MIXED));
  await stage.play();

  await keep(stage, makeTopicIssue(8, MIXED, { text: 'It was corrected.' }));
  const revised = await stage.play();
  await follow(stage, MANAGER, makeWish({ about: 'Agents' }));
  const late = await stage.play();

  expect([revised, late]).toEqual([[], []]);
});

test('a process that dies between queueing and marking posts nothing twice after its restart', async () => {
  const temp = makeTempDatabase();
  const stage = makeFollowStage(temp);
  await follow(stage, MANAGER, makeWish());
  await keep(stage, makeTopicIssue(8, MIXED));
  const dying = {
    ...stage,
    follows: { ...stage.follows, markSeen: () => Promise.reject(new Error('killed')) },
  };

  await expect(planFollows(dying)).rejects.toThrow('killed');
  const again = makeFollowStage(temp.connect(), stage.clock);
  const sent = await again.play();

  expect(sent).toEqual(['alpha', 'beta', 'gamma'].map((slug) => `${HERE} paper/${slug}`));
  expect(await again.outbox.list()).toHaveLength(3);
});

test('two desks that plan at the same time queue each paper once', async () => {
  const temp = makeTempDatabase();
  const [one, two] = [makeFollowStage(temp), makeFollowStage(temp)];
  await follow(one, MANAGER, makeWish());
  await keep(one, makeTopicIssue(8, MIXED));

  const planned = await Promise.all([planFollows(one), planFollows(two)]);

  expect(planned.flatMap(({ queued }) => queued.map(({ item }) => item)).sort()).toEqual([
    'paper/alpha',
    'paper/beta',
    'paper/gamma',
  ]);
});

test('nobody is pinged unless it is asked for; then that role alone, once an issue', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  const hostile = { '@everyone <@&1> Alpha': ['<@&1> @here'], Beta: [] };
  await follow(stage, MANAGER, makeWish({ channelId: OTHER }));
  await follow(stage, MANAGER, makeWish({ roleId: ROLE }));
  await follow(stage, MANAGER, makeWish({ about: '<@&1> @here', roleId: ROLE, how: 'weekly' }));
  await keep(stage, makeTopicIssue(8, hostile, { text: '@everyone, <@&1> and <@2>.' }));
  await planFollows(stage);

  const posts = (await stage.outbox.list()).flatMap(({ destination, draft }) =>
    draft.platform === 'discord' ? draft.posts.map((post) => ({ destination, post })) : [],
  );
  const pings = posts.filter(({ post }) => 'content' in post);

  expect(posts.map(({ post }) => checkDiscordMessage(post))).toEqual(posts.map(() => undefined));
  expect(pings.map(({ destination }) => destination)).toEqual([`discord/${HERE}`]);
  expect(pings[0]?.post).toMatchObject({
    content: `<@&${ROLE}>`,
    allowed_mentions: { parse: [], roles: [ROLE] },
  });
  for (const { post } of posts.filter((one) => !pings.includes(one))) {
    expect(post.allowed_mentions).toEqual({ parse: [] });
  }
});

test('a message that pings another role than it says is refused before it is sent', () => {
  const embeds = [{ description: 'x', color: 0, footer: { text: 'x' } }];
  const check = (content: string, roles: readonly string[]): string | undefined =>
    checkDiscordMessage({ content, embeds, allowed_mentions: { parse: [], roles } });

  expect(check(`<@&${ROLE}>`, [ROLE])).toBeUndefined();
  expect(check(`<@&${ROLE}> @everyone`, [ROLE])).toMatch(/pings others/);
  expect(check('', [ROLE])).toMatch(/pings others/);
  expect(check('<@&x>', ['x'])).toMatch(/pings others/);
});
