import { approve, type Decided, findReal } from '../../src/desk/approval/approve.ts';
import {
  type ReviewedIssue,
  type ReviewedItem,
  reviewIssue,
} from '../../src/desk/approval/review-issue.ts';
import { watchRest } from '../../src/desk/approval/watch-rest.ts';
import type { EditorAsk, EditorCommand, Press, Pressed, Reply } from '../command.ts';
import { fitMarkdown } from '../parts/line.ts';
import { speak } from '../parts/speak.ts';
import { actOnDraft } from './parts/act-on-draft.ts';
import { defineEditorCommand, defineEditorText, defineIssueOption } from './parts/define-editor.ts';
import { look, readSeen } from './parts/seen-verdicts.ts';
import { decideOnBoard, showBoard } from './parts/show-board.ts';
import { writeActor, writeInstant, writeName, writeStanding } from './parts/standing.ts';
import { findNamedItem, suggestToEditor } from './parts/suggest-editor.ts';
import { type Told, tellDecided, type Wish } from './parts/tell-decided.ts';
import { type IssueMark, readMark, readView } from './parts/view-state.ts';

const NAMES_MOST = 5;
const TITLE_MOST = 90;

/**
 * `/approve issue [item]`: the message about an issue, with all its buttons, for whom it is gone; or
 * approves an item, which the clock may post then. Its buttons: "a" all of an issue, "i" one draft.
 */
export default {
  definition: defineEditorCommand('approve', [
    defineIssueOption(),
    defineEditorText('item', { autocomplete: true }),
  ]),
  answer,
  suggest: suggestToEditor,
  press,
} satisfies EditorCommand;

async function answer(ask: EditorAsk): Promise<Reply> {
  const { desk, options } = ask;
  const { words } = speak(ask);
  const { editor } = words;
  const issue = String(options.issue);
  const reviewed = await reviewIssue(desk, await findReal(desk, issue));
  if (options.item === undefined) {
    const { length } = reviewed.items.filter(({ standing }) => standing === 'held');
    const notice = length === 0 ? [] : [editor.stillHeld(length, reviewed.stored.issue.number)];
    return { body: await showBoard(ask, reviewed, notice), isPrivate: true };
  }
  const named = findNamedItem(ask, reviewed, String(options.item));
  const held = named.standing === 'held' ? reviewed.review.verdicts.get(named.item) : undefined;
  const { decided, told } = await decide(ask, () =>
    approve(desk, issue, { items: [named.item] }, look(reviewed, named)),
  );
  const wasHeld =
    held === undefined || decided.changed.length === 0
      ? []
      : [editor.wasHeld(writeActor(held.actor, words), writeInstant(held.at))];
  return { body: await showBoard(ask, decided, [...tellAll(told), ...wasHeld]), isPrivate: true };
}

async function press(ask: EditorAsk, { state }: Press): Promise<Pressed | undefined> {
  const { desk } = ask;
  const mark = state.startsWith('a') ? readMark(state.slice(1)) : undefined;
  if (mark !== undefined) {
    return decideOnBoard(ask, mark, async (issue, reviewed) => {
      const { decided, told } = await decide(ask, () =>
        approve(desk, issue, {}, { revision: mark.revision }),
      );
      return addSince(ask, told, listHeldSince(ask, mark, reviewed, decided));
    });
  }
  const view = state.startsWith('i') ? readView(state.slice(1)) : undefined;
  if (view === undefined) return undefined;
  return actOnDraft(ask, view, async ({ item }) => {
    const { told } = await decide(ask, () =>
      approve(desk, String(view.issue), { items: [item.item] }, view),
    );
    return tellAll(told);
  });
}

/** Approves, and tells what that has changed; also of older issues, as a warning. */
async function decide(
  ask: EditorAsk,
  run: () => Promise<Decided>,
): Promise<{ readonly decided: Decided; readonly told: Told }> {
  const { desk } = ask;
  const { words } = speak(ask);
  const findDropped = await watchRest(desk);
  const decided = await run();
  const told = tellDecided(desk, decided, words, wish(ask));
  const isOurs = decided.changed.length > 0;
  const dropped = isOurs ? await findDropped(decided.stored.issue.number) : [];
  const warnings = [...Map.groupBy(dropped, ({ issue }) => issue)].map(([issue, items]) => {
    const titles = items
      .slice(0, NAMES_MOST)
      .map(({ title }) => `**${fitMarkdown(title, TITLE_MOST)}**`);
    const more = items.length > NAMES_MOST ? [words.editor.more(items.length - NAMES_MOST)] : [];
    return words.editor.dropped(issue, [...titles, ...more].join(', '));
  });
  if (told.isOurs) return { decided, told: { ...told, warnings } };
  return { decided, told: { ...told, lines: [...told.lines, ...warnings] } };
}

function tellAll({ lines, warnings = [] }: Told): readonly string[] {
  return [...lines, ...warnings];
}

function wish(ask: EditorAsk): Wish {
  return { verdict: 'approved', write: speak(ask).words.editor.approvedNow };
}

/** What others hold since the editor looked: that stays so, and they are told. */
function listHeldSince(
  { desk }: EditorAsk,
  { seen }: IssueMark,
  before: ReviewedIssue,
  now: ReviewedIssue,
): { readonly reviewed: ReviewedIssue; readonly items: readonly ReviewedItem[] } {
  const known = readSeen(seen ?? '', before);
  const items = now.items.filter(
    ({ item, standing }) =>
      seen !== undefined &&
      standing === 'held' &&
      known.get(item) !== 'held' &&
      now.review.verdicts.get(item)?.actor !== desk.actor,
  );
  return { reviewed: now, items };
}

function addSince(
  ask: EditorAsk,
  told: Told,
  { reviewed, items }: ReturnType<typeof listHeldSince>,
): Told {
  const { words } = speak(ask);
  if (items.length === 0) return told;
  const lines = items.map((item) =>
    words.editor.decidedSince(writeName(item, words), writeStanding(item, reviewed, words)),
  );
  return { lines: [...told.lines, ...lines, ...(told.warnings ?? [])], isOurs: false };
}
