import { ComponentType, TextInputStyle } from 'discord-api-types/v10';
import type { Draft } from '../../../formatters/draft.ts';
import { findOwnText, readDraft } from '../../../formatters/index.ts';
import { escapeInline } from '../../../src/issue/text/escape-inline.ts';
import type { EditorAsk, Modal } from '../../command.ts';
import { makeCustomId } from '../../parts/custom-id.ts';
import { fitLine } from '../../parts/line.ts';
import { speak } from '../../parts/speak.ts';
import type { OpenDraft } from './open-draft.ts';
import { writeView } from './view-state.ts';

/* https://discord.com/developers/docs/components/reference#text-input */
export const WORDS_MOST = 4_000;
const TITLE_MOST = 45;
const HINT_MOST = 100;
/** The name of the form’s one field. */
export const WORDS_FIELD = 'words';

/** A form over a draft with the words that it has; Discord takes at most 4000 characters. */
export function makeEditForm(ask: EditorAsk, open: OpenDraft, words: string): Modal {
  const { editor } = speak(ask).words;
  return {
    custom_id: makeCustomId('preview', `e${writeView(open.view)}`),
    title: fitLine(editor.editTitle(open.destination.name), TITLE_MOST),
    components: [
      {
        type: ComponentType.Label,
        label: fitLine(editor.editLabel, TITLE_MOST),
        description: fitLine(editor.editHint, HINT_MOST),
        component: {
          type: ComponentType.TextInput,
          custom_id: WORDS_FIELD,
          style: TextInputStyle.Paragraph,
          required: false,
          max_length: WORDS_MOST,
          ...(words === '' ? {} : { value: words }),
        },
      },
    ],
  };
}

/**
 * The words of a draft as an editor may change them: their own, or those of the posts as CommonMark,
 * a line of --- between them.
 */
export function readEditable({ item, destination, draft }: OpenDraft): string {
  const own = findOwnText(item.of)?.[destination.platform];
  return own ?? listTexts(draft).join('\n\n---\n\n');
}

function listTexts(draft: Draft): string[] {
  // A card’s title and its last line are not among what own words take the place of.
  if (draft.platform === 'discord') {
    return draft.posts.flatMap((post) =>
      post.components === undefined
        ? post.embeds.map(({ description }) => description)
        : readDraft({ ...draft, posts: [post] }).map(writeMarkdown),
    );
  }
  return readDraft(draft).map(writeMarkdown);
}

function writeMarkdown(text: string): string {
  return text
    .split('\n')
    .map((line) => escapeInline(line.trim()))
    .join('\n');
}
