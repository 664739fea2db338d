import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type { ReviewedIssue } from '../../../src/desk/approval/review-issue.ts';
import { MENU_MOST, makeButton, makeRow } from '../../parts/controls.ts';
import type { Row } from '../../parts/reply.ts';
import { makeFindingsButton } from './finding-list.ts';
import { makeItemMenu } from './item-menu.ts';
import { writeSeen } from './seen-verdicts.ts';
import { writeMark } from './view-state.ts';

/** Rows of menus under the row of buttons. */
const MENUS_MOST = 4;

/**
 * What can be done about an issue. The buttons that decide carry what was decided when they were
 * shown; with `isWhole` every item stands in the message.
 */
export function makeBoardRows(reviewed: ReviewedIssue, words: BotVoice, isWhole: boolean): Row[] {
  const { items, stored } = reviewed;
  const { editor } = words;
  const mark = writeMark({ issue: stored.issue.number, revision: stored.revision });
  const seen = `${mark}${writeSeen(reviewed)}`;
  const is = (standing: string): boolean => items.some((one) => one.standing === standing);
  const isAllHeld = items.every(({ standing }) => standing === 'held');
  return [
    makeRow([
      makeButton('approve', `a${seen}`, {
        label: editor.approveAll,
        style: 'main',
        isDisabled: !is('waits'),
      }),
      makeButton('hold', `a${seen}`, { label: editor.holdAll, isDisabled: isAllHeld }),
      ...(is('held') ? [makeButton('hold', `l${seen}`, { label: editor.releaseAll })] : []),
      makeButton('queue', `o${mark}`, { label: editor.reorder }),
      ...(isWhole
        ? []
        : [makeButton('preview', `b${mark}.1`, { label: editor.showAll(items.length) })]),
      // The last one, if the row is full: the list of all items has it as well.
      ...makeFindingsButton(reviewed, words),
    ]),
    ...makeMenus(reviewed, words, `m${mark}`),
  ];
}

/** Menus of all items, up to a hundred. */
export function makeMenus({ items }: ReviewedIssue, words: BotVoice, state: string): Row[] {
  return Array.from({ length: MENUS_MOST }, (_, n) => n * MENU_MOST)
    .filter((from) => from < items.length)
    .map((from) => makeItemMenu({ items, from, words, command: 'preview', state }));
}
