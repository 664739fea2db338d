/**
 * True when two texts differ by one letter left out, put in, changed, or swapped with its
 * neighbour (Damerau–Levenshtein distance 1). Linear.
 */
export function isOneLetterOff(a: string, b: string): boolean {
  const [short, long] = [[...a], [...b]].sort((x, y) => x.length - y.length);
  if (short === undefined || long === undefined || long.length - short.length > 1) return false;
  let from = 0;
  while (from < short.length && short[from] === long[from]) from += 1;
  const rest = (letters: readonly string[], at: number): string => letters.slice(at).join('\0');
  if (short.length < long.length) return rest(short, from) === rest(long, from + 1);
  if (from === short.length) return false;
  if (rest(short, from + 1) === rest(long, from + 1)) return true;
  const isSwapped = short[from] === long[from + 1] && short[from + 1] === long[from];
  return isSwapped && rest(short, from + 2) === rest(long, from + 2);
}

/** The word that was probably meant: one that differs in case alone, or by one letter. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  const folded = word.toLowerCase();
  return (
    known.find((one) => one.toLowerCase() === folded) ??
    known.find((one) => isOneLetterOff(one.toLowerCase(), folded))
  );
}
