import type { BotDesk, Hit } from './bot-desk.ts';
import { findNewest } from './browse-issues.ts';
import { findPage, type Page } from './list-topics.ts';

/** What a member has not seen: both numbers are of issues that are part of it. */
export type CatchUp =
  | { readonly kind: 'empty' }
  /** Somebody new, or whose place is not in this archive. */
  | { readonly kind: 'first'; readonly newest: number }
  | { readonly kind: 'nothing'; readonly newest: number }
  | { readonly kind: 'missed'; readonly from: number; readonly to: number };

/** Tells what a member has missed, and notes that it has been told. */
export async function catchUp(desk: BotDesk, userId: string): Promise<CatchUp> {
  const newest = await findNewest(desk);
  if (newest === undefined) return { kind: 'empty' };
  const last = desk.readers.readLastIssue(userId);
  if (last === newest) return { kind: 'nothing', newest };
  await desk.readers.writeLastIssue(userId, newest);
  if (last === undefined || last > newest) return { kind: 'first', newest };
  const numbers = (await desk.archive.listRevisions()).map(({ number }) => number);
  const missed = numbers.filter((number) => number > last && number <= newest);
  return { kind: 'missed', from: Math.min(newest, ...missed), to: newest };
}

/** A page of the papers of some issues, the newest first. */
export function listMissed(
  { search }: Pick<BotDesk, 'search'>,
  { from, to }: { readonly from: number; readonly to: number },
  asked: number,
  size: number,
): Page<Hit> {
  const find = (offset: number): ReturnType<typeof search.find> =>
    search.find('', { kind: 'paper', from, to, offset, limit: size });
  const first = find(Math.max(0, asked - 1) * size);
  const place = findPage(asked, first.total, size);
  return { ...place, entries: place.page === asked ? first.hits : find(place.before).hits };
}
