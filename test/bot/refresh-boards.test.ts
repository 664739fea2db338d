import { expect, test } from 'vitest';
import { makeBody } from '../../commands/parts/reply.ts';
import { editBoard } from '../../src/bot/edit-board.ts';
import { refreshBoards } from '../../src/bot/refresh-boards.ts';
import { arrange } from '../../src/desk/approval/arrange.ts';
import { makeDiscordRest } from '../../src/publishers/discord-rest.ts';
import { type EditorRig, makeEditorRig, readAll } from './editor-rig.ts';
import { importIssue } from './editor-steps.ts';

const EDIT = { method: 'PATCH', path: /\/messages\// } as const;
const NEVER = new AbortController().signal;

/** An issue that editors are asked about, and what a process does a second after a press. */
async function makeAsked(): Promise<{ rig: EditorRig; refresh: () => Promise<void> }> {
  const rig = await makeEditorRig();
  await importIssue(rig);
  await rig.tick();
  const rest = makeDiscordRest({ token: rig.discord.token, api: rig.discord.apiUrl });
  return { rig, refresh: () => refreshBoards({ rest, desk: rig.desk, log: rig.log }) };
}

const put = ({ desk }: EditorRig, item: string, place: number) =>
  arrange({ ...desk, actor: 'ada' }, '7', item, place);

const readOrder = (rig: EditorRig): string[] =>
  [...readAll(rig.board()).matchAll(/\d\\\. \*\*(\w+)/g)].map(([, title = '']) => title);

test('what is done and undone again is shown as it is, whichever process has shown it between', async () => {
  const { rig, refresh } = await makeAsked();
  await put(rig, 'paper/alpha', 0);
  await rig.tick();

  await put(rig, 'paper/delta', 0);
  await refresh();
  const between = readOrder(rig);
  await put(rig, 'paper/delta', 3);
  await refresh();

  expect(between).toEqual(['Delta', 'Alpha', 'Beta', 'Gamma']);
  expect(readOrder(rig)).toEqual(['Alpha', 'Beta', 'Gamma', 'Delta']);
});

test('a message that was shown is not edited again where nothing has changed since', async () => {
  const { rig, refresh } = await makeAsked();
  const countEdits = (): number =>
    rig.discord.requests.filter(({ method }) => method === 'PATCH').length;
  await put(rig, 'paper/delta', 0);

  await refresh();
  await refresh();
  await rig.tick();

  expect(countEdits()).toBe(1);
});

test('an edit whose answer is lost is not believed to be undone', async () => {
  const { rig, refresh } = await makeAsked();
  await put(rig, 'paper/alpha', 0);
  await rig.tick();
  rig.discord.inject({ ...EDIT, kind: 'reset-after' });
  await put(rig, 'paper/delta', 0);
  await refresh();
  const between = readOrder(rig);
  await put(rig, 'paper/delta', 3);

  await rig.tick();

  expect(between[0]).toBe('Delta');
  expect(readOrder(rig)).toEqual(['Alpha', 'Beta', 'Gamma', 'Delta']);
});

test.each([
  ['ends first', 0],
  ['ends last', 1],
])(
  'where two processes edit at once, and the later one %s, nobody knows what stands there',
  async (_name, first) => {
    const { rig } = await makeAsked();
    const { verdicts } = rig.desk;
    const { proposal } = await verdicts.read(7);
    if (proposal?.message === undefined) throw new Error('nobody was asked');
    const told = { ...proposal, message: proposal.message };
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const edit = (which: 0 | 1) => {
      const patch = async (): Promise<never> => gates[which].promise as Promise<never>;
      return editBoard({ rest: { patch }, verdicts }, told, makeBody([], []), `${which}`, NEVER);
    };
    const both = [edit(0), edit(1)];
    await new Promise((resolve) => setTimeout(resolve, 50));

    const order = first === 0 ? [1, 0] : [0, 1];
    for (const which of order) {
      gates[which]?.resolve();
      await both[which];
    }

    expect((await verdicts.read(7)).proposal?.shownHash).toBeUndefined();
  },
);

test('a message that another has taken the place of is not edited', async () => {
  const { rig } = await makeAsked();
  const { verdicts } = rig.desk;
  const { proposal } = await verdicts.read(7);
  if (proposal?.message === undefined) throw new Error('nobody was asked');
  const old = { ...proposal, message: { ...proposal.message, id: '1' } };
  const patch = () => Promise.reject(new Error('it is edited'));

  const edited = await editBoard({ rest: { patch }, verdicts }, old, makeBody([], []), 'x', NEVER);

  expect(edited).toBe('left');
  expect((await verdicts.read(7)).proposal?.shownHash).toBe(proposal.shownHash);
});

test('the plan is drawn once, however many messages are shown', async () => {
  const { rig, refresh } = await makeAsked();
  for (const number of [8, 9]) await importIssue(rig, { number });
  await rig.tick();
  let draws = 0;
  const { outbox } = rig.desk;
  const readLanes: typeof outbox.readLanes = (...asked) => {
    draws += 1;
    return outbox.readLanes(...asked);
  };
  Object.assign(rig.desk, { outbox: { ...outbox, readLanes } });
  for (const number of ['7', '8', '9']) {
    await arrange({ ...rig.desk, actor: 'ada' }, number, 'paper/delta', 0);
  }

  await refresh();

  expect(rig.boards().every((board) => /1\\\. \*\*Delta/.test(readAll(board)))).toBe(true);
  expect(draws).toBe(rig.desk.scheduled.length);
});
