const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
/** Scripts whose words stand without blanks between them: only a dictionary finds those. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const SPACED_WORD = /[\p{L}\p{M}\p{N}]+(?:['’.,][\p{L}\p{M}\p{N}]+)*/gu;
const SUFFIX = /(?:ings?|ed|es|s|ly|e)$/u;

/** English words that say nothing of what a text is about. */
const FUNCTION_WORDS = new Set(
  `a about above across actually after again against ago all almost alone along already also although
  always am among an and another any anything are around as at away back be became because become
  becomes been before behind being below between both but by came can cannot come comes could did do
  does doing done down during each either else enough even ever every everything far few for from full
  further gave get gets give given gives go goes gone got had has have having he hence her here hers
  him his how however i if in indeed inside instead into is it its itself just keep keeps kept know
  knows last least less let like likely made make makes making many may me might more most much must
  my near nearly need needs neither never next no nobody none nor not nothing now of off often on once
  one only onto or other others our out over own part per perhaps put quite rather really right said
  same say says see seem seems seen set several shall she should show since so some somebody something
  soon still such sure take taken takes than that the their them then there therefore these they thing
  things this those though through thus to together too took toward turn turns two under until up upon
  us use used uses using usual usually very want was way ways we well went were what whatever when
  where whether which while who whole whom whose why will with within without would yet you your`.split(
    /\s+/,
  ),
);

/**
 * The words that carry what a text is about, in order, each cut to a stem so that "model" and
 * "models" count as one. English function words are left out; other languages keep theirs.
 */
export function listContentWords(text: string): string[] {
  return listWords(text.toLowerCase()).flatMap((word) => {
    const bare = word.replace(/['’]s?$/u, '');
    if (FUNCTION_WORDS.has(bare) || /^[a-z]?$/u.test(bare)) return [];
    const stem = bare.replace(SUFFIX, '');
    return [stem.length >= 3 ? stem : bare];
  });
}

function listWords(text: string): string[] {
  if (!UNSPACED.test(text)) return text.match(SPACED_WORD) ?? [];
  return Array.from(segmenter.segment(text)).flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment] : [],
  );
}
