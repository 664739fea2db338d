import { type HeldItems, holdItems, releaseItems } from '../../src/desk/approval/hold-items.ts';
import { reviewIssue } from '../../src/desk/approval/review-issue.ts';
import { findIssue } from '../../src/desk/find-issue.ts';
import type { EditorAsk, EditorCommand, Press, Pressed, Reply } from '../command.ts';
import { fitMarkdown } from '../parts/line.ts';
import { speak } from '../parts/speak.ts';
import { actOnDraft } from './parts/act-on-draft.ts';
import {
  defineEditorCommand,
  defineEditorSwitch,
  defineEditorText,
  defineIssueOption,
} from './parts/define-editor.ts';
import { decideOnBoard, showBoard } from './parts/show-board.ts';
import { findNamedItem, suggestToEditor } from './parts/suggest-editor.ts';
import { type Told, tellDecided } from './parts/tell-decided.ts';
import { readMark, readView } from './parts/view-state.ts';

const TOLD_MOST = 200;

/**
 * `/hold issue [item] [release]`: keeps items from going out, or lets them go on. Its buttons: "a"
 * holds all of an issue, "h" one draft, "r" releases it.
 */
export default {
  definition: defineEditorCommand('hold', [
    defineIssueOption(),
    defineEditorText('item', { autocomplete: true }),
    defineEditorSwitch('release'),
  ]),
  answer,
  suggest: suggestToEditor,
  press,
} satisfies EditorCommand;

async function answer(ask: EditorAsk): Promise<Reply> {
  const { desk, options } = ask;
  const stored = await findIssue(desk, String(options.issue));
  const named =
    options.item === undefined
      ? undefined
      : findNamedItem(ask, await reviewIssue(desk, stored), String(options.item));
  const which = named === undefined ? {} : { items: [named.item] };
  const verb = options.release === true ? releaseItems : holdItems;
  const held = await verb(desk, String(options.issue), which);
  const { lines } = tell(ask, held, options.release === true);
  return { body: await showBoard(ask, held, lines), isPrivate: true };
}

async function press(ask: EditorAsk, { state }: Press): Promise<Pressed | undefined> {
  const { desk } = ask;
  const mark = state.startsWith('a') ? readMark(state.slice(1)) : undefined;
  if (mark !== undefined) {
    return decideOnBoard(ask, mark, async (issue) =>
      tell(ask, await holdItems(desk, issue, {}), false),
    );
  }
  const view = /^[hr]/.test(state) ? readView(state.slice(1)) : undefined;
  if (view === undefined) return undefined;
  const isRelease = state.startsWith('r');
  return actOnDraft(ask, view, async ({ item }) => {
    const verb = isRelease ? releaseItems : holdItems;
    return tell(ask, await verb(desk, String(view.issue), { items: [item.item] }), isRelease).lines;
  });
}

/** What was decided, and what of the ledger could not be held. */
function tell(ask: EditorAsk, held: HeldItems, isRelease: boolean): Told {
  const { words } = speak(ask);
  const write = isRelease ? words.editor.releasedNow : words.editor.heldNow;
  const told = tellDecided(ask.desk, held, words, write);
  const failed = held.acted
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ delivery, said }) => `⚠️ ${fitMarkdown(`${delivery.title} ${said}`, TOLD_MOST)}`);
  return { ...told, lines: [...told.lines, ...failed] };
}
