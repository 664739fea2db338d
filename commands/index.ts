import about from './about.ts';
import catchup from './catchup.ts';
import type { Command } from './command.ts';
import findThisPaper from './find-this-paper.ts';
import follow from './follow.ts';
import following from './following.ts';
import help from './help.ts';
import issue from './issue.ts';
import latest from './latest.ts';
import news from './news.ts';
import paper from './paper.ts';
import random from './random.ts';
import search from './search.ts';
import topics from './topics.ts';
import unfollow from './unfollow.ts';

/** Every command; a test keeps it equal to the folder. */
export const commands: readonly Command[] = [
  paper,
  latest,
  issue,
  news,
  search,
  topics,
  catchup,
  random,
  follow,
  following,
  unfollow,
  about,
  help,
  findThisPaper,
];

/** A command's file name: its own, in lower case and with hyphens. Its buttons are named by it. */
export function keyCommand(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
