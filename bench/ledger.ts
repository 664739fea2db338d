import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Draft } from '../formatters/draft.ts';
import { formatItem } from '../formatters/index.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { makeCourier } from '../src/delivery/courier.ts';
import { systemClock } from '../src/kit/clock.ts';
import { makeDeliveryId } from '../src/kit/ids.ts';
import type { NewDelivery } from '../src/outbox/delivery.ts';
import { makeOutbox, type Outbox } from '../src/outbox/outbox.ts';
import { makeFolderPublisher } from '../src/publishers/folder.ts';
import { readSamples } from './papers.ts';
import { formatTable } from './table.ts';

const DUE = new Date('2026-05-01T12:00:00Z');
const TYPICAL_POSTS = 8;
const ITEMS_OF_ISSUE = 10;
const FEW = 1_000;
const MANY = 10_000;
/** Growth that is taken for none: the time of a delivery with ten times the rows. */
const MOST_GROWTH = 1.2;

/** How long deliveries take, in milliseconds each. */
type Timing = {
  readonly what: string;
  readonly count: number;
  /** From claim to claim: everything. */
  readonly wholeMs: number;
  /** In the publisher. */
  readonly publisherMs: number;
};

/** The ledger's part of the report: deliveries a second, what the ledger adds, and growth. */
export async function reportLedger(note: (text: string) => void): Promise<string> {
  const draft = makeTypicalDraft();
  note(`ledger: ${FEW} deliveries into a folder …`);
  const [few] = await measureLedger(draft, [FEW]);
  note(`ledger: ${MANY} deliveries into a folder, then ${FEW} more …`);
  const [many, more] = await measureLedger(draft, [MANY, FEW]);
  note(`ledger: ${MANY} by the publisher alone …`);
  const alone = await measurePublisher(draft, MANY);
  if (few === undefined || many === undefined || more === undefined) throw new Error('no figures');
  const rows = [few, many, { ...more, what: `${FEW} more in a ledger of ${MANY} sent` }];
  const added = (timing: Timing): number => timing.wholeMs - timing.publisherMs;
  const growth = [many, more].map((timing) => added(timing) / added(few));
  return [
    `LEDGER, a thread of ${draft.posts.length} posts into a folder, SQLite on disk (synchronous = full)\n`,
    formatTable([
      ['DELIVERIES', 'A SECOND', 'MS EACH', 'IN THE PUBLISHER', 'IN THE LEDGER'],
      ...rows.map((timing) => [
        timing.what,
        (1000 / timing.wholeMs).toFixed(0),
        timing.wholeMs.toFixed(2),
        timing.publisherMs.toFixed(2),
        added(timing).toFixed(2),
      ]),
      [
        `${MANY} by the publisher alone`,
        (1000 / alone).toFixed(0),
        alone.toFixed(2),
        alone.toFixed(2),
        '–',
      ],
    ]),
    `the ledger adds ${(many.wholeMs - alone).toFixed(2)} ms to a delivery\n`,
    `${MANY} rows for ${FEW}: × ${growth[0]?.toFixed(2)} with all of them waiting, × ${growth[1]?.toFixed(2)} with all of them sent (target < ${MOST_GROWTH})\n`,
  ].join('\n');
}

/** Delivers so many, then so many more in the same ledger. */
async function measureLedger(draft: Draft, counts: readonly number[]): Promise<Timing[]> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const database = openDatabase(join(folder, 'paperboy.db'));
  const outbox = makeOutbox(database);
  const timings: Timing[] = [];
  let issue = 1;
  for (const count of counts) {
    for (let i = 0; i < count; i += 1) {
      if (i % ITEMS_OF_ISSUE === 0) issue += 1;
      await outbox.queue(makeDelivery(draft, issue, i % ITEMS_OF_ISSUE), DUE);
    }
    timings.push(await deliverAll(outbox, join(folder, 'posts'), count));
  }
  await database.destroy();
  rmSync(folder, { recursive: true });
  return timings;
}

async function deliverAll(outbox: Outbox, posts: string, count: number): Promise<Timing> {
  mkdirSync(posts, { recursive: true });
  const publisher = makeFolderPublisher(posts);
  let publisherMs = 0;
  const courier = makeCourier({
    outbox,
    publishers: new Map([
      [
        'folder',
        async () => ({
          ...publisher,
          publish: async (outgoing) => {
            const begin = performance.now();
            const attempt = await publisher.publish(outgoing);
            publisherMs += performance.now() - begin;
            return attempt;
          },
        }),
      ],
    ]),
    clock: systemClock,
    log: {
      info: () => {},
      warn: () => {},
      error: (_, event) => process.stderr.write(`${event}\n`),
    },
    owner: 'bench',
    random: Math.random,
  });
  const stop = new AbortController();
  let delivered = 0;
  const begin = performance.now();
  let end = begin;
  await courier.run(stop.signal, ({ outcome }) => {
    if (outcome.kind !== 'sent') throw new Error(`a delivery was ${outcome.kind}`);
    delivered += 1;
    if (delivered < count) return;
    end = performance.now();
    stop.abort();
  });
  return {
    what: String(count),
    count,
    wholeMs: (end - begin) / count,
    publisherMs: publisherMs / count,
  };
}

/** Milliseconds a draft takes without any ledger. */
async function measurePublisher(draft: Draft, count: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const publisher = makeFolderPublisher(folder);
  const begin = performance.now();
  for (let i = 0; i < count; i += 1) {
    const { destination, ...delivery } = makeDelivery(
      draft,
      Math.floor(i / ITEMS_OF_ISSUE),
      i % ITEMS_OF_ISSUE,
    );
    const { issue, item, revision } = delivery;
    const id = makeDeliveryId(issue, item, revision, destination);
    await publisher.publish({
      id,
      issue,
      item,
      revision,
      draft,
      stampedAt: DUE,
      triedSince: new Date(),
      companions: [],
    });
  }
  const ms = (performance.now() - begin) / count;
  rmSync(folder, { recursive: true });
  return ms;
}

function makeDelivery(draft: Draft, issue: number, index: number): NewDelivery {
  const item = `paper/${index}`;
  const what = { issue, item, revision: 1, destination: 'folder', title: 'A paper', draft };
  return { ...what, dueAt: new Date(DUE.getTime() + issue * 1000 + index) };
}

/** The thread, of the samples', that is nearest to the usual length. */
function makeTypicalDraft(): Draft {
  const drafts = readSamples()
    .flatMap(({ items }) => items)
    .map((item) => formatItem(item, 'bluesky', { languages: ['en'] }));
  const distance = ({ posts }: Draft): number => Math.abs(posts.length - TYPICAL_POSTS);
  const [nearest] = drafts.sort((a, b) => distance(a) - distance(b));
  if (nearest === undefined) throw new Error('the samples have no items');
  return nearest;
}
