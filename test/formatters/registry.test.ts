import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatItem, formatters, platforms, readDraft } from '../../formatters/index.ts';
import { keyItem, listItems, nameItem } from '../../formatters/item.ts';
import { makeItem, paragraphs } from './make-item.ts';

const folder = new URL('../../formatters/', import.meta.url);

/** Every value of the room's own files whose name ends in "Formatter". */
async function findFormatters(): Promise<{ name: string; value: unknown }[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'index.ts');
  const modules = await Promise.all(
    files.map((file): Promise<Record<string, unknown>> => import(new URL(file, folder).href)),
  );
  return modules.flatMap((exports) =>
    Object.entries(exports)
      .filter(([name]) => name.endsWith('Formatter'))
      .map(([name, value]) => ({ name, value })),
  );
}

describe('formatters', () => {
  it('registers every formatter of the folder, under its platform, and nothing else', async () => {
    const found = await findFormatters();

    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ name }) => name).sort()).toEqual(
      Object.values(formatters)
        .map(({ platform }) => `${platform}Formatter`)
        .sort(),
    );
    expect(found.map(({ value }) => (value as { platform: string }).platform).sort()).toEqual(
      [...platforms].sort(),
    );
  });

  it('lists the platforms that it registers', () => {
    expect([...platforms].sort()).toEqual(Object.keys(formatters).sort());
    for (const platform of platforms) expect(formatters[platform].platform).toBe(platform);
  });

  it.each(platforms)(
    'writes for %s what its formatter writes, and reads it back as words',
    (platform) => {
      const item = makeItem({ title: 'Small Models', body: paragraphs('It is small.') });

      const draft = formatItem(item, platform, { languages: ['en'] });
      const texts = readDraft(draft);

      expect(draft).toEqual(formatters[platform].format(item, { languages: ['en'] }));
      expect(draft.item).toEqual(nameItem(item));
      expect(texts).toHaveLength(draft.posts.length);
      expect(texts.join('\n')).toMatch(/Small Models[\s\S]*It is small\./);
    },
  );
});

describe('items', () => {
  it('are listed in the order of the issue, counted from 1, and keyed by their slug', () => {
    const { issue, paper } = makeItem({ slug: 'a-b', title: 'A B' });
    const two = { ...issue, papers: [paper, { ...paper, slug: 'c' }] };

    const items = listItems(two);

    expect(items.map(({ position, count }) => [position, count])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(items.map(keyItem)).toEqual(['paper/a-b', 'paper/c']);
    expect(items.map(nameItem)[0]).toEqual({ kind: 'paper', issue: 7, slug: 'a-b', title: 'A B' });
  });
});
