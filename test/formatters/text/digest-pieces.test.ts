import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeDigestPieces } from '../../../formatters/text/digest-pieces.ts';
import { graphemes } from '../../../formatters/text/measure.ts';
import { plainProse } from '../../../formatters/text/prose.ts';
import { type Piece, splitThread } from '../../../formatters/text/split-thread.ts';
import { en } from '../../../formatters/voice/en.ts';
import type { News } from '../../../src/issue/schema.ts';
import { makeItem } from '../make-item.ts';

const { issue, paper } = makeItem();
const line: News = { text: 'News.', figures: [] };

function makePieces(entries: readonly string[], news: readonly string[]): Piece[] {
  return makeDigestPieces(
    { entries: entries.map(plainProse), news: news.map(plainProse) },
    { entries: entries.map(() => ({ issue, paper })), news: news.map(() => line) },
    en,
  );
}

const read = (pieces: readonly Piece[]): string =>
  pieces.map(({ prose, separator }) => separator + prose.text).join('');

describe('makeDigestPieces', () => {
  it('puts papers and news under headings where there are both', () => {
    expect(read(makePieces(['A', 'B'], ['c', 'd']))).toBe('\n\nPapers\nA\nB\n\nNews\nc\nd');
  });

  it('has no headings over one kind of lines alone', () => {
    expect(read(makePieces(['A', 'B'], []))).toBe('\n\nA\nB');
    expect(read(makePieces([], ['c', 'd']))).toBe('\n\nc\nd');
    expect(makePieces([], [])).toEqual([]);
    expect(read(makePieces(['A'], ['']))).toBe('\n\nPapers\nA');
  });

  it('is cut between its lines, never below a heading nor inside the line of a paper', () => {
    const words = fc.stringMatching(/^[A-Z][a-z]{1,6}(?:[.:]? [A-Za-z]{1,6}){0,4}$/);
    const lines = fc.array(words, { maxLength: 8 });
    fc.assert(
      fc.property(lines, lines, (entries, news) => {
        const pieces = makePieces(entries, news);

        const posts = splitThread(pieces, [{ measure: graphemes, most: 60 }]);

        for (const { text } of posts) expect(text).not.toMatch(/(?:^|\n)(?:Papers|News)$/);
        const shown = posts.flatMap(({ text }) => text.split(/\n+/));
        for (const entry of entries) expect(shown).toContain(entry);
      }),
      { numRuns: 300 },
    );
  });
});
