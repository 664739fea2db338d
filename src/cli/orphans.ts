import type { Desk } from '../desk/desk.ts';
import { nameMove, type Orphan } from '../desk/orphans.ts';
import { count, type Output } from './output.ts';
import { hang } from './wrap.ts';

/** Says which places nobody serves, what waits there, and how it gets on. */
export function printOrphans(
  desk: Pick<Desk, 'destinations'>,
  output: Output,
  orphans: readonly Orphan[],
): void {
  for (const { key, waiting } of orphans) {
    const waits = waiting.length === 1 ? 'waits' : 'wait';
    const said = `${count(waiting.length, 'delivery')} ${waits} at ${key}, which is not configured here`;
    output.line(hang(`${output.style('red', '✗')} ${said}`, '  '));
    output.line(`    → ${nameMove(desk, key)}`);
  }
}

/** What waits at the places that nobody serves, as `--json` prints it. */
export function toOrphanJson({ key, waiting }: Orphan): object {
  return { destination: key, waiting: waiting.map(({ id }) => id) };
}
