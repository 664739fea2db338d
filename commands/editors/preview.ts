import { findOwnText } from '../../formatters/index.ts';
import { editItem } from '../../src/desk/approval/edit-item.ts';
import { type ReviewedIssue, reviewIssue } from '../../src/desk/approval/review-issue.ts';
import { findIssue } from '../../src/desk/find-issue.ts';
import { PaperboyError } from '../../src/kit/errors.ts';
import type { EditorAsk, EditorCommand, Press, Pressed, Reply, Submission } from '../command.ts';
import { say } from '../parts/reply.ts';
import { speak } from '../parts/speak.ts';
import { isStale, tellChanged } from './parts/act-on-draft.ts';
import { makeBoardList } from './parts/board-list.ts';
import { readKept } from './parts/code-block.ts';
import { defineEditorCommand, defineEditorText, defineIssueOption } from './parts/define-editor.ts';
import { makeDraftBody } from './parts/draft-body.ts';
import { makeEditForm, readEditable, WORDS_FIELD, WORDS_MOST } from './parts/edit-form.ts';
import { makeFindingList } from './parts/finding-list.ts';
import { giveWordsBack } from './parts/kept-words.ts';
import { type OpenDraft, openDraft, openIssue, sayGone, tellGone } from './parts/open-draft.ts';
import { readBoard } from './parts/read-board.ts';
import { findNamedItem, findNamedPlace, suggestToEditor } from './parts/suggest-editor.ts';
import { hashItem, hashPlace, readMark, readView, type View } from './parts/view-state.ts';

/**
 * `/preview issue item [to]`: a draft exactly as it will be posted. Its buttons: "m" is the menu of
 * an issue’s items, "b" lists them, "f" what the import noticed, "t" is the menu of destinations;
 * "d", "<", ">", "p" and "n" show a draft; "e" opens the form with its words, "w" the form with the
 * words that the message holds.
 */
export default {
  definition: defineEditorCommand('preview', [
    defineIssueOption(),
    defineEditorText('item', { required: true, autocomplete: true }),
    defineEditorText('to', { autocomplete: true }),
  ]),
  answer,
  suggest: suggestToEditor,
  press,
  submit,
} satisfies EditorCommand;

async function answer(ask: EditorAsk): Promise<Reply> {
  const { desk, options } = ask;
  const reviewed = await reviewIssue(desk, await findIssue(desk, String(options.issue)));
  const item = findNamedItem(ask, reviewed, String(options.item));
  const place =
    options.to === undefined
      ? ''
      : hashPlace(findNamedPlace(desk, String(options.to), 'show').name);
  const { issue, revision } = reviewed.stored;
  const view = { issue: issue.number, revision, item: hashItem(item.item), place, page: 0 };
  const open = await openDraft(desk, view);
  return open === undefined
    ? sayGone(ask, view)
    : { body: makeDraftBody(ask, open), isPrivate: true };
}

async function press(
  ask: EditorAsk,
  { state, values, texts }: Press,
): Promise<Pressed | undefined> {
  const [, mark] = /^m([^.]+\.[^.]+)\.\d$/.exec(state) ?? [];
  if (mark !== undefined) return pressMenu(ask, mark, values[0] ?? '');
  const [, turned, list, listed, page] =
    /^([<=>]?)([bf])([^.]+\.[^.]+)\.(\d{1,3})$/.exec(state) ?? [];
  if (listed !== undefined) {
    return pressList(ask, listed, async (reviewed) => ({
      body:
        list === 'f'
          ? makeFindingList(ask, reviewed, Number(page))
          : makeBoardList(ask, await readBoard(ask.desk, reviewed), Number(page)),
      isPrivate: true,
      isNew: turned === '',
    }));
  }
  const [, standIn = '', kept] = /^w([0-9a-z]{1,4})\.(.+)$/.exec(state) ?? [];
  if (kept !== undefined) {
    const view = readView(kept);
    const words = readKept(texts?.[0] ?? '', Number.parseInt(standIn, 36));
    return view && words === undefined ? undefined : view && openForm(ask, view, words);
  }
  const view = readView(state.slice(1));
  if (view === undefined) return undefined;
  switch (state[0]) {
    case 'e':
      return openForm(ask, view);
    case 't':
      return show(ask, { ...view, place: values[0] ?? '' }, false);
    case 'd':
    case '<':
    case '>':
    case 'p':
    case 'n':
      return show(ask, view, false);
    default:
      return undefined;
  }
}

/** A list of what an issue has, where its message has no room for all of it. */
async function pressList(
  ask: EditorAsk,
  mark: string,
  write: (reviewed: ReviewedIssue) => Promise<Pressed>,
): Promise<Pressed | undefined> {
  const seen = readMark(mark);
  if (seen === undefined) return undefined;
  const reviewed = await openIssue(ask.desk, seen);
  return reviewed === undefined ? sayGone(ask, { place: '' }) : write(reviewed);
}

async function pressMenu(ask: EditorAsk, mark: string, item: string): Promise<Pressed | undefined> {
  const seen = readMark(mark);
  if (seen === undefined || !/^[0-9a-f]{10}$/.test(item)) return undefined;
  return show(ask, { ...seen, item, place: '', page: 0 }, true);
}

async function show(ask: EditorAsk, view: View, isNew: boolean): Promise<Pressed> {
  const open = await openDraft(ask.desk, view);
  if (open === undefined) return sayGone(ask, view);
  const notice = isStale(view, open.reviewed) ? tellChanged(ask, open.reviewed) : [];
  return { body: makeDraftBody(ask, open, notice), isPrivate: true, isNew };
}

/** Opens the form. Words over what it holds are for the command line. */
async function openForm(ask: EditorAsk, view: View, kept?: string): Promise<Pressed> {
  const { editor } = speak(ask).words;
  const open = await openDraft(ask.desk, view);
  if (open === undefined) return sayGone(ask, view);
  const { item, destination, reviewed } = open;
  // Over other words than the editor saw no form is opened: they would be written over unseen.
  if (kept === undefined && isStale(view, reviewed)) return show(ask, view, false);
  if (item.of.kind === 'digest' && item.of.scope === 'news') {
    return { ...say(editor.noOwnWords), isNew: true };
  }
  const words = kept ?? readEditable(open);
  // What came out of a form fits it, however Discord counts.
  const length = kept === undefined ? words.length : [...words].length;
  if (length > WORDS_MOST) {
    const which = item.of.kind === 'paper' ? `--paper ${item.of.paper.slug}` : '';
    const command = `paperboy edit ${view.issue} FILE ${which} --to ${destination.platform}`;
    return {
      ...say(editor.tooLongForForm(length, command.replace(/ +/g, ' '))),
      isNew: true,
    };
  }
  // A form cannot follow a deferral: then this sentence is shown.
  return { ...say(editor.slowForm), isNew: true, modal: makeEditForm(ask, open, words) };
}

/** Keeps the words of the form, or gives them back with why not. */
async function submit(ask: EditorAsk, { state, fields }: Submission): Promise<Pressed | undefined> {
  const view = state.startsWith('e') ? readView(state.slice(1)) : undefined;
  if (view === undefined) return undefined;
  const { desk } = ask;
  const words = fields[WORDS_FIELD] ?? '';
  const open = await openDraft(desk, view);
  if (open === undefined) return giveWordsBack(ask, undefined, words, [tellGone(ask, view)]);
  const text = words.trim() === '' ? undefined : words.trim();
  const edited = await edit(ask, open, text, view);
  if (edited.kind === 'refused') return giveWordsBack(ask, open, words, edited.reasons);
  const now = (await openDraft(desk, view)) ?? open;
  return { body: makeDraftBody(ask, now, [edited.told]), isPrivate: true };
}

type Edited =
  | { readonly kind: 'kept'; readonly told: string }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

async function edit(
  ask: EditorAsk,
  { item, destination }: OpenDraft,
  text: string | undefined,
  view: View,
): Promise<Edited> {
  const { desk } = ask;
  const { editor } = speak(ask).words;
  const { platform } = destination;
  const wish = { item: item.item, platform, text };
  try {
    const { findings, saved, revision } = await editItem(desk, String(view.issue), wish, view);
    const wrong = findings.filter(({ severity }) => severity === 'error');
    if (wrong.length > 0) {
      const why = wrong.flatMap(({ message, remedy }) => [message, remedy]);
      return { kind: 'refused', reasons: [editor.misfit, ...new Set(why)] };
    }
    if (saved !== 'revised') return { kind: 'kept', told: editor.editSame };
    return {
      kind: 'kept',
      told: text === undefined ? editor.editedBack : editor.edited(revision ?? view.revision),
    };
  } catch (error) {
    if (!(error instanceof PaperboyError)) throw error;
    if (error.code !== 'issue.changed') {
      return { kind: 'refused', reasons: [error.message, error.remedy] };
    }
    // Another process of the bot may have kept the very same words a moment ago.
    const now = await openDraft(desk, view);
    if (now !== undefined && findOwnText(now.item.of)?.[platform] === text) {
      return { kind: 'kept', told: editor.edited(now.reviewed.stored.revision) };
    }
    return { kind: 'refused', reasons: [editor.editOvertaken] };
  }
}
