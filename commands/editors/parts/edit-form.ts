import { ComponentType, TextInputStyle } from 'discord-api-types/v10';
import { findOwnText } from '../../../formatters/index.ts';
import { writeEditable } from '../../../formatters/write-editable.ts';
import type { EditorAsk, Modal } from '../../command.ts';
import { makeCustomId } from '../../parts/custom-id.ts';
import { fitLine } from '../../parts/line.ts';
import { speak } from '../../parts/speak.ts';
import type { OpenDraft } from './open-draft.ts';
import { listOwnPlaces } from './own-places.ts';
import { writeView } from './view-state.ts';

/* https://discord.com/developers/docs/components/reference#text-input */
export const WORDS_MOST = 4_000;
const TITLE_MOST = 45;
const HINT_MOST = 100;
/** The name of the form’s one field. */
export const WORDS_FIELD = 'words';

/**
 * A form over a draft with the words that it has, which names the destinations that they are for;
 * Discord takes at most 4000 characters.
 */
export function makeEditForm(ask: EditorAsk, open: OpenDraft, words: string): Modal {
  const { editor } = speak(ask).words;
  const names = listOwnPlaces(open).map(({ name }) => name);
  return {
    custom_id: makeCustomId('preview', `e${writeView(open.view)}`),
    title: listNames(names, editor.editTitle),
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
 * The words of a draft as an editor may change them: their own, or those that own words would take
 * the place of, a line of --- between posts.
 */
export function readEditable({
  item,
  destination: { platform },
  format,
}: Pick<OpenDraft, 'item' | 'destination' | 'format'>): string {
  return findOwnText(item.of)?.[platform] ?? writeEditable(item.of, platform, format);
}

/** As many names as a title holds, and how many more there are: own words are for all of them. */
function listNames(names: readonly string[], write: (names: string) => string): string {
  for (let shown = names.length; shown > 1; shown -= 1) {
    const more = shown < names.length ? ` + ${names.length - shown}` : '';
    const title = write(`${names.slice(0, shown).join(', ')}${more}`);
    if (title.length <= TITLE_MOST) return title;
  }
  const [first = ''] = names;
  if (names.length <= 1) return fitLine(write(first), TITLE_MOST);
  const more = ` + ${names.length - 1}`;
  return write(`${fitLine(first, TITLE_MOST - write(more).length)}${more}`);
}
