import { expect, test } from 'vitest';
import { askCommand, findCommand, makeAsk, makeSampleDesk } from './bot-desk.ts';
import { listUses } from './check-reply.ts';

test.each([
  ['distilation', 'Embarrassingly Simple Self-Distillation Improves Code Generation'],
  ['t:moe', 'Path-Constrained Mixture-of-Experts'],
  ['o:riken', 'Screening Is Enough'],
  ['p:102/screening-is-enough', 'Screening Is Enough'],
  ['Hubotter', 'Reinforcement Learning via Self-Distillation'],
])('/paper %s shows %s', async (query, title) => {
  const { body, isPrivate } = await askCommand(await makeSampleDesk(), 'paper', { query });

  expect(body.embeds[0]?.title).toBe(title);
  expect(isPrivate).toBe(false);
});

test('every suggestion for /paper leads to a paper', async () => {
  const desk = await makeSampleDesk();
  for (const value of ['', 'a', 'di', 'self', 'xin', 'apple', 'quantisation']) {
    const choices =
      (await findCommand('paper').suggest?.(makeAsk(desk), { name: 'query', value })) ?? [];
    for (const { value: query } of choices) {
      const { body } = await askCommand(desk, 'paper', { query });

      expect(body.embeds, String(query)).toHaveLength(1);
    }
  }
});

test('the menu has the other matches, never the one that is shown', async () => {
  const desk = await makeSampleDesk();
  const { body } = await askCommand(desk, 'paper', { query: 'distillation' });
  const first = listUses(body).filter(({ values }) => values.length > 0);
  const [choice] = first;
  const press = { state: 'mdistillation', values: choice?.values ?? [], isOwn: true };
  const pressed = await findCommand('paper').press?.(makeAsk(desk), press);

  const second = pressed === undefined ? [] : listUses(pressed.body);
  expect(first.length).toBeGreaterThan(1);
  expect(pressed).toMatchObject({ isNew: false });
  expect(second.map(({ values }) => values)).not.toContainEqual(choice?.values);
});

test('a paper that is gone since is answered with a sentence', async () => {
  const press = { state: 'o', values: ['93/nothing-of-that-name'], isOwn: true };

  const pressed = await findCommand('paper').press?.(makeAsk(await makeSampleDesk()), press);

  expect(pressed).toMatchObject({ isNew: true, isPrivate: true });
  expect(pressed?.body.content).toContain('no longer in issue #93');
});

test.each(['💥🔥', '"', '  ', '…'])('%j means nothing, and finds nothing', async (query) => {
  const desk = await makeSampleDesk();

  for (const key of ['paper', 'search']) {
    const { body, isPrivate } = await askCommand(desk, key, { query });

    expect(isPrivate).toBe(true);
    expect(body.content).toMatch(/^Nothing found[^\n]*\.$/);
  }
});

test('a suggestion whose paper is gone is answered with a sentence', async () => {
  const asked = { query: 'p:93/nothing' };

  const { body, isPrivate } = await askCommand(await makeSampleDesk(), 'paper', asked);

  expect(isPrivate).toBe(true);
  expect(body.content).toContain('no longer in issue #93');
});

test('“private” decides who sees an answer', async () => {
  const desk = await makeSampleDesk();
  const ask = async (key: string, isPrivate: boolean): Promise<boolean> =>
    (await askCommand(desk, key, { query: 'MoE', private: isPrivate })).isPrivate;

  expect(await ask('paper', true)).toBe(true);
  expect(await ask('about', false)).toBe(false);
  expect((await askCommand(desk, 'about')).isPrivate).toBe(true);
});
