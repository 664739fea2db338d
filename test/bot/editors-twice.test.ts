import { expect, test, vi } from 'vitest';
import type { FakeDiscord } from '../fakes/discord/server.ts';
import {
  ADA,
  BO,
  type EditorRig,
  findControl,
  findValue,
  makeEditorRig,
  readAll,
} from './editor-rig.ts';
import {
  importIssue,
  look,
  needMessage,
  openForm,
  PAPERS,
  press,
  startAsked,
} from './editor-steps.ts';

/** What was decided, without when. */
async function listDecisions({ desk }: EditorRig): Promise<string[]> {
  const { decisions } = await desk.verdicts.read(7);
  return decisions.map(({ verb, item, actor }) => `${verb} ${item} ${actor.split(' ')[0]}`);
}

const countOf = ({ requests }: FakeDiscord, method: string, path: RegExp): number =>
  requests.filter((one) => one.method === method && path.test(one.path)).length;

test('of two editors who approve at once the first has decided, and the other is told who and when', async () => {
  const rig = await startAsked();
  const { dispatch } = rig.discord;
  const id = findControl(rig.board(), 'approve:1:a');

  const replies = await Promise.all(
    [ADA, BO].map((by) => dispatch.pressStale(rig.board(), id, by).reply()),
  );
  const late = await dispatch.pressStale(rig.board(), id, BO).reply();

  const decisions = await listDecisions(rig);
  const actors = new Set(decisions.map((one) => one.split(' ').at(-1)));
  expect(decisions).toHaveLength(PAPERS.length + 1);
  expect(actors.size).toBe(1);
  const [first = ''] = actors;
  const [, second] = first === '@ada' ? replies : [...replies].reverse();
  expect(replies.map(({ type }) => type).sort()).toEqual([4, 7]);
  expect(second && readAll(needMessage(second))).toMatch(
    new RegExp(`${first} \\(Discord \\d+\\) was first: approved <t:\\d+:f>`),
  );
  expect(late.isEphemeral || late.type === 7).toBe(true);
  expect(readAll(rig.board())).toContain(`approved by ${first}`);
});

test('two processes of the bot that both answer do everything once', async () => {
  const rig = await startAsked();
  await rig.start();
  const { discord, desk } = rig;

  const draft = await look(rig, 'Alpha');
  const form = await openForm(rig, draft);
  const edited = await discord.dispatch
    .submit(form.handle, form.reply, { words: 'Alpha, in our words.' }, ADA)
    .reply();
  const approved = await press(rig, needMessage(edited), 'approve:1:i');
  const asking = await press(rig, needMessage(approved), 'post:1:?');
  const posted = await press(rig, needMessage(asking), 'post:1:*');
  await rig.deliver();
  await rig.tick();
  const order = await press(rig, rig.board(), 'queue:1:o');
  const menu = findControl(needMessage(order), 'queue:1:c');
  const value = findValue(needMessage(order), 'Delta');
  const chosen = await discord.dispatch.select(needMessage(order), menu, [value], ADA).reply();
  await press(rig, needMessage(chosen), 'queue:1:l');
  const all = await press(rig, rig.board(), 'approve:1:a');
  await rig.deliver();

  expect(readAll(needMessage(edited))).toContain('Kept as revision 2');
  expect(readAll(needMessage(approved))).toContain('Approved: 1 item.');
  expect(readAll(needMessage(posted))).toMatch(/goes out now|on its way already/);
  expect(all.type).toBe(7);
  expect((await desk.archive.read(7))?.revision).toBe(2);
  expect(await desk.outbox.list()).toHaveLength(2);
  expect(new Set(desk.platform.placed.map(({ delivery }) => delivery)).size).toBe(2);
  const decisions = await listDecisions(rig);
  const own = decisions.filter((one) => one.endsWith('paper/alpha @ada'));
  expect(own.filter((one) => one.startsWith('edit'))).toHaveLength(1);
  expect(own.filter((one) => one.startsWith('approve'))).toHaveLength(1);
  expect(decisions.filter((one) => one.startsWith('arrange'))).toHaveLength(1);
  expect(rig.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  // Each of both got every interaction.
  expect(countOf(discord, 'POST', /callback$/)).toBeGreaterThan(12);
});

test('what is decided over a draft is seen in the channel at once, and nothing is sent anew', async () => {
  const rig = await startAsked();
  const draft = await look(rig, 'Alpha');

  await press(rig, draft, 'approve:1:i');
  await vi.waitFor(() => expect(readAll(rig.board())).toContain('approved by @ada'), {
    timeout: 10_000,
  });
  await rig.tick();

  expect(rig.boards()).toHaveLength(1);
  expect((await rig.desk.verdicts.read(7)).proposal?.message?.id).toBe(rig.board().id);
});

test('an answer that comes too late is lost, and what was decided is not', async () => {
  const rig = await startAsked({ callbackDeadlineMs: 3_000 });
  const { discord, log } = rig;
  const lateOnes = (): unknown[] =>
    log.lines
      .filter(({ event }) => event === 'interaction.late')
      .map(({ fields }) => fields.command);
  discord.inject({ method: 'POST', path: /callback$/, kind: 'delay', delayMs: 3_300 });
  discord.inject({ method: 'POST', path: /callback$/, kind: 'delay', delayMs: 1_000 });

  const handle = discord.dispatch.press(rig.board(), findControl(rig.board(), 'hold:1:a'), ADA);
  const failure = await handle.reply().catch((error: unknown) => error);
  await vi.waitFor(() => expect(lateOnes()).toEqual(['hold.press']), { timeout: 10_000 });
  await rig.tick();

  expect(failure).toBeInstanceOf(Error);
  expect(await listDecisions(rig)).toHaveLength(PAPERS.length + 1);
  expect(readAll(rig.board())).toContain('held by @ada');
});

test('buttons work after a restart, on messages of the process before', async () => {
  const rig = await makeEditorRig();
  const first = await rig.start();
  await importIssue(rig);
  await rig.tick();
  const draft = await look(rig, 'Beta');
  const form = await openForm(rig, draft);
  const misfit = await rig.discord.dispatch
    .submit(form.handle, form.reply, { words: 'x'.repeat(4_000) }, ADA)
    .reply();
  await first.stop();
  await rig.start();

  const again = await openForm(rig, needMessage(misfit), 'preview:1:w');
  const approved = await press(rig, await look(rig, 'Beta'), 'approve:1:i');
  const board = await press(rig, rig.board(), 'hold:1:a');

  expect(again.value).toBe('x'.repeat(4_000));
  expect(readAll(needMessage(approved))).toContain('approved by @ada');
  expect(board.type).toBe(7);
});

test('a revision that comes while a form is open keeps nothing, and loses no word', async () => {
  const rig = await startAsked();
  const { discord, desk } = rig;
  const draft = await look(rig, 'Alpha');
  const other = await look(rig, 'Alpha');
  const form = await openForm(rig, draft);
  await importIssue(rig, { text: 'It works differently.' });

  const sent = await discord.dispatch
    .submit(form.handle, form.reply, { words: 'My own words.' }, ADA)
    .reply();
  const stale = await press(rig, other, 'approve:1:i');
  const board = await press(rig, rig.board(), 'approve:1:a');
  const again = await openForm(rig, needMessage(sent), 'preview:1:w');
  const kept = await discord.dispatch
    .submit(again.handle, again.reply, { words: again.value }, ADA)
    .reply();

  expect(readAll(needMessage(sent))).toContain('changed while you were writing');
  expect(readAll(needMessage(stale))).toContain('#7 has been changed since: this is revision 2');
  expect(readAll(needMessage(stale))).toContain('It works differently.');
  expect(board.isEphemeral).toBe(true);
  expect(readAll(needMessage(board))).toContain('Nothing was decided');
  expect(await listDecisions(rig)).toEqual(['edit paper/alpha @ada']);
  expect(again.value).toBe('My own words.');
  expect(readAll(needMessage(kept))).toContain('Kept as revision 3');
  expect((await desk.archive.read(7))?.issue.papers[0]?.ownText?.bluesky).toBe('My own words.');
});
