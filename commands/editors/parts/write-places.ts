import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type { ReviewedItem } from '../../../src/desk/approval/review-issue.ts';
import type { Destination } from '../../../src/desk/desk.ts';
import type { Delivery, EditorDesk } from '../../../src/desk/editor-desk.ts';
import type { Plan } from '../../../src/desk/plan/read-plan.ts';
import { writeDelivery, writeInstant } from './standing.ts';
import { writeNotes } from './write-entry.ts';

/** Where an item goes, and when. */
export type Places = {
  readonly desk: Pick<EditorDesk, 'scheduled' | 'programme'>;
  readonly issue: number;
  readonly places: readonly Destination[];
  /** By the destination’s name, then by the item’s key. */
  readonly posted: ReadonlyMap<string, ReadonlyMap<string, Delivery>>;
  readonly plan: Plan;
};

type Placed = Pick<ReviewedItem, 'item' | 'lane' | 'standing'>;

/** What of an item is, or comes, at each destination: by the ledger, else by the plan. */
export function writePlaces(item: Placed, all: Places, words: BotVoice): string {
  const told = all.places.flatMap((place): string[] => {
    const known = writeKnown(item, place, all, words);
    return known === undefined ? [] : [`${place.name}: ${known}`];
  });
  if (told.length > 0) return told.join(' · ');
  return writeNone(item, all.desk.scheduled, all, words);
}

/** The same of one destination. */
export function writePlace(
  item: Placed,
  place: Destination,
  all: Omit<Places, 'places'>,
  words: BotVoice,
): string {
  return writeKnown(item, place, all, words) ?? writeNone(item, [place], all, words);
}

function writeKnown(
  { item, standing }: Placed,
  { name, key }: Destination,
  { issue, posted, plan }: Omit<Places, 'places'>,
  { editor }: BotVoice,
): string | undefined {
  const delivery = posted.get(name)?.get(item);
  if (delivery !== undefined) {
    const { state, task, dueAt } = delivery;
    // It was put in line before editors were asked, or over their heads: it does not wait for them.
    const isAhead = standing !== 'ready' && state === 'planned' && task === 'publish';
    return isAhead ? editor.queuedBefore(writeInstant(dueAt)) : writeDelivery(delivery, editor);
  }
  const next = plan.entries.find(
    (one) => one.issue === issue && one.item === item && one.destination.key === key,
  );
  if (next === undefined) return undefined;
  return `${writeInstant(next.at)}${writeNotes(next, editor)}`;
}

/** Why it goes nowhere: somebody holds it, no slot is for it, or none of the coming ones is. */
function writeNone(
  { lane, standing }: Placed,
  places: readonly Destination[],
  { desk }: Pick<Places, 'desk'>,
  { editor }: BotVoice,
): string {
  const hasSlots = places.some(
    ({ key, name }) =>
      desk.scheduled.some((one) => one.key === key) && desk.programme(name).crons[lane].length > 0,
  );
  if (!hasSlots) return editor.noSlot;
  return standing === 'held' ? editor.state.held : editor.nothingPlanned;
}
