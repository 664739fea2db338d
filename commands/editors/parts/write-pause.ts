import type { EditorAsk } from '../../command.ts';
import { fitMarkdown } from '../../parts/line.ts';
import { speak } from '../../parts/speak.ts';

const REASON_MOST = 160;
const REMEDY_MOST = 200;

/** Why a place takes nothing, shortened where that is long, and what can be done. */
export function writePause(
  ask: EditorAsk,
  name: string,
  { reason, remedy }: { readonly reason: string; readonly remedy: string },
): string {
  const said = speak(ask).words.editor.paused(name, fitMarkdown(reason, REASON_MOST));
  return `${said} → ${fitMarkdown(remedy, REMEDY_MOST)}`;
}
