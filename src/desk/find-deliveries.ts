import type { StoredIssue } from '../archive/issue-reader.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { shortenId } from './act.ts';
import type { Desk } from './desk.ts';
import { findDestination } from './find-destination.ts';
import { findIssue } from './find-issue.ts';
import type { ItemRequest } from './find-items.ts';

/** Which deliveries are meant, beside the issue or the id. */
export type DeliveriesRequest = ItemRequest & {
  /** The name of a destination, or its key in the ledger; every one without it. */
  readonly to?: string;
  /** Every delivery of the issue, where no item is named. */
  readonly isAll?: boolean;
};

type LedgerDesk = Pick<Desk, 'archive' | 'outbox' | 'destinations'>;

const ID = /^[0-9a-f]{6,24}$/;
const NUMBER = /^\d+$/;
const MOST_TOLD = 8;

/**
 * The deliveries that a person means: by an id or the beginning of one, at least six characters; or
 * by issue and item, at every destination or one. Of an item's revisions those count that may still
 * do something: what was cancelled or taken back is told only where nothing else is there. Throws
 * `delivery.bad-id`, `delivery.not-found`, `delivery.ambiguous`, `paper.ambiguous`, and what `findIssue` throws.
 */
export async function findDeliveries(
  desk: LedgerDesk,
  reference: string,
  request: DeliveriesRequest,
): Promise<Delivery[]> {
  const { to, isAll, ...item } = request;
  const isNamed = Object.keys(item).length > 0;
  const byId = isNamed || isAll ? undefined : await findById(desk, reference);
  if (byId !== undefined) return [byId];
  const stored = await findIssue(desk, reference);
  const all = await listOfIssue(desk, stored, to);
  const wanted = pickStanding(isNamed ? pickItem(all, item, stored) : all);
  if (wanted.length === 0) {
    const what = isNamed ? 'that item' : 'it';
    throw new PaperboyError(
      'delivery.not-found',
      `Cannot find a delivery of issue #${stored.issue.number} as ${what} was not posted${to === undefined ? '' : ` to ${to}`}, and is not queued`,
      all.length === 0 ? 'See what there is: paperboy queue' : `Name one of:${tell(all)}`,
    );
  }
  if (isNamed || isAll || wanted.length === 1) return wanted;
  throw new PaperboyError(
    'delivery.ambiguous',
    `Cannot tell which of the ${wanted.length} deliveries of issue #${stored.issue.number} are meant`,
    `Name one with --paper, --digest or its id, or all of them with --all:${tell(wanted)}`,
  );
}

/** The delivery with that id, or whose id begins so; undefined where an issue is meant. */
async function findById(
  { archive, outbox }: LedgerDesk,
  text: string,
): Promise<Delivery | undefined> {
  const prefix = text.toLowerCase();
  if (!ID.test(prefix)) {
    if (/^(?:#?\d+|latest)$/.test(prefix)) return undefined;
    throw new PaperboyError(
      'delivery.bad-id',
      `Cannot find a delivery by “${text}” as an id needs at least six characters of 0-9 and a-f`,
      'See the ids: paperboy queue; or name an issue: 93, #93 or latest.',
    );
  }
  // Six digits may be an issue's number, if there is such an issue.
  if (NUMBER.test(prefix) && (await archive.read(Number(prefix))) !== undefined) return undefined;
  const found = await outbox.list({ idPrefix: prefix, most: MOST_TOLD });
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) {
    throw new PaperboyError(
      'delivery.not-found',
      `Cannot find a delivery by “${text}” as no id begins so`,
      'See the ids: paperboy queue',
    );
  }
  throw new PaperboyError(
    'delivery.ambiguous',
    `Cannot tell which delivery “${text}” is as several ids begin so`,
    `Give more of it: ${found.map(({ id, title }) => `${id} ${title}`).join('; ')}`,
  );
}

/** All that the ledger has of an issue; of a sample what is a sample's. */
export async function listOfIssue(
  desk: LedgerDesk,
  stored: StoredIssue,
  to?: string,
): Promise<Delivery[]> {
  const { number } = stored.issue;
  const all = await desk.outbox.list({ issue: number, isEarliestFirst: true });
  // An account that is configured no more is known by its key alone.
  const key =
    to === undefined || all.some(({ destination }) => destination === to)
      ? to
      : findDestination(desk, to, 'find deliveries to').key;
  const samples = new Map<number, boolean>();
  for (const { revision } of all) {
    if (samples.has(revision)) continue;
    samples.set(revision, await desk.archive.isSampleRevision(number, revision));
  }
  return all.filter(
    ({ destination, revision }) =>
      samples.get(revision) === stored.isSample && (key === undefined || destination === key),
  );
}

/** Those of an item. It is looked for in the ledger: the newest revision may not have it any more. */
function pickItem(
  all: readonly Delivery[],
  { paper, digest, topic, month }: ItemRequest,
  stored: StoredIssue,
): Delivery[] {
  if (digest !== undefined) {
    const key = digest === 'issue' ? 'digest' : 'news';
    return all.filter(({ item }) => item === key);
  }
  if (month !== undefined) return all.filter(({ item }) => item === `month/${month}`);
  const needle = (paper ?? topic ?? '').toLowerCase();
  const of = all.filter(({ item }) => item.startsWith(paper === undefined ? 'topic/' : 'paper/'));
  const exact = of.filter(({ item }) => item.split('/')[1] === needle);
  const found =
    exact.length > 0
      ? exact
      : of.filter(
          ({ item, title }) =>
            (item.split('/')[1] ?? '').includes(needle) || title.toLowerCase().includes(needle),
        );
  const names = [...new Set(found.map(({ item }) => item.split('/')[1] ?? item))];
  if (names.length <= 1) return found;
  throw new PaperboyError(
    'paper.ambiguous',
    `Cannot choose by “${paper ?? topic}” as ${names.length} items of issue #${stored.issue.number} match`,
    `Name one of: ${names.join(', ')}`,
  );
}

/** Leaves out what has ended, item by item and place by place, where something else is there. */
function pickStanding(all: readonly Delivery[]): Delivery[] {
  const groups = Map.groupBy(all, ({ item, destination }) => `${item} ${destination}`);
  const kept = [...groups.values()].flatMap((group) => {
    const standing = group.filter(({ state }) => state !== 'retracted' && state !== 'cancelled');
    if (standing.length > 0) return standing;
    return group.sort((a, b) => b.revision - a.revision).slice(0, 1);
  });
  return all.filter((delivery) => kept.includes(delivery));
}

function tell(deliveries: readonly Delivery[]): string {
  const told = deliveries
    .slice(0, MOST_TOLD)
    .map(
      ({ id, title, destination, state }) =>
        `\n    ${shortenId(id)}  ${title.slice(0, 40)} → ${destination} (${state})`,
    );
  return `${told.join('')}${deliveries.length > MOST_TOLD ? '\n    …' : ''}`;
}
