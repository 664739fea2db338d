import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeDigestPieces, releaseHeaded } from '../../../formatters/text/digest-pieces.ts';
import { graphemes } from '../../../formatters/text/measure.ts';
import { plainProse } from '../../../formatters/text/prose.ts';
import { type Piece, splitThread } from '../../../formatters/text/split-thread.ts';
import { en } from '../../../formatters/voice/en.ts';

function makePieces(entries: readonly string[], news: readonly string[]): Piece[] {
  return makeDigestPieces({ entries: entries.map(plainProse), news: news.map(plainProse) }, en);
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

  it('is cut between its lines, never below a heading nor inside a line', () => {
    const words = fc
      .stringMatching(/^[A-Z][a-z]{1,6}(?:[.:]? [A-Za-z]{1,6}){0,4}$/)
      .filter((line) => !/^(?:Papers|News)$/.test(line));
    const lines = fc.array(words, { maxLength: 8 });
    fc.assert(
      fc.property(lines, lines, (entries, news) => {
        const pieces = makePieces(entries, news);

        const posts = splitThread(pieces, [{ measure: graphemes, most: 60 }]);

        for (const { text } of posts) expect(text).not.toMatch(/(?:^|\n)(?:Papers|News)$/);
        const shown = posts.flatMap(({ text }) => text.split(/\n+/));
        for (const line of [...entries, ...news]) expect(shown).toContain(line);
      }),
      { numRuns: 300 },
    );
  });
});

describe('releaseHeaded', () => {
  const LIMITS = [{ measure: graphemes, most: 60 }];
  const sentence = 'It is a line of some forty-five letters here.';
  const cut = (news: readonly string[]): string[] => {
    const pieces = releaseHeaded(makePieces(['A'], news), (some) => read(some).trim().length <= 60);
    return splitThread(pieces, LIMITS).map(({ text }) => text);
  };

  it('cuts a line that has no room below its heading, and no other', () => {
    const news = [`${sentence} Short end.`, `${sentence} Another end.`];

    expect(cut(news)).toEqual([`Papers\nA\n\nNews\n${sentence}`, 'Short end.', news[1]]);
  });

  it('leaves lines that fit alone', () => {
    expect(cut([sentence, sentence])).toEqual([`Papers\nA\n\nNews\n${sentence}`, sentence]);
  });
});
