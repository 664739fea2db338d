import type { Line } from './line.ts';

/*
 * In plain text nothing says what a line is. These rules tell it by shape and neighbours; each
 * was weighed on the captions, paragraphs and headings of real issues.
 */

const LONGEST_HEADING = 120;
const SENTENCE_END = /[.!?…]["”’')\]]*$/u;
const SENTENCE_BREAK = /[.!?…]["”’')\]]*\s+["“‘'(]*\p{Lu}/gu;

const PROMOTION_WORDS =
  /\b(?:newsletter|subscrib\w*|sponsor\w*|advertis\w*|patreon|discount|early bird|\d+ ?% off|use code|promo|coupon|my (?:latest|new) (?:project|course|book)|our (?:course|academy|partner)|academy|new\b.{0,30}\bchapter|sign up|join (?:us|our|my)|support (?:me|us|my|our)|read it with|forward(?:ing)? it)\b/i;

/** Words that open or fill a paragraph that tells a story; captions describe a picture. */
const STORY_OPENER =
  /^(?:By|To|Once|However|But|Instead|While|When|If|It|This|These|They|Their|Even|Despite|Although|Because|Since|Researchers|In|After|Before|For|With|Rather|Remarkably|The (?:team|authors?|researchers?|stud(?:y|ies)|result is|idea|trick|problem|answer)|We|You|And|So|Yet|Now|Then|Here|There|Finally|Traditionally|Normally|Current(?:ly)?|Previous|Think|Imagine|Most|Why|How|What)\b/;
const STORY_WORDS =
  /\b(?:researchers?|the (?:team|authors?|study)|they|them|you|your|it’s|it's|their)\b/i;
const CAPTION_OPENER =
  /^(?:An? )?(?:comparison|overview|illustration|impact|effects?|training|tests?|results?|main|performance|fig(?:ure|\.)|table|latency|throughput|spectrum|schematic|accuracy|ablations?|architecture|pipeline|examples?|visuali[sz]ation|scaling|benchmarks?|distribution|evaluation|perplexity|loss|long-context|diagram|chart|plot|curves?|scores?|trade-?offs?|summary|map|screenshot|how\b.*\bcompares?)\b/i;
const FINITE_VERB =
  /\b(?:is|are|was|were|be|been|has|have|had|can|could|will|would|does|do|did|makes?|shows?|gives?|turns?|keeps?|lets?)\b/;

/** True when a line can be a title or a heading: short, and not closed like a sentence. */
export function isHeadingLike(text: string): boolean {
  if (text.length > LONGEST_HEADING || /[.;:,]$/.test(text)) return false;
  return !/:\s*\S+$/.test(text) || text.split(/\s+/).length > 4;
}

/** True when a line reads as prose: closed like a sentence, or too long for a heading. */
export function isProse(text: string): boolean {
  return text.length > LONGEST_HEADING || (SENTENCE_END.test(text) && text.length > 40);
}

/** True when the words are those of a promotion ("Support …", "NEW … Chapter", "% off"). */
export function hasPromotionWords(text: string): boolean {
  return PROMOTION_WORDS.test(text);
}

/** True when a heading and the lines after it are a promotion rather than part of a paper. */
export function isPromotion(heading: Line, following: readonly Line[]): boolean {
  if (!isHeadingLike(heading.text)) return false;
  const next = following[0];
  if (next === undefined || next.isAfterGap || !isProse(next.text)) return false;
  return hasPromotionWords(
    `${heading.text}\n${following
      .slice(0, 2)
      .map((l) => l.text)
      .join('\n')}`,
  );
}

/** How surely the line after an image is its caption: above 0 a caption, near 0 doubtful. */
export type CaptionGuess = { readonly isCaption: boolean; readonly isDoubtful: boolean };

/** Tells a caption from a paragraph, for a line that stands after an empty line. */
export function guessCaption(text: string, isLastOfPaper: boolean): CaptionGuess {
  let score = 1; // After an image most lines are captions.
  if (!SENTENCE_END.test(text)) score += 3;
  if (text.length <= 120) score += 1.5;
  else if (text.length <= 180) score += 0.5;
  else if (text.length > 400) score -= 4;
  else if (text.length > 260) score -= 2;
  const sentences = 1 + (text.match(SENTENCE_BREAK)?.length ?? 0);
  if (sentences === 2) score -= 1;
  if (sentences > 2) score -= 4;
  if (STORY_OPENER.test(text)) score -= 2.5;
  if (STORY_WORDS.test(text)) score -= 1.5;
  if (CAPTION_OPENER.test(text)) score += 2;
  if (!FINITE_VERB.test(text)) score += 1;
  if (isLastOfPaper) score -= 0.5;
  return { isCaption: score > 0, isDoubtful: Math.abs(score) < 1 };
}
