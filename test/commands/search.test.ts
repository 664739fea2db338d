import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ask, Pressed } from '../../commands/command.ts';
import { makeCustomId, readCustomId, STATE_MOST } from '../../commands/parts/custom-id.ts';
import { readSearch, readWanted, writeSearch } from '../../commands/parts/search-state.ts';
import { hashName } from '../../src/desk/list-topics.ts';
import { makeArchiveIssues } from '../support/make-archive.ts';
import { askCommand, findCommand, makeAsk, makeBotDesk, makeSampleDesk } from './bot-desk.ts';
import { findButton, listProblems } from './check-reply.ts';

test('whatever is searched for, its state fits a custom id and is read again as it was', async () => {
  const desk = makeBotDesk();
  await desk.keep(makeArchiveIssues({ papers: 40, words: 20 }));
  const topics = desk.search.listTopics().map(({ label }) => label);
  const organizations = desk.search.listOrganizations().map(({ label }) => label);
  const options = fc.record(
    {
      query: fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      topic: fc.constantFrom(...topics),
      organization: fc.constantFrom(...organizations),
      from: fc.integer({ min: 1, max: 999_999 }),
      to: fc.integer({ min: 1, max: 999_999 }),
      pick: fc.boolean(),
    },
    { requiredKeys: ['query'] },
  );

  fc.assert(
    fc.property(options, fc.integer({ min: 1, max: 46_655 }), (asked, page) => {
      const ask = makeAsk(desk, JSON.parse(JSON.stringify(asked)));
      const wanted = readWanted(ask);
      if ('unknown' in wanted) throw new Error(`${wanted.unknown} is not known`);
      const state = `<${writeSearch(wanted, page)}`;
      const id = makeCustomId('search', state);

      expect(state.length).toBeLessThanOrEqual(STATE_MOST);
      expect(id.length).toBeLessThanOrEqual(100);
      expect(id.isWellFormed()).toBe(true);
      expect(readSearch(ask, readCustomId(id)?.state.slice(1) ?? '')).toEqual({ wanted, page });
    }),
    { numRuns: 200 },
  );
});

test('/search narrows by topic, organization, issues and picks, and says so', async () => {
  const desk = await makeSampleDesk();

  const all = await askCommand(desk, 'search', { query: 'attention' });
  const narrowed = await askCommand(desk, 'search', {
    query: 'attention',
    topic: 'attention',
    from: 100,
  });
  const nothing = await askCommand(desk, 'search', { query: 'attention', to: 92 });
  const unknown = await askCommand(desk, 'search', { query: 'attention', topic: 'knitting' });

  expect(all.body.embeds[0]?.title).toBe('3 results for “attention”');
  expect(narrowed.body.embeds[0]?.title).toBe('2 results for “attention”');
  expect(narrowed.body.embeds[0]?.footer.text).toBe('Attention · since #100');
  expect(nothing).toMatchObject({ isPrivate: true });
  expect(nothing.body.content).toBe(
    'Nothing found for “attention” (up to #92).\n3 results without that.',
  );
  expect(unknown.body.content).toContain('No paper has the topic “knitting”');
});

test('a topic and an organization are understood in other spellings, and abbreviated', async () => {
  const desk = await makeSampleDesk();
  const ask = async (options: Ask['options']): Promise<string | undefined> =>
    (await askCommand(desk, 'search', { query: ' ', ...options })).body.embeds[0]?.footer.text;

  expect(await ask({ topic: 'mixture of experts' })).toBe('MoE');
  expect(await ask({ topic: 'quantisation' })).toBe('Quantization');
  expect(await ask({ organization: 'Appel' })).toBe('Apple');
});

test('where nothing is found even without the filters, something near is named', async () => {
  const desk = await makeSampleDesk();
  const asked = { query: '„zzzzz tensorlens“', topic: 'Quantization', pick: true };

  const { body } = await askCommand(desk, 'search', asked);
  const german = await askCommand(desk, 'search', { query: 'zzzzz', to: 9 }, { locale: 'de' });

  expect(body.content).toMatch(
    /^Nothing found for “„zzzzz tensorlens“” \(Quantization · editor’s picks\)\.\nNear it: TensorLens/,
  );
  expect(german.body.content).toBe('Nichts zu „zzzzz“ zu finden (bis #9).');
});

test('the ends of a list have their button disabled, and one page has none', async () => {
  const desk = makeBotDesk();
  await desk.keep(makeArchiveIssues({ papers: 40, words: 20 }));

  const { body } = await askCommand(desk, 'search', { query: 'the' });
  const one = await askCommand(await makeSampleDesk(), 'search', { query: 'TensorLens' });

  expect(findButton(body, '◀')).toMatchObject({ disabled: true });
  expect(findButton(body, '▶')).not.toHaveProperty('disabled');
  expect(JSON.stringify(body)).toMatch(/page 1 of \d+/);
  expect(JSON.stringify(one.body)).not.toContain('▶');
});

test('a page beyond the end, after the archive changed, is the last one', async () => {
  const desk = await makeSampleDesk();
  const pressed = await findCommand('search').press?.(makeAsk(desk), {
    state: '>zz......attention',
    values: [],
    isOwn: true,
  });

  expect(pressed?.body.embeds[0]?.description).toMatch(/^\*\*1\. /);
  expect(pressed && listProblems(pressed.body)).toEqual([]);
});

test.each([
  ['search', '=1......attention'],
  ['topics', '=p1'],
  ['topics', 'a'],
  ['topics', `=h${hashName('moe')}.1`],
  ['issue', '<102'],
  ['news', '>93'],
  ['catchup', '=1.93.102'],
])('/%s %s: what another member presses comes as an answer of their own', async (key, state) => {
  const ask = makeAsk(await makeSampleDesk());
  const press = async (isOwn: boolean): Promise<Pressed | undefined> =>
    findCommand(key).press?.(ask, { state, values: [], isOwn });

  expect(await press(true)).toMatchObject({ isNew: false });
  expect(await press(false)).toMatchObject({ isNew: true, isPrivate: true });
});
