import { findLinkKeys } from './link-keys.ts';
import { readTerms } from './read-words.ts';
import { isStopWord } from './stop-words.ts';

/** What somebody asked for. */
export type Query = {
  /** The keys of links and ids in it. */
  readonly links: readonly string[];
  /** "#93" or "issue 93": nothing else is wanted. */
  readonly issue: number | undefined;
  readonly parts: readonly QueryPart[];
  /** All folded words, those that do not matter too: a whole title is told by them. */
  readonly terms: readonly string[];
};

/** A word, or words in quotation marks; of those each counts and their order too. */
export type QueryPart = { readonly terms: readonly string[]; readonly isQuoted: boolean };

/** Nobody asks for more, and a longer text costs no more than this. */
const LONGEST_QUERY = 400;
const MOST_PARTS = 12;

const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/g;
const ISSUE =
  /(?<![\p{L}\p{N}#&])(?:#\s?|issue\s+(?:no\.?\s*|number\s+)?#?)(\d{1,6})(?![\p{L}\p{N}]|\.\d)/iu;

/** Reads a question. Nothing in it can be wrong: what means nothing is left out. */
export function parseQuery(text: string): Query {
  const asked = text.slice(0, LONGEST_QUERY).toWellFormed();
  const links = findLinkKeys(asked);
  let issue: number | undefined;
  const rest = asked.replace(ISSUE, (_, number: string) => {
    issue = Number(number);
    return ' ';
  });
  const parts: QueryPart[] = [];
  const unquoted = rest.replace(QUOTED, (_, inside: string) => {
    const terms = readTerms(inside).slice(0, MOST_PARTS);
    if (terms.length > 0) parts.push({ terms, isQuoted: true });
    return ' ';
  });
  const words = readTerms(unquoted);
  const telling = words.filter((term) => !isStopWord(term));
  const wanted = telling.length > 0 || parts.length > 0 ? telling : words;
  for (const term of new Set(wanted)) parts.push({ terms: [term], isQuoted: false });
  return { links, issue, parts: parts.slice(0, MOST_PARTS), terms: readTerms(rest) };
}
