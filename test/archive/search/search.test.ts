import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeSearch, type Search } from '../../../src/archive/search/search.ts';
import { openSqlite, type SqliteConnection } from '../../../src/database/open-sqlite.ts';
import type { Issue } from '../../../src/issue/schema.ts';
import { makeArchiveIssues } from '../../support/make-archive.ts';
import { makeIssue } from '../../support/make-issue.ts';
import { readSampleIssues, storeIssues } from '../../support/search-archive.ts';

async function open(
  issues: readonly Issue[],
  options: { isSample?: boolean } = {},
): Promise<{ sqlite: SqliteConnection; search: Search }> {
  const sqlite = openSqlite(':memory:');
  onTestFinished(() => {
    sqlite.close();
  });
  storeIssues(sqlite, issues, options);
  const search = makeSearch(sqlite);
  await search.refresh();
  return { sqlite, search };
}

/** An issue with one paper, whose parts are given. */
function issueWith(
  number: number,
  title: string,
  parts: Partial<Issue['papers'][number]> = {},
): Issue {
  const issue = makeIssue({ number, papers: [title] });
  return { ...issue, papers: issue.papers.map((paper) => ({ ...paper, ...parts })) };
}

const archive = makeArchiveIssues({ papers: 60, words: 40, without: [93, 102] });
const mixed = [...archive, ...readSampleIssues()];
const name = ({ issue, slug }: { issue: number; slug: string }): string => `${issue}/${slug}`;

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        ...['"', '“', "'", '(', ')', '*', ':', '^', '-', '+', 'NEAR', 'AND', 'OR', 'NOT', '{', '}'],
        ...[
          'words :',
          '#93',
          '93',
          'attention',
          'model',
          '\0',
          '\ud800',
          '字',
          '3.5',
          'c++',
          '%',
          '_',
        ],
        ...[
          'https://',
          'arxiv.org/abs/',
          '10.1000/x',
          '2504.12345',
          'the',
          'of',
          '.',
          '…',
          'e\u0301',
        ],
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join(' ')),
);

describe('whatever is asked', () => {
  test('nothing throws, and nothing can break out of a query', async () => {
    const { search } = await open(mixed);

    fc.assert(
      fc.property(odd, (query) => {
        const { hits, total } = search.find(query);
        expect(hits.length).toBeLessThanOrEqual(total);
        expect(search.suggest(query).length).toBeLessThanOrEqual(25);
        search.findPaper(query);
      }),
      { numRuns: 400 },
    );
  });

  test('the same question has the same answer, also in another process', async () => {
    const one = await open(mixed);
    const other = await open(mixed.toReversed());

    for (const query of [
      'attention',
      'sparse',
      'distilation',
      'model',
      'moe',
      'google',
      'the of',
    ]) {
      expect(one.search.find(query, { limit: 50 })).toEqual(one.search.find(query, { limit: 50 }));
      expect(one.search.find(query, { limit: 50 })).toEqual(
        other.search.find(query, { limit: 50 }),
      );
      expect(one.search.suggest(query)).toEqual(other.search.suggest(query));
    }
  });

  test('pages are a partition of the answer', async () => {
    const { search } = await open(mixed);
    const sizes = fc.integer({ min: 1, max: 17 });
    const words = fc.constantFrom('model', 'attention', 'sparse data', 'the', '#93', 'learnin');

    fc.assert(
      fc.property(words, sizes, (query, limit) => {
        const { total } = search.find(query);
        const whole = [0, 100, 200].flatMap(
          (offset) => search.find(query, { offset, limit: 100 }).hits,
        );
        const paged: typeof whole = [];
        for (let offset = 0; offset < total; offset += limit) {
          paged.push(...search.find(query, { offset, limit }).hits);
        }
        expect(paged).toEqual(whole);
        expect(new Set(paged.map(name)).size).toBe(total);
      }),
      { numRuns: 30 },
    );
  });

  test('snippets are short, and their marks stand on words', async () => {
    const { search } = await open(mixed);

    for (const query of ['model attention', 'screening', '3.5', 'distilation teacher', 'z.ai']) {
      for (const { snippet } of search.find(query, { limit: 100 }).hits) {
        expect(snippet.text.length).toBeLessThanOrEqual(160);
        for (const { start, end } of snippet.marks) {
          expect(snippet.text.slice(start, end)).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}.’'+#]*$/u);
        }
      }
    }
  });
});

describe('every paper is found', () => {
  test('by its whole title first, however it is written', async () => {
    const { search } = await open(mixed);
    const titles = new Map<string, number>();
    for (const { papers } of mixed) {
      for (const { title } of papers) titles.set(title, (titles.get(title) ?? 0) + 1);
    }

    for (const { number, papers } of mixed) {
      for (const { title, slug } of papers) {
        if (titles.get(title) !== 1) continue;
        for (const query of [title, title.toUpperCase(), title.replace(/[-:]/g, ' ')]) {
          expect(search.find(query).hits.map(name)[0], query).toBe(`${number}/${slug}`);
        }
      }
    }
  });

  test('by every word of its title', async () => {
    const { search } = await open(mixed);

    for (const { number, papers } of readSampleIssues()) {
      for (const { title, slug } of papers) {
        for (const word of title.split(/[\s:]+/)) {
          const { hits } = search.find(word, { limit: 100, kind: 'paper' });
          expect(hits.map(name), word).toContain(`${number}/${slug}`);
        }
      }
    }
  });

  test.each([
    [
      'accents in the text',
      'Müller–Łukasz Ångström naïve',
      ['muller', 'lukasz', 'angstrom', 'naive'],
    ],
    ['accents in the question', 'Hubotter learns', ['Hübotter', 'HÜBOTTER']],
    [
      'hyphens',
      'Self-Distillation GPT-4o',
      ['self distillation', 'selfdistillation', 'gpt 4o', 'gpt4o'],
    ],
    ['words run together', 'TensorLens', ['tensor lens', 'tensor-lens', 'tensorlens']],
    ['one letter and a hyphen', 'Fast k-means', ['k means', 'kmeans', 'k-means']],
    ['decimals', 'Qwen3.5-Omni', ['qwen3.5', 'qwen 3.5', 'qwen', 'qwen3.5 omni']],
    ['plus and number signs', 'From C++ to C#', ['c++', 'C#']],
    ['apostrophes', 'The model’s own', ["model's", 'models', 'model']],
    ['families of words', 'Distilled Policies', ['distillation', 'distilling', 'policy']],
    ['scripts without blanks', '自己蒸留の研究', ['蒸留', '自己蒸留', '研究']],
    ['other alphabets', 'Обучение Ελληνικά', ['обучение', 'ελληνικα']],
    ['an abbreviation by its words', 'Faster MoE', ['mixture of experts', 'mixture-of-experts']],
    ['words by their abbreviation', 'Mixture-of-Experts', ['moe', 'MoE']],
    ['the plural of an abbreviation', 'Large Language Models', ['llm', 'LLMs']],
  ])('whatever the spelling: %s', async (_, title, queries) => {
    const { search } = await open([issueWith(1, title), issueWith(2, 'Something Else Entirely')]);

    for (const query of queries) {
      expect(
        search.find(query).hits.map((hit) => hit.title),
        query,
      ).toEqual([title]);
    }
  });

  test.each([
    ['https://arxiv.org/abs/2504.12345', '2504.12345'],
    ['https://arxiv.org/abs/2504.12345', 'arXiv:2504.12345v2'],
    ['https://arxiv.org/abs/2504.12345v1', 'https://arxiv.org/pdf/2504.12345.pdf'],
    ['https://huggingface.co/papers/2504.12345', 'http://www.arxiv.org/html/2504.12345v3'],
    ['https://arxiv.org/pdf/2504.12345', 'https://hf.co/papers/2504.12345'],
    ['https://arxiv.org/abs/2504.12345', 'https://doi.org/10.48550/arXiv.2504.12345'],
    ['https://doi.org/10.1038/s41586-021-03819-2', '10.1038/S41586-021-03819-2'],
    ['https://arxiv.org/abs/hep-th/9901001', 'arxiv.org/abs/hep-th/9901001v2'],
    ['https://lab.example.org/paper/', 'http://www.lab.example.org/paper?utm_source=x'],
  ])('by its address %s as %s', async (url, query) => {
    const { search } = await open([issueWith(1, 'Wanted', { url }), issueWith(2, 'Other')]);

    expect(search.find(query).hits.map(({ title }) => title)).toEqual(['Wanted']);
    expect(search.findPaper(`look at ${query} please`)).toMatchObject({
      confidence: 1,
      by: 'link',
      hit: { title: 'Wanted' },
    });
  });
});

describe('what counts more', () => {
  const first = async (query: string, ...issues: Issue[]): Promise<string | undefined> =>
    (await open(issues)).search.find(query).hits[0]?.title;
  const inText = (text: string) => ({ body: [{ kind: 'paragraph' as const, text }] });

  test('the title more than a topic, a topic more than the text', async () => {
    const issues = [
      issueWith(3, 'In the text', inText('All about pruning.')),
      issueWith(2, 'As a topic', { topics: ['Pruning'] }),
      issueWith(1, 'Pruning'),
    ];
    const { search } = await open(issues);

    expect(search.find('pruning').hits.map(({ title, field }) => [title, field])).toEqual([
      ['Pruning', 'title'],
      ['As a topic', 'topics'],
      ['In the text', 'body'],
    ]);
  });

  test('the word itself, then its abbreviation, a longer word, its family, a typing error', async () => {
    const titles = ['MoE cost', 'Mixture-of-Experts cost', 'Moebius cost'];
    const { search } = await open(titles.map((title, n) => issueWith(n + 1, title)));
    const family = await open([
      issueWith(1, 'Distilled cost'),
      issueWith(2, 'Distillations cost'),
      issueWith(3, 'Distillation cost'),
    ]);

    expect(search.find('moe cost').hits.map(({ title }) => title)).toEqual(titles.slice(0, 2));
    expect(family.search.find('distillation cost').hits.map(({ title }) => title)).toEqual([
      'Distillation cost',
      'Distillations cost',
      'Distilled cost',
    ]);
  });

  test('a right spelling is not taken for another word', async () => {
    const { search } = await open([
      issueWith(1, 'Pruning'),
      issueWith(2, 'Tuning'),
      issueWith(3, 'Pruning again'),
    ]);

    expect(search.find('tuning').hits.map(({ title }) => title)).toEqual(['Tuning']);
  });

  test('a whole title more than a longer one', async () => {
    expect(
      await first(
        'screening is enough',
        issueWith(2, 'When Screening Is Enough for All', { likes: 9_000 }),
        issueWith(1, 'Screening Is Enough'),
      ),
    ).toBe('Screening Is Enough');
  });

  test('newness and likes decide between equals, and never against a better match', async () => {
    const old = issueWith(1, 'Sparse Attention One', { likes: 10 });
    const liked = issueWith(1, 'Sparse Attention Two', { likes: 9_000 });
    const better = issueWith(1, 'Attention', { likes: 0 });

    expect(await first('sparse attention', { ...old, number: 40 }, { ...liked, number: 41 })).toBe(
      'Sparse Attention Two',
    );
    expect(
      await first(
        'sparse attention',
        { ...old, number: 90, papers: old.papers },
        { ...old, number: 2 },
      ),
    ).toBe('Sparse Attention One');
    expect(
      await first(
        'attention',
        better,
        issueWith(99, 'Unrelated', { likes: 99_999, ...inText('attention') }),
      ),
    ).toBe('Attention');
  });

  test('quotation marks ask for the very words in this order', async () => {
    const { search } = await open([
      issueWith(1, 'Reward Models'),
      issueWith(2, 'Models of Reward'),
      issueWith(3, 'Text', inText('They train reward models.')),
      issueWith(4, 'Reward Model'),
    ]);

    expect(search.find('"reward models"').hits.map(({ issue }) => issue)).toEqual([1, 3]);
  });

  test('where no document has all words, those with most of them are shown', async () => {
    const { search } = await open([issueWith(1, 'Sparse Attention'), issueWith(2, 'Dense Layers')]);

    expect(search.find('sparse attention zebra').hits.map(({ issue }) => issue)).toEqual([1]);
    expect(search.find('zebra').total).toBe(0);
  });

  test('samples are found while there is no real issue', async () => {
    const { sqlite, search } = await open([issueWith(9, 'Pruning')], { isSample: true });
    const find = (): unknown[] =>
      search.find('pruning').hits.map(({ title, isSample }) => [title, isSample]);
    const before = find();
    storeIssues(sqlite, [issueWith(1, 'On Pruning')]);
    await search.refresh();

    expect(before).toEqual([['Pruning', true]]);
    expect(find()).toEqual([['On Pruning', false]]);
    expect(search.suggest('prun').map(({ label }) => label)).not.toContain('Pruning');
  });

  test('a byline as a card prints it finds its papers', async () => {
    const { search } = await open(readSampleIssues());
    const papers = readSampleIssues().flatMap((issue) => issue.papers);
    const lines = papers.map(({ byline }) => byline.text).filter((line) => /et al/.test(line));

    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      const [first] = search.find(line.replace(/\s*\[.*$/, '')).hits;
      expect(first?.byline, line).toBe(line);
    }
  });
});

describe('filters', () => {
  test('are kept to, and the total counts what is left', async () => {
    const { search } = await open(mixed);

    const { total } = search.find('attention', { limit: 100 });
    const narrowed = search.find('attention', { from: 3, to: 8, limit: 100 });
    const picks = search.find('', { pick: true, limit: 100 });

    expect(narrowed.total).toBeLessThan(total);
    expect(narrowed.hits.every(({ issue }) => issue >= 3 && issue <= 8)).toBe(true);
    expect(picks.total).toBe(
      mixed.flatMap(({ papers }) => papers).filter(({ pick }) => pick).length,
    );
    expect(search.find('', { topic: 'llm scaling-law' }).hits.map(({ slug }) => slug)).toEqual([
      'reinforcement-learning-via-self-distillation',
    ]);
    expect(
      search.find('distillation', { organization: 'APPLE' }).hits.map(({ issue }) => issue),
    ).toEqual([102]);
    expect(search.find('attention', { topic: 'No such topic' })).toEqual({ hits: [], total: 0 });
    expect(search.find('gemma', { kind: 'paper' }).total).toBe(0);
  });

  test('an issue can be asked for by its number', async () => {
    const { search } = await open(mixed);

    const all = search.find('#93', { limit: 100 }).hits;

    expect(all.map(({ kind, position }) => `${kind} ${position}`)).toEqual([
      ...['paper 1', 'paper 2', 'paper 3', 'paper 4', 'news 1', 'news 2', 'news 3'],
    ]);
    expect(search.find('issue 93').hits.map(name)).toEqual(all.map(name));
    expect(
      search.find('#93 distillation', { kind: 'paper' }).hits.every(({ issue }) => issue === 93),
    ).toBe(true);
    expect(search.find('102 distillation').hits[0]?.issue).toBe(102);
    expect(search.find('gemma 4').hits[0]?.title).toMatch(/Gemma 4/);
    expect(search.find('').total).toBe(0);
  });
});

describe('suggestions', () => {
  test('come for every letter, stay the same thing and fit', async () => {
    const { search } = await open(mixed);
    const title = 'TensorLens: End-to-End';

    for (let length = 4; length <= title.length; length += 1) {
      const values = search.suggest(title.slice(0, length)).map(({ value }) => value);
      expect(values.some((value) => value.startsWith('p:93/tensorlens'))).toBe(true);
      for (const value of values) expect([...value].length).toBeLessThanOrEqual(100);
      expect(new Set(values).size).toBe(values.length);
    }
  });

  test('know topics, organizations and authors, and forgive typing errors', async () => {
    const { search } = await open(mixed);
    const values = (typed: string): string[] => search.suggest(typed).map(({ value }) => value);

    expect(values('llm sca')[0]).toBe('t:llmscalinglaw');
    expect(values('hubo')[0]).toBe('a:hubotter');
    expect(values('tel av')).toContain('o:telavivuniversity');
    expect(values('distilatoin').some((value) => value.startsWith('p:'))).toBe(true);
    expect(values('tensor l').some((value) => value.startsWith('p:93/tensorlens'))).toBe(true);
    expect(search.suggest('a', 3)).toHaveLength(3);
  });
});

describe('a paper in a message', () => {
  test.each([
    [
      'has anyone read Reinforcement Learning via Self-Distillation yet?',
      'reinforcement-learning',
      1,
    ],
    ['“Screening is Enough”', 'screening', 1],
    ['tensorlens looks neat, does it scale to larger models?', 'tensorlens', 0.85],
    ['that reinforcment lerning via self distilation thing', 'reinforcement-learning', 0.7],
    ['Hübotter self distillation', 'reinforcement-learning', 0.4],
  ])('%s', async (message, slug, confidence) => {
    const { search } = await open(mixed);

    const found = search.findPaper(message);

    expect(found?.hit.slug).toMatch(new RegExp(`^${slug}`));
    expect(found?.confidence).toBeGreaterThanOrEqual(confidence);
  });

  test.each(['good morning everyone, how was your weekend?', '', '👍', 'https://example.org/x'])(
    'none in: %s',
    async (message) => {
      const { search } = await open(mixed);

      expect(search.findPaper(message)).toBeUndefined();
    },
  );
});

test('topics are listed by how many papers have them', async () => {
  const { search } = await open([
    issueWith(1, 'A', { topics: ['Model Merging', 'RL'] }),
    issueWith(2, 'B', { topics: ['model-merging'] }),
    issueWith(3, 'C', { topics: ['Model Merging'] }),
  ]);

  expect(search.listTopics(5)).toEqual([
    { key: 'modelmerging', label: 'Model Merging', count: 3 },
    { key: 'rl', label: 'RL', count: 1 },
  ]);
});
