import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type { Decided } from '../../../src/desk/approval/approve.ts';
import type { EditorDesk } from '../../../src/desk/editor-desk.ts';
import { writeActor, writeInstant } from './standing.ts';

/** What a decision has changed, in Markdown, and whether it was this editor who decided. */
export type Told = { readonly lines: readonly string[]; readonly isOurs: boolean };

/**
 * Tells what was decided, or who was first and when. What the same editor had decided already counts
 * as theirs: a press may come twice, or to two processes.
 */
export function tellDecided(
  { actor }: EditorDesk,
  { changed, before }: Pick<Decided, 'changed' | 'before'>,
  { editor }: BotVoice,
  write: (count: number) => string,
): Told {
  const others = before.filter(({ verdict }) => verdict !== undefined && verdict.actor !== actor);
  const own = changed.length + before.filter(({ verdict }) => verdict?.actor === actor).length;
  if (own > 0) return { lines: [write(own)], isOurs: true };
  const [first] = others.flatMap(({ verdict }) => (verdict === undefined ? [] : [verdict]));
  if (first === undefined) return { lines: [editor.nothingToDecide], isOurs: false };
  const who = writeActor(first.actor);
  const when = writeInstant(first.at);
  const said = first.verdict === 'held' ? editor.heldBefore : editor.approvedBefore;
  return { lines: [said(who, when)], isOurs: false };
}
