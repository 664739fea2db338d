import { nameItem } from '../../../formatters/item.ts';
import type { PlanDesk } from '../plan/plan-slots.ts';
import { readPlan } from '../plan/read-plan.ts';

/** Something of an older issue that has no slot any more. */
export type Dropped = {
  readonly issue: number;
  readonly item: string;
  readonly title: string;
  /** The names of the destinations where it had one. */
  readonly places: readonly string[];
};

/**
 * Notes what the clock has slots for, before something of an issue is approved. What it gives tells
 * afterwards what of older issues has none any more, as the programme drops it (`rest: drop`).
 */
export async function watchRest(desk: PlanDesk): Promise<(newer: number) => Promise<Dropped[]>> {
  const isDropping = (name: string): boolean => desk.programme(name).rest === 'drop';
  if (!desk.scheduled.some(({ name }) => isDropping(name))) return async () => [];
  const { entries } = await readPlan(desk);
  return async (newer) => {
    const dropped = (await readPlan(desk)).left.filter(
      ({ destination: { name }, candidate: { issue, item } }) =>
        isDropping(name) &&
        issue < newer &&
        entries.some(
          (entry) =>
            entry.delivery === undefined &&
            entry.destination.name === name &&
            entry.issue === issue &&
            entry.item === item,
        ),
    );
    const items = Map.groupBy(dropped, ({ candidate: { issue, item } }) => `${issue} ${item}`);
    return [...items.values()].flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const { issue, item, of } = first.candidate;
      const places = [first, ...others].map(({ destination }) => destination.name);
      return [{ issue, item, title: nameItem(of).title, places }];
    });
  };
}
