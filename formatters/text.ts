import type { DraftFor, Formatter } from './draft.ts';
import { nameItem } from './item.ts';

/** Stub */
export const textFormatter: Formatter<'text'> = {
  platform: 'text',
  format(item): DraftFor<'text'> {
    return { item: nameItem(item), platform: 'text', posts: [] };
  },
};
