import { checkSeen } from '../../src/desk/approval/approve.ts';
import { postNamed } from '../../src/desk/approval/post-named.ts';
import { reviewIssue } from '../../src/desk/approval/review-issue.ts';
import { findIssue } from '../../src/desk/find-issue.ts';
import type { Posted, PostRequest } from '../../src/desk/post.ts';
import { readTime } from '../../src/desk/read-time.ts';
import type { EditorAsk, EditorCommand, Press, Pressed, Reply } from '../command.ts';
import { makeTextEmbed } from '../parts/embeds.ts';
import { fitMarkdown } from '../parts/line.ts';
import { makeBody, say } from '../parts/reply.ts';
import { speak } from '../parts/speak.ts';
import { actOnDraft } from './parts/act-on-draft.ts';
import { defineEditorCommand, defineEditorText, defineIssueOption } from './parts/define-editor.ts';
import { makeDraftBody } from './parts/draft-body.ts';
import { openDraft } from './parts/open-draft.ts';
import { writeInstant } from './parts/standing.ts';
import { findNamedItem, suggestToEditor } from './parts/suggest-editor.ts';
import { readView, type View } from './parts/view-state.ts';

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
  const { editor } = speak(ask).words;
  const reviewed = await reviewIssue(desk, await findIssue(desk, String(options.issue)));
  const item = findNamedItem(ask, reviewed, String(options.item));
  if (item === undefined) return say(editor.gone);
  const at = options.at === undefined ? undefined : readTime(desk, String(options.at));
  const { posted } = await postNamed(desk, String(options.issue), {
    ...nameItem(item.item),
    ...(options.to === undefined ? {} : { to: String(options.to) }),
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
  const { desk } = ask;
  return actOnDraft(ask, view, async ({ item, destination, reviewed }) => {
    checkSeen(reviewed.stored, view);
    const to = state.startsWith('!') ? { to: destination.name } : {};
    const named = { ...nameItem(item.item), ...to };
    const { posted } = await postNamed(desk, String(view.issue), named);
    return tell(ask, posted, undefined);
  });
}

async function askWhether(ask: EditorAsk, view: View): Promise<Pressed> {
  const open = await openDraft(ask.desk, view);
  if (open === undefined) return { ...say(speak(ask).words.editor.gone), isNew: true };
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
            : editor.dueAt(writeInstant(delivery.dueAt));
    return `🚀 ${title} → ${fitMarkdown(place, TITLE_MOST)}: ${told}`;
  });
}
