import { reviewIssue } from '../../src/desk/approval/review-issue.ts';
import type { Delivery } from '../../src/desk/editor-desk.ts';
import { findDeliveries } from '../../src/desk/find-deliveries.ts';
import { findIssue } from '../../src/desk/find-issue.ts';
import { retractDeliveries } from '../../src/desk/retract.ts';
import type { EditorAsk, EditorCommand, Press, Pressed, Reply } from '../command.ts';
import { makeButton, makeRow } from '../parts/controls.ts';
import { makeTextEmbed } from '../parts/embeds.ts';
import { makeBody, say } from '../parts/reply.ts';
import { speak } from '../parts/speak.ts';
import { defineEditorCommand, defineEditorText, defineIssueOption } from './parts/define-editor.ts';
import { listPlaces } from './parts/open-draft.ts';
import { findNamedItem, findNamedPlace, suggestToEditor } from './parts/suggest-editor.ts';
import { writeActed, writeStandingOf } from './parts/tell-acted.ts';
import { hashItem, hashPlace } from './parts/view-state.ts';

/**
 * `/retract issue [item] [to]`: asks first. Its button names the issue, the item and the destination,
 * so that what is taken back is looked up anew when it is pressed.
 */
export default {
  definition: defineEditorCommand('retract', [
    defineIssueOption(),
    defineEditorText('item', { autocomplete: true }),
    defineEditorText('to', { autocomplete: true }),
  ]),
  answer,
  suggest: suggestToEditor,
  press,
} satisfies EditorCommand;

type Wanted = {
  readonly issue: number;
  /** A hash of the item’s key; empty for all. */
  readonly item: string;
  /** A hash of the destination’s name; empty for all. */
  readonly place: string;
};

async function answer(ask: EditorAsk): Promise<Reply> {
  const { options } = ask;
  const { editor } = speak(ask).words;
  const item = options.item === undefined ? '' : hashItem(await findKey(ask, String(options.item)));
  const place =
    options.to === undefined
      ? ''
      : hashPlace(findNamedPlace(ask.desk, String(options.to), 'take back from').name);
  const wanted = { issue: Number(options.issue), item, place };
  const found = await list(ask, wanted);
  if (found.length === 0) return say(editor.nothingToRetract);
  const state = `!${wanted.issue.toString(36)}.${item}.${place}`;
  return {
    body: makeBody(
      [
        makeTextEmbed(
          editor.askRetract(found.length),
          found.map((one) => writeStandingOf(ask, one)),
          'Paperboy',
          '\n',
        ),
      ],
      [makeRow([makeButton('retract', state, { label: editor.yesRetract, style: 'danger' })])],
    ),
    isPrivate: true,
  };
}

async function press(ask: EditorAsk, { state }: Press): Promise<Pressed | undefined> {
  const { editor } = speak(ask).words;
  const [, issue, item = '', place = ''] =
    /^!([0-9a-z]{1,4})\.([0-9a-f]{10})?\.([0-9a-f]{6})?$/.exec(state) ?? [];
  if (issue === undefined) return undefined;
  const isThere =
    place === '' || listPlaces(ask.desk).some(({ name }) => hashPlace(name) === place);
  if (!isThere) return { ...say(editor.placeGone), isNew: true };
  const found = await list(ask, { issue: Number.parseInt(issue, 36), item, place });
  if (found.length === 0) return say(editor.nothingToRetract);
  const acted = await retractDeliveries(ask.desk, found);
  const lines = acted.map((one) => writeActed(ask, one));
  return {
    body: makeBody([makeTextEmbed(`#${Number.parseInt(issue, 36)}`, lines, 'Paperboy', '\n')], []),
    isPrivate: true,
  };
}

/** What of it may stand somewhere, or waits, at the places of the configuration. */
async function list({ desk }: EditorAsk, { issue, item, place }: Wanted): Promise<Delivery[]> {
  if ((await desk.outbox.list({ issue, most: 1 })).length === 0) return [];
  const to = listPlaces(desk).find(({ name }) => hashPlace(name) === place)?.key;
  if (place !== '' && to === undefined) return [];
  const all = await findDeliveries(desk, String(issue), { isAll: true });
  return all.filter(
    ({ destination, item: key, state }) =>
      (to === undefined || destination === to) &&
      (item === '' || hashItem(key) === item) &&
      state !== 'retracted',
  );
}

/**
 * The key of an item that is named, of the issue as it is now or of what it has posted before. Throws
 * what `findNamedItem` throws.
 */
async function findKey(ask: EditorAsk, asked: string): Promise<string> {
  const { desk, options } = ask;
  const reviewed = await reviewIssue(desk, await findIssue(desk, String(options.issue)));
  try {
    return findNamedItem(ask, reviewed, asked).item;
  } catch (error) {
    const typed = asked.trim().toLowerCase();
    const rows = await desk.outbox.list({ issue: reviewed.stored.issue.number });
    const found = rows.filter(({ item, title }) =>
      [item, item.replace(/^paper\//, ''), hashItem(item), title.toLowerCase()].includes(typed),
    );
    if (found[0] === undefined) throw error;
    return found[0].item;
  }
}
