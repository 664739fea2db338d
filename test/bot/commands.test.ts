import { expect, test } from 'vitest';
import type { Reply } from '../fakes/discord/interactions-handle.ts';
import { type JsonObject, objectsOf, textOf } from '../fakes/discord/json.ts';
import type { StoredMessage } from '../fakes/discord/message.ts';
import { makeArchiveIssues } from '../support/make-archive.ts';
import { startBotRig } from './bot-rig.ts';

const needMessage = ({ message }: Reply): StoredMessage => {
  if (message === undefined) throw new Error('there is no message');
  return message;
};
const read = (message: StoredMessage): string =>
  [message.content, ...objectsOf(message.embeds).flatMap((e) => [e.title, e.description])].join(
    '\n',
  );
const list = (message: StoredMessage): JsonObject[] =>
  objectsOf(message.components).flatMap(({ components }) => objectsOf(components));
const find = (message: StoredMessage, start: string): string => {
  const ids = list(message).map(({ custom_id }) => textOf(custom_id));
  const id = ids.find((one) => one.startsWith(start));
  if (id === undefined) throw new Error(`${start} is not among ${ids.join(' ')}`);
  return id;
};
const firstValue = (message: StoredMessage): string =>
  list(message)
    .flatMap(({ options }) => objectsOf(options))
    .map(({ value }) => textOf(value))[0] ?? '';

test('every command answers through the real client, publicly or for the asker alone', async () => {
  const { discord, channelId, bot } = await startBotRig();
  const { dispatch } = discord;

  const paper = await dispatch.slash('paper', { query: 'distilation' }).reply();
  const latest = await dispatch.slash('latest', { private: true }).reply();
  const issue = await dispatch.slash('issue', { number: 93 }).reply();
  const news = await dispatch.slash('news').reply();
  const search = await dispatch.slash('search', { query: 'attention', from: 90, to: 102 }).reply();
  const topics = await dispatch.slash('topics').reply();
  const first = await dispatch.slash('catchup').reply();
  const again = await dispatch.slash('catchup', {}, { locale: 'de' }).reply();
  const random = await dispatch.slash('random', { topic: 'MoE' }).reply();
  const about = await dispatch.slash('about').reply();
  const help = await dispatch.slash('help', {}, { locale: 'de' }).reply();
  const said = discord.postAs(channelId, {
    authorId: '623456789012345678',
    body: { content: 'has anybody read TensorLens?' },
  });
  const found = await dispatch.messageCommand('Find this paper', said).reply();
  const typed = await dispatch.autocomplete('paper', { option: 'query', typed: 'quantiz' }).reply();
  const numbers = await dispatch.autocomplete('issue', { option: 'number', typed: '9' }).reply();

  expect(read(needMessage(paper))).toContain('Self-Distillation');
  expect(paper).toMatchObject({ type: 4, isDeferred: false, isEphemeral: false });
  expect(latest.isEphemeral).toBe(true);
  expect(read(needMessage(latest))).toContain('Issue #102');
  expect(read(needMessage(issue))).toContain('Issue #93');
  expect(read(needMessage(news))).toContain('Industry news');
  expect(read(needMessage(search))).toContain('**1. ');
  expect(read(needMessage(topics))).toContain('**MoE** · 1 paper');
  expect(first.isEphemeral).toBe(true);
  expect(needMessage(again).content).toContain('Seit Ausgabe #102 ist nichts erschienen');
  expect(read(needMessage(random))).toContain('Mixture-of-Experts');
  expect(read(needMessage(about))).toContain('8 papers in 2 issues');
  expect(read(needMessage(help))).toContain('**/neueste**');
  expect(found.isEphemeral).toBe(true);
  expect(read(needMessage(found))).toContain('TensorLens');
  expect(typed.choices).toContainEqual(expect.objectContaining({ value: 't:quantization' }));
  expect(numbers.choices).toEqual([expect.objectContaining({ value: 93 })]);
  expect(bot.log.filter(({ msg }) => msg === 'interaction.answered')).toHaveLength(12);
  expect(bot.log.every((line) => !JSON.stringify(line).includes('distilation'))).toBe(true);
});

test('commands work in direct messages, and where the bot is only a member’s', async () => {
  const { discord } = await startBotRig();
  for (const place of ['dm', 'foreign-guild', 'private'] as const) {
    const installedFor = place === 'dm' ? (['guild', 'user'] as const) : (['user'] as const);
    const reply = await discord.dispatch
      .slash('paper', { query: 'TensorLens' }, { place, installedFor })
      .reply();

    expect(read(needMessage(reply))).toContain('TensorLens');
  }
});

test('a search is paged to its end and back, before and after a restart', async () => {
  const rig = await startBotRig();
  const { dispatch } = rig.discord;
  await rig.desk.keep(makeArchiveIssues({ papers: 40, words: 60, without: [93, 102] }));
  await rig.bot.stop();
  const bot = rig.start();
  await bot.see('commands.registered');
  const search = await dispatch.slash('search', { query: 'attention' }).reply();
  const message = needMessage(search);
  const texts = [read(message)];

  let now = message;
  for (let n = 0; n < 30 && isEnabled(now, 'search:1:>'); n += 1) {
    if (n === 1) {
      await bot.stop();
      await rig.start().see('commands.registered');
    }
    now = needMessage(await dispatch.press(now, find(now, 'search:1:>')).reply());
    texts.push(read(now));
  }
  const pages = texts.length;
  const stranger = { userId: '723456789012345678', locale: 'de' };
  const other = await dispatch.press(now, find(now, 'search:1:<'), stranger).reply();
  for (let n = 0; n < 30 && isEnabled(now, 'search:1:<'); n += 1) {
    now = needMessage(await dispatch.press(now, find(now, 'search:1:<')).reply());
    expect(read(now)).toBe(texts[pages - 2 - n]);
  }

  expect(pages).toBeGreaterThan(2);
  expect(new Set(texts).size).toBe(pages);
  expect(read(now)).toBe(texts[0]);
  expect(now.id).toBe(message.id);
  // Nobody else turns the page, or turns the message into their language.
  expect(other).toMatchObject({ type: 4, isEphemeral: true });
  expect(JSON.stringify(needMessage(other))).toContain('Seite');
});

test('menus open papers: in place for who asked, beside it for anybody else', async () => {
  const { discord } = await startBotRig();
  const { dispatch } = discord;
  const message = needMessage(await dispatch.slash('paper', { query: 'distillation' }).reply());
  const menu = find(message, 'paper:1:m');

  const other = await dispatch
    .select(message, menu, [firstValue(message)], { userId: '723456789012345678' })
    .reply();
  const own = await dispatch.select(message, menu, [firstValue(message)]).reply();
  const issue = await dispatch.press(needMessage(own), find(needMessage(own), 'issue:1:o')).reply();
  const list = needMessage(await dispatch.slash('latest').reply());
  const opened = await dispatch.select(list, find(list, 'paper:1:o'), [firstValue(list)]).reply();
  const news = await dispatch.press(list, find(list, 'news:1:o')).reply();
  const older = await dispatch.press(list, find(list, 'issue:1:<')).reply();

  expect(other).toMatchObject({ type: 4, isEphemeral: true });
  expect(own).toMatchObject({ type: 7, message: { id: message.id } });
  expect(read(needMessage(own))).toBe(read(needMessage(other)));
  expect(issue).toMatchObject({ type: 4, isEphemeral: true });
  expect(opened).toMatchObject({ type: 4, isEphemeral: true });
  expect(older).toMatchObject({ type: 7, message: { id: list.id } });
  expect(read(needMessage(older))).toContain('Issue #93');
  expect(news).toMatchObject({ type: 4, isEphemeral: true });
});

test('a button of an older version, and one that is made up, are answered kindly', async () => {
  const { discord } = await startBotRig();
  const message = needMessage(await discord.dispatch.slash('topics').reply());

  for (const id of ['search:0:<2', 'search:1:what', 'gone:1:x', 'nonsense', 'paper:1:o']) {
    const reply = await discord.dispatch.pressStale(message, id).reply();

    expect(reply).toMatchObject({ type: 4, isEphemeral: true });
    expect(needMessage(reply).content).toContain('older message');
  }
});

test('who asks too often is told to wait, and others are not', async () => {
  const { discord, bot } = await startBotRig();
  const ask = async (userId: string): Promise<string> =>
    needMessage(await discord.dispatch.slash('about', {}, { userId }).reply()).content;
  const texts = await Promise.all(Array.from({ length: 8 }, () => ask('823456789012345678')));
  const other = await ask('923456789012345678');

  const isTold = (text: string): boolean =>
    /^That was quick. Ask again in \d seconds?, please\.$/.test(text);
  expect(texts).toContain('');
  expect(texts.some(isTold)).toBe(true);
  expect(texts.filter((text) => text !== '').every(isTold)).toBe(true);
  expect(other).toBe('');
  expect(bot.log.filter(({ msg }) => msg === 'interaction.failed')).toEqual([]);
});

function isEnabled(message: StoredMessage, start: string): boolean {
  return list(message).some(
    (one) => textOf(one.custom_id).startsWith(start) && one.disabled !== true,
  );
}
