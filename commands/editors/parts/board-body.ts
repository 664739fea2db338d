import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import { tellSilenceEnd } from '../../../src/desk/approval/approve-silent.ts';
import type { ReviewedItem } from '../../../src/desk/approval/review-issue.ts';
import type { EditorDesk, Proposal } from '../../../src/desk/editor-desk.ts';
import type { Finding } from '../../../src/issue/finding.ts';
import { MENU_MOST, makeButton, makeRow } from '../../parts/controls.ts';
import { makeTextEmbed } from '../../parts/embeds.ts';
import { fitMarkdown } from '../../parts/line.ts';
import { makeBody, type ReplyBody, type Row } from '../../parts/reply.ts';
import { speak } from '../../parts/speak.ts';
import { makeItemMenu } from './item-menu.ts';
import type { Board } from './read-board.ts';
import { writeInstant, writeName, writePlaces, writeStanding } from './standing.ts';
import { writeMark } from './view-state.ts';

const WORST_MOST = 3;
const FINDING_MOST = 200;
const LINES_MOST = 3_700;
/** Rows of menus under the row of buttons. */
const MENUS_MOST = 4;

/** How a message stands: it asks and is kept true, or was left behind by time or by a revision. */
export type BoardState = 'open' | 'closed';

/**
 * The message about an issue in the editors’ channel, in the language of the posts: how each item
 * stands, when it goes where, what happens by itself, and what can be done. It depends on nothing
 * but its arguments: the same standing is the same message.
 */
export function makeBoardBody(
  desk: EditorDesk,
  board: Board,
  proposal: Proposal | undefined,
  state: BoardState = 'open',
): ReplyBody {
  const { words } = speakForAll(desk);
  const { editor } = words;
  const { reviewed, isAllSent } = board;
  const { stored, items, review } = reviewed;
  const { issue, revision, findings } = stored;
  const last = review.decisions.at(-1);
  const paragraphs = [
    [
      ...(isAllSent ? [editor.allSent] : [writeRule(desk, board, proposal, words)]),
      ...writeFindings(findings, words),
    ].join('\n'),
    ...listLines(board, words),
    ...(state === 'closed' && !isAllSent ? [editor.closed] : []),
  ];
  const footer = [
    `#${issue.number}`,
    ...(revision > 1 ? [`r${revision}`] : []),
    ...(last === undefined ? [] : [`${editor.lastDecision}: ${last.verb}, ${last.actor}`]),
  ].join(' · ');
  return makeBody(
    [makeTextEmbed(editor.boardTitle(issue.number, issue.title), paragraphs, footer, '\n')],
    state === 'closed' ? [] : makeRows(items, { issue: issue.number, revision }, words),
  );
}

/** The words of the message that a newer one takes the place of: it has no buttons. */
export function makeSupersededBody(desk: EditorDesk, issue: number, revision: number): ReplyBody {
  const { editor } = speakForAll(desk).words;
  const said = editor.superseded(issue, revision);
  return makeBody([makeTextEmbed(`#${issue}`, [said], 'Paperboy')], []);
}

/** Many read the message: it is in the language of the posts. */
function speakForAll(desk: EditorDesk): ReturnType<typeof speak> {
  return speak({ desk, asker: { locale: desk.format('discord').languages[0] ?? 'en' } });
}

/** What happens if nobody does anything. */
function writeRule(
  { approval }: EditorDesk,
  { reviewed }: Board,
  proposal: Proposal | undefined,
  { editor }: BotVoice,
): string {
  if (approval.kind === 'never') return editor.asksNever;
  if (reviewed.items.every(({ standing }) => standing !== 'waits')) return editor.allDecided;
  if (approval.kind === 'always') return editor.asksAlways;
  const asked = proposal ?? reviewed.review.proposal;
  const issue = { ...reviewed, isAsked: false };
  const end = asked && tellSilenceEnd(issue, asked, approval.hours);
  return end === undefined ? editor.asksFor(approval.hours) : editor.asksUntil(writeInstant(end));
}

function writeFindings(findings: readonly Finding[], { editor }: BotVoice): string[] {
  const doubts = findings.filter(({ severity }) => severity !== 'info');
  if (findings.length === 0) return [editor.noFindings];
  return [
    editor.findings(doubts.length, findings.length - doubts.length),
    ...doubts.slice(0, WORST_MOST).map(({ message }) => `• ${fitMarkdown(message, FINDING_MOST)}`),
    ...(doubts.length > WORST_MOST ? [editor.more(doubts.length - WORST_MOST)] : []),
  ];
}

/** A line for each item, as many as fit. */
function listLines(board: Board, words: BotVoice): string[] {
  const { items } = board.reviewed;
  const lines: string[] = [];
  let room = LINES_MOST;
  for (const [index, item] of items.entries()) {
    const line = writeLine(board, item, words);
    room -= line.length + 1;
    if (room < 0) return [...lines, words.editor.more(items.length - index)];
    lines.push(line);
  }
  return lines;
}

function writeLine(board: Board, item: ReviewedItem, words: BotVoice): string {
  const number = item.lane === 'papers' ? `${item.position + 1}\\. ` : '';
  const standing = writeStanding(item, board.reviewed, words);
  return `${number}${writeName(item, words)}\n${standing}\n${writePlaces(item, board, words)}`;
}

function makeRows(
  items: readonly ReviewedItem[],
  mark: { readonly issue: number; readonly revision: number },
  words: BotVoice,
): Row[] {
  const { editor } = words;
  const state = writeMark(mark);
  const isOpen = items.some(({ standing }) => standing === 'waits');
  const menus = Array.from({ length: MENUS_MOST }, (_, n) => n * MENU_MOST)
    .filter((from) => from < items.length)
    .map((from) => makeItemMenu({ items, from, words, command: 'preview', state: `m${state}` }));
  return [
    makeRow([
      makeButton('approve', `a${state}`, {
        label: editor.approveAll,
        style: 'main',
        isDisabled: !isOpen,
      }),
      makeButton('hold', `a${state}`, { label: editor.holdAll }),
      makeButton('queue', `o${state}`, { label: editor.reorder }),
    ]),
    ...menus,
  ];
}
