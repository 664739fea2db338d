import { expect, test } from 'vitest';
import { makeCourier } from '../../src/delivery/courier.ts';
import type { Delivery, Replacement } from '../../src/outbox/delivery.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { type FakeClock, makeFakeClock } from '../support/fake-clock.ts';
import {
  type FakePlatform,
  makeFakePlatform,
  type PublishFate,
  type RetractFate,
  WORKS,
} from '../support/fake-platform.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const HERE = ['folder'];
const OLD = ['Old one.', 'Old two.', 'Old three.'];
const LONGER = ['New one.', 'New two.', 'New three.', 'New four.', 'New five.'];
const SHORTER = ['New one.'];

type House = {
  readonly outbox: Outbox;
  readonly platform: FakePlatform;
  readonly clock: FakeClock;
};

/** Where a worker is cut short: after so many steps, or around its settling. */
type Cut = {
  readonly kind: 'dies' | 'throws' | 'is unavailable' | 'is unknown';
  readonly posts: number;
  readonly settle: 'works' | 'dies before' | 'dies after' | 'fails';
};
const CUTS: readonly Cut[] = [
  ...(['dies', 'throws', 'is unknown'] as const).flatMap((kind) =>
    [0, 1, 2, 3, 4, 5].map((posts) => ({ kind, posts, settle: 'works' as const })),
  ),
  ...(['dies before', 'dies after', 'fails'] as const).map((settle) => ({
    ...{ kind: 'dies' as const, posts: 99, settle },
  })),
];

async function makeHouse(): Promise<House & { readonly old: Delivery }> {
  const house = {
    outbox: makeOutbox(makeTempDatabase().database),
    platform: makeFakePlatform(),
    clock: makeFakeClock(),
  };
  const dueAt = house.clock.now();
  const { delivery } = await house.outbox.queue(makeNewDelivery({ texts: OLD, dueAt }), dueAt);
  return { ...house, old: delivery };
}

/** One worker at one delivery; with a cut, its end. The next comes once its lease has run out. */
async function live({ outbox, platform, clock }: House, cut?: Cut): Promise<void> {
  const { promise: death, resolve } = Promise.withResolvers<void>();
  const isCutInside = cut !== undefined && cut.settle === 'works';
  const publish: PublishFate = isCutInside ? cut : WORKS;
  const retract: RetractFate = isCutInside
    ? { kind: cut.kind === 'is unknown' ? 'is unavailable' : cut.kind, posts: cut.posts }
    : WORKS;
  const publisher = platform.makePublisher({
    find: () => 'answers',
    publish: () => publish,
    retract: () => retract,
    onDeath: resolve,
  });
  const courier = makeCourier({
    outbox: {
      ...outbox,
      settle: async (...request) => {
        if (cut?.settle === 'fails') throw new Error('database or disk is full');
        if (cut?.settle === 'dies before') return die(resolve);
        const isSettled = await outbox.settle(...request);
        return cut?.settle === 'dies after' ? die(resolve) : isSettled;
      },
    },
    publishers: new Map([['folder', async () => publisher]]),
    ...{ clock, log: makeRecordLog(), owner: 'here', random: () => 0.5 },
  });
  await Promise.race([courier.deliverNext(HERE).catch(() => {}), death]);
  clock.advance(60 * 60 * 1000);
}

function die(onDeath: () => void): Promise<never> {
  onDeath();
  return new Promise(() => {});
}

async function correct({ outbox, clock }: House, replaces: Replacement, texts: readonly string[]) {
  const dueAt = clock.now();
  const correction = makeNewDelivery({ revision: 2, replaces, texts, dueAt });
  return (await outbox.queue(correction, dueAt)).delivery;
}

const readTexts = ({ platform }: House): string[] =>
  platform.placed.map(({ content }) => JSON.parse(content).text);

const KINDS = [
  ['edit', LONGER],
  ['edit', SHORTER],
  ['repost', LONGER],
  ['repost', SHORTER],
  ['reply', SHORTER],
] as const;

test.each(KINDS.flatMap(([how, texts]) => CUTS.map((cut) => ({ how, texts, cut }))))(
  'a correction by $how to $texts.length that is cut ($cut.kind, $cut.posts, settle $cut.settle) ends with its words alone',
  async ({ how, texts, cut }) => {
    const house = await makeHouse();
    const { old } = house;
    await live(house);
    const { id } = await correct(house, { id: old.id, how }, texts);

    await live(house, cut);
    for (let i = 0; i < 3; i += 1) await live(house);

    expect(readTexts(house)).toEqual(how === 'reply' ? [...OLD, ...texts] : texts);
    expect((await house.outbox.read(id))?.state).toBe('sent');
    expect((await house.outbox.read(old.id))?.state).toBe(how === 'reply' ? 'sent' : 'retracted');
  },
);

test.each(CUTS)(
  'a retraction that is cut ($kind, $posts, settle $settle) leaves nothing in the end, and what is posted again is whole',
  async (cut) => {
    const house = await makeHouse();
    const by = { actor: 'editor', now: house.clock.now() };
    await live(house);
    await house.outbox.retract(house.old.id, by);

    await live(house, cut);
    for (let i = 0; i < 3; i += 1) await live(house);
    const left = readTexts(house);
    const state = (await house.outbox.read(house.old.id))?.state;
    await house.outbox.retry(house.old.id, { ...by, now: house.clock.now() });
    await live(house);

    expect(left).toEqual([]);
    expect(state).toBe('retracted');
    expect(readTexts(house)).toEqual(OLD);
  },
);

test.each(CUTS.filter(({ kind }) => kind === 'is unknown'))(
  'what $posts posts of a torn thread left behind is taken back',
  async (cut) => {
    const house = await makeHouse();
    await live(house, cut);

    await house.outbox.retract(house.old.id, { actor: 'editor', now: house.clock.now() });
    await live(house);

    expect(readTexts(house)).toEqual([]);
    expect((await house.outbox.read(house.old.id))?.state).toBe('retracted');
  },
);

test.each(
  CUTS.filter(({ kind }) => kind === 'is unknown').flatMap((cut) =>
    (['edit', 'repost'] as const).map((how) => ({ how, cut })),
  ),
)(
  'taking back a correction by $how after $cut.posts of its steps leaves neither old nor new',
  async ({ how, cut }) => {
    const house = await makeHouse();
    await live(house);
    const { id } = await correct(house, { id: house.old.id, how }, LONGER);
    await live(house, cut);

    await house.outbox.retract(id, { actor: 'editor', now: house.clock.now() });
    for (let i = 0; i < 3; i += 1) await live(house);

    expect(readTexts(house)).toEqual([]);
    expect((await house.outbox.list()).map(({ state }) => state)).toEqual([
      'retracted',
      'retracted',
    ]);
  },
);

test('a correction whose base was taken back is refused, and posted by itself once it is retried', async () => {
  const house = await makeHouse();
  const by = { actor: 'editor', now: house.clock.now() };
  await live(house);
  const { id } = await correct(house, { id: house.old.id, how: 'edit' }, SHORTER);
  await house.outbox.retract(house.old.id, by);

  for (let i = 0; i < 3; i += 1) await live(house);
  const refused = await house.outbox.read(id);
  await house.outbox.retry(id, by);
  await live(house);

  expect(refused).toMatchObject({
    state: 'refused',
    reason: 'what it was to correct has been taken back',
  });
  expect(await house.outbox.listPauses()).toEqual([]);
  expect(readTexts(house)).toEqual(SHORTER);
});

test('what a person vouched for is looked for when it is taken back, and is not corrected blindly', async () => {
  const house = await makeHouse();
  const by = { actor: 'editor', now: house.clock.now() };
  await live(house, { kind: 'is unknown', posts: 3, settle: 'works' });
  await house.outbox.resolveSent(house.old.id, { posts: [] }, by);
  const { id } = await correct(house, { id: house.old.id, how: 'edit' }, SHORTER);

  await live(house);
  const refused = await house.outbox.read(id);
  const before = readTexts(house);
  await house.outbox.retract(house.old.id, by);
  await live(house);

  expect(refused).toMatchObject({ state: 'refused', remedy: 'Take back what it corrects' });
  expect(before).toEqual(OLD);
  expect(readTexts(house)).toEqual([]);
});

test('what may still be on its way is taken back once it has come, and not believed gone before', async () => {
  const house = await makeHouse();
  const { outbox, platform, clock, old } = house;
  const isAway = Promise.withResolvers<void>();
  const hasArrived = Promise.withResolvers<void>();
  const publisher = platform.makePublisher({
    find: () => 'answers',
    publish: () => WORKS,
    beforePost: () => {
      isAway.resolve();
      return hasArrived.promise;
    },
  });
  const deliver = (): Promise<unknown> =>
    makeCourier({
      outbox,
      publishers: new Map([['folder', async () => publisher]]),
      ...{ clock, log: makeRecordLog(), owner: 'here', random: () => 0.5 },
    }).deliverNext(HERE);
  const dying = deliver();
  await isAway.promise;
  await outbox.freeLeases(() => true, clock.now());
  await outbox.retract(old.id, { actor: 'editor', now: clock.now() });
  clock.advance(1_000);

  await deliver();
  const early = await outbox.read(old.id);
  hasArrived.resolve();
  await dying;
  clock.advance(19_000);
  await deliver();

  expect(early).toMatchObject({
    ...{ state: 'planned', task: 'retract', retryAt: clock.now() },
    reason: 'what was under way may still appear',
  });
  expect((await outbox.read(old.id))?.state).toBe('retracted');
  expect(readTexts(house)).toEqual([]);
});

test('what is known to be in place is taken back at once, whatever was in doubt before', async () => {
  const house = await makeHouse();
  await live(house, { kind: 'is unknown', posts: 3, settle: 'works' });
  await live(house);
  await house.outbox.retract(house.old.id, { actor: 'editor', now: house.clock.now() });

  await live(house);

  expect((await house.outbox.read(house.old.id))?.state).toBe('retracted');
});
