import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import { tellSilenceEnd } from '../../../src/desk/approval/approve-silent.ts';
import type { ReviewedIssue, ReviewedItem } from '../../../src/desk/approval/review-issue.ts';
import type { EditorDesk, Proposal } from '../../../src/desk/editor-desk.ts';
import type { Finding } from '../../../src/issue/finding.ts';
import { makeTextEmbed } from '../../parts/embeds.ts';
import { fitMarkdown } from '../../parts/line.ts';
import { makeBody, type ReplyBody } from '../../parts/reply.ts';
import { speak } from '../../parts/speak.ts';
import { makeBoardRows } from './board-rows.ts';
import type { Board } from './read-board.ts';
import { nameActor, writeInstant } from './standing.ts';
import { writeBoardLine } from './write-board-line.ts';

const WORST_MOST = 3;
const FINDING_MOST = 200;
/** A card takes 4096. */
const CARD_MOST = 4_000;

/** "… and 13 more" */
const MORE_MOST = 60;
const VERBS = ['approve', 'hold', 'release', 'arrange', 'edit', 'post', 'correct'] as const;

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
  const head = [
    ...(isAllSent ? [editor.allSent] : [writeRule(desk, board, proposal, words)]),
    ...writeFindings(findings, words),
  ].join('\n');
  const end = state === 'closed' && !isAllSent ? [editor.closed] : [];
  const lines = items.map((item) => writeBoardLine(board, item, words));
  const room = CARD_MOST - [head, ...end].join('\n').length;
  const shown = takeWithin(lines, room);
  const isWhole = shown.length === lines.length;
  const rest = isWhole ? [] : [editor.more(lines.length - shown.length)];
  const footer = [
    `#${issue.number}`,
    ...(revision > 1 ? [`r${revision}`] : []),
    ...writeLast(review, words),
  ].join(' · ');
  return makeBody(
    [
      makeTextEmbed(
        editor.boardTitle(issue.number, issue.title),
        [head, ...shown, ...rest, ...end],
        footer,
        '\n',
      ),
    ],
    state === 'closed' ? [] : makeBoardRows(reviewed, words, isWhole),
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
  const isOpen = ({ standing }: ReviewedItem): boolean => standing !== 'held';
  if (reviewed.items.length > 0 && !reviewed.items.some(isOpen)) return editor.allHeld;
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

/** Who decided last, and what, in one language. */
function writeLast({ decisions }: ReviewedIssue['review'], words: BotVoice): string[] {
  const last = decisions.at(-1);
  if (last === undefined) return [];
  const verb = VERBS.find((one) => one === last.verb);
  return [words.editor.lastDecision(verb, nameActor(last.actor, words))];
}

/** As many of the lines as fit, with room for a word about the others. */
function takeWithin(lines: readonly string[], most: number): readonly string[] {
  let room = most - MORE_MOST;
  const end = lines.findIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return end < 0 ? lines : lines.slice(0, end);
}
