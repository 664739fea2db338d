/** “Xu et al.” is how a card names its authors. */
const WORDS =
  'a al an and are as at be by can do does et for from how i in into is it its me my of on or our show so some that the their these they this to using via was we were what when where which who why with you your';
/** What people say of any paper: they do not tell one from another. */
const TALK = 'about article articles paper papers please research search study find looking tell';

const STOP_WORDS: ReadonlySet<string> = new Set(`${WORDS} ${TALK}`.split(' '));

/** True for a word that does not matter beside others. */
export function isStopWord(term: string): boolean {
  return STOP_WORDS.has(term);
}
