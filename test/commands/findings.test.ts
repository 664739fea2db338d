import { expect, test } from 'vitest';
import type { ReplyBody } from '../../commands/parts/reply.ts';
import type { Finding } from '../../src/issue/finding.ts';
import { makeIssue } from '../support/make-issue.ts';
import { findButton, listProblems } from './check-reply.ts';
import { findEditorCommand, makeEditorAsk, makeEditorDesk, useControl } from './editor-desk.ts';

const papers = ['Alpha', 'Beta'];
/** Notes before doubts, as a file may have them. */
const findings = Array.from({ length: 8 }, (_, index): Finding => {
  const part = { code: 'paragraph.doubtful', line: index + 1, remedy: `Mend ${index}.` };
  return index < 6
    ? { ...part, severity: 'info', message: `Note *${index}*.` }
    : { ...part, severity: 'warning', message: `Doubt ${index}. ${'x'.repeat(5_000)}` };
});

function read({ embeds }: ReplyBody): string {
  return (embeds ?? []).map((one) => ('description' in one ? one.description : '')).join('\n');
}

/** `/approve issue:7`, and what a control of an answer leads to. */
async function open(found: readonly Finding[], number = 2) {
  const many = Array.from({ length: number }, (_, index) => `Paper ${index} of many`);
  const issue = makeIssue({ papers: number === 2 ? papers : many });
  const desk = await makeEditorDesk([issue], found);
  const ask = makeEditorAsk(desk, { issue: 7 });
  const reply = await findEditorCommand('approve').answer?.(ask);
  const press = async (body: ReplyBody, label: string): Promise<ReplyBody> => {
    const button = findButton(body, label);
    const pressed = await useControl(ask, 'custom_id' in button ? button.custom_id : '');
    expect(pressed).toMatchObject({ isPrivate: true });
    return (pressed as { readonly body: ReplyBody }).body;
  };
  return { board: (reply as { readonly body: ReplyBody }).body, press };
}

test('all that the import noticed is one press away, doubts first, with what to do', async () => {
  const { board, press } = await open(findings);

  const first = await press(board, 'All 8 findings');
  const second = await press(first, '▶');

  expect(read(first).match(/Doubt \d|Note \\\*\d/g)).toEqual([
    ...['Doubt 6', 'Doubt 7', 'Note \\*0', 'Note \\*1', 'Note \\*2', 'Note \\*3'],
  ]);
  expect(read(first)).toContain('(line 7)\n→ Mend 6.');
  expect(read(second).match(/Note \\\*\d/g)).toEqual(['Note \\*4', 'Note \\*5']);
  expect([first, second].flatMap((body) => listProblems(body))).toEqual([]);
});

test('there is no button where it noticed nothing', async () => {
  const { board } = await open([]);

  expect(JSON.stringify(board)).not.toMatch(/findings|noticed/);
});

test('the list of all items leads there as well', async () => {
  const { board, press } = await open(findings.slice(0, 1), 40);

  const items = await press(board, 'All 41 items');

  expect(read(await press(items, 'What the import noticed'))).toContain('Note \\*0\\*. (line 1)');
});
