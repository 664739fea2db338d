import type { Delivery } from '../../src/desk/editor-desk.ts';
import { readStatus } from '../../src/desk/status.ts';
import type { EditorAsk, EditorCommand, Reply } from '../command.ts';
import { makeTextEmbed } from '../parts/embeds.ts';
import { fitMarkdown } from '../parts/line.ts';
import { makeBody } from '../parts/reply.ts';
import { speak } from '../parts/speak.ts';
import { defineEditorCommand } from './parts/define-editor.ts';
import { writeName } from './parts/standing.ts';
import { writeStandingOf } from './parts/tell-acted.ts';
import { writeEntry } from './parts/write-entry.ts';
import { writeHeld } from './parts/write-held.ts';
import { writePause } from './parts/write-pause.ts';

const MOST = 4;
const REASON_MOST = 300;

/** `/status`: what needs a person, what is under way, what comes next and what went out. */
export default {
  definition: defineEditorCommand('status'),
  answer,
} satisfies EditorCommand;

async function answer(ask: EditorAsk): Promise<Reply> {
  const { desk } = ask;
  const { words } = speak(ask);
  const { editor } = words;
  const status = await readStatus(desk);
  const { pauses, orphans, refused, underWay, held, heldItems, proposed, coming, sent } = status;
  const name = (place: string): string =>
    desk.destinations.find(({ key }) => key === place)?.name ?? place;
  const troubles = [
    ...pauses.map((pause) => writePause(ask, name(pause.destination), pause)),
    ...(desk.absent ?? []).map((one) => writePause(ask, one.name, one)),
    ...orphans.map(({ key, waiting }) => fitMarkdown(`${key}: ${waiting.length}`, REASON_MOST)),
    ...refused.map((delivery) => {
      const reason = fitMarkdown(delivery.reason ?? '', REASON_MOST);
      return `${writeStandingOf(ask, delivery)} ${reason}`;
    }),
  ];
  const list = (all: readonly Delivery[]): string[] => all.map((one) => writeStandingOf(ask, one));
  const waiting = proposed.flatMap(({ stored, items }) =>
    items.map((item) => `#${stored.issue.number} ${writeName(item, words)}`),
  );
  // What waits for an editor needs one.
  const isFine = troubles.length === 0 && proposed.length === 0;
  const sections = [
    isFine ? editor.nothingNeeds : section(ask, editor.needsPerson, troubles),
    section(ask, editor.waiting, waiting),
    section(ask, editor.underWay, list(underWay)),
    section(ask, editor.held, [...heldItems.map((one) => writeHeld(ask, one)), ...list(held)]),
    section(
      ask,
      editor.next,
      coming.map((one) => writeEntry(ask, one)),
    ),
    section(ask, editor.sentLately, list(sent)),
  ];
  const told = sections.filter((one) => one !== '');
  return {
    body: makeBody([makeTextEmbed(editor.statusTitle, told, 'Paperboy')], []),
    isPrivate: true,
  };
}

/** A heading with the first few of its lines; nothing where there are none. */
function section(ask: EditorAsk, title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const more = lines.length > MOST ? [speak(ask).words.editor.more(lines.length - MOST)] : [];
  return [`**${title}**`, ...lines.slice(0, MOST).map((line) => `• ${line}`), ...more].join('\n');
}
