import { expect, test } from 'vitest';
import { editorCommands } from '../../commands/editors/index.ts';
import type { Situation } from '../fakes/discord/interactions-situation.ts';
import {
  ADA,
  BO,
  type EditorRig,
  findControl,
  findValue,
  listControls,
  makeEditorRig,
} from './editor-rig.ts';
import { importIssue, look, needMessage, openForm, press, startAsked } from './editor-steps.ts';

const NOBODY: Situation = { userId: '823456789012345678', roles: ['923456789012345678'] };

/** All that is decided, queued and kept: nothing of it may change. */
async function readState({ desk }: EditorRig): Promise<unknown> {
  const { proposal: _proposal, ...review } = await desk.verdicts.read(7);
  const { revision } = (await desk.archive.read(7)) ?? {};
  return {
    review: [...review.verdicts, review.decisions, review.arrangement],
    revision,
    all: await desk.outbox.list(),
  };
}

const OPTIONS: Readonly<Record<string, Record<string, string | number | boolean>>> = {
  post: { issue: 7, item: 'alpha' },
  preview: { issue: 7, item: 'alpha' },
  queue: {},
  approve: { issue: 7 },
  hold: { issue: 7 },
  retract: { issue: 7 },
  correct: { issue: 7, item: 'alpha' },
  status: {},
};

test('whoever is no editor is refused at every command, button, menu, form and suggestion', async () => {
  const rig = await startAsked();
  const { discord, log } = rig;
  const { dispatch } = discord;
  const draft = await look(rig, 'Alpha');
  const form = await openForm(rig, draft);
  const before = await readState(rig);

  const replies = [];
  for (const { definition } of editorCommands) {
    replies.push(await dispatch.slash(definition.name, OPTIONS[definition.name], NOBODY).reply());
  }
  const buttons = [...listControls(rig.board()), ...listControls(draft)].filter(
    ({ type, disabled }) => type === 2 && disabled !== true,
  );
  for (const { custom_id } of buttons) {
    const message = listControls(draft).some((one) => one.custom_id === custom_id)
      ? draft
      : rig.board();
    replies.push(await dispatch.pressStale(message, String(custom_id), NOBODY).reply());
  }
  const menu = findControl(rig.board(), 'preview:1:m');
  const value = findValue(rig.board(), 'Alpha');
  replies.push(await dispatch.select(rig.board(), menu, [value], NOBODY).reply());
  replies.push(
    await dispatch.submit(form.handle, form.reply, { words: 'mine now' }, NOBODY).reply(),
  );
  const typed = await dispatch
    .autocomplete('approve', { option: 'issue', typed: '7' }, NOBODY)
    .reply();
  const ours = await dispatch.autocomplete('approve', { option: 'issue', typed: '7' }, ADA).reply();

  expect(replies.length).toBeGreaterThan(15);
  for (const reply of replies) {
    expect(reply).toMatchObject({ type: 4, isEphemeral: true });
    expect(needMessage(reply).content).toContain('for the editors of the newsletter');
  }
  expect(typed.choices).toEqual([]);
  expect(ours.choices).toHaveLength(1);
  expect(await readState(rig)).toEqual(before);
  const refused = log.lines.filter(({ event }) => event === 'editor.refused');
  expect(refused).toHaveLength(replies.length + 1);
  expect(new Set(refused.map(({ fields }) => fields.user))).toEqual(new Set([NOBODY.userId]));
  expect(new Set(refused.map(({ fields }) => fields.command))).toContain('preview.modal');
});

test.each<[string, Situation]>([
  ['another server', { ...BO, place: 'foreign-guild' }],
  ['direct messages', { ...BO, place: 'dm' }],
  ['another server, with the role', { ...ADA, place: 'foreign-guild' }],
])('an editor in %s is no editor there', async (_, situation) => {
  const rig = await startAsked();
  const { dispatch } = rig.discord;
  const before = await readState(rig);
  const id = findControl(rig.board(), 'approve:1:a');
  const direct = situation.place === 'dm' ? { channelId: undefined } : {};

  const stray = { ...rig.board(), channel_id: '423456789012345678' };
  const reply = await dispatch
    .pressStale(stray, id, { ...situation, ...direct } as Situation)
    .reply();

  expect(needMessage(reply).content).toContain('for the editors of the newsletter');
  expect(await readState(rig)).toEqual(before);
});

test('a role that is given lets in at once, and one that is taken away keeps out', async () => {
  const rig = await startAsked();
  const some = { ...NOBODY, username: 'cy' };

  const first = await press(rig, rig.board(), 'hold:1:a', some);
  const second = await press(rig, rig.board(), 'hold:1:a', { ...some, roles: ADA.roles ?? [] });
  const third = await press(rig, rig.board(), 'hold:1:l', some);

  expect([first.type, second.type, third.type]).toEqual([4, 7, 4]);
  const { decisions } = await rig.desk.verdicts.read(7);
  expect(new Set(decisions.map(({ actor }) => actor))).toEqual(
    new Set([`@cy (Discord ${NOBODY.userId})`]),
  );
});

test('a bot without editors refuses whoever presses an old message', async () => {
  const rig = await makeEditorRig();
  await rig.start(null);
  await importIssue(rig);
  await rig.tick();
  const before = await readState(rig);

  const reply = await press(rig, rig.board(), 'approve:1:a');

  expect(needMessage(reply).content).toContain('No editors are set up');
  expect(await readState(rig)).toEqual(before);
});

test('the commands of editors stand in their server alone, and go where they are not wanted', async () => {
  const rig = await startAsked();
  const { discord } = rig;
  const names = (scope: 'global' | 'guild'): unknown[] =>
    discord.commands(scope).map(({ name }) => name);
  const ours = editorCommands.map(({ definition }) => definition.name);
  const puts = (): number => discord.requests.filter(({ method }) => method === 'PUT').length;

  expect(new Set(names('guild'))).toEqual(new Set(ours));
  expect(names('global').some((name) => ours.includes(String(name)))).toBe(false);
  const before = puts();
  const again = await rig.start();
  await again.stop();
  expect(puts()).toBe(before);

  // Another server: the bot is not in it, which is told; here they are gone.
  const elsewhere = { ...rig.desk.editors, guildId: '333456789012345678' };
  const moved = await rig.start(elsewhere);
  await moved.stop();
  expect(names('guild')).toEqual([]);
  const told = rig.log.lines.find(({ event }) => event === 'editors.unregistered');
  expect(told?.fields.reason).toContain('editors.guild');

  const back = await rig.start();
  await back.stop();
  expect(new Set(names('guild'))).toEqual(new Set(ours));
  const none = await rig.start(null);
  await none.stop();
  expect(names('guild')).toEqual([]);
  expect(names('global').length).toBeGreaterThan(10);
});
