import { expect, test } from 'vitest';
import type { Reply } from '../fakes/discord/interactions-handle.ts';
import { ADA, BO, findControl, findValue, readAll } from './editor-rig.ts';
import { importIssue, needMessage, press, startAsked } from './editor-steps.ts';

test('each command does what the command line does, for the editor alone', async () => {
  const rig = await startAsked();
  const { discord, desk } = rig;
  const ask = async (
    name: string,
    options: Record<string, string | number | boolean> = {},
    by = ADA,
  ): Promise<Reply> => {
    const reply = await discord.dispatch.slash(name, options, by).reply();
    expect(reply.isEphemeral, name).toBe(true);
    return reply;
  };
  const read = (reply: Reply): string => readAll(needMessage(reply));

  const items = await discord.dispatch
    .autocomplete('preview', { option: 'item', typed: 'et', options: { issue: 7 } }, ADA)
    .reply();
  const [beta] = items.choices;
  const places = await discord.dispatch
    .autocomplete('post', { option: 'to', typed: '', options: { issue: 7, item: 'x' } }, ADA)
    .reply();
  expect(items.choices.map(({ name }) => name)).toEqual(['Beta · #7']);
  expect(places.choices.map(({ value }) => value)).toEqual(['bluesky', 'discord', 'folder']);

  const shown = await ask('preview', { issue: 7, item: String(beta?.value), to: 'discord' });
  expect(read(shown)).toContain('discord · discord');
  expect(read(shown)).toContain('waits for approval');

  const queued = await ask('queue');
  expect(read(queued)).toContain('bluesky · #7 Alpha (if approved)');

  const approved = await ask('approve', { issue: 7, item: 'alpha' });
  expect(read(approved)).toContain('Approved: 1 item.');
  const again = await ask('approve', { issue: 7, item: 'alpha' }, BO);
  expect(read(again)).toMatch(/@ada \(Discord \d+\) was first: approved <t:/);
  const held = await ask('hold', { issue: 7, item: 'digest' }, BO);
  expect(read(held)).toContain('held by @bo');
  const released = await ask('hold', { issue: 7, item: 'digest', release: true });
  expect(read(released)).toContain('Released: 1 item.');

  const later = await ask('post', {
    issue: 7,
    item: 'beta',
    to: 'bluesky',
    at: '2026-11-25 11:30',
  });
  expect(read(later)).toContain(`<t:${Date.parse('2026-11-25T10:30:00Z') / 1000}:f>`);
  const past = await ask('post', { issue: 7, item: 'beta', at: '2025-01-01 09:00' });
  expect(read(past)).toContain('as that is over');
  const unknown = await ask('post', { issue: 7, item: 'beta', to: 'myspace' });
  expect(read(unknown)).toContain('no such destination');
  const now = await ask('post', { issue: 7, item: 'gamma' });
  expect(read(now).match(/goes out now/g)).toHaveLength(2);
  await rig.deliver();
  const sent = await desk.outbox.list({ states: ['sent'] });
  expect(sent.map(({ item }) => item)).toEqual(['paper/gamma', 'paper/gamma']);

  const status = await ask('status');
  expect(read(status)).toContain('**Waits for approval**');
  expect(read(status)).not.toContain('Nothing needs a person');
  expect(read(status)).toContain('**Sent lately**');

  await importIssue(rig, { text: 'It works differently.' });
  const corrected = await ask('correct', { issue: 7, item: 'gamma', to: 'discord' });
  // It shows the words, asks once more, and corrects with what was shown.
  expect(read(corrected)).toContain('It works differently.');
  expect((await desk.outbox.list({ states: ['planned'] })).length).toBe(1);
  const done = await press(rig, needMessage(corrected), 'correct:1:!');
  expect(read(done)).toContain('is to be corrected in place');
  const unchosen = await ask('correct', { issue: 7, item: 'gamma', to: 'bluesky' });
  expect(read(unchosen)).toContain('several ways');
  await rig.deliver();

  // Taking back asks first, and a second press finds nothing left.
  const asking = await ask('retract', { issue: 7, item: 'gamma', to: 'bluesky' });
  expect(read(asking)).toContain('Take back 1 delivery?');
  const standing = desk.platform.placed.length;
  const taken = await press(rig, needMessage(asking), 'retract:1:!', BO);
  expect(read(taken)).toContain('is to be taken back');
  await rig.deliver();
  expect(desk.platform.placed.length).toBeLessThan(standing);
  const nothing = await ask('retract', { issue: 7, item: 'gamma', to: 'bluesky' });
  expect(read(nothing)).toContain('Nothing of it was posted');
  const onBluesky = sent.find(({ destination }) => destination.startsWith('bluesky/'));
  const history = await desk.outbox.readHistory(onBluesky?.id ?? '');
  expect(history.actions.map(({ actor }) => actor).join()).toContain('@bo (Discord');
  expect(rig.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('an order of more papers than a menu holds is changed to any place', async () => {
  const rig = await startAsked();
  const { discord, desk } = rig;
  const papers = Array.from({ length: 60 }, (_, n) => `Paper number ${n + 1}`);
  await importIssue(rig, { number: 8, papers });
  await rig.tick();

  const order = needMessage(await press(rig, rig.board(), 'queue:1:o'));
  const menu = findControl(order, 'queue:1:c8.1.2');
  const value = findValue(order, 'Paper number 60');
  const chosen = await discord.dispatch.select(order, menu, [value], ADA).reply();
  const moved = await press(rig, needMessage(chosen), 'queue:1:f');

  expect(readAll(needMessage(chosen))).toContain('➡️ 60\\. **Paper number 60**');
  expect(readAll(needMessage(moved))).toContain('➡️ 1\\. **Paper number 60**');
  expect((await desk.verdicts.read(8)).arrangement[0]).toBe('paper/paper-number-60');
});
