import { nameItem } from '../../formatters/item.ts';
import type { Desk, Destination } from '../desk/desk.ts';
import type { PlanCandidate } from '../desk/plan/gather-candidates.ts';
import type { Plan } from '../desk/plan/read-plan.ts';
import { listSlots } from '../schedule/list-slots.ts';
import type { Lane } from '../schedule/programme.ts';
import type { Output } from './output.ts';
import { joinAnd, nameOption, tellTitle } from './tell-items.ts';
import { hang } from './wrap.ts';

/** What of an issue goes out at none of a destination's slots in a plan, and why. */
export type LeftGroup = {
  readonly destination: Destination;
  readonly issue: number;
  readonly lane: Lane;
  readonly candidates: readonly [PlanCandidate, ...PlanCandidate[]];
  readonly reason: 'dropped' | 'no slot' | 'passed over' | 'later';
};

/** So many titles are told. */
const MOST_TOLD = 3;
/** The setting that makes the slots of a lane. */
const SETTING = { papers: 'cron', digest: 'digest', news: 'news' } as const satisfies Record<
  Lane,
  string
>;

/** Gathers what is left by destination, issue and lane. */
export function groupLeft(
  desk: Pick<Desk, 'programme' | 'clock'>,
  { entries, left, until }: Pick<Plan, 'entries' | 'left' | 'until'>,
): LeftGroup[] {
  const groups = Map.groupBy(left, ({ destination, candidate: { issue, lane } }) =>
    JSON.stringify([destination.name, issue, lane]),
  );
  return [...groups.values()].flatMap((group): LeftGroup[] => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    const { destination, candidate } = first;
    const { issue, lane } = candidate;
    const programme = desk.programme(destination.name);
    const taken = entries.filter((one) => one.destination === destination && one.lane === lane);
    const newest = Math.max(
      ...taken.map((one) => one.issue),
      ...left
        .filter((one) => one.destination === destination && one.candidate.lane === lane)
        .filter((one) => one.candidate.isReady)
        .map((one) => one.candidate.issue),
    );
    const hasSlots = listSlots(programme, desk.clock.now(), until, [lane]).length > 0;
    const reason =
      programme.rest === 'drop' && issue < newest
        ? 'dropped'
        : !hasSlots
          ? 'no slot'
          : taken.length === 0
            ? 'passed over'
            : 'later';
    const candidates = [candidate, ...others.map((one) => one.candidate)] as const;
    return [{ destination, issue, lane, candidates, reason }];
  });
}

/** Says what has no slot in time, a word why, and what to do. */
export function printLeft(
  output: Output,
  groups: readonly LeftGroup[],
  until: string,
  weeks: number,
  cutBefore?: number,
): void {
  if (groups.length === 0 && cutBefore === undefined) return;
  output.line(output.style('bold', `Not before ${until}`));
  for (const { destination, issue, lane, candidates, reason } of groups) {
    const titles = candidates.slice(0, MOST_TOLD).map(({ of }) => tellTitle(nameItem(of).title));
    const more = candidates.length - titles.length;
    const what = joinAnd([...titles, ...(more > 0 ? [`${more} more`] : [])]);
    const setting = `schedule.${SETTING[lane]} in paperboy.yaml`;
    const [why, remedy] = {
      dropped: ['dropped, as a newer issue has come (rest: drop)', undefined],
      'no slot': ['there is no slot until then', `look further ahead, or change ${setting}`],
      'passed over': ['every slot is too near to another post', 'make gapMinutes smaller'],
      later: ['there are fewer slots than that', `add slots to ${setting}`],
    }[reason];
    const [first] = candidates;
    const post = `paperboy post ${issue} ${nameOption(first.item, first.stored.issue)} --to ${destination.name}`;
    const further =
      reason === 'dropped' || reason === 'passed over'
        ? ''
        : `; paperboy plan --weeks ${Math.min(weeks * 2, 52)}`;
    const mark = output.style('yellow', '…');
    output.line(hang(`${mark} #${issue} → ${destination.name}: ${what}; ${why}`, '  '));
    const ways = remedy === undefined ? post : `${remedy}; or now: ${post}`;
    output.line(hang(`    → ${ways}${further}`, '      '));
  }
  if (cutBefore === undefined) return;
  const said = `So much is left that the clock does not look at issues before #${cutBefore}: paperboy post ISSUE`;
  output.line(hang(`${output.style('yellow', '…')} ${said}`, '  '));
}
