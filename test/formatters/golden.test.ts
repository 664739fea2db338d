import { expect, it } from 'vitest';
import { formatItem, platforms } from '../../formatters/index.ts';
import { readItems } from './make-item.ts';

/*
 * The drafts of our two sample issues, to the byte, for a reader to read. After a change that is
 * meant: `npx vitest run test/formatters/golden.test.ts -u`, then read the difference.
 */
const samples = ['issue-093', 'issue-102'];

it.each(samples.flatMap((sample) => platforms.map((platform) => [sample, platform] as const)))(
  'the drafts of %s for %s are those that were approved',
  async (sample, platform) => {
    const items = readItems(new URL(`../../issues/${sample}.txt`, import.meta.url));

    const drafts = items.map((item) => formatItem(item, platform, { languages: ['en'] }));

    const written = `${JSON.stringify(drafts, null, 2)}\n`.replace(/\[\s+("[^"]*")\s+\]/g, '[$1]');
    await expect(written).toMatchFileSnapshot(`golden/${sample}.${platform}.json`);
  },
);
