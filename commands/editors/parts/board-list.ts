import { findPage } from '../../../src/desk/list-topics.ts';
import type { EditorAsk } from '../../command.ts';
import { makePager } from '../../parts/controls.ts';
import { makeTextEmbed } from '../../parts/embeds.ts';
import { makeBody, type ReplyBody } from '../../parts/reply.ts';
import { speak } from '../../parts/speak.ts';
import { makeMenus } from './board-rows.ts';
import { makeFindingsButton } from './finding-list.ts';
import type { Board } from './read-board.ts';
import { writeMark } from './view-state.ts';
import { writeBoardLine } from './write-board-line.ts';

/** So many lines surely fit a card, whatever stands in them. */
const PAGE_SIZE = 10;
const LINE_MOST = 390;

/** All items of an issue with their times, page by page, where the message has no room for them. */
export function makeBoardList(ask: EditorAsk, board: Board, asked: number): ReplyBody {
  const { words } = speak(ask);
  const { items, stored } = board.reviewed;
  const { issue, revision } = stored;
  const mark = writeMark({ issue: issue.number, revision });
  const place = findPage(asked, items.length, PAGE_SIZE);
  const lines = items
    .slice(place.before, place.before + PAGE_SIZE)
    .map((item) => clip(writeBoardLine(board, item, words)));
  const title = words.editor.boardTitle(issue.number, issue.title);
  const pager = makePager('preview', words, place, (page) => `b${mark}.${page}`);
  return makeBody(
    [makeTextEmbed(title, lines, `#${issue.number}`, '\n')],
    [
      { ...pager, components: [...pager.components, ...makeFindingsButton(board.reviewed, words)] },
      ...makeMenus(board.reviewed, words, `m${mark}`),
    ],
  );
}

/** Whole places: half a link is none. */
function clip(line: string): string {
  let text = line;
  while (text.length > LINE_MOST && text.includes(' · ')) {
    text = `${text.slice(0, text.lastIndexOf(' · '))}`;
  }
  return text === line ? line : `${text} · …`;
}
