import type { Draft, FormatOptions } from '../../../formatters/draft.ts';
import { formatItem } from '../../../formatters/index.ts';
import {
  type ReviewedIssue,
  type ReviewedItem,
  reviewIssue,
} from '../../../src/desk/approval/review-issue.ts';
import { tellVerdict } from '../../../src/desk/approval/tell-seen.ts';
import type { Destination } from '../../../src/desk/desk.ts';
import type { Delivery, EditorDesk } from '../../../src/desk/editor-desk.ts';
import { findPosted } from '../../../src/desk/find-posted.ts';
import type { Plan } from '../../../src/desk/plan/read-plan.ts';
import { readPlan } from '../../../src/desk/plan/read-plan.ts';
import type { EditorAsk, Pressed } from '../../command.ts';
import { say } from '../../parts/reply.ts';
import { speak } from '../../parts/speak.ts';
import { hashItem, hashPlace, type IssueMark, type View } from './view-state.ts';

/** A draft of an issue, with all that an editor decides about it by. */
export type OpenDraft = {
  readonly reviewed: ReviewedIssue;
  readonly item: ReviewedItem;
  /** Of the item among those of the issue, from 0. */
  readonly index: number;
  readonly places: readonly Destination[];
  readonly destination: Destination;
  /** How the destination wants its posts written. */
  readonly format: FormatOptions;
  readonly draft: Draft;
  /** The same place in the issue as it is now. */
  readonly view: View;
  readonly plan: Plan;
  /** What the destination has got of the issue, or is to get, by the items’ keys. */
  readonly posted: ReadonlyMap<string, Delivery>;
};

/** Where drafts are looked at: first where the clock posts, then all other places of the configuration. */
export function listPlaces({ scheduled, destinations }: EditorDesk): readonly Destination[] {
  const ours = destinations.filter(({ isFollowed }) => isFollowed !== true);
  return [...new Set([...scheduled, ...ours])];
}

/** An issue as it is now; undefined where it is gone, or a sample, which nobody decides about. */
export async function openIssue(
  desk: EditorDesk,
  { issue }: Pick<IssueMark, 'issue'>,
): Promise<ReviewedIssue | undefined> {
  const stored = await desk.archive.read(issue);
  if (stored === undefined || stored.isSample) return undefined;
  return reviewIssue(desk, stored);
}

/**
 * A draft as it would be posted now; undefined where its issue, its item or its destination is gone.
 * No other destination takes the place of one that was named.
 */
export async function openDraft(desk: EditorDesk, view: View): Promise<OpenDraft | undefined> {
  const reviewed = await openIssue(desk, view);
  if (reviewed === undefined) return undefined;
  const { items, stored } = reviewed;
  const index = items.findIndex(({ item }) => hashItem(item) === view.item);
  const item = items[index];
  const places = listPlaces(desk);
  const destination =
    view.place === '' ? places[0] : places.find(({ name }) => hashPlace(name) === view.place);
  if (item === undefined || destination === undefined) return undefined;
  const format = desk.format(destination.name);
  return {
    reviewed,
    item,
    index,
    places,
    destination,
    format,
    draft: formatItem(item.of, destination.platform, format),
    view: {
      ...view,
      revision: stored.revision,
      place: hashPlace(destination.name),
      verdict: tellVerdict(item, reviewed),
    },
    plan: await readPlan(desk),
    posted: await findPosted(desk, stored, destination),
  };
}

/** Why a draft cannot be shown any more. */
export function tellGone(ask: EditorAsk, { place }: Pick<View, 'place'>): string {
  const { editor } = speak(ask).words;
  const isThere =
    place === '' || listPlaces(ask.desk).some(({ name }) => hashPlace(name) === place);
  return isThere ? editor.gone : editor.placeGone;
}

/** The same as an answer beside the message. */
export function sayGone(ask: EditorAsk, view: Pick<View, 'place'>): Pressed {
  return { ...say(tellGone(ask, view)), isNew: true };
}
