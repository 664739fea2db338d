import { afterAll, expect, test } from 'vitest';
import { makeFollows } from '../../src/archive/follows.ts';
import { makeCourier } from '../../src/delivery/courier.ts';
import { follow } from '../../src/desk/follow.ts';
import { planFollows } from '../../src/desk/plan-follows.ts';
import { type KnownPlaces, makeFollowChannels } from '../../src/follow-channels.ts';
import { makeDiscordRest } from '../../src/publishers/discord-rest.ts';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { keep, makeTestDesk } from '../support/make-test-desk.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { MANAGER, makeTopicIssue, makeWish, ROLE } from './follow-stage.ts';

const discord = await startFakeDiscord({ openApiPath: specPath, rateLimits: false });
afterAll(() => discord.close());

test('a member’s direct messages that cannot be opened are closed, and no failure', async () => {
  const rest = makeDiscordRest({ token: discord.token, api: discord.apiUrl });
  const places: KnownPlaces = { destinations: [], publishers: new Map() };
  const { openDirectMessage } = makeFollowChannels(async () => rest, places);

  // Discord opens none with the bot itself.
  expect(await openDirectMessage(discord.botUserId)).toBeUndefined();
  expect(await openDirectMessage(MANAGER.userId)).toMatch(/^\d+$/);
});

test('follows reach channels, forums and direct messages, and a deleted channel’s owner', async () => {
  const temp = makeTempDatabase();
  const desk = makeTestDesk(temp);
  const publishers: KnownPlaces['publishers'] = new Map();
  const destinations: KnownPlaces['destinations'] = [];
  const rest = makeDiscordRest({ token: discord.token, api: discord.apiUrl });
  const channels = makeFollowChannels(async () => rest, { destinations, publishers });
  const follows = makeFollows(temp.database);
  const following = { ...channels, follows, outbox: desk.outbox, destinations: [] };
  const stage = { ...desk, ...channels, follows, following };
  const courier = makeCourier({
    ...{ outbox: desk.outbox, publishers, clock: desk.clock, log: makeRecordLog() },
    ...{ owner: 'test', random: () => 0.5 },
  });
  const text = discord.addChannel();
  const forum = discord.addChannel({ type: 15, tags: [{ name: 'agents' }, { name: 'Vision' }] });
  const deleted = discord.addChannel();
  const direct = (await channels.openDirectMessage(MANAGER.userId)) ?? '';
  const play = async (): Promise<void> => {
    await planFollows(stage);
    desk.clock.advance(1_000);
    while ((await courier.deliverNext([...publishers.keys()])) !== undefined);
  };
  await follow(stage, MANAGER, makeWish({ channelId: text, roleId: ROLE }));
  await follow(stage, MANAGER, makeWish({ channelId: forum, place: 'forum', about: 'Agents' }));
  await follow(stage, MANAGER, makeWish({ channelId: deleted }));
  await follow(stage, MANAGER, makeWish({ place: 'dm', channelId: '', how: 'weekly' }));
  discord.removeChannel(deleted);
  const issue = makeTopicIssue(8, { Alpha: ['Agents'], Beta: [], Gamma: ['agents', 'vision'] });
  await keep(desk, issue);

  await play();
  const requests = discord.requests.length;
  await play();
  await play();

  const titles = discord.messages(text).map(({ embeds }) => (embeds[0] as { title: string }).title);
  const threads = discord.threads(forum) as readonly { name: string; applied_tags: string[] }[];
  const inDirect = discord.messages(direct).map(({ content, embeds }) => [content, embeds.length]);
  expect(titles).toEqual(['Alpha', 'Beta', 'Gamma']);
  expect(discord.messages(text).map(({ content }) => content)).toEqual([`<@&${ROLE}>`, '', '']);
  expect(discord.messages(text).map((one) => one.mention_roles)).toEqual([[ROLE], [], []]);
  expect(threads.map(({ name, applied_tags }) => [name, applied_tags.length])).toEqual([
    ['Alpha', 1],
    ['Gamma', 2],
  ]);
  expect(inDirect).toEqual([
    ['', 1],
    [expect.stringContaining(`I can’t post in <#${deleted}> any more`), 0],
  ]);
  // Two for the one who is told; for the deleted channel none.
  expect(discord.requests.length).toBe(requests + 2);
});
