import { expect, test } from 'vitest';
import { hashItem } from '../../commands/editors/parts/view-state.ts';
import { postNamed } from '../../src/desk/approval/post-named.ts';
import type { Reply } from '../fakes/discord/interactions-handle.ts';
import { ADA, BO, type EditorRig, findControl, readAll } from './editor-rig.ts';
import { importIssue, look, needMessage, press, startAsked } from './editor-steps.ts';

const GONE = 'ffffff';

const read = (reply: Reply): string => readAll(needMessage(reply));

async function tellVerdict({ desk }: EditorRig, item: string): Promise<string | undefined> {
  const known = (await desk.verdicts.read(7)).verdicts.get(item);
  return known && `${known.verdict} by ${known.actor.split(' ')[0]}`;
}

test('an editor who approves a draft that another one has held since is told so, and sees it anew', async () => {
  const rig = await startAsked();
  const seen = await look(rig, 'Alpha');
  await press(rig, await look(rig, 'Alpha', BO), 'hold:1:h', BO);

  const told = await press(rig, seen, 'approve:1:i');
  const after = await tellVerdict(rig, 'paper/alpha');
  await press(rig, needMessage(told), 'approve:1:i');

  expect(read(told)).toMatch(
    /\*\*Alpha\*\*: ⏸️ held by @bo.*<t:\d+:f>\n.*nothing was decided about it/,
  );
  expect(after).toBe('held by @bo');
  expect(await tellVerdict(rig, 'paper/alpha')).toBe('approved by @ada');
});

test('an editor who holds a draft that another one has approved since is told so', async () => {
  const rig = await startAsked();
  const seen = await look(rig, 'Alpha');
  await press(rig, await look(rig, 'Alpha', BO), 'approve:1:i', BO);

  const told = await press(rig, seen, 'hold:1:h');

  expect(read(told)).toContain('✅ approved by @bo');
  expect(read(told)).toContain('nothing was decided');
  expect(await tellVerdict(rig, 'paper/alpha')).toBe('approved by @bo');
});

test.each([
  ['approve:1:a', 'hold:1:h', 'held by @bo', 'approved by @ada'],
  ['hold:1:a', 'approve:1:i', 'approved by @bo', 'held by @ada'],
])(
  '%s of a whole issue leaves what another editor has decided since, and says so',
  async (all, one, theirs, ours) => {
    const rig = await startAsked();
    const id = findControl(rig.board(), all);
    await press(rig, await look(rig, 'Beta', BO), one, BO);

    const told = await rig.discord.dispatch.pressStale(rig.board(), id, ADA).reply();

    expect(told.isEphemeral).toBe(true);
    expect(read(told)).toMatch(new RegExp(`\\*\\*Beta\\*\\*: . ?\\S* ?${theirs}`, 'u'));
    expect(await tellVerdict(rig, 'paper/beta')).toBe(theirs);
    expect(await tellVerdict(rig, 'paper/alpha')).toBe(ours);
  },
);

test('all is held, which is said, and all of it is released again', async () => {
  const rig = await startAsked();
  await press(rig, await look(rig, 'Alpha'), 'approve:1:i');
  await press(rig, rig.board(), 'hold:1:a');
  await rig.tick();
  const headline = readAll(rig.board());
  const released = await press(rig, rig.board(), 'hold:1:l');
  await rig.tick();

  expect(headline).toContain('All is held; nothing goes out');
  expect(released.type).toBe(7);
  expect(readAll(rig.board())).toContain('All is decided');
  expect(await tellVerdict(rig, 'paper/alpha')).toBe('approved by @ada');
});

test('what another editor holds since stays so when all that was seen as held is released', async () => {
  const rig = await startAsked();
  await press(rig, await look(rig, 'Alpha'), 'hold:1:h');
  await rig.tick();
  const release = findControl(rig.board(), 'hold:1:l');
  await press(rig, await look(rig, 'Gamma', BO), 'hold:1:h', BO);

  await rig.discord.dispatch.pressStale(rig.board(), release, ADA).reply();

  expect(await tellVerdict(rig, 'paper/alpha')).toBe('approved by @ada');
  expect(await tellVerdict(rig, 'paper/gamma')).toBe('held by @bo');
});

test('a question whether to post says what it decides, and posts nothing that is held since', async () => {
  const rig = await startAsked();
  const asking = await press(rig, await look(rig, 'Alpha'), 'post:1:?');
  await press(rig, await look(rig, 'Alpha', BO), 'hold:1:h', BO);

  const told = await press(rig, needMessage(asking), 'post:1:!');
  const queued = await rig.desk.outbox.list();
  const again = await press(rig, needMessage(told), 'post:1:?');
  const slash = await rig.discord.dispatch.slash('post', { issue: 7, item: 'alpha' }, ADA).reply();
  const later = await rig.discord.dispatch
    .slash('post', { issue: 7, item: 'alpha', at: '23:50' }, ADA)
    .reply();

  expect(read(asking)).toContain('approves it for every destination');
  expect(read(told)).toContain('held by @bo');
  expect(queued).toEqual([]);
  for (const one of [again, slash]) expect(read(one)).toMatch(/@bo .*holds it/);
  expect(read(later)).toMatch(/held by @bo[\s\S]*\/hold issue:7 item:… release:True/);
  expect(await rig.desk.outbox.list()).toEqual([]);
  await press(rig, needMessage(again), 'post:1:!');
  expect(await rig.desk.outbox.list()).toHaveLength(1);
});

test('a button of a destination that is gone edits, posts and shows nothing anywhere else', async () => {
  const rig = await startAsked();
  const draft = await look(rig, 'Alpha');
  const view = `7.1.${hashItem('paper/alpha')}.${GONE}.0.n`;

  for (const id of ['preview:1:e', 'preview:1:d', 'post:1:?', 'post:1:!', 'post:1:*', 'hold:1:h']) {
    const reply = await rig.discord.dispatch.pressStale(draft, `${id}${view}`, ADA).reply();
    expect(read(reply), id).toContain('not configured any more');
  }
  const back = `retract:1:!7.${hashItem('paper/alpha')}.${GONE}`;
  const taken = await rig.discord.dispatch.pressStale(draft, back, ADA).reply();
  expect(read(taken)).toContain('not configured any more');
  const preview = { issue: 7, item: 'alpha', to: 'myspace' };
  const unknown = await rig.discord.dispatch.slash('preview', preview, ADA).reply();

  expect(read(unknown)).toContain('no such destination');
  expect(await rig.desk.outbox.list()).toEqual([]);
  expect((await rig.desk.verdicts.read(7)).decisions).toEqual([]);
});

test('what is to be taken back is found by words and by any spelling of its place; what is unknown is said', async () => {
  const rig = await startAsked();
  await postNamed(rig.desk, '7', { paper: 'gamma' });
  await rig.deliver();
  const ask = async (options: Record<string, string>): Promise<string> =>
    read(await rig.discord.dispatch.slash('retract', { issue: 7, ...options }, ADA).reply());

  expect(await ask({ item: 'Gamma' })).toContain('Take back 2 deliveries?');
  expect(await ask({ item: 'gam', to: 'Discord' })).toContain('Take back 1 delivery?');
  expect(await ask({ to: 'myspace' })).toContain('no such destination');
  expect(await ask({ item: 'omega' })).toMatch(/Cannot .*omega/);
  expect(await ask({ item: 'Beta' })).toContain('Nothing of it was posted');
});

test('a correction of what somebody holds is refused with who does, before and after the question', async () => {
  const rig = await startAsked();
  await postNamed(rig.desk, '7', { paper: 'gamma', to: 'bluesky' });
  await rig.deliver();
  await importIssue(rig, { text: 'It works differently.' });
  const options = { issue: 7, item: 'gamma', how: 'reply', words: 'The name is ```Ito```.' };
  const asked = await rig.discord.dispatch.slash('correct', options, ADA).reply();
  await rig.desk.verdicts.decide(7, [{ item: 'paper/gamma', wordsHash: 'x' }], 'held', {
    actor: 'bo',
    now: rig.desk.clock.now(),
  });

  const late = await press(rig, needMessage(asked), 'correct:1:!');
  const early = await rig.discord.dispatch.slash('correct', options, ADA).reply();

  expect(read(asked)).toContain('The name is');
  expect(read(late)).toContain('bo holds it');
  expect(read(early)).toContain('held by bo');
  expect(await rig.desk.outbox.list()).toHaveLength(1);
  await rig.discord.dispatch.slash('hold', { issue: 7, item: 'gamma', release: true }, ADA).reply();
  const answered = await press(rig, needMessage(asked), 'correct:1:!');
  expect(read(answered)).toContain('is to be answered');
  await rig.deliver();
  expect(JSON.stringify(await rig.desk.outbox.list({ states: ['sent'] }))).toContain(
    'The name is Ito.',
  );
});
