/*
 * In plain text nothing says what a line is. These rules tell it by shape and neighbours; each
 * was weighed on the captions, paragraphs and headings of real issues.
 */

/** A heading is no longer than this, in characters. */
export const LONGEST_HEADING = 120;
/** What tells a caption stands in its first words; a text longer than this is none. */
const LONGEST_READ = 1_000;
const SENTENCE_END = /[.!?…]["”’')\]]*$/u;
const SENTENCE_BREAK = /[.!?…]["”’')\]]*\s+["“‘'(]*\p{Lu}/gu;

/** Words that open or fill a paragraph that tells a story; captions describe a picture. */
const STORY_OPENER =
  /^(?:By|To|Once|However|But|Instead|While|When|If|It|This|That|These|Those|They|Their|Even|Despite|Although|Because|Since|Researchers|In(?!-)|After|Before|For|With|Rather|Remarkably|The (?:teams?|authors?|researchers?|stud(?:y|ies)|result is|ideas?|tricks?|problem|answer)|We|You|And|So|Yet|Now|Then|Here|There|Nobody|Nothing|None|Everyone|Finally|Traditionally|Normally|Current(?:ly)?|Previous|Think|Imagine|Most|Why|How(?=.*\?)|What(?=.*\?))\b/;
const STORY_WORDS =
  /\b(?:researchers?|the (?:team|authors?|study|paper)|they|them|you|your|it’s|it's|their|nobody|simply|surprising(?:ly)?|turns out|of course|even|already|actually|only)\b/i;
/** How a clause is joined to another: captions seldom reason. */
const JOIN =
  /(?:,|;) (?:and|but|so|yet|or|which|who|because|since|while|until|after which)\b|\b(?:because|so that|although|whether|whose|but)\b/g;
/** What a caption begins with, before its "of", "on" or "for". */
const CAPTION_OPENER =
  /^(?:An? |The )?(?:[\w-]+ )?(?:comparisons?|overview|illustration|impact|effects?|training|tests?|results?|main|performance|fig(?:ure|\.)|table|latency|throughput|spectrum|schematic|accuracy|ablations?|architecture|pipeline|examples?|visuali[sz]ations?|scaling|benchmarks?|distribution|evaluation|perplexity|loss|long-context|diagram|chart|plot|curves?|scores?|trade-?offs?|summary|map|screenshot|speed|memory|samples?|how\b.*\bcompares?)\b/i;
/** Words that point into a picture. */
const PICTURE =
  /\b(?:left|right|top|bottom|above|below|axis|axes|(?:error )?bars?|rows?|columns?|shaded|blue|orange|red|green|colou?rs?|brighter|darker|(?:higher|lower) is better|shown|dashed|curves?|panels?|seeds|averaged|this (?:table|figure|plot|chart)|versus|vs\.?)\b|\([a-d]\)/i;
/** Words of a measured result, which captions of papers are full of. */
const REPORT =
  /\b(?:across|yields?|outperforms?|improves?|baselines?|variants?|with respect to|w\/)\b/i;
/** Verbs that are seldom a noun. */
const VERB =
  /\b(?:is|are|was|were|has|have|had|can|could|will|would|may|might|must|should|does|do|did|makes?|made|shows|gives?|gave|turns|turned|keeps?|kept|lets?|gets?|got|goes|went|comes?|came|needs|takes?|took|becomes?|became|learns?|learned|finds|found|ran|asks|asked|wants|wanted|helps|adds|added|means|meant|seems?|seemed|tends?|knows?|knew|says|said|saw|sees|starts|started|expects?|expected|remembers?|prefers?|preferred)\b/g;

/** True when a line can be a title or a heading: short, and not closed like a sentence. */
export function isHeadingLike(text: string): boolean {
  if (text.length > LONGEST_HEADING || /[.;:,]$|https?:\/\//.test(text)) return false;
  return !/\bcode:\s*\S+$/i.test(text);
}

/** True when a line reads as prose: closed like a sentence, or too long for a heading. */
export function isProse(text: string): boolean {
  return text.length > LONGEST_HEADING || (SENTENCE_END.test(text) && text.length > 40);
}

/** How surely the line after an image is its caption: above 0 a caption, near 0 doubtful. */
export type CaptionGuess = { readonly isCaption: boolean; readonly isDoubtful: boolean };

/** Tells a caption from a paragraph, for a line that stands after an empty line. */
export function guessCaption(text: string, isLastOfPaper: boolean): CaptionGuess {
  if (/^https?:\/\/\S+$/.test(text)) return { isCaption: false, isDoubtful: false };
  let score = 1; // After an image most lines are captions.
  if (!SENTENCE_END.test(text)) score += 3;
  if (text.length <= 120) score += 1.5;
  else if (text.length <= 180) score += 0.5;
  else if (text.length > 400) score -= 4;
  else if (text.length > 260) score -= 2;
  const read = text.slice(0, LONGEST_READ);
  const sentences = 1 + count(read, SENTENCE_BREAK);
  const firstEnd = read.search(SENTENCE_BREAK);
  const verbs = count(read, VERB);
  const isNominal = count(firstEnd < 0 ? read : read.slice(0, firstEnd), VERB) === 0;
  if (isNominal) score += 1;
  else if (sentences > 1) score -= 1.5;
  if (sentences === 2) score -= 1;
  if (sentences > 2) score -= 4;
  if (verbs > 2) score -= 1.5;
  else if (verbs > 1) score -= 0.5;
  score -= Math.min(count(read, JOIN), 2);
  if (REPORT.test(read)) score += 1;
  if (STORY_OPENER.test(read)) score -= 2.5;
  else if (firstEnd >= 0 && STORY_OPENER.test(read.slice(firstEnd).replace(/^\P{L}+/u, ''))) {
    score -= 1;
  }
  if (STORY_WORDS.test(read)) score -= 1.5;
  if (CAPTION_OPENER.test(read) && (isNominal || verbs === 1)) score += isNominal ? 2 : 0.5;
  if (PICTURE.test(read)) score += 2;
  if (isLastOfPaper) score -= 0.5;
  return { isCaption: score > 0, isDoubtful: Math.abs(score) < 1 };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
