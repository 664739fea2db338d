import { graphemes, measure } from '../../formatters/text/measure.ts';
import { splitSentences } from '../../formatters/text/sentences.ts';

/**
 * What most would write: whole sentences into a post while they fit (graphemes), then the next
 * post. It never looks ahead and never cuts a sentence, however long.
 */
export function splitGreedily(paragraphs: readonly string[], most: number): string[] {
  const posts: string[] = [];
  let post = '';
  let room = most;
  for (const paragraph of paragraphs) {
    let separator = '\n\n';
    for (const { start, end } of splitSentences(paragraph)) {
      const sentence = paragraph.slice(start, end);
      const weight = measure(sentence, graphemes);
      if (post !== '' && weight + separator.length > room) {
        posts.push(post);
        post = '';
        room = most;
      }
      const added = post === '' ? sentence : separator + sentence;
      room -= weight + added.length - sentence.length;
      post += added;
      separator = ' ';
    }
  }
  return post === '' ? posts : [...posts, post];
}
