import { findReal } from '../../src/desk/approval/approve.ts';
import { type HeldItems, holdItems, releaseItems } from '../../src/desk/approval/hold-items.ts';
import { type ReviewedIssue, reviewIssue } from '../../src/desk/approval/review-issue.ts';
import type { EditorAsk, EditorCommand, Press, Pressed, Reply } from '../command.ts';
import { fitMarkdown } from '../parts/line.ts';
import { speak } from '../parts/speak.ts';
import { actOnDraft } from './parts/act-on-draft.ts';
import {
  defineEditorCommand,
  defineEditorSwitch,
  defineEditorText,
  defineIssueOption,
} from './parts/define-editor.ts';
import { look, readSeen, tellVerdict } from './parts/seen-verdicts.ts';
import { decideOnBoard, showBoard } from './parts/show-board.ts';
import { writeName } from './parts/standing.ts';
import { findNamedItem, suggestToEditor } from './parts/suggest-editor.ts';
import { type Told, tellDecided } from './parts/tell-decided.ts';
import { type IssueMark, readMark, readView } from './parts/view-state.ts';

const TOLD_MOST = 200;
const NAMES_MOST = 5;

/**
 * `/hold issue [item] [release]`: keeps items from going out, or lets them go on. Its buttons: "a"
 * holds all of an issue and "l" releases it; "h" holds one draft, "r" releases it.
 */
export default {
  definition: defineEditorCommand('hold', [
    defineIssueOption(),
    defineEditorText('item', { autocomplete: true }),
    defineEditorSwitch('release'),
  ]),
  answer,
  suggest: suggestToEditor,
  press,
} satisfies EditorCommand;

async function answer(ask: EditorAsk): Promise<Reply> {
  const { desk, options } = ask;
  const issue = String(options.issue);
  const reviewed = await reviewIssue(desk, await findReal(desk, issue));
  const named =
    options.item === undefined ? undefined : findNamedItem(ask, reviewed, String(options.item));
  const which = named === undefined ? {} : { items: [named.item] };
  const seen = named && look(reviewed, named);
  const isRelease = options.release === true;
  const held = await (isRelease ? releaseItems : holdItems)(desk, issue, which, seen);
  const { lines, warnings = [] } = tell(ask, [held], isRelease);
  return { body: await showBoard(ask, held, [...lines, ...warnings]), isPrivate: true };
}

async function press(ask: EditorAsk, { state }: Press): Promise<Pressed | undefined> {
  const { desk } = ask;
  const mark = /^[al]/.test(state) ? readMark(state.slice(1)) : undefined;
  if (mark !== undefined) {
    const isRelease = state.startsWith('l');
    return decideOnBoard(ask, mark, async (issue, reviewed) =>
      tell(ask, await decideSeen(ask, issue, mark, reviewed, isRelease), isRelease),
    );
  }
  const view = /^[hr]/.test(state) ? readView(state.slice(1)) : undefined;
  if (view === undefined) return undefined;
  const isRelease = state.startsWith('r');
  return actOnDraft(ask, view, async ({ item }) => {
    const verb = isRelease ? releaseItems : holdItems;
    const held = await verb(desk, String(view.issue), { items: [item.item] }, view);
    const { lines, warnings = [] } = tell(ask, [held], isRelease);
    return [...lines, ...warnings];
  });
}

/** Holds or releases all of an issue: each item that still is as the editor saw it. */
async function decideSeen(
  { desk }: EditorAsk,
  issue: string,
  { seen, revision }: IssueMark,
  reviewed: ReviewedIssue,
  isRelease: boolean,
): Promise<readonly HeldItems[]> {
  const verb = isRelease ? releaseItems : holdItems;
  if (seen === undefined) return [await verb(desk, issue, {}, { revision })];
  // What the editor has decided since is no news to them.
  const known = new Map(readSeen(seen, reviewed));
  for (const item of reviewed.items) {
    const isOwn = reviewed.review.verdicts.get(item.item)?.actor === desk.actor;
    if (isOwn) known.set(item.item, tellVerdict(item, reviewed));
  }
  const done: HeldItems[] = [];
  for (const verdict of isRelease ? (['held'] as const) : (['none', 'approved'] as const)) {
    const items = [...known].flatMap(([item, was]) => (was === verdict ? [item] : []));
    if (items.length > 0) done.push(await verb(desk, issue, { items }, { revision, verdict }));
  }
  return done;
}

/** What was decided, what of the ledger could not be held, and where held papers are named still. */
function tell(ask: EditorAsk, all: readonly HeldItems[], isRelease: boolean): Told {
  const { words } = speak(ask);
  const { editor } = words;
  const last = all.at(-1);
  if (last === undefined) return { lines: [editor.nothingToDecide], isOurs: false };
  const decided = {
    changed: all.flatMap(({ changed }) => changed),
    before: all.flatMap(({ before }) => before),
    review: last.review,
  };
  const told = tellDecided(
    ask.desk,
    decided,
    words,
    isRelease
      ? { verdict: 'approved', write: editor.releasedNow }
      : { verdict: 'held', write: editor.heldNow },
  );
  const failed = all
    .flatMap(({ acted }) => acted)
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ delivery, said }) => `⚠️ ${fitMarkdown(`${delivery.title} ${said}`, TOLD_MOST)}`);
  const held = last.items.filter(({ standing, lane }) => standing === 'held' && lane === 'papers');
  const names = held.slice(0, NAMES_MOST).map((item) => writeName(item, words));
  const more = held.length > NAMES_MOST ? [editor.more(held.length - NAMES_MOST)] : [];
  const naming = isRelease || last.namedIn.length === 0 ? [] : [[...names, ...more].join(', ')];
  return { ...told, warnings: [...failed, ...naming.map(editor.digestNames)] };
}
