import { expect, it } from 'vitest';
import { blueskyFormatter } from '../../../formatters/bluesky.ts';
import type { FormatOptions } from '../../../formatters/draft.ts';
import type { PaperItem } from '../../../formatters/item.ts';
import { xFormatter } from '../../../formatters/x.ts';
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
type Length = NonNullable<FormatOptions['length']>;
type Posts = readonly { readonly text: string }[];
const onBluesky = (item: PaperItem, length: Length): Posts =>
  blueskyFormatter.format(item, { languages: ['en'], length }).posts;
const onX = (item: PaperItem, length: Length): Posts =>
  xFormatter.format(item, { languages: ['en'], length }).posts;

const quote = ({ text }: Posts[number]): string => text.replace(/^/gm, '> ').replace(/ $/gm, '');

function show(item: PaperItem): string {
  const forms: readonly [string, Posts][] = [
    ['Bluesky, `brief`', onBluesky(item, 'brief')],
    ['X, `brief`', onX(item, 'brief')],
    ['Bluesky, at most three posts', onBluesky(item, { maxPosts: 3 })],
  ];
  const shown = forms.map(
    ([name, posts]) => `${name}:\n\n${posts.map(quote).join('\n\n---\n\n')}\n`,
  );
  return `## ${item.paper.title}\n\n${shown.join('\n')}`;
}

it('are printed as docs/sample-summaries.md shows', async () => {
  const items = ['issue-093.txt', 'issue-102.txt'].flatMap((name) =>
    readItems(new URL(`../../../issues/${name}`, import.meta.url)),
  );

  const page = [HEAD, ...items.map(show)].join('\n');

  expect(items).toHaveLength(8);
  await expect(page).toMatchFileSnapshot('../../../docs/sample-summaries.md');
});
