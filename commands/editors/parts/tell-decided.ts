import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type { Decided } from '../../../src/desk/approval/approve.ts';
import type { EditorDesk } from '../../../src/desk/editor-desk.ts';
import { writeActor, writeInstant, writeName, writeStanding } from './standing.ts';

/** What a decision has changed, in Markdown, and whether it was this editor who decided all of it. */
export type Told = {
  readonly lines: readonly string[];
  readonly isOurs: boolean;
  /** What the editor ought to know about what they have done. */
  readonly warnings?: readonly string[];
};

/** What was wanted, and how that is told. */
export type Wish = {
  readonly verdict: 'approved' | 'held';
  readonly write: (count: number) => string;
};

const SINCE_MOST = 5;

/**
 * Tells what was decided, or who was first and when: whose decision left nothing over. What somebody
 * has decided otherwise since the editor looked is named. What the same editor had decided already
 * counts as theirs: a press may come twice, or to two processes.
 */
export function tellDecided(
  { actor }: Pick<EditorDesk, 'actor'>,
  { changed, before, review }: Pick<Decided, 'changed' | 'before' | 'review'>,
  words: BotVoice,
  { verdict: wanted, write }: Wish,
): Told {
  const { editor } = words;
  const known = before.flatMap(({ item, verdict }) =>
    verdict === undefined ? [] : [{ item, verdict }],
  );
  // The latest left nothing to decide.
  const same = known
    .filter(({ verdict }) => verdict.verdict === wanted)
    .toSorted((one, other) => other.verdict.at.getTime() - one.verdict.at.getTime());
  const first = same[0]?.verdict;
  const otherwise = known.filter(({ verdict }) => verdict.verdict !== wanted);
  const isOwn = changed.length > 0 || first?.actor === actor;
  const own =
    changed.length + same.filter(({ verdict }) => isOwn && verdict.actor === actor).length;
  const since = otherwise
    .slice(0, SINCE_MOST)
    .map(({ item }) =>
      editor.decidedSince(writeName(item, words), writeStanding(item, { review }, words)),
    );
  if (otherwise.length > SINCE_MOST) since.push(editor.more(otherwise.length - SINCE_MOST));
  const told = own > 0 ? [write(own)] : [];
  if (since.length > 0) return { lines: [...told, ...since, editor.lookAgain], isOurs: false };
  if (own > 0) return { lines: told, isOurs: true };
  if (first === undefined) return { lines: [editor.nothingToDecide], isOurs: false };
  const said = wanted === 'held' ? editor.heldBefore : editor.approvedBefore;
  return { lines: [said(writeActor(first.actor, words), writeInstant(first.at))], isOurs: false };
}
