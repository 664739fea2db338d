import type { Choice } from '../../commands/command.ts';
import { fitLine } from '../../commands/parts/line.ts';

const NAME_MOST = 100;

/**
 * Choices of which no two have the same value or the same name, as Discord refuses a list with
 * such: of the same value the first is kept, the same name gets a number. Names are of at most 100
 * characters before and after.
 */
export function tellApart(choices: readonly Choice[]): Choice[] {
  const byValue = new Map<Choice['value'], Choice>();
  for (const choice of choices) {
    if (!byValue.has(choice.value)) byValue.set(choice.value, choice);
  }
  const taken = new Set<string>();
  return [...byValue.values()].map((choice) => {
    let { name } = choice;
    for (let n = 2; taken.has(name); n += 1) {
      const mark = ` (${n})`;
      name = fitLine(choice.name, NAME_MOST - mark.length) + mark;
    }
    taken.add(name);
    return { ...choice, name };
  });
}
