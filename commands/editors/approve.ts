import { approve } from '../../src/desk/approval/approve.ts';
import { reviewIssue } from '../../src/desk/approval/review-issue.ts';
import { findIssue } from '../../src/desk/find-issue.ts';
import type { EditorAsk, EditorCommand, Press, Pressed, Reply } from '../command.ts';
import { speak } from '../parts/speak.ts';
import { actOnDraft } from './parts/act-on-draft.ts';
import { defineEditorCommand, defineEditorText, defineIssueOption } from './parts/define-editor.ts';
import { decideOnBoard, showBoard } from './parts/show-board.ts';
import { findNamedItem, suggestToEditor } from './parts/suggest-editor.ts';
import { tellDecided } from './parts/tell-decided.ts';
import { readMark, readView } from './parts/view-state.ts';

/** `/approve issue [item]`: the clock may post it then. Its buttons: "a" all of an issue, "i" one draft. */
export default {
  definition: defineEditorCommand('approve', [
    defineIssueOption(),
    defineEditorText('item', { autocomplete: true }),
  ]),
  answer,
  suggest: suggestToEditor,
  press,
} satisfies EditorCommand;

async function answer(ask: EditorAsk): Promise<Reply> {
  const { desk, options } = ask;
  const { words } = speak(ask);
  const stored = await findIssue(desk, String(options.issue));
  const named =
    options.item === undefined
      ? undefined
      : findNamedItem(ask, await reviewIssue(desk, stored), String(options.item));
  const which = named === undefined ? {} : { items: [named.item] };
  const decided = await approve(desk, String(options.issue), which);
  const { lines } = tellDecided(desk, decided, words, words.editor.approvedNow);
  return { body: await showBoard(ask, decided, lines), isPrivate: true };
}

async function press(ask: EditorAsk, { state }: Press): Promise<Pressed | undefined> {
  const { desk } = ask;
  const { words } = speak(ask);
  const mark = state.startsWith('a') ? readMark(state.slice(1)) : undefined;
  if (mark !== undefined) {
    return decideOnBoard(ask, mark, async (issue) => {
      const decided = await approve(desk, issue, {}, mark);
      return tellDecided(desk, decided, words, words.editor.approvedNow);
    });
  }
  const view = state.startsWith('i') ? readView(state.slice(1)) : undefined;
  if (view === undefined) return undefined;
  return actOnDraft(ask, view, async ({ item }) => {
    const decided = await approve(desk, String(view.issue), { items: [item.item] }, view);
    return tellDecided(desk, decided, words, words.editor.approvedNow).lines;
  });
}
