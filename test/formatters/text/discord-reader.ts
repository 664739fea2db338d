/** What a reader of Discord sees of a text: the letters, and every mark that was acted upon. */
export type Shown = { readonly text: string; readonly marks: readonly string[] };

type Rule = { readonly name: string; readonly pattern: RegExp; readonly isLineStart?: boolean };

/*
 * Discord's rules as its client's Markdown applies them, written apart from the code under test:
 * the first rule that matches wins; strong and emphasis compete by length. After
 * https://github.com/discordjs/discord-utils-style parsers and the client's simple-markdown rules.
 */
const RULES: readonly Rule[] = [
  { name: 'heading', pattern: /^(?: *)#{1,3}\s+/, isLineStart: true },
  { name: 'subtext', pattern: /^(?: *)-#\s*/, isLineStart: true },
  { name: 'quote', pattern: /^(?: *)>{1,3} ?/, isLineStart: true },
  { name: 'list', pattern: /^(?: *)(?:[*+-]|\d+[.)])\s/, isLineStart: true },
  { name: 'shrug', pattern: /^¯\\_\(ツ\)_\/¯/ },
  { name: 'escape', pattern: /^\\([^0-9A-Za-z\s])/ },
  { name: 'mention', pattern: /^<(?:@[!&]?|#)\d+>/ },
  { name: 'command', pattern: /^<\/[^:]+:\d+>/ },
  { name: 'time', pattern: /^<t:-?\d+(?::[tTdDfFR])?>/ },
  { name: 'custom emoji', pattern: /^<a?:\w+:\d+>/ },
  { name: 'autolink', pattern: /^<([^: >]+:\/[^ >]+)>/ },
  { name: 'url', pattern: /^(?:https?|steam|discord):\/\/[^\s<]+[^<.,:;"'\]\s]/i },
  {
    name: 'link',
    pattern:
      /^\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['"][\s\S]*?['"])?\s*\)/,
  },
  { name: 'everyone', pattern: /^@(?:everyone|here)/ },
  { name: 'emoji', pattern: /^:[\w+-]+:/ },
  { name: 'strong', pattern: /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/ },
  { name: 'underline', pattern: /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/ },
  {
    name: 'emphasis',
    pattern:
      /^\b_((?:__|\\[\s\S]|[^\\_])+?)_\b|^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/,
  },
  { name: 'strike', pattern: /^~~([\s\S]+?)~~(?!_)/ },
  { name: 'spoiler', pattern: /^\|\|([\s\S]+?)\|\|/ },
  { name: 'code block', pattern: /^```[\s\S]*?```/ },
  { name: 'code', pattern: /^(`+)([\s\S]*?[^`])\1(?!`)/ },
];
const COMPETING = new Set(['strong', 'emphasis', 'underline']);

/** Reads Discord Markdown. */
export function readDiscord(markdown: string): Shown {
  const marks: string[] = [];
  return { text: read(markdown, marks, true), marks };
}

function read(source: string, marks: string[], isStart: boolean): string {
  let shown = '';
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const isLineStart = (isStart && at === 0) || source.charAt(at - 1) === '\n';
    const found = findRule(rest, isLineStart);
    if (found === undefined) {
      shown += source.charAt(at);
      at += 1;
      continue;
    }
    shown += show(found.name, found.match, marks);
    at += found.match[0].length;
  }
  return shown;
}

function findRule(
  rest: string,
  isLineStart: boolean,
): { name: string; match: RegExpExecArray } | undefined {
  let best: { name: string; match: RegExpExecArray } | undefined;
  for (const { name, pattern, isLineStart: isBlock = false } of RULES) {
    const match = isBlock && !isLineStart ? null : pattern.exec(rest);
    if (match === null) continue;
    const isLonger = match[0].length > (best?.match[0].length ?? 0);
    if (best === undefined || (COMPETING.has(name) && COMPETING.has(best.name) && isLonger)) {
      best = { name, match };
    }
    if (!COMPETING.has(name)) break;
  }
  return best;
}

function show(name: string, match: RegExpExecArray, marks: string[]): string {
  const [whole, first = '', second = ''] = match;
  switch (name) {
    case 'escape':
      return first;
    case 'autolink':
      marks.push(`link ${first}`);
      return first;
    case 'link':
      marks.push(`link ${second}`);
      return read(first, marks, false);
    case 'code':
      marks.push('code');
      return second;
    case 'strong':
    case 'emphasis':
      marks.push(name);
      return read(first === '' ? second : first, marks, false);
    default:
      marks.push(name);
      return `⟦${name} ${whole}⟧`;
  }
}
