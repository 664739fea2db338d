import type { PaperItem } from '../../formatters/item.ts';
import type { BotDesk } from './bot-desk.ts';
import { readPaper } from './find-paper.ts';

/** A paper by chance, on a topic (its key) where one is named; undefined where there is none. */
export async function pickRandom(
  desk: BotDesk,
  topic: string | undefined,
): Promise<PaperItem | undefined> {
  const narrowed = { kind: 'paper', limit: 1, ...(topic === undefined ? {} : { topic }) } as const;
  const { total } = desk.search.find('', narrowed);
  if (total === 0) return undefined;
  const offset = Math.min(total - 1, Math.floor(desk.random() * total));
  const [chosen] = desk.search.find('', { ...narrowed, offset }).hits;
  return chosen === undefined ? undefined : readPaper(desk, chosen);
}
