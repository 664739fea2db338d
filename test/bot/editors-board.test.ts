import { expect, test } from 'vitest';
import { announceProposals } from '../../src/bot/announce-proposals.ts';
import { approve } from '../../src/desk/approval/approve.ts';
import { holdItems } from '../../src/desk/approval/hold-items.ts';
import { postNamed } from '../../src/desk/approval/post-named.ts';
import { propose } from '../../src/desk/approval/propose.ts';
import { makeDiscordRest } from '../../src/publishers/discord-rest.ts';
import { makeIssue } from '../support/make-issue.ts';
import { ADA, BO, findControl, listControls, makeEditorRig, readAll } from './editor-rig.ts';
import { importIssue, look, needMessage, press, startAsked } from './editor-steps.ts';

const HANG = { kind: 'hang-before', times: 1_000, path: /channels|users/ } as const;

test('a message that is gone is had again by /approve, with all its buttons, and nothing is decided', async () => {
  const rig = await startAsked();
  const before = listControls(rig.board()).map(({ custom_id }) => custom_id);
  await holdItems({ ...rig.desk, actor: 'bo' }, '7', { paper: 'beta' });
  rig.discord.removeMessage(rig.channelId, rig.board().id);

  const reply = await rig.discord.dispatch.slash('approve', { issue: 7 }, ADA).reply();
  const board = needMessage(reply);

  expect(reply.isEphemeral).toBe(true);
  expect(readAll(board)).toContain('1 item stays held. To let go on: /hold issue:7 release:True');
  expect(listControls(board).length).toBe(before.length + 1);
  expect((await rig.desk.verdicts.read(7)).decisions).toHaveLength(1);
  await press(rig, board, 'approve:1:a');
  expect((await rig.desk.verdicts.read(7)).decisions).toHaveLength(5);
});

test('every item of a long issue is shown with its time, a page after the other', async () => {
  const rig = await startAsked();
  const papers = Array.from({ length: 30 }, (_, n) => `Paper number ${n + 1} of many more`);
  await importIssue(rig, { number: 8, papers });
  await rig.tick();

  const texts: string[] = [];
  let page = needMessage(await press(rig, rig.board(), 'preview:1:b'));
  texts.push(readAll(page));
  for (let n = 0; n < 3; n += 1) {
    page = needMessage(await press(rig, page, 'preview:1:>b'));
    texts.push(readAll(page));
  }

  expect(readAll(rig.board())).toMatch(/… and \d+ more/);
  const all = texts.join('\n');
  for (const name of papers) expect(all).toContain(`**${name}**`);
  expect(all.match(/bluesky: <t:\d+:f>/g)?.length).toBeGreaterThan(20);
  expect(() => findControl(page, 'preview:1:>b')).toThrow('is not among');
});

test('a draft says when it goes, whether that is sure, that it is there, or that no slot is for it', async () => {
  const rig = await startAsked();
  const waiting = readAll(await look(rig, 'Alpha'));
  const digest = readAll(await look(rig, 'Digest'));
  await postNamed(rig.desk, '7', { paper: 'gamma', to: 'bluesky' });
  await rig.deliver();
  const sent = readAll(await look(rig, 'Gamma'));
  await rig.tick();

  expect(waiting).toMatch(/bluesky: <t:\d+:f> \(if approved\)/);
  expect(digest).toContain('bluesky: has no slot');
  expect(sent).toContain('bluesky: sent');
  expect(readAll(rig.board())).toMatch(/\*\*Digest\*\*\n.*\nhas no slot/);
});

test('what was in line before editors were asked says that it goes out all the same', async () => {
  const rig = await makeEditorRig();
  await rig.start();
  await importIssue(rig);
  const at = new Date('2026-11-25T10:30:00Z');
  await postNamed({ ...rig.desk, approval: { kind: 'never' } }, '7', {
    paper: 'beta',
    to: 'bluesky',
    at,
  });
  await rig.tick();

  const told = `queued before, goes out at <t:${at.getTime() / 1000}:f>`;
  expect(readAll(rig.board())).toMatch(/\*\*Beta\*\*\n🟡 waits/);
  expect(readAll(rig.board())).toContain(`bluesky: ${told}`);
  expect(readAll(await look(rig, 'Beta'))).toContain(told);
});

test('who holds a paper is told that the digest names it still', async () => {
  const rig = await startAsked();
  const held = needMessage(await press(rig, await look(rig, 'Beta'), 'hold:1:h'));

  expect(readAll(held)).toContain('The digest still names **Beta**');
  const status = await rig.discord.dispatch.slash('status', {}, BO).reply();
  expect(readAll(needMessage(status))).toMatch(/\*\*Held\*\*\n• #7 \*\*Beta\*\* ⏸️ held by @ada/);
});

test('a time is told with the zone in which it was asked for', async () => {
  const rig = await startAsked();
  const options = { issue: 7, item: 'beta', at: '2026-11-25 11:30' };
  const reply = await rig.discord.dispatch.slash('post', options, ADA).reply();

  expect(readAll(needMessage(reply))).toContain('(2026-11-25 11:30 Europe/Berlin)');
});

test('the last decision is told in the language of the message', async () => {
  const rig = await startAsked();
  const format = { ...rig.desk.format('discord'), languages: ['de'] };
  await approve({ ...rig.desk, actor: '12 hours of silence' }, '7', { paper: 'alpha' });
  Object.assign(rig.desk, { format: () => format });
  await rig.tick();

  expect(readAll(rig.board())).toContain('Zuletzt: freigegeben von 12 Stunden Stille');
  expect(readAll(rig.board())).toContain('freigegeben von 12 Stunden Stille, <t:');
});

test('a Discord that hangs is waited for once in a round, and no longer than a round may take', async () => {
  const { desk, discord, log } = await makeEditorRig();
  for (const number of [5, 6, 7]) {
    const options = { findings: [], isSample: false, isRevision: true, isApproved: false };
    await desk.archive.save(makeIssue({ number }), { ...options, at: desk.clock.now() });
  }
  discord.inject(HANG);
  const rest = makeDiscordRest({ token: discord.token, api: discord.apiUrl });

  const problem = await announceProposals(
    { rest, desk, log, deadlineMs: 500 },
    await propose(desk, true),
  );

  const unsent = log.lines.filter(({ event }) => event === 'proposal.unsent');
  expect(problem).toBeUndefined();
  expect(unsent.map(({ fields }) => fields)).toEqual([
    { issue: 7, reason: expect.stringMatching(/abort|time/) },
  ]);
  expect(discord.requests).toHaveLength(1);
});

test('another setting edits the message that is there, and asks from then on', async () => {
  const rig = await startAsked();
  const first = (await rig.desk.verdicts.read(7)).proposal?.askedAt;
  rig.desk.clock.advance(5 * 24 * 60 * 60 * 1000);
  Object.assign(rig.desk, { approval: { kind: 'after', hours: 12 } });
  rig.discord.inject({ method: 'PATCH', path: /messages/, kind: 'status-before', status: 503 });

  await rig.tick();
  const unasked = (await rig.desk.verdicts.read(7)).proposal;
  await rig.tick();
  const asked = (await rig.desk.verdicts.read(7)).proposal;

  expect(first).toBeDefined();
  expect(unasked?.askedAt).toBeUndefined();
  expect(asked?.askedAt).toEqual(rig.desk.clock.now());
  expect(rig.boards()).toHaveLength(1);
  const end = rig.desk.clock.now().getTime() / 1000 + 12 * 60 * 60;
  expect(readAll(rig.board())).toContain(`<t:${end}:f>`);
  expect((await rig.desk.verdicts.read(7)).verdicts.size).toBe(0);
});
