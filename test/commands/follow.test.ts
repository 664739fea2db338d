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
    { ...MANAGER, locale: 'de' },
  );
  const direct = await askCommand(desk, 'follow', { subcommand: 'everything', where: 'direct' });

  expect(shown(made)).toContain(
    `Following\n**Quantization** · each paper by itself · <#423456789012345678> · <@&${ROLE}>`,
  );
  expect(shown(made)).toContain('Mention Everyone');
  expect(shown(forum)).toContain(`**Alles** · eine Übersicht jeder Ausgabe · <#${FORUM}>`);
  expect(shown(direct)).toContain('**Everything** · each paper by itself · direct message');
  const kept = await desk.following.follows.list();
  expect(kept.find(({ place }) => place === 'channel')).toMatchObject({
    ...{ sinceIssue: 7, language: 'en', roleId: ROLE, guildId: '323456789012345678' },
  });
  expect(kept.find(({ place }) => place === 'forum')).toMatchObject({
    ...{ channelId: FORUM, language: 'de', roleId: undefined, how: 'weekly' },
  });
  expect(kept.find(({ place }) => place === 'dm')).toMatchObject({
    ...{ channelId: '623456789012345678', guildId: undefined },
  });
  for (const { body, isPrivate } of [made, forum, direct]) {
    expect(findProblems(body)).toEqual([]);
    expect(isPrivate).toBe(true);
  }
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

  expect(shown(list)).toContain('⏸️ Paused: closed: ');
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
    { name: 'Quantization · each paper by itself, this channel', value: kept?.id },
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
