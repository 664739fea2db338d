import { reviewIssue } from '../../src/desk/approval/review-issue.ts';
import { queueCorrections } from '../../src/desk/correct.ts';
import { findIssue } from '../../src/desk/find-issue.ts';
import type { EditorAsk, EditorCommand, Reply } from '../command.ts';
import { makeTextEmbed } from '../parts/embeds.ts';
import { makeBody, say } from '../parts/reply.ts';
import { speak } from '../parts/speak.ts';
import {
  defineEditorCommand,
  defineEditorText,
  defineHow,
  defineIssueOption,
} from './parts/define-editor.ts';
import { findNamedItem, suggestToEditor } from './parts/suggest-editor.ts';
import { writeActed } from './parts/tell-acted.ts';

const HOW = ['edit', 'repost', 'reply'] as const;
const WORDS_MOST = 3_000;

/** `/correct issue item [to] [how] [words]`: the newest words in the place of what was posted. */
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
} satisfies EditorCommand;

async function answer(ask: EditorAsk): Promise<Reply> {
  const { desk, options } = ask;
  const { editor } = speak(ask).words;
  const reviewed = await reviewIssue(desk, await findIssue(desk, String(options.issue)));
  const named = findNamedItem(ask, reviewed, String(options.item));
  if (named === undefined) return say(editor.gone);
  const { item } = named;
  const how = HOW.find((one) => one === options.how);
  const acted = await queueCorrections(desk, String(options.issue), {
    ...(item === 'digest' ? { digest: 'issue' as const } : {}),
    ...(item === 'news' ? { digest: 'news' as const } : {}),
    ...(item.startsWith('paper/') ? { paper: item.slice('paper/'.length) } : {}),
    ...(options.to === undefined ? {} : { to: String(options.to) }),
    ...(how === undefined ? {} : { how }),
    ...(options.words === undefined ? {} : { words: String(options.words) }),
  });
  if (acted.length === 0) return say(editor.nothingToCorrect);
  const lines = acted.map((one) => writeActed(ask, one));
  return {
    body: makeBody([makeTextEmbed(`#${options.issue}`, lines, 'Paperboy', '\n')], []),
    isPrivate: true,
  };
}
