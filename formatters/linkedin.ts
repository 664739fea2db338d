import type { DraftFor, Formatter } from './draft.ts';
import { nameItem } from './item.ts';

/** Stub */
export const linkedinFormatter: Formatter<'linkedin'> = {
  platform: 'linkedin',
  format(item): DraftFor<'linkedin'> {
    return { item: nameItem(item), platform: 'linkedin', posts: [] };
  },
};
