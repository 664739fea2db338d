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
  const lines = papers.map((paper, index) => {
    const name = writeName(paper, words);
    return `${index === place ? '➡️ ' : ''}${index + 1}\\. ${name}`;
  });
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
    [makeTextEmbed(editor.orderTitle, lines, `#${stored.issue.number}`, '\n')],
    [...menus, makeRow(chosen === undefined || place < 0 ? [] : buttons)],
    [...notice, editor.orderHint].join('\n'),
  );
}
