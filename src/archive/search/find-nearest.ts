import { editDistance } from './edit-distance.ts';

/**
 * The name that is meant by what somebody has written: the one that is the fewest letters away from
 * it, `most` at most, the first of several. Names are compared as `fold` writes them.
 */
export function findNearest(
  written: string,
  names: readonly string[],
  most: number,
  fold = (name: string): string => name,
): string | undefined {
  const [nearest] = names
    .map((name) => ({ name, letters: editDistance(fold(written), fold(name), most) }))
    .filter(({ letters }) => letters <= most)
    .sort((a, b) => a.letters - b.letters);
  return nearest?.name;
}
