import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type { PlanEntry } from '../../../src/desk/plan/read-plan.ts';
import { prefixIssue } from '../../../src/desk/prefix-issue.ts';
import type { EditorAsk } from '../../command.ts';
import { fitMarkdown } from '../../parts/line.ts';
import { speak } from '../../parts/speak.ts';
import { writeInstant } from './standing.ts';

const TITLE_MOST = 120;

/** What is planned, on one line: when, where, what, and all that it depends on. */
export function writeEntry(ask: EditorAsk, entry: PlanEntry): string {
  const { at, destination, issue, title, delivery } = entry;
  const { editor } = speak(ask).words;
  const when = delivery?.state === 'held' ? `⏸️ ${editor.state.held}` : writeInstant(at);
  const said = `${prefixIssue(issue, fitMarkdown(title, TITLE_MOST))}${writeNotes(entry, editor)}`;
  return `${when} · ${destination.name} · ${said}`;
}

/** What its time depends on, in brackets after a blank; nothing where that is nothing. */
export function writeNotes(
  { isTentative, otherwise, isCatchUp, isPaused }: PlanEntry,
  editor: BotVoice['editor'],
): string {
  const notes = [
    ...(isTentative ? [editor.ifApproved] : []),
    ...(otherwise === undefined ? [] : [editor.orThen(otherwise.at && writeInstant(otherwise.at))]),
    ...(isCatchUp ? [editor.makesUp] : []),
    ...(isPaused ? [editor.isPaused] : []),
  ];
  return notes.length === 0 ? '' : ` (${notes.join('; ')})`;
}
