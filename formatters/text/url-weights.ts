import type { Range } from './sentences.ts';

/** A stretch that a platform weighs as a whole, whatever its characters weigh. */
export type WeighedStretch = Range & { readonly weight: number };

/** How a platform finds URLs. */
export type UrlRules = {
  /** What every URL weighs. */
  readonly weight: number;
  /** True where "example.com" is a URL as well. */
  readonly hasBareDomains: boolean;
  /** What a text without URLs weighs. */
  readonly weighText: (text: string) => number;
};

// Letters are written out: under the flags "iu" a regular expression takes "ſ" for an "s".
const LABELS = String.raw`(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+`;
const SCHEME = /[hH][tT]{2}[pP][sS]?:\/\//gu;
const HOST = String.raw`${LABELS}(?:xn--[a-z0-9]+|[a-zA-Z]{2,})(?![\p{L}\p{N}@_+-])(?::\d+)?`;
const PATH = String.raw`(?:\/(?:[\w!*;:=+,.$\/%#~@|&-]+|\([\w.-]+\))*)?`;
const QUERY = String.raw`(?:(?<=[\w=#\/)-])\?[\w!?*;:&=+$\/%#.,~|@-]*)?`;
const PLAIN_URL = new RegExp(`${SCHEME.source}${HOST}${PATH}${QUERY}`, 'uy');
/** Where a URL may end: not with the punctuation of the sentence around it. */
const URL_END = /[\w=#/)-]/u;
/** What is longer is none to twitter-text, which both platforms use: 4,096 with a scheme of its own. */
const URL_LENGTH_MOST = 4088;
/** After one of these a scheme begins no URL. */
const NO_URL_AFTER = /[a-zA-Z0-9@$#＠＃\u202a-\u202e]/u;
const SHORTEST_URL = 'http://a.bc'.length;
const SHORTEST_DOMAIN = 'a.bc'.length;

/** What can be the labels of a bare domain to X, but for the last one, which is of any script. */
const LATIN = String.raw`\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f\u1e00-\u1eff`;
const DOTTED = new RegExp(`[a-zA-Z0-9${LATIN}.-]+`, 'gu');
const DOMAIN_DOT = /\.(?=\p{L}[\p{L}\p{M}-])/gu;
const INNER_DOMAIN_DOT = /(?!^)\.(?=\p{L}[\p{L}\p{M}-])/u;
/** A bare domain, and a path of the plainest characters, that X surely takes for a URL. */
const SURE_DOMAIN = new RegExp(
  String.raw`${LABELS}(?:com|org|net|edu|gov|io|ai)(?![\p{L}\p{N}@_+-]|\.\p{L})(?:\/[\w\/.%-]*[\w\/])?`,
  'uy',
);

/**
 * The URLs of a text, as X and Mastodon look for them, with what each weighs. The platforms'
 * grammars are longer, and know every top-level domain; what is not surely a URL to them is given
 * the greater weight of the two readings, so that a post is never heavier than it was taken for.
 *
 * No stretch depends on what lies around it in a way that would let it weigh more alone.
 */
export function findUrlWeights(text: string, rules: UrlRules): WeighedStretch[] {
  const found: WeighedStretch[] = [];
  if (!text.includes('.')) return found;
  let from = 0;
  for (const { index, 0: scheme } of text.matchAll(SCHEME)) {
    if (index < from) continue;
    if (rules.hasBareDomains) addDomains(text, from, index, rules, found);
    const end = findUrlEnd(text, index);
    // A URL that only the platform can tell begins here at most: its scheme bears the difference.
    from = end ?? index + scheme.length;
    const plain = rules.weighText(text.slice(index, from));
    const isSure =
      from - index <= URL_LENGTH_MOST &&
      !NO_URL_AFTER.test(text.slice(Math.max(0, index - 1), index));
    const weight =
      end === undefined
        ? plain + Math.max(0, rules.weight - SHORTEST_URL)
        : isSure
          ? rules.weight
          : Math.max(rules.weight, plain);
    found.push({ start: index, end: from, weight });
  }
  if (rules.hasBareDomains) addDomains(text, from, text.length, rules, found);
  return found;
}

function findUrlEnd(text: string, start: number): number | undefined {
  PLAIN_URL.lastIndex = start;
  const match = PLAIN_URL.exec(text)?.[0];
  if (match === undefined) return undefined;
  let end = match.length;
  if (/[\u0300-\u036f]/u.test(text.charAt(start + end))) end -= 1;
  while (!URL_END.test(match.charAt(end - 1))) end -= 1;
  return start + end;
}

/** Dotted names: one that is not surely a domain may be a short one and more words behind it. */
function addDomains(
  text: string,
  start: number,
  end: number,
  { weight, weighText }: UrlRules,
  into: WeighedStretch[],
): void {
  let from = start;
  for (const run of text.slice(start, end).matchAll(DOTTED)) {
    let at = start + run.index;
    for (const name of run[0].split(/(\.{2,})/u)) {
      const next = at + name.length;
      if (at >= from && INNER_DOMAIN_DOT.test(text.slice(at, next + 4))) {
        SURE_DOMAIN.lastIndex = at;
        const sure = SURE_DOMAIN.exec(text)?.[0];
        const plain = weighText(sure ?? name);
        from = at + (sure ?? name).length;
        const heavier = plain + Math.max(0, weight - SHORTEST_DOMAIN);
        const own = sure === undefined ? heavier : Math.max(weight, plain);
        into.push({ start: at, end: from, weight: own });
      }
      at = next;
    }
  }
}

/**
 * What the parts of a URL weigh more than their characters when it is cut, by the offset that bears
 * it: every URL has a dot before two letters, and a part may be a URL again.
 */
export function findPartWeights(
  text: string,
  range: Range,
  urlWeight: number,
): Map<number, number> {
  const more = Math.max(0, urlWeight - SHORTEST_DOMAIN);
  const dots = text.slice(range.start, range.end).matchAll(DOMAIN_DOT);
  return new Map(Array.from(dots, ({ index }) => [range.start + index, more]));
}
