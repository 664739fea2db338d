import type { Readers } from '../archive/readers.ts';
import type { Search } from '../archive/search/search.ts';
import type { ReadingDesk } from './desk.ts';
import type { Following } from './follow.ts';

export type { Hit } from '../archive/search/read-hits.ts';
export type { Suggestion } from '../archive/search/suggest.ts';

/** What the bot's commands work with. */
export type BotDesk = ReadingDesk & {
  readonly search: Search;
  /** How far each member has caught up. */
  readonly readers: Readers;
  /** What follows are made and ended with; without it the bot answers, and follows nothing. */
  readonly following?: Following;
  /** From 0 to below 1. */
  readonly random: () => number;
};
