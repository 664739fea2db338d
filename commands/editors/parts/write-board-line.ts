import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type { ReviewedItem } from '../../../src/desk/approval/review-issue.ts';
import type { Board } from './read-board.ts';
import { writeName, writeStanding } from './standing.ts';
import { writePlaces } from './write-places.ts';

/** An item with its place, whether it is approved, and when it goes where. */
export function writeBoardLine(board: Board, item: ReviewedItem, words: BotVoice): string {
  const number = item.lane === 'papers' ? `${item.position + 1}\\. ` : '';
  const standing = writeStanding(item, board.reviewed, words);
  return `${number}${writeName(item, words)}\n${standing}\n${writePlaces(item, board, words)}`;
}
