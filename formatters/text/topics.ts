import { makeHashtag } from './labels.ts';
import type { Prose, Span } from './prose.ts';

/** Topics as "#LLM · #DataFiltering", each a tag; those that make no hashtag are left out. */
export function listHashtags(topics: readonly string[]): Prose {
  const tags = new Set(topics.flatMap((topic) => makeHashtag(topic) ?? []));
  let text = '';
  const spans: Span[] = [];
  for (const tag of tags) {
    if (text !== '') text += ' · ';
    spans.push({ kind: 'tag', tag, start: text.length, end: text.length + tag.length + 1 });
    text += `#${tag}`;
  }
  return { text, spans };
}

/** Topics as "LLM · Data filtering"; those that would make the same hashtag are one, as first written. */
export function listTopics(topics: readonly string[]): string {
  const first = new Map<string, string>();
  for (const topic of topics) {
    const tag = makeHashtag(topic) ?? topic;
    if (!first.has(tag)) first.set(tag, topic);
  }
  return [...first.values()].join(' · ');
}
