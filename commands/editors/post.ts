import { approve } from '../../src/desk/approval/approve.ts';
import { postNamed } from '../../src/desk/approval/post-named.ts';
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
import { type OpenDraft, openDraft, sayGone } from './parts/open-draft.ts';
import { tellVerdict } from './parts/seen-verdicts.ts';
import { writeActor, writeInstant, writeName, writeStanding } from './parts/standing.ts';
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
  const held = item.standing === 'held' ? reviewed.review.verdicts.get(item.item) : undefined;
  const { issue, revision } = reviewed.stored;
  if (held !== undefined) {
    // What somebody holds is not posted over their head: first it is said who does.
    if (at === undefined) {
      const to = place === undefined ? '' : hashPlace(place.name);
      return askWhether(ask, {
        issue: issue.number,
        revision,
        item: hashItem(item.item),
        place: to,
        page: 0,
      });
    }
    const who = editor.heldBy(writeActor(held.actor, words), writeInstant(held.at));
    const told = [who, editor.releaseFirst(issue.number)].join('\n');
    return { body: makeBody([], [], told), isPrivate: true };
  }
  const { posted } = await postNamed(desk, String(options.issue), {
    ...nameItem(item.item),
    ...(place === undefined ? {} : { to: place.name }),
    ...(at === undefined ? {} : { at }),
  });
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
  return actOnDraft(ask, view, async (open) => {
    const overtaken = await approveSeen(ask, view, open);
    if (overtaken !== undefined) return overtaken;
    const to = state.startsWith('!') ? { to: open.destination.name } : {};
    const { posted } = await postNamed(ask.desk, String(view.issue), {
      ...nameItem(open.item.item),
      ...to,
    });
    return tell(ask, posted, undefined);
  });
}

/**
 * Approves what is about to be posted, if it still is as the editor saw it; else tells who has
 * decided otherwise since, and nothing is posted.
 */
async function approveSeen(
  ask: EditorAsk,
  view: View,
  { item, reviewed }: OpenDraft,
): Promise<readonly string[] | undefined> {
  const { desk } = ask;
  const { words } = speak(ask);
  const { verdict } = view;
  const isAsSeen = verdict === undefined || tellVerdict(item, reviewed) === verdict;
  if (isAsSeen && item.standing === 'ready') return undefined;
  const named = { items: [item.item] };
  const { changed, before } = await approve(desk, String(view.issue), named, view);
  const isApproved = before.some(({ verdict: known }) => known?.verdict === 'approved');
  if (changed.length > 0 || isApproved) return undefined;
  const now = (await openDraft(desk, view)) ?? { item, reviewed };
  const standing = writeStanding(now.item, now.reviewed, words);
  return [words.editor.decidedSince(writeName(now.item, words), standing), words.editor.lookAgain];
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
