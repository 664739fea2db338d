import { isDeepStrictEqual } from 'node:util';
import { checkItsOwnText } from '../../formatters/check-own-text.ts';
import { formatItem } from '../../formatters/index.ts';
import { type Item, keyItem } from '../../formatters/item.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { Delivery, NewDelivery } from '../outbox/delivery.ts';
import type { Correction } from '../publishers/publisher.ts';
import { type Acted, makeBy, shortenId } from './act.ts';
import { chooseCorrection } from './choose-correction.ts';
import type { Desk, Destination } from './desk.ts';
import { findItems, type ItemRequest } from './find-items.ts';
import { makeDelivery } from './make-delivery.ts';
import { findDestination } from './post.ts';

export type CorrectRequest = ItemRequest & {
  /** The name of a destination; every one where an older revision is in place without it. */
  readonly to?: string;
  /** How, where there is a choice. */
  readonly how?: Correction;
  /** What an answer says: CommonMark inline, a line of --- between posts. */
  readonly words?: string;
};

/** What is to be corrected at one destination, as everything was checked. */
type Plan = {
  readonly base: Delivery;
  readonly how: Correction;
  readonly wanted: NewDelivery;
};

/**
 * Queues corrections: wherever an older revision of the items is in place, the newest takes its
 * place, or answers it. Nothing is queued unless everything can be. What is in place already with
 * the same posts is left; so are destinations with nothing in place. Throws `correction.unchosen`,
 * `correction.unsupported`, `words.missing`, `own-text.misfit`, and what `findItems` throws.
 */
export async function queueCorrections(
  desk: Desk,
  reference: string,
  { to, how, words, ...request }: CorrectRequest,
): Promise<Acted[]> {
  const { stored, items } = await findItems(desk, reference, request);
  const places = to === undefined ? desk.destinations : [findDestination(desk, to)];
  const planned: (Plan | Acted)[] = [];
  for (const destination of places) {
    const rows = await listRows(desk, stored, destination);
    for (const item of items) {
      const of = rows.filter((row) => row.item === keyItem(item));
      const base = findInPlace(of);
      if (base === undefined) {
        const newest = of[0];
        if (newest !== undefined) planned.push(leave(newest));
        continue;
      }
      const chosen = { how, words, isNamed: to !== undefined };
      planned.push(plan(desk, { stored, item, destination, base, chosen }));
    }
  }
  const acted: Acted[] = [];
  for (const one of planned) {
    if ('outcome' in one) acted.push(one);
    else acted.push(...(await queueOne(desk, one)));
  }
  return acted;
}

/** The rows of the issue there, the newest revision first; samples and real issues apart. */
async function listRows(
  { outbox, archive }: Desk,
  { issue: { number }, isSample }: StoredIssue,
  { key }: Destination,
): Promise<Delivery[]> {
  const rows: Delivery[] = [];
  for (const row of await outbox.list({ issue: number, destination: key })) {
    if ((await archive.isSampleRevision(number, row.revision)) === isSample) rows.push(row);
  }
  return rows.sort((a, b) => b.revision - a.revision);
}

/** What stands there of an item. An answer stands beside it. */
function findInPlace(rows: readonly Delivery[]): Delivery | undefined {
  return rows.find(({ state, replaces }) => state === 'sent' && replaces?.how !== 'reply');
}

function plan(
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
): Plan | Acted {
  const { number } = stored.issue;
  if (base.revision >= stored.revision) {
    const said = `is in place as the newest revision of #${number} has it`;
    return { delivery: base, outcome: 'already', said };
  }
  if (base.receipt === undefined || base.receipt.posts.length === 0) {
    const said = 'is there on a person’s word alone, so its posts cannot be found and changed';
    const command = `paperboy retract ${shortenId(base.id)}`;
    return { delivery: base, outcome: 'failed', said, command };
  }
  const dueAt = desk.clock.now();
  const usual = makeDelivery(desk, stored, item, destination, dueAt);
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
  const options = { ...format(name), ownText: words };
  const wrong = checkItsOwnText(item, platform, options);
  if (wrong.length > 0) {
    throw new PaperboyError(
      'own-text.misfit',
      `Cannot answer with these words on ${name} as they do not fit: ${wrong.join('; ')}`,
      'Shorten them, or begin another post with a line of three hyphens: ---',
    );
  }
  return formatItem(item, platform, options);
}

/** Nothing is in place to correct. */
function leave(delivery: Delivery): Acted {
  const { id, state } = delivery;
  const said = `is not in place (${state}), so there is nothing to correct`;
  const isEnded = state === 'cancelled' || state === 'retracted';
  return {
    delivery,
    outcome: 'left',
    said,
    ...(isEnded ? {} : { command: `paperboy history ${shortenId(id)}` }),
  };
}

async function queueOne(desk: Desk, { base, how, wanted }: Plan): Promise<Acted[]> {
  const { outbox, clock } = desk;
  const { issue, destination, item, revision } = wanted;
  const corrections = (await outbox.list({ issue, destination })).filter(
    (row) => row.item === item && row.replaces?.id === base.id && row.revision !== revision,
  );
  // Two half-made corrections of the same posts would be told apart by nobody.
  const torn = corrections.find(({ state, isTouched }) => isTouched && !isSettled(state));
  if (torn !== undefined) {
    const said = `is half corrected by revision ${torn.revision}, which has to be settled first`;
    const command = `paperboy retry ${shortenId(torn.id)}, or paperboy retract ${shortenId(torn.id)}`;
    return [{ delivery: torn, outcome: 'failed', said, command }];
  }
  const acted: Acted[] = [];
  for (const { id, state } of corrections) {
    if (state !== 'planned' && state !== 'held') continue;
    const delivery = await outbox.cancel(id, makeBy(desk, `revision ${revision} corrects instead`));
    const said = `of an older revision is cancelled: revision ${revision} corrects instead`;
    if (delivery !== undefined) acted.push({ delivery, outcome: 'done', said });
  }
  const { isNew, delivery } = await outbox.queue(wanted, clock.now());
  const done = { outcome: 'done', said: `is to be ${SAID[how]}` } as const;
  if (isNew) return [...acted, { delivery, ...done }];
  const result = await outbox.rerender(delivery.id, wanted, clock.now());
  if (result.kind !== 'left') return [...acted, judgeHeld(result.delivery, done)];
  return [...acted, await goOn(desk, delivery, how)];
}

const SAID = {
  edit: 'corrected in place',
  repost: 'taken away and posted anew',
  reply: 'answered',
} as const satisfies Record<Correction, string>;

function judgeHeld(delivery: Delivery, done: Omit<Acted, 'delivery'>): Acted {
  if (delivery.state !== 'held') return { delivery, ...done };
  const command = `paperboy release ${shortenId(delivery.id)}`;
  return { delivery, outcome: 'failed', said: 'is a correction that is held', command };
}

/** The correction was begun before: it goes on the way it was begun. */
async function goOn(desk: Desk, delivery: Delivery, how: Correction): Promise<Acted> {
  const { outbox } = desk;
  const { id, state, replaces, revision, task } = delivery;
  const short = shortenId(id);
  if (task === 'retract') {
    const said = 'is a correction that is being taken back: try again in a minute';
    return { delivery, outcome: 'failed', said, command: `paperboy history ${short}` };
  }
  if (state === 'sent') {
    const said = `was corrected with revision ${revision} already`;
    const isOther = how !== replaces?.how;
    return isOther
      ? {
          delivery,
          outcome: 'failed',
          said: `${said}, by ${replaces?.how ?? 'itself'}`,
          command: `paperboy retract ${short}`,
        }
      : { delivery, outcome: 'already', said };
  }
  if (replaces !== undefined && how !== replaces.how) {
    const said = `has a correction by ${replaces.how} begun, which has to be settled first`;
    return { delivery, outcome: 'failed', said, command: `paperboy retry ${short}` };
  }
  const again =
    (await outbox.retry(id, makeBy(desk))) ?? (await outbox.hasten(id, makeBy(desk))) ?? delivery;
  return { delivery: again, outcome: 'done', said: 'is tried again' };
}

function isSettled(state: Delivery['state']): boolean {
  return state === 'sent' || state === 'retracted';
}
