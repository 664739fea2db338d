import { expect, test } from 'vitest';
import { makeShelf } from '../../src/bot/make-shelf.ts';
import { makeBotDesk } from '../commands/bot-desk.ts';
import { makeFakeClock } from '../support/fake-clock.ts';
import { makeIssue } from '../support/make-issue.ts';

test('an issue is the same object until it is revised, and a revision shows within five seconds', async () => {
  const desk = makeBotDesk();
  const clock = makeFakeClock();
  const shelf = makeShelf(desk.archive, clock);
  await desk.keep([makeIssue({ title: 'Before' })]);
  const first = await shelf.read(7);
  clock.advance(6_000);
  const again = await shelf.read(7);
  await desk.keep([makeIssue({ title: 'After' })], { revision: 2 });
  clock.advance(6_000);
  const revised = await shelf.read(7);

  expect(first?.issue.title).toBe('Before');
  expect(again).toBe(first);
  expect(revised?.issue.title).toBe('After');
  expect((await shelf.readLatestApproved())?.issue).toBe(revised?.issue);
});

test('no more issues than so many are kept', async () => {
  const desk = makeBotDesk();
  const shelf = makeShelf(desk.archive, makeFakeClock());
  const numbers = Array.from({ length: 80 }, (_, n) => n + 1);
  await desk.keep(numbers.map((number) => makeIssue({ number })));
  const first = await shelf.read(1);
  for (const number of numbers) await shelf.read(number);

  expect(await shelf.read(1)).not.toBe(first);
  expect((await shelf.read(1))?.issue).toEqual(first?.issue);
});
