import { escapeDiscord } from '../../../formatters/text/discord-markdown.ts';
import type { ReviewedIssue } from '../../../src/desk/approval/review-issue.ts';
import { PaperboyError } from '../../../src/kit/errors.ts';
import type { EditorAsk, Pressed } from '../../command.ts';
import { speak } from '../../parts/speak.ts';
import { makeDraftBody } from './draft-body.ts';
import { type OpenDraft, openDraft, sayGone } from './open-draft.ts';
import { writeName } from './standing.ts';
import type { View } from './view-state.ts';

const NAMES_MOST = 5;

/**
 * Does something about a draft that an editor sees, and shows it as it is then. Where the issue has
 * another revision than they saw, nothing is done, and they are told.
 */
export async function actOnDraft(
  ask: EditorAsk,
  view: View,
  act: (open: OpenDraft) => Promise<readonly string[]>,
): Promise<Pressed> {
  const open = await openDraft(ask.desk, view);
  if (open === undefined) return sayGone(ask, view);
  let notice: readonly string[] = [];
  if (isStale(view, open.reviewed)) notice = tellChanged(ask, open.reviewed);
  else {
    try {
      notice = await act(open);
    } catch (error) {
      if (!(error instanceof PaperboyError)) throw error;
      notice = error.code === 'issue.changed' ? [] : [tellError(error)];
    }
  }
  const now = await openDraft(ask.desk, view);
  if (now === undefined) return sayGone(ask, view);
  const isOvertaken = notice.length === 0 && isStale(view, now.reviewed);
  const told = isOvertaken ? tellChanged(ask, now.reviewed) : notice;
  return { body: makeDraftBody(ask, now, told), isPrivate: true };
}

/** Whether an issue has another revision than somebody saw. */
export function isStale({ revision }: { readonly revision: number }, now: ReviewedIssue): boolean {
  return now.stored.revision !== revision;
}

/** That an issue was corrected since it was seen, and what of it nobody has approved. */
export function tellChanged(ask: EditorAsk, { stored, items }: ReviewedIssue): string[] {
  const { words } = speak(ask);
  const { editor } = words;
  const open = items.filter(({ standing }) => standing === 'waits');
  const names = open.slice(0, NAMES_MOST).map((one) => writeName(one, words));
  const more = open.length > NAMES_MOST ? [editor.more(open.length - NAMES_MOST)] : [];
  return [
    editor.changed(stored.issue.number, stored.revision),
    ...(names.length === 0 ? [] : [editor.whatChanged([...names, ...more].join(', '))]),
  ];
}

/** Why something could not be done, and what to do. */
export function tellError({ message, remedy }: PaperboyError): string {
  return `⚠️ ${escapeDiscord(message)}\n→ ${escapeDiscord(remedy)}`;
}
