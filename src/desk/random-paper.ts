import type { PaperItem } from '../../formatters/item.ts';
import type { BotDesk } from './bot-desk.ts';
import { readPaper } from './find-paper.ts';

/** A paper by chance, on a topic (its key) where one is named; undefined where there is none. */
export async function pickRandom(
  desk: BotDesk,
  topic: string | undefined,
): Promise<PaperItem | undefined> {
  const narrowed = { kind: 'paper', limit: 1, ...(topic === undefined ? {} : { topic }) } as const;
  const { total, hits } = desk.search.find('', narrowed);
  if (total === 0) return undefined;
  const offset = Math.min(total - 1, Math.floor(desk.random() * total));
  const [hit] = desk.search.find('', { ...narrowed, offset }).hits;
  // Samples come last; where there is a real issue, none of them is wanted.
  const [first] = hits;
  const isWanted = hit !== undefined && hit.isSample === first?.isSample;
  const chosen = isWanted ? hit : first;
  return chosen === undefined ? undefined : readPaper(desk, chosen);
}
