import { type HeldItem, type PostedNamed, postNamed } from '../../src/desk/approval/post-named.ts';
import { reviewIssue } from '../../src/desk/approval/review-issue.ts';
import { findIssue } from '../../src/desk/find-issue.ts';
import type { Posted, PostRequest } from '../../src/desk/post.ts';
import { readTime } from '../../src/desk/read-time.ts';
import type { EditorAsk, EditorCommand, Press, Pressed, Reply } from '../command.ts';
import { makeTextEmbed } from '../parts/embeds.ts';
import { fitMarkdown } from '../parts/line.ts';
import { makeBody } from '../parts/reply.ts';
import { speak } from '../parts/speak.ts';
import { actOnDraft } from './parts/act-on-draft.ts';
import { defineEditorCommand, defineEditorText, defineIssueOption } from './parts/define-editor.ts';
import { makeDraftBody } from './parts/draft-body.ts';
import { openDraft, sayGone } from './parts/open-draft.ts';
import { look } from './parts/seen-verdicts.ts';
import { writeActor, writeInstant, writeName } from './parts/standing.ts';
import { findNamedItem, findNamedPlace, suggestToEditor } from './parts/suggest-editor.ts';
import { hashItem, hashPlace, readView, type View } from './parts/view-state.ts';

const TITLE_MOST = 80;

/**
 * `/post issue item [to] [at]`: an item now, or at a time. Its buttons: "?" asks whether to post a
 * draft, "!" posts it at the destination that is shown, "*" everywhere.
 */
export default {
  definition: defineEditorCommand('post', [
    defineIssueOption(),
    defineEditorText('item', { required: true, autocomplete: true }),
    defineEditorText('to', { autocomplete: true }),
    defineEditorText('at', { most: 40 }),
  ]),
  answer,
  suggest: suggestToEditor,
  press,
} satisfies EditorCommand;

async function answer(ask: EditorAsk): Promise<Reply> {
  const { desk, options } = ask;
  const { words } = speak(ask);
  const { editor } = words;
  const reviewed = await reviewIssue(desk, await findIssue(desk, String(options.issue)));
  const item = findNamedItem(ask, reviewed, String(options.item));
  const place = options.to === undefined ? undefined : findNamedPlace(desk, String(options.to));
  const at = options.at === undefined ? undefined : readTime(desk, String(options.at));
  const tellHeld = async (by: HeldItem['verdict']): Promise<Reply> => {
    // What somebody holds is not posted over their head: first it is said who does.
    if (at === undefined) {
      const { issue, revision } = reviewed.stored;
      const to = place === undefined ? '' : hashPlace(place.name);
      const view = { issue: issue.number, revision, item: hashItem(item.item), place: to, page: 0 };
      return askWhether(ask, view);
    }
    const who = editor.heldBy(writeActor(by.actor, words), writeInstant(by.at));
    const told = [who, editor.releaseFirst(reviewed.stored.issue.number)].join('\n');
    return { body: makeBody([], [], told), isPrivate: true };
  };
  const before = item.standing === 'held' ? reviewed.review.verdicts.get(item.item) : undefined;
  if (before !== undefined) return tellHeld(before);
  const request = {
    ...nameItem(item.item),
    ...(place === undefined ? {} : { to: place.name }),
    ...(at === undefined ? {} : { at }),
  };
  const { posted, held } = await postNamed(
    desk,
    String(options.issue),
    request,
    look(reviewed, item),
  );
  const [since] = held;
  if (since !== undefined) return tellHeld(since.verdict);
  const lines = tell(ask, posted, at);
  return {
    body: makeBody([makeTextEmbed(`#${options.issue}`, lines, 'Paperboy', '\n')], []),
    isPrivate: true,
  };
}

async function press(ask: EditorAsk, { state }: Press): Promise<Pressed | undefined> {
  const view = /^[?!*]/.test(state) ? readView(state.slice(1)) : undefined;
  if (view === undefined) return undefined;
  if (state.startsWith('?')) return askWhether(ask, view);
  return actOnDraft(ask, view, async ({ item, destination }) => {
    const to = state.startsWith('!') ? { to: destination.name } : {};
    // A button of an older version does not say that the editor saw it held.
    const { revision, verdict = 'none' } = view;
    const request = { ...nameItem(item.item), ...to };
    const done = await postNamed(ask.desk, String(view.issue), request, { revision, verdict });
    return [...tellHolders(ask, done), ...tell(ask, done.posted, undefined)];
  });
}

/** Who holds it since the editor looked, so that nothing was posted; or who held what is posted. */
function tellHolders(ask: EditorAsk, { held, overruled }: PostedNamed): readonly string[] {
  const { words } = speak(ask);
  const { editor } = words;
  const since = held.map((item) => {
    const { actor, at } = item.verdict;
    const standing = editor.heldBy(writeActor(actor, words), writeInstant(at));
    return editor.decidedSince(writeName(item, words), standing);
  });
  if (since.length > 0) return [...since, editor.lookAgain];
  return overruled.map(({ verdict: { actor, at } }) =>
    editor.wasHeld(writeActor(actor, words), writeInstant(at)),
  );
}

async function askWhether(ask: EditorAsk, view: View): Promise<Pressed> {
  const open = await openDraft(ask.desk, view);
  if (open === undefined) return sayGone(ask, view);
  return { body: makeDraftBody(ask, open, [], true), isPrivate: true };
}

function nameItem(key: string): Pick<PostRequest, 'paper' | 'digest'> {
  if (key === 'digest') return { digest: 'issue' };
  return key === 'news' ? { digest: 'news' } : { paper: key.replace(/^paper\//, '') };
}

/** What became of it at each destination. */
function tell(ask: EditorAsk, posted: readonly Posted[], at: Date | undefined): string[] {
  const { editor } = speak(ask).words;
  return posted.map(({ delivery, action }) => {
    const place =
      ask.desk.destinations.find(({ key }) => key === delivery.destination)?.name ??
      delivery.destination;
    const title = fitMarkdown(delivery.title, TITLE_MOST);
    const told =
      action === 'left'
        ? editor.posted.left
        : action === 'already there'
          ? editor.posted.already
          : at === undefined
            ? editor.posted.queued
            : editor.dueAt(writeInstant(delivery.dueAt), writeWall(delivery.dueAt, ask));
    return `🚀 ${title} → ${fitMarkdown(place, TITLE_MOST)}: ${told}`;
  });
}

/** A time as it was asked for: on the clock of the schedule, which may not be that of the reader. */
function writeWall(at: Date, { desk: { timeZone } }: EditorAsk): string {
  const style = { dateStyle: 'short', timeStyle: 'short', timeZone } as const;
  return fitMarkdown(
    `${new Intl.DateTimeFormat('sv-SE', style).format(at)} ${timeZone}`,
    TITLE_MOST,
  );
}
