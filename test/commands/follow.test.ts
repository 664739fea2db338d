import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, onTestFinished, test } from 'vitest';
import { readCustomId } from '../../commands/parts/custom-id.ts';
import type { ReplyBody } from '../../commands/parts/reply.ts';
import { makeFollows } from '../../src/archive/follows.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import type { BotDesk } from '../../src/desk/bot-desk.ts';
import type { Follower, FollowingDesk } from '../../src/desk/follow.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { makeTopicIssue, ROLE } from '../desk/follow-stage.ts';
import { loadSpec } from '../fakes/discord/spec.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { askCommand, findCommand, makeAsk, makeBotDesk } from './bot-desk.ts';
import { listProblems, listUses } from './check-reply.ts';

const spec = loadSpec(specPath);
const MANAGER = { mayManageServer: true } satisfies Partial<Follower>;
const SENDING =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.ReadMessageHistory;
const ALL = SENDING | PermissionFlagsBits.SendMessagesInThreads;
const FORUM = '723456789012345678';
const HOSTILE = '@everyone **x** [a](https://b.example) <@&1> `y`';

async function makeDesk(): Promise<BotDesk & FollowingDesk> {
  const desk = makeBotDesk();
  const database = openDatabase(desk.file);
  onTestFinished(() => database.destroy());
  await desk.keep([makeTopicIssue(7, { Alpha: ['Quantization'], Beta: [HOSTILE] })]);
  const following = {
    follows: makeFollows(database),
    outbox: makeOutbox(database),
    destinations: [],
    openDirectMessage: async () => '623456789012345678',
  };
  return { ...desk, following };
}

/** Without what a list of channels and roles is made of: an embed pings nobody. */
function findProblems(body: ReplyBody): string[] {
  return listProblems(body, spec).filter((problem) => problem !== 'somebody is mentioned');
}

const shown = ({ body }: { readonly body: ReplyBody }): string =>
  [body.content, ...body.embeds.map(({ title, description }) => `${title}\n${description}`)].join(
    '',
  );

test('/follow says what comes where, and how a role can be pinged', async () => {
  const desk = await makeDesk();
  const options = { subcommand: 'topic', topic: 'quantization', role: ROLE };

  const made = await askCommand(desk, 'follow', options, MANAGER);
  const forum = await askCommand(
    desk,
    'follow',
    { subcommand: 'everything', forum: FORUM, how: 'weekly' },
    { ...MANAGER, locale: 'de', guildLocale: 'en-GB' },
  );
  const direct = await askCommand(
    desk,
    'follow',
    { subcommand: 'everything', where: 'direct' },
    { locale: 'de', guildLocale: 'en-GB' },
  );

  expect(shown(made)).toContain(
    `Following\n**Quantization** · each paper by itself · <#423456789012345678> · <@&${ROLE}>`,
  );
  expect(shown(made)).toContain('Mention Everyone');
  expect(shown(forum)).toContain(`**Alles** · eine Übersicht jeder Ausgabe · <#${FORUM}>`);
  expect(shown(forum)).toContain('Die festen Wörter der Beiträge sind auf Englisch.');
  expect(shown(direct)).toContain('**Alles** · jedes Paper für sich · Direktnachricht');
  expect(shown(direct)).toContain('Die festen Wörter der Beiträge sind auf Deutsch.');
  const kept = await desk.following.follows.list();
  expect(kept.find(({ place }) => place === 'channel')).toMatchObject({
    ...{ sinceIssue: 7, language: 'en', roleId: ROLE, guildId: '323456789012345678' },
  });
  expect(kept.find(({ place }) => place === 'forum')).toMatchObject({
    ...{ channelId: FORUM, language: 'en', roleId: undefined, how: 'weekly' },
  });
  expect(kept.find(({ place }) => place === 'dm')).toMatchObject({
    ...{ channelId: '623456789012345678', guildId: undefined, language: 'de' },
  });
  for (const { body, isPrivate } of [made, forum, direct]) {
    expect(findProblems(body)).toEqual([]);
    expect(isPrivate).toBe(true);
  }
});

test('/follow says at once what keeps the bot from posting, and keeps no follow', async () => {
  const desk = await makeDesk();
  const closed = { ...desk.following, openDirectMessage: async () => undefined };
  const everything = { subcommand: 'everything' };
  const here = { ...MANAGER, isBotInGuild: true };
  const allButSend = ALL & ~PermissionFlagsBits.SendMessages;

  const replies = [
    await askCommand(desk, 'follow', everything, { ...here, botRights: allButSend }),
    await askCommand(desk, 'follow', everything, { ...here, botRights: 0n, locale: 'de' }),
    await askCommand(desk, 'follow', everything, { ...here, botRights: SENDING, isThread: true }),
    await askCommand(desk, 'follow', everything, { ...here, botRights: ALL, isBotInGuild: false }),
    await askCommand(
      desk,
      'follow',
      { ...everything, forum: FORUM },
      { ...MANAGER, isBotInGuild: false },
    ),
    await askCommand({ ...desk, following: closed }, 'follow', { ...everything, where: 'direct' }),
    await askCommand(desk, 'follow', { ...everything, where: 'here', forum: FORUM }, here),
    await askCommand(desk, 'follow', { ...everything, where: 'direct', forum: FORUM }, here),
  ];

  expect(replies.map(({ body }) => body.content.split(';')[0])).toEqual([
    'I can’t post in this channel yet. Give me Send Messages here',
    'In diesem Kanal kann ich noch nichts posten. Gib mir hier „Kanäle ansehen“, „Nachrichten senden“, „Links einbetten“ und „Nachrichtenverlauf anzeigen“',
    'I can’t post in this channel yet. Give me Send Messages in Threads here',
    ...[1, 2].map(() => expect.stringMatching(/^I am not in this server yet/)),
    expect.stringMatching(/^Your direct messages are closed to me/),
    ...[1, 2].map(() => expect.stringMatching(/^A forum is where it comes to/)),
  ]);
  expect(replies.every(({ isPrivate }) => isPrivate)).toBe(true);
  expect(await desk.following.follows.list()).toEqual([]);
  for (const botRights of [ALL, PermissionFlagsBits.Administrator]) {
    await askCommand(desk, 'follow', everything, { ...here, botRights });
  }
  expect(await desk.following.follows.list()).toHaveLength(1);
});

test('/follow again says what changed, that nothing did, or that it goes on', async () => {
  const desk = await makeDesk();
  const everything = { subcommand: 'everything' };
  await askCommand(desk, 'follow', { ...everything, role: ROLE }, MANAGER);
  const [kept] = await desk.following.follows.list();

  const same = await askCommand(desk, 'follow', everything, MANAGER);
  const changed = await askCommand(desk, 'follow', { ...everything, how: 'weekly' }, MANAGER);
  await desk.following.follows.pause(kept?.id ?? '', new Date(0), 'x: Missing Access (50001)');
  const paused = await askCommand(desk, 'following', {}, { ...MANAGER, locale: 'de' });
  const resumed = await askCommand(desk, 'follow', everything, MANAGER);

  expect(shown(same)).toMatch(/^Followed already\n.*Nothing changed\..*\/unfollow/s);
  expect(shown(changed)).toMatch(/^Changed\n.*<@&.*What changed: how it comes\./s);
  expect(shown(paused)).toContain('⏸️ Pausiert: Ich bin nicht mehr auf diesem Server, oder mir');
  expect(shown(resumed)).toMatch(/^It goes on\n.*the newest issue comes now/s);
  expect(shown(resumed)).not.toContain('Paused');
  for (const { body } of [same, changed, paused, resumed]) expect(findProblems(body)).toEqual([]);
});

test('/unfollow understands a topic that is written by hand, where one follow is meant', async () => {
  const desk = await makeDesk();
  const followTopic = async (channelId: string): Promise<void> => {
    const options = { subcommand: 'topic', topic: 'quantization' };
    await askCommand(desk, 'follow', options, { ...MANAGER, channelId });
  };
  const end = async (asked: string): Promise<string> => {
    const { body } = await askCommand(desk, 'unfollow', { follow: asked }, MANAGER);
    return body.content + body.embeds.map(({ description }) => description).join('');
  };
  const [one, other] = ['423456789012345670', '423456789012345671'];
  await followTopic(one);
  await askCommand(desk, 'follow', { subcommand: 'everything' }, { ...MANAGER, channelId: one });

  expect(await end('knitting')).toMatch(/^That is not followed/);
  expect(await end('Quantization')).toMatch(/^That is over: Quantization/);
  expect(await end('everything')).toMatch(/^That is over: Everything/);
  await followTopic(one);
  await followTopic(other);
  const several = await end('quanti');
  expect(several).toMatch(/^“quanti” may mean several/);
  expect(several).toMatch(/<#423456789012345670>.*<#423456789012345671>/s);
  expect(await desk.following.follows.list()).toHaveLength(2);

  const suggested = await findCommand('unfollow').suggest?.(
    makeAsk(desk, {}, { ...MANAGER, locale: 'de' }),
    { name: 'follow', value: 'quant' },
  );
  expect(suggested?.map(({ name }) => name).sort()).toEqual([
    '1. Quantization · Kanal 423456789012345670, jedes Paper für sich',
    '2. Quantization · Kanal 423456789012345671, jedes Paper für sich',
  ]);
});

test('what cannot be followed is told in a sentence', async () => {
  const desk = await makeDesk();
  const everything = { subcommand: 'everything' };
  const plain = makeBotDesk();

  const replies = [
    await askCommand(desk, 'follow', everything),
    await askCommand(desk, 'follow', { ...everything, where: 'forum' }, MANAGER),
    await askCommand(desk, 'follow', { subcommand: 'topic', topic: 'Knitting' }, MANAGER),
    await askCommand(desk, 'follow', { ...everything, role: '323456789012345678' }, MANAGER),
    await askCommand(desk, 'unfollow', { follow: 'nothing' }),
    await askCommand(desk, 'following'),
    await askCommand(plain, 'follow', everything, MANAGER),
    await askCommand(plain, 'following'),
    await askCommand(plain, 'unfollow'),
  ];

  expect(replies.map(({ body }) => body.content.split(/[.?,]/)[0])).toEqual([
    'Only who may manage this server can set up its channels',
    'Which forum',
    'No paper has the topic “Knitting”',
    'That role is everybody',
    'That is not followed any more',
    'Nothing is followed here yet',
    ...[1, 2, 3].map(() => 'Nothing can be followed at the moment'),
  ]);
  expect(replies.flatMap(({ body }) => listProblems(body, spec))).toEqual([]);
});

test('/following and /unfollow show the same list, of which each can be ended, also hostile ones', async () => {
  const desk = await makeDesk();
  const topic = desk.search.listTopics().find(({ label }) => label === HOSTILE)?.key ?? '';
  for (let n = 0; n < 24; n += 1) {
    const channelId = `4234567890123456${n + 10}`;
    const options = { subcommand: 'topic', topic, role: ROLE };
    await askCommand(desk, 'follow', options, { ...MANAGER, channelId });
  }
  for (const { id } of await desk.following.follows.list()) {
    await desk.following.follows.pause(id, new Date(0), `closed: ${HOSTILE.repeat(9)}`);
  }

  const list = await askCommand(desk, 'following', {}, MANAGER);
  const pages = await Promise.all(
    [1, 2, 3].map((page) =>
      findCommand('following').press?.(makeAsk(desk, {}, MANAGER), {
        ...{ state: `=${page}`, values: [], isOwn: true },
      }),
    ),
  );
  const last = await askCommand(desk, 'unfollow', {}, MANAGER);
  const [use] = listUses(last.body);
  const pressed = await findCommand('unfollow').press?.(makeAsk(desk, {}, MANAGER), {
    state: readCustomId(use?.customId ?? '')?.state ?? '',
    values: use?.values ?? [],
    isOwn: true,
  });

  expect(shown(list)).toContain('⏸️ Paused: Discord takes none of my posts there. ');
  expect(pages.map((page) => page?.body.embeds[0]?.description?.match(/⏸️/g)?.length)).toEqual([
    10, 10, 4,
  ]);
  for (const page of pages) expect(page && findProblems(page.body)).toEqual([]);
  expect(pressed?.body.content).toContain('That is over: ');
  expect(pressed && findProblems(pressed.body)).toEqual([]);
  expect(await desk.following.follows.list()).toHaveLength(23);
});

test('topics and follows are suggested while somebody types, to each their own', async () => {
  const desk = await makeDesk();
  await askCommand(desk, 'follow', { subcommand: 'topic', topic: 'Quantization' }, MANAGER);
  const suggest = (key: string, name: string, value: string, asker = {}): Promise<unknown> =>
    findCommand(key).suggest?.(makeAsk(desk, {}, asker), { name, value }) ?? Promise.resolve();
  const [kept] = await desk.following.follows.list();

  expect(await suggest('follow', 'topic', 'quan')).toMatchObject([{ value: 'quantization' }]);
  expect(await suggest('unfollow', 'follow', 'QUANT', MANAGER)).toEqual([
    { name: '1. Quantization · this channel, each paper by itself', value: kept?.id },
  ]);
  expect(await suggest('unfollow', 'follow', '')).toEqual([]);
});

test('the buttons of a list cannot end what somebody else follows', async () => {
  const desk = await makeDesk();
  await askCommand(desk, 'follow', { subcommand: 'everything' }, MANAGER);
  const [kept] = await desk.following.follows.list();
  const press = (state: string): Promise<unknown> =>
    findCommand('unfollow').press?.(makeAsk(desk), {
      ...{ state, values: [kept?.id ?? ''], isOwn: false },
    }) ?? Promise.resolve();

  expect(await press('u1')).toMatchObject({
    body: { content: expect.stringMatching(/^That is not followed/) },
  });
  expect(await press('x')).toBeUndefined();
  expect(await desk.following.follows.list()).toHaveLength(1);
});
