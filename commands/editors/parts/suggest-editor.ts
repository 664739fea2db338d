import { pickItems } from '../../../src/desk/approval/approve.ts';
import type { ReviewedIssue, ReviewedItem } from '../../../src/desk/approval/review-issue.ts';
import type { Destination } from '../../../src/desk/desk.ts';
import type { EditorDesk } from '../../../src/desk/editor-desk.ts';
import { findDestination } from '../../../src/desk/find-destination.ts';
import type { Choice, EditorAsk } from '../../command.ts';
import { fitLine } from '../../parts/line.ts';
import { speak } from '../../parts/speak.ts';
import { CHOICES_MOST, fitChoice } from '../../parts/suggest.ts';
import { listPlaces, openIssue } from './open-draft.ts';
import { nameOf } from './standing.ts';
import { hashItem } from './view-state.ts';

const NAME_MOST = 100;

/** What an editor may mean while they type: an issue, an item of the one that is named, a destination. */
export async function suggestToEditor(
  ask: EditorAsk,
  { name, value }: { readonly name: string; readonly value: string },
): Promise<readonly Choice[]> {
  switch (name) {
    case 'issue':
      return suggestIssues(ask, value);
    case 'item':
      return suggestItems(ask, value);
    case 'to':
      return listPlaces(ask.desk)
        .filter((place) => place.name.includes(value.trim().toLowerCase()))
        .slice(0, CHOICES_MOST)
        .map((place) => ({ name: fitLine(place.name, NAME_MOST), value: place.name }));
    default:
      return [];
  }
}

async function suggestIssues({ desk }: EditorAsk, typed: string): Promise<Choice[]> {
  const digits = typed.replace(/^\s*#?/, '').trim();
  const numbers = (await desk.archive.listRevisions())
    .map(({ number }) => number)
    .filter((number) => String(number).startsWith(digits))
    .sort((a, b) => b - a);
  const choices: Choice[] = [];
  for (const number of numbers) {
    if (choices.length >= CHOICES_MOST) break;
    const stored = await desk.archive.read(number);
    if (stored === undefined || stored.isSample) continue;
    const { title, period } = stored.issue;
    choices.push({ name: fitChoice(`#${number} ${title}`, period.end), value: number });
  }
  return choices;
}

async function suggestItems(ask: EditorAsk, typed: string): Promise<Choice[]> {
  const { words } = speak(ask);
  const reviewed = await openIssue(ask.desk, { issue: Number(ask.options.issue) });
  const needle = typed.trim().toLowerCase();
  return (reviewed?.items ?? [])
    .filter((one) => nameOf(one, words).toLowerCase().includes(needle) || one.item.includes(needle))
    .slice(0, CHOICES_MOST)
    .map((one) => ({
      name: fitChoice(nameOf(one, words), `#${ask.options.issue}`),
      value: hashItem(one.item),
    }));
}

/**
 * The item that is named by a suggestion, or by words of its slug or title. Throws `item.not-found`
 * and what `findPapers` throws.
 */
export function findNamedItem(
  ask: EditorAsk,
  reviewed: ReviewedIssue,
  asked: string,
): ReviewedItem {
  const { words } = speak(ask);
  const typed = asked.trim();
  const name = typed.toLowerCase();
  const exact = reviewed.items.find(
    (one) =>
      hashItem(one.item) === typed ||
      one.item === typed ||
      (one.lane !== 'papers' && [one.lane, nameOf(one, words).toLowerCase()].includes(name)),
  );
  const found = exact ?? pickItems(reviewed, { paper: typed })[0];
  return found ?? missItem(reviewed, typed);
}

/** Throws `item.not-found`, as the desk says it. */
function missItem(reviewed: ReviewedIssue, typed: string): never {
  pickItems(reviewed, { items: [typed] });
  throw new Error(`Cannot find ${typed}`);
}

/**
 * The destination that is named, however its letters are written. Throws what `findDestination`
 * throws: no other one takes its place.
 */
export function findNamedPlace(desk: EditorDesk, asked: string, verb?: string): Destination {
  const name = asked.trim().toLowerCase();
  const found = listPlaces(desk).find((place) => place.name.toLowerCase() === name);
  return found ?? findDestination(desk, asked.trim(), verb);
}
