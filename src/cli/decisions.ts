import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Decision } from '../archive/verdicts.ts';
import { shortenId } from '../desk/act.ts';
import type { Desk } from '../desk/desk.ts';
import { findIssue } from '../desk/find-issue.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { ExitCode } from './context.ts';
import { describeDelivery, makeWords, toJson } from './describe-delivery.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain-line.ts';
import { hang } from './wrap.ts';

/** An issue that editors have decided about, and what became of it. */
export type DecidedIssue = {
  readonly stored: StoredIssue;
  readonly decisions: readonly [Decision, ...Decision[]];
  /** The earliest due first. */
  readonly deliveries: readonly Delivery[];
};

const SAID: Readonly<Record<string, string>> = {
  approve: 'approved',
  hold: 'held',
  release: 'released',
  arrange: 'put in order',
  edit: 'edited',
  post: 'posted',
};

/** Whether an issue is meant, by its number or as the latest, rather than a delivery by its id. */
export async function isIssue({ archive }: Desk, reference: string): Promise<boolean> {
  if (!/^(?:#?\d{1,6}|latest)$/i.test(reference)) return false;
  // Six digits may begin the id of a delivery.
  return !/^\d{6}$/.test(reference) || (await archive.read(Number(reference))) !== undefined;
}

/** What was decided about an issue; undefined where nothing was, and where no issue is meant. */
export async function readDecided(
  desk: Desk,
  reference: string,
): Promise<DecidedIssue | undefined> {
  if (!(await isIssue(desk, reference))) return undefined;
  const stored = await findIssue(desk, reference);
  const { number: issue } = stored.issue;
  const [first, ...others] = (await desk.verdicts.read(issue)).decisions;
  if (first === undefined) return undefined;
  const deliveries = await desk.outbox.list({ issue, isEarliestFirst: true });
  return { stored, decisions: [first, ...others], deliveries };
}

/** Prints who decided what about an issue, and its deliveries in a line each. */
export function printDecided(
  output: Output,
  desk: Desk,
  { stored, decisions, deliveries }: DecidedIssue,
  json: boolean | undefined,
): ExitCode {
  if (json) {
    output.json({ issue: stored.issue.number, decisions, deliveries: deliveries.map(toJson) });
    return 0;
  }
  const { style, line } = output;
  const words = makeWords(desk);
  line(style('bold', `#${stored.issue.number} ${plainLine(stored.issue.title)}`));
  for (const { at, verb, actor, item, note } of decisions) {
    const time = words.at(at);
    const what = item === undefined ? 'papers' : item.replace(/^paper\//, '');
    const how = note === undefined ? '' : ` (${plainLine(note)})`;
    const said = `${what} ${SAID[verb] ?? verb} by ${plainLine(actor)}${how}`;
    line(hang(`  ${style('dim', time)}  ${said}`, ' '.repeat(time.length + 4)));
  }
  for (const delivery of deliveries) {
    const id = shortenId(delivery.id);
    const named = { ...delivery, title: plainLine(delivery.title) };
    line(hang(`  ${style('dim', id)}  ${describeDelivery(named, words)}`, '            '));
  }
  if (deliveries.length > 0) output.note('Everything about one of them: paperboy history ID');
  return 0;
}
