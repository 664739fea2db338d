import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type { EditorCommandName } from '../../../formatters/voice/bot/editor-voice.ts';
import type { ReviewedItem } from '../../../src/desk/approval/review-issue.ts';
import { MENU_MOST, makeMenu } from '../../parts/controls.ts';
import { fitTitle } from '../../parts/line.ts';
import type { Row } from '../../parts/reply.ts';
import { nameOf } from './standing.ts';
import { hashItem } from './view-state.ts';

const LABEL_MOST = 90;

/** A menu of up to 25 items of an issue, from one on; where there are more, it says which these are. */
export function makeItemMenu({
  items,
  from,
  words,
  command,
  state,
  placeholder = words.editor.look,
  chosen,
}: {
  readonly items: readonly ReviewedItem[];
  readonly from: number;
  readonly words: BotVoice;
  readonly command: EditorCommandName;
  readonly state: string;
  readonly placeholder?: string;
  /** The key of the item that is chosen. */
  readonly chosen?: string | undefined;
}): Row {
  const shown = items.slice(from, from + MENU_MOST);
  const range = items.length > MENU_MOST ? ` (${from + 1}–${from + shown.length})` : '';
  return makeMenu(
    command,
    `${state}.${from / MENU_MOST}`,
    `${placeholder}${range}`,
    shown.map((item) => ({
      label: `${item.lane === 'papers' ? `${item.position + 1}. ` : ''}${fitTitle(nameOf(item, words), LABEL_MOST)}`,
      value: hashItem(item.item),
      isChosen: item.item === chosen,
    })),
  );
}
