import { expect, it } from 'vitest';
import type { FormatOptions } from '../../../formatters/draft.ts';
import { formatItem } from '../../../formatters/index.ts';
import type { PaperItem } from '../../../formatters/item.ts';
import { readItems } from '../make-item.ts';

/*
 * What the short forms print of our sample papers, for a reader to read. After a change that is
 * meant: `npx vitest run test/formatters/text/summary-samples.test.ts -u`, then read the difference,
 * and whether docs/summaries.md still tells the truth about it.
 */
const HEAD = `# The short forms of the sample papers

What is printed of the papers in \`issues/\`, written by a test. How it is chosen and where it reads
badly stands in [summaries.md](summaries.md).
`;
const FORMS = [
  ['Bluesky, `brief`', 'bluesky', 'brief'],
  ['X, `brief`', 'x', 'brief'],
  ['Bluesky, at most three posts', 'bluesky', { maxPosts: 3 }],
] as const satisfies readonly (readonly [string, 'bluesky' | 'x', FormatOptions['length']])[];

const quote = (text: string): string => text.replace(/^/gm, '> ').replace(/ $/gm, '');

function show(item: PaperItem): string {
  const forms = FORMS.map(([name, platform, length]) => {
    const { posts } = formatItem(item, platform, { languages: ['en'], length });
    return `${name}:\n\n${posts.map(({ text }) => quote(text)).join('\n\n---\n\n')}\n`;
  });
  return `## ${item.paper.title}\n\n${forms.join('\n')}`;
}

it('are printed as docs/sample-summaries.md shows', async () => {
  const items = ['issue-093.txt', 'issue-102.txt'].flatMap((name) =>
    readItems(new URL(`../../../issues/${name}`, import.meta.url)),
  );

  const page = [HEAD, ...items.map(show)].join('\n');

  expect(items).toHaveLength(8);
  await expect(page).toMatchFileSnapshot('../../../docs/sample-summaries.md');
});
