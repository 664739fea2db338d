/** Rows for words of usual length are kept: a search compares thousands. */
const LONGEST = 80;
const kept = makeRows(LONGEST);

/**
 * How many letters must be left out, put in, changed or swapped with their neighbour to make one
 * word of another (optimal string alignment); more than `most` counts as `most + 1`. With
 * `isPrefix`, to make the beginning of `other` of the word.
 */
export function editDistance(word: string, other: string, most: number, isPrefix = false): number {
  const width = other.length + 1;
  let [before, last, row] = width <= LONGEST ? kept : makeRows(width);
  before.fill(most + 1, 0, width);
  for (let j = 0; j < width; j += 1) last[j] = Math.min(j, most + 1);
  for (let i = 1; i <= word.length; i += 1) {
    row.fill(most + 1, 0, width);
    row[0] = Math.min(i, most + 1);
    let least = row[0] ?? 0;
    for (let j = Math.max(1, i - most); j <= Math.min(width - 1, i + most); j += 1) {
      const isSame = word.charCodeAt(i - 1) === other.charCodeAt(j - 1);
      let cost = Math.min(
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
      );
      const isSwapped =
        i > 1 &&
        j > 1 &&
        word.charCodeAt(i - 1) === other.charCodeAt(j - 2) &&
        word.charCodeAt(i - 2) === other.charCodeAt(j - 1);
      if (isSwapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row[j] = Math.min(cost, most + 1);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  if (isPrefix) return Math.min(...last.subarray(0, width));
  return last[other.length] ?? most + 1;
}

function makeRows(width: number): [Uint8Array, Uint8Array, Uint8Array] {
  return [new Uint8Array(width), new Uint8Array(width), new Uint8Array(width)];
}
