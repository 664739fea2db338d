import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Search } from '../../src/archive/search/search.ts';
import type { CliContext, ExitCode } from '../../src/cli/context.ts';
import { makeOutput } from '../../src/cli/output.ts';
import { runSearch, type SearchOptions } from '../../src/cli/search.ts';
import { makeBotDesk, makeSampleDesk } from '../commands/bot-desk.ts';
import { makeArchiveIssues } from '../support/make-archive.ts';

type Ran = { readonly code: ExitCode; readonly stdout: string; readonly stderr: string };

async function run(search: Search, words: string, options: SearchOptions = {}): Promise<Ran> {
  const [stdout, stderr] = [makeStream(), makeStream()];
  const output = makeOutput(stdout.stream, stderr.stream);
  const context = { output, openSearch: async () => search } as unknown as CliContext;
  const code = await runSearch(context, words === '' ? [] : words.split(' '), options);
  return { code, stdout: stdout.read(), stderr: stderr.read() };
}

function makeStream(): { readonly stream: NodeJS.WriteStream; readonly read: () => string } {
  let text = '';
  const stream = new PassThrough().on('data', (chunk) => {
    text += chunk;
  });
  return { stream: stream as unknown as NodeJS.WriteStream, read: () => text };
}

test('without words and without filters there is nothing to search for', async () => {
  const { search } = makeBotDesk();

  await expect(run(search, '', { limit: 3 })).rejects.toMatchObject({
    code: 'search.nothing-asked',
    remedy: expect.stringContaining('paperboy search distillation'),
  });
});

test('filters alone list what they leave, names in any spelling', async () => {
  const { search } = await makeSampleDesk();

  const { code, stdout } = await run(search, '', { topic: 'mixture of experts' });

  expect(code).toBe(0);
  expect(stdout).toContain('Path-Constrained Mixture-of-Experts');
  expect(stdout).toMatch(/\n1 hit\n$/);
});

test('nothing found says in what, and how many there are without that', async () => {
  const { search } = await makeSampleDesk();

  const narrowed = await run(search, 'attention', { from: 1, to: 2, pick: true });
  const nowhere = await run(search, '„zzzzz tensorlens“');

  expect(narrowed.stderr).toBe(
    'Nothing found for “attention” (#1 to #2 · editor’s picks).\n3 results without that.\n',
  );
  expect(nowhere.stderr).toMatch(/^Nothing found for “„zzzzz tensorlens“”\.\nNear it: TensorLens/);
});

test('a topic or an organization that no paper has is said to be unknown', async () => {
  const { search } = await makeSampleDesk();

  const topic = await run(search, 'attention', { topic: 'knitting', json: true });
  const organization = await run(search, 'attention', { organization: 'Nobody' });

  expect(topic.stderr).toBe('No paper has the topic “knitting”.\n');
  expect(JSON.parse(topic.stdout)).toEqual({ hits: [], total: 0 });
  expect(organization.stderr).toBe('No paper is from an organization called “Nobody”.\n');
});

test('as many are printed as --limit says, and programs are told how many there are', async () => {
  const desk = makeBotDesk();
  await desk.keep(makeArchiveIssues({ papers: 240, words: 20 }));

  const usual = await run(desk.search, '', { from: 1, json: true });
  const many = await run(desk.search, '', { from: 1, limit: 230, json: true });
  const { total } = JSON.parse(usual.stdout);
  const all = await run(desk.search, '', { from: 1, limit: 1_000 });

  const places = JSON.parse(many.stdout).hits.map(
    ({ issue, slug }: { issue: number; slug: string }) => `${issue}/${slug}`,
  );
  expect(JSON.parse(usual.stdout).hits).toHaveLength(10);
  expect(total).toBeGreaterThanOrEqual(240);
  expect(new Set(places).size).toBe(230);
  expect(all.stdout).toContain(`\n${total} hits\n`);
});
