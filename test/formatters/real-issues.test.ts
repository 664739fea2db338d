import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BLUESKY_LIMITS, blueskyFormatter } from '../../formatters/bluesky.ts';
import { checkDiscordMessage, discordFormatter } from '../../formatters/discord.ts';
import { makeBodyPieces, makePiece } from '../../formatters/text/body-pieces.ts';
import { plainProse } from '../../formatters/text/prose.ts';
import { splitThread } from '../../formatters/text/split-thread.ts';
import { readItems } from './make-item.ts';
import { isOver, withoutBlanks } from './text/arbitrary-text.ts';

/*
 * The two real issues lie beside the project, not in it. Where they are absent these tests are
 * skipped, and say so.
 */
const folder = new URL('../../../shared/issues/', import.meta.url);
const files = ['issue-093.txt', 'issue-102.txt'].map((name) => new URL(name, folder));
const isPresent = files.every((file) => existsSync(file));
if (!isPresent) {
  process.stderr.write(`real-issues.test.ts is skipped: no real issues in ${folder.pathname}\n`);
}
const items = isPresent ? files.flatMap((file) => readItems(file)) : [];
const SENTENCE_END = /[.!?]["”’)\]]*$/u;

describe.skipIf(!isPresent)('the papers of the two real issues', () => {
  it('are eight', () => {
    expect(items).toHaveLength(8);
  });

  it('make 60 posts of title and paragraphs, every cut at a sentence end, 44 % at a paragraph end', () => {
    let posts = 0;
    let cuts = 0;
    let atSentence = 0;
    let atParagraph = 0;
    for (const { paper } of items) {
      const paragraphs = paper.body.filter((block) => block.kind === 'paragraph');
      const pieces = [
        makePiece(plainProse(paper.title), '\n\n', true),
        ...makeBodyPieces(paragraphs),
      ];

      const thread = splitThread(pieces, BLUESKY_LIMITS).map(({ text }) => text);

      posts += thread.length;
      cuts += thread.length - 1;
      for (const text of thread.slice(0, -1)) {
        const last = text.split('\n\n').at(-1) ?? '';
        if (SENTENCE_END.test(text)) atSentence += 1;
        if (paragraphs.some((paragraph) => paragraph.text.endsWith(last))) atParagraph += 1;
      }
    }

    expect({ posts, cuts, atSentence, atParagraph }).toEqual({
      posts: 60,
      cuts: 52,
      atSentence: 52,
      atParagraph: 23,
    });
  });

  it('fit Bluesky post by post, cut at sentence ends, with every word in order', () => {
    for (const item of items) {
      const { posts } = blueskyFormatter.format(item, { languages: ['en'] });

      expect(posts.filter(({ text }) => isOver(text, BLUESKY_LIMITS))).toEqual([]);
      for (const { text } of posts.slice(0, -1)) expect(text).toMatch(SENTENCE_END);
      const shown = withoutBlanks(posts.map(({ text }) => text).join(''));
      const words = item.paper.body.flatMap((block) =>
        block.kind === 'paragraph' ? [block.text] : [],
      );
      expect(shown).toContain(withoutBlanks(words.join('')));
      expect(shown.startsWith(withoutBlanks(item.paper.title))).toBe(true);
      expect(shown).toContain(withoutBlanks(item.paper.byline.text));
    }
  });

  it('fit Discord in one card each', () => {
    for (const item of items) {
      const { posts } = discordFormatter.format(item, { languages: ['en'] });

      expect(posts).toHaveLength(1);
      expect(posts.map(checkDiscordMessage)).toEqual([undefined]);
    }
  });
});
