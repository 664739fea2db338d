import type { BotDesk } from './bot-desk.ts';
import { findNewest } from './browse-issues.ts';

/** How much there is to read, and the number of the newest issue. */
export async function countArchive(desk: BotDesk): Promise<{
  readonly issues: number;
  readonly papers: number;
  readonly newest: number | undefined;
}> {
  const { total } = desk.search.find('', { kind: 'paper', limit: 0 });
  const { length } = await desk.archive.listRevisions();
  return { issues: length, papers: total, newest: await findNewest(desk) };
}
