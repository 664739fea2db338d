import type { DraftFor, Formatter } from './draft.ts';
import { nameItem } from './item.ts';

/** Stub */
export const htmlFormatter: Formatter<'html'> = {
  platform: 'html',
  format(item): DraftFor<'html'> {
    return { item: nameItem(item), platform: 'html', posts: [] };
  },
};
