import type { DraftFor, Formatter } from './draft.ts';
import { nameItem } from './item.ts';

/** Stub */
export const xFormatter: Formatter<'x'> = {
  platform: 'x',
  format(item): DraftFor<'x'> {
    return { item: nameItem(item), platform: 'x', posts: [] };
  },
};
