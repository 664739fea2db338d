import { findNearest } from '../../src/issue/doctor/edit-distance.ts';
import { readTokens } from './template-tokens.ts';
import type { TemplateName } from './voice.ts';

const ISSUE = ['number', 'period', 'issueTitle'];
/** `topics` are hashtags on networks that have them, else words; `hashtags` is the same. */
const PAPER = ['title', 'byline', 'names', 'likes', 'topics', 'hashtags', 'pick'];
const CHARACTERS_MOST = 200;

type Rule = {
  /** The placeholders that it can have. */
  readonly known: readonly string[];
  /** The one that it says nothing without. */
  readonly needs?: string;
};

/** What each template can have. How a placeholder is filled stands in `parts.ts`. */
const RULES: { readonly [Name in TemplateName]: Rule } = {
  title: { known: [...PAPER, ...ISSUE], needs: 'title' },
  byline: { known: [...PAPER, ...ISSUE] },
  labels: { known: [...PAPER, ...ISSUE] },
  closing: { known: [...PAPER, ...ISSUE] },
  // `issue` is "#93" in a digest of several issues, and empty in a digest of one.
  entry: { known: [...PAPER, 'issue', ...ISSUE, 'topic', 'month'], needs: 'title' },
  newsLine: { known: ['news', 'likes', ...ISSUE], needs: 'news' },
  issueDigest: { known: [...ISSUE, 'month'] },
  newsDigest: { known: [...ISSUE, 'month'] },
  topicDigest: { known: ['topic', 'period', 'month'], needs: 'topic' },
  monthDigest: { known: ['month', 'period'] },
  digestClosing: { known: [...ISSUE, 'topic', 'month'] },
  // `issues` is how many they are; the number, period and title are those of the newest.
  severalClosing: { known: ['issues', ...ISSUE, 'topic', 'month'] },
};

/** Every line that an editor can word. */
export const templateNames = Object.keys(RULES) as readonly TemplateName[];

/**
 * Says what is wrong with an editor's template, a sentence without its full stop; undefined when
 * it can be used. An empty template leaves its line out.
 */
export function checkTemplate(name: TemplateName, template: string): string | undefined {
  const { known, needs } = RULES[name];
  if (/[\n\v\f\r\u0085\u2028\u2029]/.test(template)) return 'it must be one line';
  const length = [...template].length;
  if (length > CHARACTERS_MOST) return `it has ${length} characters, at most ${CHARACTERS_MOST}`;
  const tokens = readTokens(template);
  const brace = tokens.find(({ kind }) => kind === 'brace')?.text;
  if (brace !== undefined) {
    return `its "${brace}" has no partner; to show a brace, write "${brace}${brace}"`;
  }
  const asked = tokens.filter(({ kind }) => kind === 'placeholder').map(({ text }) => text);
  const unknown = asked.find((one) => !known.includes(one));
  if (unknown !== undefined) {
    const nearest = findNearest(unknown, known);
    const guess = nearest === undefined ? '; it' : `; did you mean {${nearest}}? It`;
    return `it does not know {${unknown}}${guess} knows ${known.map((one) => `{${one}}`).join(', ')}`;
  }
  return needs === undefined || asked.includes(needs) ? undefined : `it must have {${needs}}`;
}
