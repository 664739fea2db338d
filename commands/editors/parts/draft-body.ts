import { escapeDiscord } from '../../../formatters/text/discord-markdown.ts';
import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type { EditorAsk } from '../../command.ts';
import { makeButton, makeMenu, makeRow } from '../../parts/controls.ts';
import { makeTextEmbed } from '../../parts/embeds.ts';
import { makeBody, type ReplyBody, type Row } from '../../parts/reply.ts';
import { speak } from '../../parts/speak.ts';
import { type DraftPage, listDraftPages } from './draft-pages.ts';
import type { OpenDraft } from './open-draft.ts';
import { writeOwnPlaces } from './own-places.ts';
import { nameOf, writeActor, writeInstant, writeStanding } from './standing.ts';
import { hashItem, hashPlace, writeView } from './view-state.ts';
import { writePlace } from './write-places.ts';

const CONTENT_MOST = 1_900;
/** A row has room for so many buttons. */
const ROW_MOST = 5;

/**
 * A draft exactly as it will be posted at a destination, for one editor, with what can be done about
 * it. `notice` is Markdown: what was just done. With `isAsking` it asks whether to post it now.
 */
export function makeDraftBody(
  ask: EditorAsk,
  open: OpenDraft,
  notice: readonly string[] = [],
  isAsking = false,
): ReplyBody {
  const { desk } = ask;
  const { words } = speak(ask);
  const { reviewed, item, destination, format, draft, plan } = open;
  const { issue, revision } = reviewed.stored;
  const pages = listDraftPages(draft, format);
  const page = Math.min(open.view.page, Math.max(0, pages.length - 1));
  const shown = pages[page];
  const time = writePlace(
    item,
    destination,
    { desk, issue: issue.number, posted: new Map([[destination.name, open.posted]]), plan },
    words,
  );
  const content = [
    ...notice,
    writeStanding(item, reviewed, words),
    `${destination.name}: ${time}`,
    ...writeOwnPlaces(open, desk.format, words),
    ...(draft.told ?? []).map((told) => `⚠️ ${escapeDiscord(told)}`),
    ...(isAsking ? writeQuestion(open, words) : []),
  ].join('\n');
  const footer = [
    `#${issue.number}`,
    ...(revision > 1 ? [`r${revision}`] : []),
    destination.name,
    draft.platform,
  ];
  return makeBody(
    [makeTextEmbed(nameOf(item, words), [shown?.text ?? '—'], footer.join(' · '))],
    isAsking ? [makeAsking(open, ask)] : makeRows(open, { pages, page }, ask),
    clip(content),
  );
}

/** Whether to post it now, and what that decides beyond the destination. */
function writeQuestion({ item, destination, reviewed }: OpenDraft, words: BotVoice): string[] {
  const { editor } = words;
  const held = reviewed.review.verdicts.get(item.item);
  return [
    ...(item.standing === 'held' && held !== undefined
      ? [editor.askPostHeld(writeActor(held.actor, words), writeInstant(held.at))]
      : []),
    ...(item.standing === 'waits' ? [editor.askPostApproves] : []),
    editor.askPost(destination.name),
  ];
}

function makeAsking(open: OpenDraft, ask: EditorAsk): Row {
  const { editor } = speak(ask).words;
  const state = writeView(open.view);
  const hasMore = ask.desk.scheduled.length > 1;
  return makeRow([
    makeButton('post', `!${state}`, { label: editor.yesPost, style: 'danger' }),
    ...(hasMore
      ? [makeButton('post', `*${state}`, { label: editor.yesPostEverywhere, style: 'danger' })]
      : []),
    makeButton('preview', `d${state}`, { label: editor.no }),
  ]);
}

function makeRows(
  open: OpenDraft,
  { pages, page }: { readonly pages: readonly DraftPage[]; readonly page: number },
  ask: EditorAsk,
): Row[] {
  const { words } = speak(ask);
  const { editor } = words;
  const { item, view } = open;
  const state = writeView({ ...view, page });
  const isHeld = item.standing === 'held';
  const isNews = item.of.kind === 'digest' && item.of.scope === 'news';
  return [
    makePlaceRow(open, ask),
    makeRow([
      makeButton('approve', `i${state}`, {
        label: editor.approve,
        style: 'main',
        isDisabled: item.standing === 'ready',
      }),
      makeButton('preview', `e${state}`, { label: editor.edit, emoji: '✏️', isDisabled: isNews }),
      isHeld
        ? makeButton('hold', `r${state}`, { label: editor.release })
        : makeButton('hold', `h${state}`, { label: editor.hold }),
      makeButton('post', `?${state}`, { label: editor.postNow }),
    ]),
    makeItemRow(open, ask),
    makePageRow(open, pages, page, ask),
  ];
}

/** One tap to each destination; of more than a row holds, a menu. */
function makePlaceRow({ places, destination, view }: OpenDraft, ask: EditorAsk): Row {
  if (places.length <= 1) return makeRow([]);
  if (places.length > ROW_MOST) {
    const entries = places.map(({ name }) => ({
      label: name,
      value: hashPlace(name),
      isChosen: name === destination.name,
    }));
    const { editor } = speak(ask).words;
    return makeMenu('preview', `t${writeView({ ...view, page: 0 })}`, editor.look, entries);
  }
  return makeRow(
    places.map(({ name }) =>
      makeButton('preview', `d${writeView({ ...view, place: hashPlace(name), page: 0 })}`, {
        label: name,
        isDisabled: name === destination.name,
      }),
    ),
  );
}

function makeItemRow({ reviewed: { items }, index, view }: OpenDraft, ask: EditorAsk): Row {
  const { editor } = speak(ask).words;
  const at = (place: number): string =>
    writeView({ ...view, item: hashItem(items[place]?.item ?? ''), page: 0 });
  if (items.length <= 1) return makeRow([]);
  const label = editor.itemOf(index + 1, items.length);
  return makeRow([
    makeButton('preview', `<${at(index - 1)}`, { label: '◀', isDisabled: index === 0 }),
    makeButton('preview', `=${at(index)}`, { label, isDisabled: true }),
    makeButton('preview', `>${at(index + 1)}`, {
      label: '▶',
      isDisabled: index >= items.length - 1,
    }),
  ]);
}

function makePageRow(
  { view }: OpenDraft,
  pages: readonly DraftPage[],
  page: number,
  ask: EditorAsk,
): Row {
  const { editor } = speak(ask).words;
  const shown = pages[page];
  if (pages.length <= 1 || shown === undefined) return makeRow([]);
  const at = (to: number): string => writeView({ ...view, page: Math.max(0, to) });
  const label = editor.posts(shown.from, shown.to, pages.at(-1)?.to ?? shown.to);
  return makeRow([
    makeButton('preview', `p${at(page - 1)}`, { label: '▲', isDisabled: page === 0 }),
    makeButton('preview', `:${at(page)}`, { label, isDisabled: true }),
    makeButton('preview', `n${at(page + 1)}`, { label: '▼', isDisabled: page + 1 >= pages.length }),
  ]);
}

function clip(content: string): string {
  if (content.length <= CONTENT_MOST) return content;
  return `${content.slice(0, CONTENT_MOST).replace(/\n?[^\n]*$/, '')}\n…`;
}
