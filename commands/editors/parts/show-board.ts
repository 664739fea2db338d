import type { ReviewedIssue } from '../../../src/desk/approval/review-issue.ts';
import { PaperboyError } from '../../../src/kit/errors.ts';
import type { EditorAsk, Pressed } from '../../command.ts';
import { type ReplyBody, say } from '../../parts/reply.ts';
import { speak } from '../../parts/speak.ts';
import { isStale, tellChanged, tellError } from './act-on-draft.ts';
import { makeBoardBody } from './board-body.ts';
import { openIssue } from './open-draft.ts';
import { readBoard } from './read-board.ts';
import type { Told } from './tell-decided.ts';
import type { IssueMark } from './view-state.ts';

const CONTENT_MOST = 1_900;

/** The message about an issue, for one editor alone. */
export async function showBoard(
  ask: EditorAsk,
  reviewed: ReviewedIssue,
  notice: readonly string[],
): Promise<ReplyBody> {
  const { desk } = ask;
  const body = makeBoardBody(desk, await readBoard(desk, reviewed), reviewed.review.proposal);
  return { ...body, content: notice.join('\n').slice(0, CONTENT_MOST) };
}

/**
 * Decides about a whole issue that an editor sees. Their message shows it at once; who was too late,
 * or saw another revision, is told so beside it.
 */
export async function decideOnBoard(
  ask: EditorAsk,
  mark: IssueMark,
  decide: (issue: string, reviewed: ReviewedIssue) => Promise<Told>,
): Promise<Pressed> {
  const { desk } = ask;
  const { editor } = speak(ask).words;
  const reviewed = await openIssue(desk, mark);
  if (reviewed === undefined) return { ...say(editor.gone), isNew: true };
  const show = async (notice?: readonly string[]): Promise<Pressed> => {
    const now = (await openIssue(desk, mark)) ?? reviewed;
    const told = notice ?? tellChanged(ask, now);
    return { body: await showBoard(ask, now, told), isPrivate: true, isNew: true };
  };
  if (isStale(mark, reviewed)) return show();
  let told: Told;
  try {
    told = await decide(String(mark.issue), reviewed);
  } catch (error) {
    if (!(error instanceof PaperboyError)) throw error;
    return error.code === 'issue.changed' ? show() : show([tellError(error)]);
  }
  if (!told.isOurs) return show(told.lines);
  // A warning about what was decided is for this editor alone, beside their message.
  if (told.warnings !== undefined && told.warnings.length > 0) {
    return show([...told.lines, ...told.warnings]);
  }
  return { ...(await show([])), isNew: false };
}
