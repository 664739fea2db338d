import { correctNamed } from '../../src/desk/approval/correct-named.ts';
import { reviewIssue } from '../../src/desk/approval/review-issue.ts';
import { findIssue } from '../../src/desk/find-issue.ts';
import { PaperboyError } from '../../src/kit/errors.ts';
import type { EditorAsk, EditorCommand, Press, Pressed, Reply } from '../command.ts';
import { makeTextEmbed } from '../parts/embeds.ts';
import { makeBody, say } from '../parts/reply.ts';
import { speak } from '../parts/speak.ts';
import { tellChanged } from './parts/act-on-draft.ts';
import { readKept } from './parts/code-block.ts';
import { askCorrect, type Correcting, readHow } from './parts/correct-body.ts';
import {
  defineEditorCommand,
  defineEditorText,
  defineHow,
  defineIssueOption,
} from './parts/define-editor.ts';
import { openDraft, sayGone } from './parts/open-draft.ts';
import { findNamedItem, findNamedPlace, suggestToEditor } from './parts/suggest-editor.ts';
import { writeActed } from './parts/tell-acted.ts';
import { hashItem, hashPlace, readView, type View } from './parts/view-state.ts';

const HOW = ['edit', 'repost', 'reply'] as const;
const WORDS_MOST = 3_000;

/**
 * `/correct issue item [to] [how] [words]`: the newest words in the place of what was posted. It
 * shows them and asks; its button "!" corrects with what was shown.
 */
export default {
  definition: defineEditorCommand('correct', [
    defineIssueOption(),
    defineEditorText('item', { required: true, autocomplete: true }),
    defineEditorText('to', { autocomplete: true }),
    defineHow(),
    defineEditorText('words', { most: WORDS_MOST }),
  ]),
  answer,
  suggest: suggestToEditor,
  press,
} satisfies EditorCommand;

async function answer(ask: EditorAsk): Promise<Reply> {
  const { desk, options } = ask;
  const reviewed = await reviewIssue(desk, await findIssue(desk, String(options.issue)));
  const { stored } = reviewed;
  const { item } = findNamedItem(ask, reviewed, String(options.item));
  const view = {
    issue: stored.issue.number,
    revision: stored.revision,
    item: hashItem(item),
    place:
      options.to === undefined
        ? ''
        : hashPlace(findNamedPlace(desk, String(options.to), 'correct at').name),
    page: 0,
  };
  const how = HOW.find((one) => one === options.how);
  const words = options.words === undefined ? undefined : String(options.words);
  return askCorrect(ask, view, { how, words });
}

async function press(ask: EditorAsk, { state, texts = [] }: Press): Promise<Pressed | undefined> {
  const [, letter = '', standIn = '', rest = ''] =
    /^!([xepr])([0-9a-z]{0,4})\.(.+)$/.exec(state) ?? [];
  const view = readView(rest);
  if (view === undefined) return undefined;
  // The message itself holds the words: the last of its cards.
  const words =
    standIn === '' ? undefined : readKept(texts.at(-1) ?? '', Number.parseInt(standIn, 36));
  if (standIn !== '' && words === undefined) return undefined;
  const chosen = { how: readHow(letter), words };
  try {
    return await correct(ask, view, chosen);
  } catch (error) {
    if (!(error instanceof PaperboyError) || error.code !== 'issue.changed') throw error;
    const now = await openDraft(ask.desk, view);
    if (now === undefined) return sayGone(ask, view);
    return askCorrect(ask, now.view, chosen, tellChanged(ask, now.reviewed));
  }
}

/** Corrects with the words that the editor saw. Throws what `correctNamed` throws. */
async function correct(ask: EditorAsk, view: View, { how, words }: Correcting): Promise<Pressed> {
  const open = await openDraft(ask.desk, view);
  if (open === undefined) return sayGone(ask, view);
  const { item } = open.item;
  const { acted } = await correctNamed(
    ask.desk,
    String(view.issue),
    {
      ...(item === 'digest' ? { digest: 'issue' as const } : {}),
      ...(item === 'news' ? { digest: 'news' as const } : {}),
      ...(item.startsWith('paper/') ? { paper: item.slice('paper/'.length) } : {}),
      ...(view.place === '' ? {} : { to: open.destination.name }),
      ...(how === undefined ? {} : { how }),
      ...(words === undefined ? {} : { words }),
    },
    view,
  );
  if (acted.length === 0) return say(speak(ask).words.editor.nothingToCorrect);
  const lines = acted.map((one) => writeActed(ask, one));
  const card = makeTextEmbed(`#${view.issue}`, lines, 'Paperboy', '\n');
  return { body: makeBody([card], []), isPrivate: true };
}
