import { findNewest } from '../../src/desk/browse-issues.ts';
import type { Ask, Reply } from '../command.ts';
import { say } from './reply.ts';
import { speak } from './speak.ts';

/** That there is no issue of that number, and which is the newest; or that there is none at all. */
export async function sayNoIssue(ask: Ask, number: number): Promise<Reply> {
  const { words } = speak(ask);
  const newest = await findNewest(ask.desk);
  return say(newest === undefined ? words.noIssue : words.noSuchIssue(number, newest));
}
