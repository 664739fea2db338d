import { arrange } from '../../src/desk/approval/arrange.ts';
import { findPage } from '../../src/desk/list-topics.ts';
import { listUndecided } from '../../src/desk/list-undecided.ts';
import { readPlan } from '../../src/desk/plan/read-plan.ts';
import type { EditorAsk, EditorCommand, Press, Pressed, Reply } from '../command.ts';
import { makePager } from '../parts/controls.ts';
import { makeTextEmbed } from '../parts/embeds.ts';
import { makeBody, type ReplyBody, say } from '../parts/reply.ts';
import { speak } from '../parts/speak.ts';
import { defineEditorCommand } from './parts/define-editor.ts';
import { openIssue } from './parts/open-draft.ts';
import { makeOrderBody } from './parts/order-body.ts';
import { hashItem, readMark } from './parts/view-state.ts';
import { writeEntry } from './parts/write-entry.ts';
import { writeHeld } from './parts/write-held.ts';
import { writePause } from './parts/write-pause.ts';

const PAGE_SIZE = 12;
const PAUSES_MOST = 4;

/**
 * `/queue`: what the clock posts in the coming weeks, what waits in the ledger, what editors hold, and
 * what finds no slot. Its buttons:
 * "<", "=" and ">" turn the page; "o" opens the order of an issue, "c" chooses a paper there, and
 * "f", "l" and "r" put it at a place.
 */
export default {
  definition: defineEditorCommand('queue'),
  answer: async (ask: EditorAsk): Promise<Reply> => ({
    body: await makeQueueBody(ask, 1),
    isPrivate: true,
  }),
  press,
} satisfies EditorCommand;

async function press(ask: EditorAsk, { state, values }: Press): Promise<Pressed | undefined> {
  const [, page] = /^[<=>](\d{1,4})$/.exec(state) ?? [];
  if (page !== undefined) return { body: await makeQueueBody(ask, Number(page)), isPrivate: true };
  const [, verb, mark = '', item = '', place] =
    /^([ocflr])([0-9a-z]+\.[0-9a-z]+)(?:\.([0-9a-f]{10}))?(?:\.(\d{1,3}))?$/.exec(state) ?? [];
  const seen = readMark(mark);
  if (verb === undefined || seen === undefined) return undefined;
  const reviewed = await openIssue(ask.desk, seen);
  if (reviewed === undefined) return { ...say(speak(ask).words.editor.gone), isNew: true };
  if (verb === 'o') return { body: makeOrderBody(ask, reviewed), isPrivate: true, isNew: true };
  const hash = verb === 'c' ? values[0] : item;
  const chosen = reviewed.items.find((one) => hashItem(one.item) === hash)?.item;
  if (verb === 'c') return { body: makeOrderBody(ask, reviewed, chosen), isPrivate: true };
  if (place === undefined) return undefined;
  if (chosen === undefined) return { body: makeOrderBody(ask, reviewed), isPrivate: true };
  const arranged = await arrange(ask.desk, String(seen.issue), chosen, Number(place));
  const notice = arranged.isChanged ? [speak(ask).words.editor.orderChanged] : [];
  return { body: makeOrderBody(ask, arranged, chosen, notice), isPrivate: true };
}

async function makeQueueBody(ask: EditorAsk, asked: number): Promise<ReplyBody> {
  const { words } = speak(ask);
  const { editor } = words;
  const { entries, left, pauses } = await readPlan(ask.desk);
  const { held } = await listUndecided(ask.desk);
  const leftByPlace = Map.groupBy(
    left,
    ({ destination, candidate: { issue } }) => `${issue} ${destination.name}`,
  );
  const all = [
    ...entries.map((one) => writeEntry(ask, one)),
    ...held.map((one) => writeHeld(ask, one)),
    ...[...leftByPlace.values()].flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [editor.noSlotFor(1 + others.length, first.candidate.issue, first.destination.name)],
    ),
  ];
  const place = findPage(asked, all.length, PAGE_SIZE);
  const shown = all.slice(place.before, place.before + PAGE_SIZE);
  const lines = shown.length === 0 ? [editor.queueEmpty] : shown;
  const paused = pauses
    .slice(0, PAUSES_MOST)
    .map(({ destination, pause }) => `⚠️ ${writePause(ask, destination.name, pause)}`);
  return makeBody(
    [makeTextEmbed(editor.queueTitle, [...paused, ...lines], 'Paperboy', '\n')],
    [makePager('queue', words, place, String)],
  );
}
