import { expect, test } from 'vitest';
import { ADA, BO, findControl, findValue, readAll } from './editor-rig.ts';
import { look, needMessage, openForm, PAPERS, press, startAsked } from './editor-steps.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Nine in the morning in Berlin. */
const FIRST_SLOT = '2026-11-24T08:00:00.000Z';

test('an issue goes from its arrival to its posts: looked at, edited, held, moved, posted, approved', async () => {
  const rig = await startAsked();
  const { discord, desk } = rig;

  // One message, with everything in it.
  expect(rig.boards()).toHaveLength(1);
  const asked = readAll(rig.board());
  for (const name of PAPERS) expect(asked).toContain(`**${name}**`);
  expect(asked).toContain(`bluesky: <t:${Date.parse(FIRST_SLOT) / 1000}:f> (if approved)`);
  expect(asked.match(/waits for approval/g)?.length).toBe(5);

  // Each draft is a tap away, on each platform another one.
  for (const name of [...PAPERS, 'Digest']) {
    const draft = await look(rig, name);
    expect(readAll(draft)).toContain('/300');
    const other = needMessage(await press(rig, draft, 'preview:1:d'));
    expect(readAll(other)).toContain('discord · discord');
  }

  // Too long: refused with why, the words kept letter for letter, and opened again with them.
  const alpha = await look(rig, 'Alpha');
  const first = await openForm(rig, alpha);
  expect(first.value).toContain('It works, and it is simple.');
  const tooLong = `# ${'Long words with ```fences``` and @everyone. '.repeat(20)}`;
  const refused = needMessage(
    await discord.dispatch.submit(first.handle, first.reply, { words: tooLong }, ADA).reply(),
  );
  expect(readAll(refused)).toContain('at most 300');
  expect(desk.platform.placed).toEqual([]);
  const again = await openForm(rig, refused, 'preview:1:w');
  expect(again.value).toBe(tooLong);

  // Shorter: kept as another revision, and shown.
  const words = 'Alpha works.\n\n---\n\nAnd *simply* so.';
  const edited = needMessage(
    await discord.dispatch.submit(again.handle, again.reply, { words }, ADA).reply(),
  );
  expect(readAll(edited)).toContain('Kept as revision 2');
  expect(readAll(edited)).toContain('**1/2 · 12/300**');

  // Approve this, hold the next.
  const approved = needMessage(await press(rig, edited, 'approve:1:i'));
  expect(readAll(approved)).toContain('approved by @ada');
  const beta = needMessage(await press(rig, approved, 'preview:1:>'));
  expect(readAll(beta)).toContain('Beta');
  const held = needMessage(await press(rig, beta, 'hold:1:h', BO));
  expect(readAll(held)).toContain('held by @bo');
  await rig.tick();
  // An editor’s own words are no reason to ask again.
  expect(rig.boards()).toHaveLength(1);
  expect(readAll(rig.board())).toContain('held by @bo');

  // Delta first; a second press changes nothing more.
  const order = needMessage(await press(rig, rig.board(), 'queue:1:o'));
  const menu = findControl(order, 'queue:1:c');
  const chosen = needMessage(
    await discord.dispatch.select(order, menu, [findValue(order, 'Delta')], ADA).reply(),
  );
  const toFront = findControl(chosen, 'queue:1:f');
  const moved = needMessage(await discord.dispatch.press(chosen, toFront, ADA).reply());
  await discord.dispatch.pressStale(moved, toFront, ADA).reply();
  expect(readAll(moved).indexOf('Delta')).toBeLessThan(readAll(moved).indexOf('Alpha'));

  // Post now asks once more.
  const gamma = await look(rig, 'Gamma');
  const asking = needMessage(await press(rig, gamma, 'post:1:?'));
  expect(readAll(asking)).toContain('Post it now?');
  const posted = needMessage(await press(rig, asking, 'post:1:!'));
  expect(readAll(posted)).toContain('goes out now');
  await rig.deliver();
  expect((await desk.outbox.list({ states: ['sent'] })).map(({ item }) => item)).toEqual([
    'paper/gamma',
  ]);

  // Approve all: what is held stays so.
  const all = await press(rig, rig.board(), 'approve:1:a', BO);
  expect(all).toMatchObject({ type: 7 });
  await rig.tick();
  expect(readAll(rig.board())).toContain('All is decided');
  expect(readAll(rig.board())).toContain('bluesky: sent');

  // The clock posts what was approved at its slots, in the editors’ order, and never what is held.
  for (let day = 0; day < 6; day += 1) {
    desk.clock.set(new Date(Date.parse(FIRST_SLOT) + day * DAY_MS));
    await rig.tick();
    await rig.deliver();
  }
  const bluesky = await desk.outbox.list({ destination: 'bluesky/news.test', states: ['sent'] });
  const inOrder = [...bluesky].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  expect(inOrder.map(({ item }) => item)).toEqual(['paper/gamma', 'paper/delta', 'paper/alpha']);
  expect(inOrder[1]?.dueAt.toISOString()).toBe(FIRST_SLOT);
  expect(inOrder[2]?.draft.posts).toHaveLength(2);
  await rig.tick();
  expect(rig.boards()).toHaveLength(1);
  expect(rig.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
