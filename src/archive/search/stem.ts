/** Endings, longest first, and what stands in their place. */
const ENDINGS: readonly (readonly [ending: string, instead: string])[] = [
  ['izations', 'iz'],
  ['isations', 'iz'],
  ['ization', 'iz'],
  ['isation', 'iz'],
  ['ational', 'at'],
  ['ations', 'at'],
  ['ation', 'at'],
  ['ators', 'at'],
  ['ator', 'at'],
  ['ative', 'at'],
  ['ating', 'at'],
  ['ated', 'at'],
  ['ates', 'at'],
  ['ate', 'at'],
  ['izing', 'iz'],
  ['ising', 'iz'],
  ['izers', 'iz'],
  ['izer', 'iz'],
  ['ized', 'iz'],
  ['ised', 'iz'],
  ['izes', 'iz'],
  ['ize', 'iz'],
  ['ise', 'iz'],
  ['ements', ''],
  ['ement', ''],
  ['ments', ''],
  ['ment', ''],
  ['ities', ''],
  ['ity', ''],
  ['ings', ''],
  ['ing', ''],
  ['ions', ''],
  ['ion', ''],
  ['ive', ''],
  ['ies', 'y'],
  ['ied', 'y'],
  ['ness', ''],
  ['ed', ''],
  ['es', ''],
  ['ly', ''],
  ['s', ''],
  ['e', ''],
];
/** A stem keeps this much, so that short words are not thrown together. */
const SHORTEST_STEM = 4;
const SHORTEST_WORD = 4;

/**
 * What a folded word has in common with its family: "distilling", "distilled", "distillation" and
 * "distill" have one stem. Light on purpose: it only widens a search, and a wider match counts less
 * than the word itself. Words with a digit and scripts other than Latin are their own stem.
 */
export function stem(term: string): string {
  if (term.length < SHORTEST_WORD || !/^[a-z]+$/.test(term)) return term;
  let rest = cut(term);
  // "-ation" of a verb without "-ate": distillation, adaptation.
  if (rest.endsWith('at') && rest.length - 2 >= SHORTEST_STEM) rest = rest.slice(0, -2);
  if (/([^aeiousz])\1$/.test(rest) && rest.length > SHORTEST_STEM) rest = rest.slice(0, -1);
  return rest;
}

function cut(term: string): string {
  for (const [ending, instead] of ENDINGS) {
    if (!term.endsWith(ending)) continue;
    const rest = term.slice(0, -ending.length);
    if (ending === 's' && /[su]$/.test(rest)) return term;
    const least = ending === 's' ? 3 : SHORTEST_STEM;
    if (rest.length >= least) return rest + instead;
  }
  return term;
}
