import { COLOR } from '../../../formatters/discord-card.ts';
import type { EditorAsk, Pressed } from '../../command.ts';
import { makeButton, makeRow } from '../../parts/controls.ts';
import { fitMarkdown } from '../../parts/line.ts';
import { makeBody } from '../../parts/reply.ts';
import { speak } from '../../parts/speak.ts';
import { keepInBlock } from './code-block.ts';
import type { OpenDraft } from './open-draft.ts';
import { writeView } from './view-state.ts';

const REASONS_MOST = 1_800;

/**
 * Words that could not be kept, with why. The message holds them letter for letter in a block, which
 * Discord counts in characters as it does the form; its button opens the form with them again. So
 * nothing is remembered elsewhere, and no restart loses them.
 */
export function giveWordsBack(
  ask: EditorAsk,
  open: OpenDraft | undefined,
  words: string,
  reasons: readonly string[],
): Pressed {
  const { editor } = speak(ask).words;
  const { block, standIn } = keepInBlock(words.toWellFormed());
  const room = Math.floor(REASONS_MOST / reasons.length);
  const state = open && writeView(open.view);
  const card = {
    title: editor.yourWords,
    description: block,
    color: COLOR,
    footer: { text: open?.destination.name ?? 'Paperboy' },
  };
  const buttons =
    state === undefined
      ? []
      : [
          makeButton('preview', `w${standIn.toString(36)}.${state}`, {
            label: editor.editAgain,
            emoji: '✏️',
            style: 'main',
          }),
          makeButton('preview', `d${state}`, { label: editor.back }),
        ];
  const told = reasons.map((reason) => fitMarkdown(reason, room)).join('\n');
  return { body: makeBody([card], [makeRow(buttons)], told), isPrivate: true };
}
