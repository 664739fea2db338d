import { isDeepStrictEqual } from 'node:util';
import { checkItsOwnText } from '../../formatters/check-own-text.ts';
import { cleanOwnText } from '../../formatters/clean-own-text.ts';
import { formatItem } from '../../formatters/index.ts';
import type { Item } from '../../formatters/item.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { Delivery, NewDelivery } from '../outbox/delivery.ts';
import type { Correction } from '../publishers/publisher.ts';
import { type Acted, shortenId } from './act.ts';
import { chooseCorrection } from './choose-correction.ts';
import type { Desk, Destination } from './desk.ts';
import { makeDelivery, readManner } from './make-delivery.ts';
import { namePost } from './name-post.ts';

/** What is to be corrected at one destination, as everything was checked. */
export type CorrectionPlan = {
  readonly base: Delivery;
  readonly how: Correction;
  readonly wanted: NewDelivery;
};

/**
 * How what is in place of an item is corrected at a destination, or why it is not. Throws what
 * `chooseCorrection` throws, `words.missing` and `own-text.misfit`.
 */
export function planCorrection(
  desk: Desk,
  {
    stored,
    item,
    destination,
    base,
    chosen: { words, ...chosen },
  }: {
    readonly stored: StoredIssue;
    readonly item: Item;
    readonly destination: Destination;
    readonly base: Delivery;
    readonly chosen: {
      readonly how: Correction | undefined;
      readonly words: string | undefined;
      readonly isNamed: boolean;
    };
  },
): CorrectionPlan | Acted {
  const { number } = stored.issue;
  if (base.revision >= stored.revision) {
    const said = `is in place as the newest revision of #${number} has it`;
    return { delivery: base, outcome: 'already', said };
  }
  if (base.receipt === undefined || base.receipt.posts.length === 0) {
    const said =
      'is there on a person’s word alone, so its posts cannot be changed: take it back, then post it anew';
    const command = `paperboy retract ${shortenId(base.id)}, then: ${namePost(desk, base)}`;
    return { delivery: base, outcome: 'failed', said, command };
  }
  const dueAt = desk.clock.now();
  const usual = makeDelivery(desk, stored, item, destination, dueAt, readManner(base.draft));
  const posts: unknown = JSON.parse(JSON.stringify(usual.draft.posts));
  const isSame = isDeepStrictEqual(posts, base.draft.posts);
  if (isSame && chosen.how !== 'reply') {
    const said = `is in place already, word for word, so there is nothing to correct`;
    return { delivery: base, outcome: 'already', said };
  }
  const how = chooseCorrection(destination, chosen);
  if (how !== 'reply') return { base, how, wanted: { ...usual, replaces: { id: base.id, how } } };
  const draft = formatAnswer(desk, item, destination, words);
  return { base, how, wanted: { ...usual, draft, replaces: { id: base.id, how } } };
}

function formatAnswer(
  { format }: Desk,
  item: Item,
  { name, platform }: Destination,
  words: string | undefined,
): NewDelivery['draft'] {
  if (words === undefined || words.trim() === '') {
    throw new PaperboyError(
      'words.missing',
      `Cannot answer the thread on ${name} as there are no words for it`,
      'Give them with --words, or name a file with them, or - for standard input.',
    );
  }
  const options = { ...format(name), ownText: cleanOwnText(words) };
  // Its figures are in place with the item.
  const bare: Item = item.kind === 'paper' ? { ...item, paper: { ...item.paper, body: [] } } : item;
  const wrong = checkItsOwnText(bare, platform, options);
  if (wrong.length > 0) {
    throw new PaperboyError(
      'own-text.misfit',
      `Cannot answer with these words on ${name} as they do not fit: ${wrong.join('; ')}`,
      'Shorten them, or begin another post with a line of three hyphens: ---',
    );
  }
  return formatItem(bare, platform, options);
}
