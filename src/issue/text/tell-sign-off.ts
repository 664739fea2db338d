import type { Finding } from '../finding.ts';
import type { Line } from './line.ts';
import { shorten } from './read-header.ts';

/** What a button says; "Read the paper" and "See the code" belong to a paper. */
const IMPERATIVE =
  /^\P{L}*(?:subscribe|sign (?:up|in)|join|register|enrol+|get|buy|order|try|start|learn|discover|explore|click|tap|upgrade|become|support|share|refer|forward|claim|book|reserve|follow|grab|shop|donate|apply|advertise|sponsor|unlock|reply|check (?:it|us|them|out)|read (?:more|online|on)|take (?:the|our)|let me know)\b/iu;
const SIGN_OFF =
  /^\P{L}*(?:thanks?(?: you)?(?: so much| again| a lot)? for (?:reading|being|subscribing|your)|see you (?:next|soon|in|again|on|then)|until (?:next|then)|till next|that(?:’|')s (?:all|it|a wrap)|that is (?:all|it)|happy (?:reading|weekend|new year|holidays)|stay (?:tuned|curious)|have a (?:great|good|nice|lovely|wonderful)|catch you|take care|cheers\b|best(?: regards| wishes)?,|yours\b|if you (?:liked|enjoyed|like|enjoy) this|forward (?:this|it) to|share (?:this|it) with|enjoyed this)/iu;
/** A sign-off is short, and among the last lines. */
const LONGEST = 300;
const LINES_READ = 4;

/** True for words that tell a reader to do something, as buttons do. */
export function isImperative(words: string): boolean {
  return words.length <= LONGEST && IMPERATIVE.test(words);
}

/** The findings for the last lines of an issue's last paper that say good-bye. */
export function findSignOff(lines: readonly Line[]): Finding[] {
  return lines
    .slice(1)
    .slice(-LINES_READ)
    .filter(({ text }) => text.length <= LONGEST && SIGN_OFF.test(text))
    .map(paragraphDoubtful);
}

/** A paragraph of a paper that speaks for the newsletter rather. */
export function paragraphDoubtful(line: Line): Finding {
  return {
    severity: 'warning',
    code: 'paragraph.doubtful',
    line: line.number,
    message: `This paragraph would be posted with the paper, but seems to be the newsletter’s own: “${shorten(line.text)}”.`,
    remedy: 'Delete it if it is no part of the paper.',
  };
}
