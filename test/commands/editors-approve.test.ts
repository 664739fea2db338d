import { expect, test } from 'vitest';
import { tellDecided } from '../../commands/editors/parts/tell-decided.ts';
import { pickBotVoice } from '../../formatters/voice/bot/index.ts';
import { approve } from '../../src/desk/approval/approve.ts';
import { planSlots } from '../../src/desk/plan/plan-slots.ts';
import { makeIssue } from '../support/make-issue.ts';
import { findEditorCommand, makeEditorAsk, makeEditorDesk } from './editor-desk.ts';

const words = pickBotVoice('en');
const WISH = { verdict: 'approved', write: words.editor.approvedNow } as const;

test.each([
  ['the other', 'ada'],
  ['themselves', 'bo'],
])(
  'who presses second is told of the press that decided, not of an earlier one of %s',
  async (_, earlier) => {
    const desk = await makeEditorDesk([makeIssue({ papers: ['Alpha', 'Beta'] })]);
    await approve({ ...desk, actor: earlier }, '7', { paper: 'alpha' });
    desk.clock.advance(60_000);
    await approve({ ...desk, actor: 'ada' }, '7');
    const at = Math.floor(desk.clock.now().getTime() / 1000);
    const bo = { ...desk, actor: 'bo' };

    const told = tellDecided(bo, await approve(bo, '7'), words, WISH);

    expect(told).toEqual({ lines: [`ada was first: approved <t:${at}:f>.`], isOurs: false });
  },
);

test('an approval says which papers of an older issue are dropped by it', async () => {
  const desk = await makeEditorDesk([makeIssue({ papers: ['Alpha', 'Beta'] })]);
  const dropping = {
    ...desk,
    programme: (name: string) => ({ ...desk.programme(name), rest: 'drop' as const }),
  };
  await approve(dropping, '7');
  await planSlots(dropping);
  const options = { findings: [], isSample: false, isRevision: true, isApproved: false };
  const newer = makeIssue({ number: 8, papers: ['Gamma'] });
  await desk.archive.save(newer, { ...options, at: desk.clock.now() });
  const ask = makeEditorAsk(dropping, { issue: '8', item: 'paper/gamma' });

  const reply = await findEditorCommand('approve').answer?.(ask);

  expect(JSON.stringify(reply)).toContain(
    'The rest of #7 is dropped by this (rest: drop), and has no slot any more: **Alpha**, **Beta**.',
  );
});
