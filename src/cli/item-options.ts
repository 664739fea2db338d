import { type Command, InvalidArgumentError } from 'commander';
import type { Length } from '../../formatters/draft.ts';
import type { ItemRequest } from '../desk/find-items.ts';
import { PaperboyError } from '../kit/errors.ts';

/** Which items a command is about, as commander reads them. */
export type ItemOptions = {
  readonly paper?: string;
  readonly digest?: true;
  readonly news?: true;
  readonly topic?: string;
  readonly since?: string;
  readonly month?: string;
};

/** Gives a command the options that say which items it is about. */
export function addItemOptions(command: Command): Command {
  return command
    .option('--paper <slug>', 'one paper: its slug, or words of its title')
    .option('--digest', 'the digest of the issue')
    .option('--news', 'the news of the issue')
    .option('--topic <topic>', 'the digest of a topic over the last three months')
    .option('--since <day>', 'where the topic begins: 2026-01-31', parseDay)
    .option('--month <month>', 'the digest of a month, by likes: 2026-02', parseMonth);
}

/** The request that the options make. Throws `items.ambiguous` where they contradict each other. */
export function toItemRequest(options: ItemOptions): ItemRequest {
  const { paper, digest, news, topic, since, month } = options;
  const named = Object.entries({ paper, digest, news, topic, month })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `--${name}`);
  if (named.length > 1) {
    throw new PaperboyError(
      'items.ambiguous',
      `Cannot tell which item is meant as ${named.join(' and ')} name different ones`,
      'Give one of them.',
    );
  }
  if (since !== undefined && topic === undefined) {
    throw new PaperboyError(
      'items.ambiguous',
      'Cannot use --since as it says where a topic begins, and no --topic is named',
      'Add --topic, or leave --since out.',
    );
  }
  return {
    ...(paper === undefined ? {} : { paper }),
    ...(digest ? { digest: 'issue' } : news ? { digest: 'news' } : {}),
    ...(topic === undefined ? {} : { topic }),
    ...(since === undefined ? {} : { since }),
    ...(month === undefined ? {} : { month }),
  };
}

/** "thread", "brief", or a number of posts. */
export function parseLength(text: string): Length {
  if (text === 'thread' || text === 'brief') return text;
  const maxPosts = Number(text);
  if (Number.isInteger(maxPosts) && maxPosts >= 1 && maxPosts <= 100) return { maxPosts };
  throw new InvalidArgumentError('It must be thread, brief, or the most posts, 1 to 100.');
}

function parseDay(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime())) return text;
  throw new InvalidArgumentError('It must be a day such as 2026-01-31.');
}

function parseMonth(text: string): string {
  if (/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a month such as 2026-02.');
}
