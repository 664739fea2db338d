import type { Line } from './line.ts';
import { isHeadingLike, isProse } from './tell-shape.ts';

/** Words that head a block which sells or asks for something; a heading with one needs no more. */
const HEADING_WORDS =
  /\b(?:newsletters?|subscrib(?:e|ers?)|sponsor(?:s|ed|ship)?|advertis(?:e|ement|ing with)|patreon|discount(?! factors?\b| rates?\b|ed\b)|early bird|\d+ ?% off|promo|coupon|my (?:latest|new)|(?:our|my) (?:course|academy|partners?|book|community)|academy|new\b.{0,30}\bchapter|sign up|join (?:us|our|my)|support (?:me|us|my|our|this|these|the)|share (?:this|the) (?:issue|newsletter)|refer a friend|giveaway|webinar)\b/i;

/** Signs that a text addresses its reader to sell or to ask, one count each. */
const SIGNS: readonly RegExp[] = [
  /\bnewsletter\b/i,
  /\b(?:my|our) (?:latest|new|course|academy|partners?|book|sponsors?|community|users|readers)\b/i,
  /\b(?:\d+ ?% off|early bird|discount(?:ed)? (?:code|price|on)|coupon|promo code|use (?:the )?code|free trial|yearly plan)\b/i,
  /\b(?:sign up|subscribe (?:to|now|today|for)|enrol+ (?:now|today)|join (?:us|our|my)|check (?:it|us|them) out|get started|click here|learn more)\b/i,
  /\b(?:sponsored by|sponsors? of|brought to you by|in partnership with|patreon|support (?:me|us|my|our))\b/i,
  /\b(?:forward(?:ing)? (?:it|this)|share (?:it|this|the) (?:with|issue|newsletter)|(?:send|read) (?:it|this)(?: one)? (?:to|with) (?:a|another|some|your))\b/i,
  /\b(?:I|I’m|I'm|I’ve|I've|my)\b/,
  /\b(?:you|your)\b.*!/i,
  /\b(?:free credits?|free for \d+|credit card)\b|[$€£]\d[\d.,]*(?:\/| (?:a|per) )(?:hr|hour|month|mo|year)\b/i,
];

/** How many lines after its heading tell what a block is. */
const LINES_READ = 2;

/** True when the words of a heading are those of a promotion ("Support …", "NEW … Chapter"). */
export function hasPromotionWords(heading: string): boolean {
  return HEADING_WORDS.test(heading);
}

/**
 * True when a heading and the lines after it are a promotion rather than part of a paper. A word
 * alone in the text proves nothing (a "discount factor", the "Academy of Sciences"); after an empty
 * line the heading may be a caption, so there the heading itself must tell.
 */
export function isPromotion(heading: Line, following: readonly Line[]): boolean {
  if (!isHeadingLike(heading.text)) return false;
  const next = following[0];
  if (next === undefined || next.isAfterGap || !isProse(next.text)) return false;
  const read = following.slice(0, LINES_READ).map((line) => line.text.slice(0, 1_000));
  const signs = SIGNS.filter((sign) => sign.test(`${heading.text}\n${read.join('\n')}`)).length;
  if (!hasPromotionWords(heading.text)) return !heading.isAfterGap && signs >= 2;
  return !heading.isAfterGap || signs >= 1 || isShouted(heading.text);
}

function isShouted(heading: string): boolean {
  return /!$|\bNEW\b/.test(heading);
}
