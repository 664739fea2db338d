import type { ReviewedIssue } from '../../../src/desk/approval/review-issue.ts';
import type { EditorAsk } from '../../command.ts';
import { MENU_MOST, makeButton, makeRow } from '../../parts/controls.ts';
import { makeTextEmbed } from '../../parts/embeds.ts';
import { makeBody, type ReplyBody } from '../../parts/reply.ts';
import { speak } from '../../parts/speak.ts';
import { makeItemMenu } from './item-menu.ts';
import { writeName } from './standing.ts';
import { hashItem, writeMark } from './view-state.ts';

const MENUS_MOST = 4;
/** So many surely fit a card; they are those around the one that is moved. */
const SHOWN_MOST = 24;

/**
 * The papers of an issue in their order, with a menu to choose one and buttons that move it. Each
 * names the place where it is to stand, so that a second press changes nothing more.
 */
export function makeOrderBody(
  ask: EditorAsk,
  { stored, items }: ReviewedIssue,
  chosen?: string,
  notice: readonly string[] = [],
): ReplyBody {
  const { words } = speak(ask);
  const { editor } = words;
  const papers = items.filter(({ lane }) => lane === 'papers');
  const mark = writeMark({ issue: stored.issue.number, revision: stored.revision });
  const place = papers.findIndex(({ item }) => item === chosen);
  const from = Math.max(0, Math.min(place - SHOWN_MOST / 2, papers.length - SHOWN_MOST));
  const lines = papers.slice(from, from + SHOWN_MOST).map((paper, index) => {
    const mark = from + index === place ? '➡️ ' : '';
    return `${mark}${from + index + 1}\\. ${writeName(paper, words)}`;
  });
  const rest = papers.length - lines.length;
  if (rest > 0) lines.push(editor.more(rest));
  const to = (target: number): string => `${mark}.${hashItem(chosen ?? '')}.${target}`;
  const isFirst = place <= 0;
  const buttons = [
    makeButton('queue', `f${to(0)}`, { label: editor.first, emoji: '⏮️', isDisabled: isFirst }),
    makeButton('queue', `l${to(Math.max(0, place - 1))}`, {
      label: editor.earlier,
      emoji: '◀️',
      isDisabled: isFirst,
    }),
    makeButton('queue', `r${to(place + 1)}`, {
      label: editor.later,
      emoji: '▶️',
      isDisabled: place < 0 || place >= papers.length - 1,
    }),
  ];
  const menus = Array.from({ length: MENUS_MOST }, (_, n) => n * MENU_MOST)
    .filter((from) => from < papers.length)
    .map((from) =>
      makeItemMenu({
        items: papers,
        from,
        words,
        command: 'queue',
        state: `c${mark}`,
        placeholder: editor.choosePaper,
        chosen,
      }),
    );
  return makeBody(
    [
      makeTextEmbed(
        editor.orderTitle,
        lines.length === 0 ? ['—'] : lines,
        `#${stored.issue.number}`,
        '\n',
      ),
    ],
    [...menus, makeRow(chosen === undefined || place < 0 ? [] : buttons)],
    [...notice, editor.orderHint].join('\n'),
  );
}
