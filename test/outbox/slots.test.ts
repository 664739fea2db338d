import { expect, test } from 'vitest';
import { makeVerdicts } from '../../src/archive/verdicts.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import type { FreeDelivery } from '../../src/outbox/queue-free.ts';
import type { LaneMark } from '../../src/outbox/slots.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { later, makeOutboxTools, NOW } from '../support/make-outbox-tools.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const markOf = (slotAt: Date, change: Partial<LaneMark> = {}): LaneMark => ({
  lane: 'papers',
  slotAt,
  schedule: '0 9 * * * UTC',
  isOpen: false,
  sinceIssue: 90,
  ...change,
});
/** What needs itself alone, and these words of it. */
const makeFree = (
  parts: Parameters<typeof makeNewDelivery>[0],
  approvedHash?: string,
): FreeDelivery => {
  const delivery = makeNewDelivery(parts);
  return { ...delivery, needs: [{ item: delivery.item, approvedHash }] };
};
const planOf = (before: readonly LaneMark[], after: readonly LaneMark[], items: string[] = []) => ({
  destination: 'folder',
  before,
  after,
  deliveries: items.map((item) => makeFree({ item })),
});

const makeLedger = () => {
  const { database } = makeTempDatabase();
  return { outbox: makeOutbox(database), verdicts: makeVerdicts(database) };
};

test('what a slot takes is queued with its mark, and read back as it was written', async () => {
  const { outbox, other } = makeOutboxTools();
  const marks = [markOf(NOW, { lane: 'digest', isOpen: true }), markOf(NOW)];

  const queued = await outbox.takeSlots(planOf([], marks, ['paper/a', 'digest']), NOW);

  expect(queued?.map(({ item }) => item)).toEqual(['paper/a', 'digest']);
  expect(await other.readLanes('folder')).toEqual(marks);
  expect(await other.readLanes('elsewhere')).toEqual([]);
});

test('a slot is taken once, whichever connection asks', async () => {
  const { outbox, other } = makeOutboxTools();

  const taken = [];
  for (const [index, box] of [outbox, other, outbox, other].entries()) {
    taken.push(await box.takeSlots(planOf([], [markOf(NOW)], [`paper/${index}`]), NOW));
  }

  expect(taken.map((one) => one?.map(({ item }) => item))).toEqual([
    ['paper/0'],
    undefined,
    undefined,
    undefined,
  ]);
  expect(await outbox.list()).toHaveLength(1);
});

test('a slot that is asked for many times at once is taken once', async () => {
  const { outbox } = makeOutboxTools();

  const all = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      outbox.takeSlots(planOf([], [markOf(NOW)], [`paper/${index}`]), NOW),
    ),
  );

  expect(all.filter((one) => one !== undefined)).toHaveLength(1);
  expect(await outbox.list()).toHaveLength(1);
});

test('who has read the lanes before another planned them changes nothing', async () => {
  const { outbox, other } = makeOutboxTools();
  const first = markOf(NOW);
  await outbox.takeSlots(planOf([], [first]), NOW);
  await other.takeSlots(planOf([first], [markOf(later(1))]), NOW);

  const late = await outbox.takeSlots(planOf([first], [markOf(later(1))], ['paper/a']), NOW);

  expect(late).toBeUndefined();
  expect(await outbox.list()).toEqual([]);
});

test('what somebody has queued since, or from a newer revision, is not queued again', async () => {
  const { outbox } = makeOutboxTools();
  await outbox.queue(makeNewDelivery({ item: 'paper/a', revision: 1 }), NOW);
  await outbox.queue(makeNewDelivery({ item: 'paper/b', revision: 3 }), later(-60));
  await outbox.queue(makeNewDelivery({ item: 'paper/c', revision: 1 }), later(-60));
  const deliveries = ['a', 'b', 'c'].map((name) =>
    makeFree({ item: `paper/${name}`, revision: 2 }),
  );

  const queued = await outbox.takeSlots({ ...planOf([], [markOf(NOW)]), deliveries }, NOW);

  expect(queued?.map(({ item }) => item)).toEqual(['paper/c']);
});

test.each([
  ['is held where nobody asks', 'held', 'its words', undefined],
  ['is held where editors are asked', 'held', 'its words', 'its words'],
  ['is approved in other words', 'approved', 'other words', 'its words'],
  ['nobody has looked at where editors are asked', undefined, '', 'its words'],
] as const)('what %s leaves its slot as it was', async (_, verdict, words, needed) => {
  const { outbox, verdicts } = makeLedger();
  const by = { actor: 'ada', now: NOW };
  const items = [{ item: 'paper/b', wordsHash: words }];
  if (verdict !== undefined) await verdicts.decide(93, items, verdict, by);
  const deliveries = [
    makeFree({ item: 'paper/a', issue: 93 }),
    makeFree({ item: 'paper/b', issue: 93 }, needed),
  ];

  const queued = await outbox.takeSlots({ ...planOf([], [markOf(NOW)]), deliveries }, NOW);

  expect(queued).toBeUndefined();
  expect(await outbox.readLanes('folder')).toEqual([]);
  expect(await outbox.list()).toEqual([]);
});

test('what editors have approved in its words is queued, and what they have not looked at where nobody asks', async () => {
  const { outbox, verdicts } = makeLedger();
  const by = { actor: 'ada', now: NOW };
  const items = [{ item: 'paper/a', wordsHash: 'its words' }];
  await verdicts.decide(93, items, 'approved', by);
  const deliveries = [
    makeFree({ item: 'paper/a', issue: 93 }, 'its words'),
    makeFree({ item: 'paper/b', issue: 93 }),
  ];

  const queued = await outbox.takeSlots({ ...planOf([], [markOf(NOW)]), deliveries }, NOW);

  expect(queued?.map(({ item }) => item)).toEqual(['paper/a', 'paper/b']);
});

test('lanes that are gone are forgotten, those of this destination alone', async () => {
  const { outbox } = makeOutboxTools();
  const marks = [markOf(NOW, { lane: 'digest' }), markOf(NOW)];
  await outbox.takeSlots(planOf([], marks), NOW);
  await outbox.takeSlots({ ...planOf([], marks), destination: 'elsewhere' }, NOW);

  const taken = await outbox.takeSlots({ ...planOf(marks, []), gone: ['digest'] }, NOW);
  const late = await outbox.takeSlots({ ...planOf(marks, []), gone: ['papers'] }, NOW);

  expect(taken).toEqual([]);
  expect(late).toBeUndefined();
  expect(await outbox.readLanes('folder')).toEqual(marks.slice(1));
  expect(await outbox.readLanes('elsewhere')).toEqual(marks);
});
