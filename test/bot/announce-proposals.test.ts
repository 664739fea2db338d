import type { APIMessage } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { tellsOf } from '../../src/bot/is-board-of.ts';
import { approve } from '../../src/desk/approval/approve.ts';
import { holdItems } from '../../src/desk/approval/hold-items.ts';
import { postNamed } from '../../src/desk/approval/post-named.ts';
import type { Fault } from '../fakes/discord/faults.ts';
import type { StoredMessage } from '../fakes/discord/message.ts';
import { makeIssue } from '../support/make-issue.ts';
import { type EditorRig, listControls, makeEditorRig, readAll } from './editor-rig.ts';
import { importIssue, PAPERS } from './editor-steps.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const CREATE = { method: 'POST', path: /\/messages$/ } as const;
const EDIT = { method: 'PATCH', path: /\/messages\// } as const;

async function makeAsked(): Promise<EditorRig> {
  const rig = await makeEditorRig();
  await importIssue(rig);
  await rig.tick();
  return rig;
}

const REVISION = { findings: [], isSample: false, isRevision: true, isApproved: false };
const countOf = ({ discord }: EditorRig, method: string): number =>
  discord.requests.filter((one) => one.method === method && one.path.includes('/messages')).length;

test('an issue is asked about once, and a message that is true is not edited', async () => {
  const rig = await makeAsked();
  for (let n = 0; n < 3; n += 1) await rig.tick();

  expect(rig.boards()).toHaveLength(1);
  expect(countOf(rig, 'PATCH')).toBe(0);
  const { proposal } = await rig.desk.verdicts.read(7);
  expect(proposal).toMatchObject({ revision: 1, message: { id: rig.board().id } });
  expect(proposal?.askedAt).toEqual(rig.desk.clock.now());
});

test.each<[string, Fault]>([
  ['refused before it took effect', { ...CREATE, kind: 'status-before', status: 503 }],
  ['lost after it took effect', { ...CREATE, kind: 'status-after', status: 502 }],
  ['cut before', { ...CREATE, kind: 'reset-before' }],
  ['cut after it took effect', { ...CREATE, kind: 'reset-after' }],
])('a message whose sending is %s stands there once', async (_, fault) => {
  const rig = await makeEditorRig();
  await importIssue(rig);
  rig.discord.inject(fault);

  await rig.tick();
  await rig.tick();

  expect(rig.boards()).toHaveLength(1);
  expect((await rig.desk.verdicts.read(7)).proposal?.message?.id).toBe(rig.board().id);
  expect(rig.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('an announcer that dies between its steps goes on without a second message', async () => {
  const rig = await makeEditorRig();
  await importIssue(rig);
  const { verdicts } = rig.desk;
  const save = verdicts.saveMessage;
  // It dies after it has sent the message, and before that is written down.
  const broken = {
    saveMessage: async (): Promise<void> => {
      throw new Error('the process is gone');
    },
  };
  Object.assign(verdicts, broken);
  await rig.tick();
  expect(rig.boards()).toHaveLength(1);
  Object.assign(verdicts, { saveMessage: save });
  // Long after the nonce is forgotten, with other messages above it.
  for (let n = 0; n < 120; n += 1) {
    rig.discord.postAs(rig.channelId, { authorId: '999456789012345678', body: { content: 'hm' } });
  }

  await rig.tick();
  await rig.tick();

  const own = rig.boards().filter(({ author }) => author.id === rig.discord.botUserId);
  expect(own).toHaveLength(1);
  expect((await verdicts.read(7)).proposal?.message?.id).toBe(own[0]?.id);
});

test('what the command line decides is seen in the message', async () => {
  const rig = await makeAsked();
  const cli = { ...rig.desk, actor: 'root' };

  await approve(cli, '7', { paper: 'alpha' });
  await holdItems(cli, '7', { paper: 'beta' });
  await postNamed(cli, '7', { paper: 'gamma', to: 'bluesky' });
  await rig.deliver();
  await rig.tick();

  const text = readAll(rig.board());
  expect(text).toMatch(/\*\*Alpha\*\*\n✅ approved by root/);
  expect(text).toMatch(/\*\*Beta\*\*\n⏸️ held by root/);
  expect(text).toMatch(/\*\*Gamma\*\*\n✅ approved by root.*\nbluesky: sent/);
  expect(rig.boards()).toHaveLength(1);
});

test('a revision with words that nobody has approved gets a message of its own, once', async () => {
  const rig = await makeAsked();
  await importIssue(rig, { text: 'It works differently.' });
  rig.discord.inject({ ...CREATE, kind: 'status-after', status: 502 });

  for (let n = 0; n < 3; n += 1) await rig.tick();

  const [old, now, ...others] = rig.boards();
  expect(others).toEqual([]);
  expect(readAll(old as StoredMessage)).toContain('there is revision 2');
  expect(listControls(old as StoredMessage)).toEqual([]);
  expect(listControls(now as StoredMessage).length).toBeGreaterThan(3);
  expect((await rig.desk.verdicts.read(7)).proposal).toMatchObject({ revision: 2 });
});

test('what approves itself says when, and does it that long after the last word of an editor', async () => {
  const rig = await makeEditorRig({ approval: { kind: 'after', hours: 12 } });
  await importIssue(rig);
  await rig.tick();
  const end = rig.desk.clock.now().getTime() / 1000 + 12 * 60 * 60;
  expect(readAll(rig.board())).toContain(`<t:${end}:f>`);

  rig.desk.clock.advance(DAY_MS / 2 + 1);
  await rig.tick();

  expect(readAll(rig.board())).toContain('approved by 12 hours of silence');
});

test('a closed channel is told once, with what to do, and asked in again', async () => {
  const rig = await makeEditorRig();
  await importIssue(rig);
  rig.discord.denyChannel(rig.channelId);

  for (let n = 0; n < 3; n += 1) await rig.tick();
  const errors = rig.log.lines.filter(({ level }) => level === 'error');
  rig.discord.allowChannel(rig.channelId);
  await rig.tick();

  expect(errors).toHaveLength(1);
  expect(errors[0]?.fields.reason).toContain('Send Messages');
  expect((await rig.desk.verdicts.read(7)).proposal?.askedAt).toBeDefined();
  expect(rig.boards()).toHaveLength(1);
});

test('a message is left alone after fourteen days, and one that was deleted at once', async () => {
  const rig = await makeAsked();
  rig.desk.clock.advance(15 * DAY_MS);
  await rig.announce();
  expect(listControls(rig.board())).toEqual([]);
  const edits = countOf(rig, 'PATCH');
  await approve(rig.desk, '7');
  await rig.announce();
  expect(countOf(rig, 'PATCH')).toBe(edits);

  const other = await makeAsked();
  other.discord.removeMessage(other.channelId, other.board().id);
  await approve(other.desk, '7');
  for (let n = 0; n < 3; n += 1) await other.tick();
  expect(other.boards()).toEqual([]);
  expect(countOf(other, 'PATCH')).toBe(1);
});

test('an edit that is lost is made again', async () => {
  const rig = await makeAsked();
  await approve(rig.desk, '7');
  rig.discord.inject({ ...EDIT, kind: 'status-before', status: 503 });

  await rig.tick();
  await rig.tick();

  expect(readAll(rig.board())).toContain('All is decided');
});

test('likes that grow by the hour edit the message that is there, whose buttons go on working', async () => {
  const rig = await makeAsked();

  for (let likes = 1; likes <= 3; likes += 1) {
    rig.desk.clock.advance(60 * 60 * 1000);
    const issue = makeIssue({ papers: PAPERS });
    const papers = issue.papers.map((paper) => ({ ...paper, likes }));
    await rig.desk.archive.save({ ...issue, papers }, { ...REVISION, at: rig.desk.clock.now() });
    await rig.tick();
  }

  const board = rig.board();
  expect(rig.boards()).toHaveLength(1);
  expect((await rig.desk.verdicts.read(7)).proposal).toMatchObject({ revision: 4 });
  expect(tellsOf(board as unknown as APIMessage, 7, 4)).toBe(true);
  expect(readAll(board)).not.toContain('there is revision');
});
