import type { Acted } from '../../../src/desk/act.ts';
import type { Delivery } from '../../../src/desk/editor-desk.ts';
import type { EditorAsk } from '../../command.ts';
import { fitMarkdown } from '../../parts/line.ts';
import { speak } from '../../parts/speak.ts';
import { writeDelivery } from './standing.ts';

const TITLE_MOST = 100;
const SAID_MOST = 300;
const MARKS = { done: '✅', already: '☑️', left: '➖', failed: '⚠️' } as const;

/** A delivery by its title and its place. */
export function writeDeliveryName({ desk }: EditorAsk, { title, destination }: Delivery): string {
  const place = desk.destinations.find(({ key }) => key === destination)?.name ?? destination;
  return `${fitMarkdown(title, TITLE_MOST)} → ${fitMarkdown(place, TITLE_MOST)}`;
}

/** The same with how it stands. */
export function writeStandingOf(ask: EditorAsk, delivery: Delivery): string {
  const { editor } = speak(ask).words;
  return `${writeDeliveryName(ask, delivery)}: ${writeDelivery(delivery, editor)}`;
}

/** What became of a delivery that an editor named, in the words of the desk. */
export function writeActed(ask: EditorAsk, { delivery, outcome, said, command }: Acted): string {
  const more = command === undefined ? '' : ` → ${command}`;
  const told = fitMarkdown(`${said}${more}`, SAID_MOST);
  return `${MARKS[outcome]} ${writeDeliveryName(ask, delivery)} ${told}`;
}
