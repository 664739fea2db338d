import type { Draft } from '../../formatters/draft.ts';
import type { NewDelivery } from '../../src/outbox/delivery.ts';

/** A delivery of paper "a" to the folder, due on a Monday morning, unless told otherwise. */
export function makeNewDelivery(
  parts: Partial<Omit<NewDelivery, 'draft'>> & { readonly texts?: readonly string[] } = {},
): NewDelivery {
  const { texts = ['First post.', 'Second post.'], ...rest } = parts;
  const item = rest.item ?? 'paper/a';
  return {
    issue: 7,
    item,
    revision: 1,
    destination: 'folder',
    title: `Title of ${item}`,
    draft: makeDraft(item, texts),
    dueAt: new Date('2026-11-23T08:00:00.000Z'),
    ...rest,
  };
}

function makeDraft(item: string, texts: readonly string[]): Draft {
  return {
    item: { kind: 'paper', issue: 7, slug: item.replace('paper/', ''), title: `Title of ${item}` },
    platform: 'bluesky',
    posts: texts.map((text) => ({ $type: 'app.bsky.feed.post', text, langs: ['en'] })),
  };
}
