import { describe, expect, it } from 'vitest';
import { makeIssueDigest } from '../../formatters/digest.ts';
import { discordFormatter } from '../../formatters/discord.ts';
import type { ForumHints } from '../../formatters/draft.ts';
import type { Item } from '../../formatters/item.ts';
import { makeItem } from './make-item.ts';

const hintsOf = (item: Item, language = 'en'): ForumHints | undefined =>
  discordFormatter.format(item, { languages: [language] }).forum;

describe('what a forum shows of a draft for Discord', () => {
  it('is the paper’s title as plain text, its issue and its topics', () => {
    const item = makeItem({ title: 'Small  *Models*', topics: ['Data filtering'] });

    const { number } = item.issue;
    expect(hintsOf(item)).toMatchObject({
      paperName: 'Small *Models*',
      topics: ['Data filtering'],
    });
    expect(hintsOf(item)?.issueName).toMatch(new RegExp(`^Issue #${number} · `));
  });

  it('is in the voice of the posts', () => {
    expect(hintsOf(makeItem({}), 'de')?.issueName).toMatch(/^Ausgabe #/);
  });

  it('has names within a hundred characters, however long and odd the title', () => {
    const title = `${'👩‍👩‍👧'.repeat(30)} and ${'word '.repeat(40)}\ud800`;

    const name = hintsOf(makeItem({ title }))?.paperName ?? '';

    expect(name.length).toBeLessThanOrEqual(100);
    expect(name.isWellFormed()).toBe(true);
    expect(name).toMatch(/^👩‍👩‍👧.*…$/u);
  });

  it('is never an empty name', () => {
    expect(hintsOf(makeItem({ title: ' ' }))?.paperName).not.toBe('');
  });

  it('of a digest is its own title, without topics', () => {
    const { issue } = makeItem({ title: 'A paper', topics: ['Vision'] });
    const digest = makeIssueDigest(issue);

    expect(hintsOf(digest)?.paperName).not.toBe('A paper');
    expect(hintsOf(digest)?.paperName).not.toBe('');
    expect(hintsOf(digest)?.topics).toEqual([]);
  });
});
