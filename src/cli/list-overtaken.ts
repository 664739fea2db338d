import type { Desk } from '../desk/desk.ts';
import type { PlanEntry } from '../desk/plan/read-plan.ts';
import type { Lane } from '../schedule/programme.ts';

/** What of the newer issue is enough, by the lane. */
const ENOUGH = {
  papers: 'a paper',
  digest: 'the digest',
  news: 'the news',
} as const satisfies Record<Lane, string>;

/** What is said of older issues that go on while a newer one waits, whose approval would drop them. */
export function listOvertaken(
  desk: Pick<Desk, 'programme'>,
  entries: readonly PlanEntry[],
): string[] {
  const said = entries.flatMap((older) => {
    if (older.isTentative || desk.programme(older.destination.name).rest !== 'drop') return [];
    const newer = entries.find(
      ({ destination, lane, issue, isTentative }) =>
        destination === older.destination &&
        lane === older.lane &&
        issue > older.issue &&
        isTentative,
    );
    if (newer?.lane === undefined) return [];
    return [
      `The rest of #${older.issue} goes on until ${ENOUGH[newer.lane]} of #${newer.issue} is approved, and is dropped then (rest: drop).`,
    ];
  });
  return [...new Set(said)];
}
