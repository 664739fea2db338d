import type { ItemWords, Review } from '../../archive/verdicts.ts';

/** Whether editors are asked before the clock posts. */
export type Approval =
  | { readonly kind: 'never' }
  | { readonly kind: 'always' }
  /** It approves by itself after so many hours in which no editor did anything. */
  | { readonly kind: 'after'; readonly hours: number };

/** Whether the clock may post an item: it may; it waits for an editor; an editor holds it. */
export type Standing = 'ready' | 'waits' | 'held';

/** How an item stands. A verdict about other words than it has now is none; held stays held. */
export function judgeItem(
  approval: Approval,
  { verdicts }: Pick<Review, 'verdicts'>,
  { item, wordsHash }: ItemWords,
): Standing {
  const known = verdicts.get(item);
  if (known?.verdict === 'held') return 'held';
  if (approval.kind === 'never') return 'ready';
  return known?.wordsHash === wordsHash ? 'ready' : 'waits';
}
