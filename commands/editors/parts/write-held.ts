import type { HeldItem } from '../../../src/desk/list-undecided.ts';
import { prefixIssue } from '../../../src/desk/prefix-issue.ts';
import type { EditorAsk } from '../../command.ts';
import { fitMarkdown } from '../../parts/line.ts';
import { speak } from '../../parts/speak.ts';
import { writeActor, writeInstant } from './standing.ts';

const TITLE_MOST = 100;

/** What an editor holds, on one line: what, who, and since when. */
export function writeHeld(ask: EditorAsk, { stored, title, verdict }: HeldItem): string {
  const { words } = speak(ask);
  const who = words.editor.heldBy(writeActor(verdict.actor, words), writeInstant(verdict.at));
  const written = fitMarkdown(title, TITLE_MOST);
  const before =
    prefixIssue(stored.issue.number, title) === title ? '' : `#${stored.issue.number} `;
  return `${before}**${written}** ${who}`;
}
