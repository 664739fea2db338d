import { expect, test } from 'vitest';
import { makeArchiveIssues } from '../support/make-archive.ts';
import { askCommand, findCommand, makeAsk, makeBotDesk } from './bot-desk.ts';
import { findButton, listProblems } from './check-reply.ts';

const ISSUES = makeArchiveIssues({ papers: 60, words: 40 });

test('/catchup greets somebody new with the newest issue, and then says when there is nothing', async () => {
  const desk = makeBotDesk();
  await desk.keep(ISSUES.slice(0, 3));

  const first = await askCommand(desk, 'catchup');
  const second = await askCommand(desk, 'catchup');

  expect(first.isPrivate).toBe(true);
  expect(first.body.content).toContain('Nice to meet you');
  expect(first.body.embeds[0]?.footer.text).toMatch(/^Issue #3 /);
  expect(second.body.content).toContain('up to date: nothing has come out since issue #3');
});

test('/catchup shows what came out since, each member their own, and its pages stay what they are', async () => {
  const desk = makeBotDesk();
  await desk.keep(ISSUES.slice(0, 3));
  await askCommand(desk, 'catchup', {}, { userId: '1' });
  await desk.keep(ISSUES.slice(3, 8));

  const known = await askCommand(desk, 'catchup', {}, { userId: '1' });
  const other = await askCommand(desk, 'catchup', {}, { userId: '2' });
  await desk.keep(ISSUES.slice(8));
  const button = findButton(known.body, '▶');
  const state = 'custom_id' in button ? button.custom_id.replace('catchup:1:', '') : '';
  const pressed = await findCommand('catchup').press?.(makeAsk(desk), {
    state,
    values: [],
    isOwn: true,
  });

  expect(known.body.embeds[0]?.title).toBe('New in issues #4 to #8');
  expect(known.body.embeds[0]?.footer.text).toBe('25 papers · page 1 of 4');
  expect(other.body.content).toContain('Nice to meet you');
  expect(pressed?.body.embeds[0]?.title).toBe('New in issues #4 to #8');
  expect(pressed?.body.embeds[0]?.footer.text).toBe('25 papers · page 2 of 4');
  expect(pressed && listProblems(pressed.body)).toEqual([]);
});

test('of a member nothing is kept but a code and a number', async () => {
  const desk = makeBotDesk();
  await desk.keep(ISSUES.slice(0, 1));
  await askCommand(desk, 'catchup', {}, { userId: '223456789012345678' });

  const rows = desk.sqlite.prepare('SELECT * FROM readers').all();

  expect(rows).toEqual([{ reader: expect.stringMatching(/^[0-9a-f]{64}$/), last_issue: 1 }]);
  expect(JSON.stringify(rows)).not.toContain('223456789012345678');
});
