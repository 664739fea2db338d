import { COLOR } from '../../../formatters/discord-card.ts';
import { chooseCorrection } from '../../../src/desk/choose-correction.ts';
import type { Delivery } from '../../../src/desk/editor-desk.ts';
import type { EditorAsk, Pressed } from '../../command.ts';
import { makeButton, makeRow } from '../../parts/controls.ts';
import { makeTextEmbed } from '../../parts/embeds.ts';
import { makeBody, say } from '../../parts/reply.ts';
import { speak } from '../../parts/speak.ts';
import { keepInBlock } from './code-block.ts';
import { listDraftPages } from './draft-pages.ts';
import { openDraft, sayGone } from './open-draft.ts';
import { nameOf, writeActor, writeInstant, writeStanding } from './standing.ts';
import { writeStandingOf } from './tell-acted.ts';
import { hashPlace, type View, writeView } from './view-state.ts';

/** How something is to be corrected, as a button carries it; the words stand in the message. */
export type Correcting = {
  readonly how: keyof typeof LETTERS | undefined;
  readonly words: string | undefined;
};

const LETTERS = { edit: 'e', repost: 'p', reply: 'r' } as const;
const CONTENT_MOST = 1_900;
/** Of the 6000 that Discord takes for all cards of a message. */
const CARDS_MOST = 5_500;
const ENDED: readonly Delivery['state'][] = ['cancelled', 'retracted'];

/**
 * Asks whether to correct an item: where it stands, and what is to take its place. Throws what
 * `chooseCorrection` throws, so that nobody is asked about what cannot be done.
 */
export async function askCorrect(
  ask: EditorAsk,
  view: View,
  { how, words: typed }: Correcting,
  notice: readonly string[] = [],
): Promise<Pressed> {
  const { desk } = ask;
  const { words } = speak(ask);
  const { editor } = words;
  const named = await openDraft(desk, view);
  if (named === undefined) return sayGone(ask, view);
  const { item, reviewed } = named;
  const held = item.standing === 'held' ? reviewed.review.verdicts.get(item.item) : undefined;
  if (held !== undefined) {
    const who = editor.heldBy(writeActor(held.actor, words), writeInstant(held.at));
    const told = [who, editor.releaseFirst(view.issue)].join('\n');
    return { body: makeBody([], [], told), isPrivate: true };
  }
  const places = view.place === '' ? desk.destinations : [named.destination];
  const rows = (await desk.outbox.list({ issue: view.issue })).filter(
    (row) =>
      row.item === item.item &&
      !ENDED.includes(row.state) &&
      places.some(({ key }) => key === row.destination),
  );
  if (rows.length === 0) return say(editor.nothingToCorrect);
  const isInPlace = ({ key }: { readonly key: string }): boolean =>
    rows.some(({ destination, state }) => destination === key && state === 'sent');
  for (const place of places.filter(isInPlace)) {
    chooseCorrection(place, { how, isNamed: view.place !== '' });
  }
  const first = named.places.find((place) => places.includes(place) && isInPlace(place));
  const seen = { ...named.view, place: view.place };
  const shown = first && (await openDraft(desk, { ...seen, place: hashPlace(first.name) }));
  const { draft, destination } = shown ?? named;
  const [page] = listDraftPages(draft, desk.format(destination.name));
  const kept = typed === undefined ? undefined : keepInBlock(typed.toWellFormed());
  const card = makeTextEmbed(
    nameOf(item, words),
    [page?.text ?? '—'],
    `#${view.issue} · ${destination.name}`,
  );
  const own = kept && {
    title: editor.yourWords,
    description: kept.block,
    color: COLOR,
    footer: { text: 'Paperboy' },
  };
  const fits = card.description.length + (own?.description.length ?? 0) <= CARDS_MOST;
  const content = [
    ...notice,
    editor.askCorrect(rows.length),
    writeStanding(item, reviewed, words),
    ...(item.standing === 'waits' ? [editor.askPostApproves] : []),
    ...rows.map((row) => writeStandingOf(ask, row)),
  ].join('\n');
  const state = `!${how === undefined ? 'x' : LETTERS[how]}${kept?.standIn.toString(36) ?? ''}.${writeView(seen)}`;
  return {
    body: makeBody(
      [...(fits && how !== 'reply' ? [card] : []), ...(own === undefined ? [] : [own])],
      [makeRow([makeButton('correct', state, { label: editor.yesCorrect, style: 'danger' })])],
      content.length <= CONTENT_MOST
        ? content
        : `${content.slice(0, CONTENT_MOST).replace(/\n?[^\n]*$/, '')}\n…`,
    ),
    isPrivate: true,
  };
}

/** Reads the letter of a way again. */
export function readHow(letter: string): Correcting['how'] {
  return (['edit', 'repost', 'reply'] as const).find((how) => LETTERS[how] === letter);
}
