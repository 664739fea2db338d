import { expect, test } from 'vitest';
import { hashName } from '../../src/desk/list-topics.ts';
import { makeIssue } from '../support/make-issue.ts';
import { askCommand, findCommand, makeAsk, makeBotDesk, makeSampleDesk } from './bot-desk.ts';
import { listProblems } from './check-reply.ts';

test('300 topics are paged, and each can be opened', async () => {
  const desk = makeBotDesk();
  const issue = makeIssue({ papers: Array.from({ length: 100 }, (_, n) => `Paper ${n}`) });
  const papers = issue.papers.map((paper, n) => ({
    ...paper,
    topics: [0, 1, 2].map((m) => `Topic ${n * 3 + m}`),
  }));
  await desk.keep([{ ...issue, papers }]);
  const topics = findCommand('topics');
  const { body } = await askCommand(desk, 'topics');
  const ids = new Set<string>();

  for (let page = 1; page <= 15; page += 1) {
    const pressed = await topics.press?.(makeAsk(desk), {
      state: `=p${page}`,
      values: [],
      isOwn: true,
    });
    expect(pressed && listProblems(pressed.body)).toEqual([]);
    for (const [name] of pressed?.body.embeds[0]?.description.matchAll(/Topic \d+/g) ?? [])
      ids.add(name);
  }
  const opened = await topics.press?.(makeAsk(desk), {
    state: 'c',
    values: [hashName('topic299')],
    isOwn: false,
  });

  expect(body.embeds[0]?.footer.text).toBe('300 topics · page 1 of 15');
  expect(ids.size).toBe(300);
  expect(opened).toMatchObject({ isNew: true });
  expect(opened?.body.embeds[0]).toMatchObject({ title: 'Papers on Topic 299' });
  expect(opened?.body.embeds[0]?.description).toContain('Paper 99');
});

test('/random draws from all papers, and from a topic if one is named', async () => {
  const desk = await makeSampleDesk();
  const titles = new Set<string | undefined>();
  for (let n = 0; n < 8; n += 1) {
    const { body } = await askCommand({ ...desk, random: () => n / 8 }, 'random');
    titles.add(body.embeds[0]?.title);
  }
  const onTopic = await askCommand(desk, 'random', { topic: 'Quantization' });

  expect(titles.size).toBe(8);
  expect(onTopic.body.embeds[0]?.title).toContain('Quantization-Aware');
});
