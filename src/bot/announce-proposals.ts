import {
  type BoardState,
  makeBoardBody,
  makeSupersededBody,
} from '../../commands/editors/parts/board-body.ts';
import { readBoard } from '../../commands/editors/parts/read-board.ts';
import type { ReplyBody } from '../../commands/parts/reply.ts';
import type { Proposal, ToldProposal } from '../archive/proposals.ts';
import type { Proposed } from '../desk/approval/propose.ts';
import type { EditorDesk } from '../desk/editor-desk.ts';
import { readPlan } from '../desk/plan/read-plan.ts';
import { describeError } from '../kit/errors.ts';
import { sha256 } from '../kit/ids.ts';
import type { Log } from '../kit/log.ts';
import { isForbidden, isGone, readDiscordError } from '../publishers/discord-errors.ts';
import type { DiscordRest } from '../publishers/discord-rest.ts';
import { DELETED, editBoard, patchBoard } from './edit-board.ts';
import { findBoard } from './find-board.ts';
import { isBoardOf } from './is-board-of.ts';

export type AnnounceTools = {
  readonly rest: DiscordRest;
  readonly desk: EditorDesk;
  readonly log: Log;
  /** So long a round of asking may take, whatever the network does; 20 s without it. */
  readonly deadlineMs?: number;
};

/** Why editors cannot be asked, and what a person can do. */
export type AnnounceProblem = { readonly reason: string; readonly remedy: string };

/** A message is kept true for so long. */
export const KEPT_MS = 14 * 24 * 60 * 60 * 1000;
const DEADLINE_MS = 20_000;
/** Of the last edit of what is left alone from then on. */
const CLOSED = 'closed:';

/**
 * Asks the editors about each issue in their channel with one message, exactly once whatever dies,
 * and keeps the messages true: as decisions, times and deliveries change, they are edited. A
 * revision with words that nobody has approved gets a message of its own. Gives why the channel
 * takes no message, where it does not. The first thing that passes by itself ends the round, which
 * is logged and goes on at the next call: the planner waits for this, and must not for long.
 */
export async function announceProposals(
  tools: AnnounceTools,
  proposed: readonly Proposed[],
): Promise<AnnounceProblem | undefined> {
  let problem: AnnounceProblem | undefined;
  const signal = AbortSignal.timeout(tools.deadlineMs ?? DEADLINE_MS);
  const plan = proposed.length === 0 ? undefined : await readPlan(tools.desk);
  for (const one of proposed) {
    const { channelId } = tools.desk.editors;
    try {
      await announceOne({ ...tools, signal }, one, plan);
    } catch (error) {
      const attempt = readDiscordError(error, { channelId });
      if (attempt.kind !== 'refused') {
        const fields = { issue: one.proposal.issue, reason: describeError(error) };
        tools.log.warn(fields, 'proposal.unsent');
        return problem;
      }
      const { reason, remedy } = attempt;
      problem = { reason, remedy: remedy.replace('DISCORD_CHANNEL_ID', SETTING) };
      // What closes the channel closes it for all of them.
      if (attempt.isClosed === true) return problem;
    }
  }
  return problem;
}

const SETTING = 'editors.channel in paperboy.yaml';

type Round = AnnounceTools & { readonly signal: AbortSignal };

async function announceOne(
  tools: Round,
  { issue, proposal }: Proposed,
  plan: Awaited<ReturnType<typeof readPlan>> | undefined,
): Promise<void> {
  const { desk } = tools;
  const { channelId } = desk.editors;
  const now = desk.clock.now();
  const { askedAt, message, shownHash = '' } = proposal;
  const isOld = askedAt !== undefined && now.getTime() - askedAt.getTime() > KEPT_MS;
  const isOver = isLeft(proposal);
  if (isOld && (message === undefined || isOver)) return;
  if (shownHash === DELETED) return;
  const board = await readBoard(desk, issue, plan);
  const state: BoardState = isOld || board.isAllSent ? 'closed' : 'open';
  if (state === 'closed' && isOver) return;
  const write = (known: Proposal): ReplyBody => makeBoardBody(desk, board, known, state);
  if (askedAt !== undefined && message?.channelId === channelId) {
    return showAnew(tools, { ...proposal, message }, write(proposal), state);
  }

  const asked = { ...proposal, askedAt: askedAt ?? now };
  const { rest, signal } = tools;
  if (message !== undefined) {
    // Asked anew about the same words, as another setting asks: the message that is there tells it.
    const isSame =
      message.channelId === channelId && (await isBoardOf(rest, message, proposal, signal));
    if (isSame) return adopt(tools, { ...asked, message }, write(asked), state);
    // First, as what died in between finds the way again by the row alone.
    await retire(tools, proposal, message);
  }
  const since = issue.stored.importedAt;
  const found = await findBoard(rest, channelId, proposal, since, message, signal);
  if (found !== undefined) {
    const at = askedAt ?? new Date(found.timestamp);
    const adopted = { ...proposal, askedAt: at, message: { channelId, id: found.id } };
    return adopt(tools, adopted, write(adopted), state);
  }
  const body = write(asked);
  const nonce = sha256(`proposal/${proposal.issue}/${proposal.revision}/${channelId}`).slice(0, 25);
  const sent = await rest.post<{ readonly id: string }>(
    `/channels/${channelId}/messages`,
    { ...body, nonce, enforce_nonce: true },
    signal,
  );
  const told = { ...asked, message: { channelId, id: sent.id }, shownHash: hashBody(body, state) };
  await desk.verdicts.saveMessage(proposal.issue, proposal.revision, told);
  tools.log.info({ issue: proposal.issue, revision: proposal.revision }, 'proposal.announced');
}

/** Edits a message that tells what is true no more. One that somebody has deleted is left so. */
async function showAnew(
  { rest, desk: { verdicts }, log, signal }: Round,
  proposal: ToldProposal,
  body: ReplyBody,
  state: BoardState,
): Promise<void> {
  const shownHash = hashBody(body, state);
  if (shownHash === proposal.shownHash) return;
  const edited = await editBoard({ rest, verdicts }, proposal, body, shownHash, signal);
  if (edited === 'deleted') log.info({ issue: proposal.issue }, 'proposal.deleted');
}

/** Edits a message that asks from now on, which is noted once it does. */
async function adopt(
  { rest, desk: { verdicts }, log, signal }: Round,
  proposal: ToldProposal,
  body: ReplyBody,
  state: BoardState,
): Promise<void> {
  const { issue, revision, message } = proposal;
  const isThere = await patchBoard(rest, message, body, signal);
  if (!isThere) log.info({ issue }, 'proposal.deleted');
  const shownHash = isThere ? hashBody(body, state) : DELETED;
  await verdicts.saveMessage(issue, revision, { ...proposal, shownHash });
}

/** Takes the buttons from a message that another one takes the place of. */
async function retire(
  { rest, desk, signal }: Round,
  { issue, revision }: Proposal,
  message: NonNullable<Proposal['message']>,
): Promise<void> {
  const path = `/channels/${message.channelId}/messages/${message.id}` as const;
  const body = makeSupersededBody(desk, issue, revision);
  try {
    await rest.patch(path, body, signal);
  } catch (error) {
    // It is gone, or its channel is closed to the bot: its buttons tell that they are old.
    if (!isGone(error) && !isForbidden(error)) throw error;
  }
}

/** Whether a message had its last edit, or was deleted by somebody. */
export function isLeft({ shownHash = '' }: Proposal): boolean {
  return shownHash.startsWith(CLOSED) || shownHash === DELETED;
}

/** Of a message as it stands in the channel. */
export function hashBody(body: ReplyBody, state: BoardState): string {
  return `${state === 'closed' ? CLOSED : ''}${sha256(JSON.stringify(body))}`;
}
