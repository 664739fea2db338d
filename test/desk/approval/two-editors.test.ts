import { expect, test } from 'vitest';
import { makeVerdicts } from '../../../src/archive/verdicts.ts';
import { approve } from '../../../src/desk/approval/approve.ts';
import { approveSilent } from '../../../src/desk/approval/approve-silent.ts';
import { arrange } from '../../../src/desk/approval/arrange.ts';
import { editItem } from '../../../src/desk/approval/edit-item.ts';
import { holdItems } from '../../../src/desk/approval/hold-items.ts';
import { postNamed } from '../../../src/desk/approval/post-named.ts';
import { propose } from '../../../src/desk/approval/propose.ts';
import { putFirst } from '../../../src/desk/approval/put-first.ts';
import { makeTempDatabase } from '../../support/temp-database.ts';
import { as, HOUR_MS, makeAsking, standings } from './asking-desk.ts';

const BETA = { items: ['paper/beta'] };

test.each([
  ['approves all first', 0],
  ['holds one first', 1],
])('what one holds stays held when another %s at the same moment', async (_name, first) => {
  const desk = await makeAsking();
  const both = [
    () => approve(as(desk, 'ada'), '7'),
    () => holdItems(as(desk, 'bo'), '7', BETA),
  ] as const;

  await Promise.all([both[first]?.(), both[1 - first]?.()]);

  expect(await standings(desk)).toMatchObject({ 'paper/alpha': 'ready', 'paper/beta': 'held' });
});

test('who decides about something that is another by now changes nothing, and is told who and when', async () => {
  const desk = await makeAsking();
  await holdItems(as(desk, 'bo'), '7', BETA);

  const late = await approve(as(desk, 'ada'), '7', BETA, { revision: 1, verdict: 'none' });
  const knowing = await approve(as(desk, 'ada'), '7', BETA, { revision: 1, verdict: 'held' });

  expect(late.changed).toEqual([]);
  expect(late.before).toMatchObject([
    {
      item: { item: 'paper/beta' },
      verdict: { verdict: 'held', actor: 'bo', at: desk.clock.now() },
    },
  ]);
  expect(knowing.changed).toMatchObject([{ item: 'paper/beta' }]);
});

test('a hold that comes after an approval that was not seen changes nothing', async () => {
  const desk = await makeAsking();
  await approve(as(desk, 'ada'), '7', BETA);

  const late = await holdItems(as(desk, 'bo'), '7', BETA, { revision: 1, verdict: 'none' });
  const knowing = await holdItems(as(desk, 'bo'), '7', BETA, { revision: 1, verdict: 'approved' });

  expect(late).toMatchObject({ changed: [], before: [{ verdict: { actor: 'ada' } }] });
  expect(knowing.changed).toMatchObject([{ item: 'paper/beta' }]);
});

test('silence never lets go what somebody has just begun to hold', async () => {
  const desk = await makeAsking({ approval: { kind: 'after', hours: 12 } });
  await propose(desk, false);
  desk.clock.advance(13 * HOUR_MS);
  const proposed = await propose(desk, false);
  await holdItems(as(desk, 'bo'), '7', BETA);

  expect(await approveSilent(desk, proposed)).toEqual([7]);

  expect(await standings(desk)).toMatchObject({ 'paper/alpha': 'ready', 'paper/beta': 'held' });
});

test('of two edits at once one is kept, and the other is refused', async () => {
  const desk = await makeAsking();
  const edit = (name: string, item: string) =>
    editItem(
      as(desk, name),
      '7',
      { item, platform: 'bluesky', text: `Words of ${name}.` },
      { revision: 1 },
    ).then(
      ({ saved }) => saved,
      (error) => error.code,
    );

  const both = await Promise.all([edit('ada', 'paper/alpha'), edit('bo', 'paper/beta')]);

  expect(both.sort()).toEqual(['issue.changed', 'revised']);
  const stored = await desk.archive.read(7);
  expect(stored?.revision).toBe(2);
  expect(stored?.issue.papers.filter(({ ownText }) => ownText !== undefined)).toHaveLength(1);
});

test('who posts by name what another holds is told who held it; of a whole issue it stays', async () => {
  const desk = await makeAsking();
  await holdItems(as(desk, 'bo'), '7', BETA);

  const all = await postNamed(as(desk, 'ada'), '7', {});
  const unseen = await postNamed(
    as(desk, 'ada'),
    '7',
    { paper: 'beta' },
    { revision: 1, verdict: 'none' },
  );
  const named = await postNamed(as(desk, 'ada'), '7', { paper: 'beta' });

  expect(all.posted.map(({ delivery }) => delivery.item)).toEqual(['paper/alpha', 'paper/gamma']);
  expect(all.held).toMatchObject([{ item: 'paper/beta' }]);
  expect(unseen).toMatchObject({ posted: [], held: [{ item: 'paper/beta' }] });
  expect(named.posted).toHaveLength(1);
  expect(named.overruled).toMatchObject([{ item: 'paper/beta', verdict: { actor: 'bo' } }]);
});

test.each([
  ['has no order yet', []],
  ['has an order', ['beta']],
])('of two who reorder an issue that %s at once both have done it', async (_name, former) => {
  const desk = await makeAsking();
  if (former.length > 0) await putFirst(desk, '7', former);

  const both = await Promise.all([
    arrange(as(desk, 'ada'), '7', 'paper/gamma', 0),
    putFirst(as(desk, 'bo'), '7', ['beta', 'gamma']),
  ]);

  const { arrangement, decisions } = await desk.verdicts.read(7);
  const [alpha, beta, gamma] = ['paper/alpha', 'paper/beta', 'paper/gamma'];
  expect([
    [gamma, beta, alpha],
    [beta, gamma, alpha],
  ]).toContainEqual(arrangement);
  expect(both.map(({ isChanged }) => isChanged)).toEqual([true, true]);
  expect(
    decisions
      .slice(-2)
      .map(({ actor }) => actor)
      .sort(),
  ).toEqual(['ada', 'bo']);
});

test.each([
  ['has no order yet', []],
  ['has an order', ['beta']],
])(
  'who reorders an issue that %s goes by what another process has just written',
  async (_name, former) => {
    const temp = makeTempDatabase();
    const desk = await makeAsking({}, temp);
    const other = { ...desk, verdicts: makeVerdicts(temp.connect().database) };
    if (former.length > 0) await putFirst(desk, '7', former);
    let isFirst = true;
    const write: typeof desk.verdicts.arrange = async (...wanted) => {
      if (isFirst) {
        isFirst = false;
        await putFirst(as(other, 'bo'), '7', ['beta', 'gamma']);
      }
      return desk.verdicts.arrange(...wanted);
    };
    const slow = { ...desk, verdicts: { ...desk.verdicts, arrange: write } };

    const { isChanged } = await arrange(as(slow, 'ada'), '7', 'paper/gamma', 0);

    const { arrangement } = await desk.verdicts.read(7);
    expect(isChanged).toBe(true);
    expect(arrangement).toEqual(['paper/gamma', 'paper/beta', 'paper/alpha']);
  },
);

test('two processes write down what they did at the same moment, each under a number of its own', async () => {
  const temp = makeTempDatabase();
  const desk = await makeAsking({}, temp);
  const other = makeVerdicts(temp.connect().database);
  const now = desk.clock.now();

  for (let round = 0; round < 20; round += 1) {
    await Promise.all([
      desk.verdicts.record(7, 'post', { actor: 'ada', now }, 'paper/alpha'),
      other.record(7, 'post', { actor: 'bo', now }, 'paper/beta'),
      other.decide(7, [{ item: 'paper/alpha', wordsHash: `${round}` }], 'approved', {
        actor: 'cy',
        now,
      }),
    ]);
  }

  expect((await desk.verdicts.read(7)).decisions).toHaveLength(60);
});
