/** A stretch of a template, in order. The text of a placeholder is its name. */
export type Token = {
  readonly kind: 'words' | 'placeholder' | 'separator' | 'open' | 'close' | 'brace';
  readonly text: string;
};

/** What stands between the parts of a line, the strongest first. */
export const SEPARATORS: readonly string[] = [' · ', ' | ', ' — ', ' – ', ', '];

const MARKS = /\{\{|\}\}|\{[^{}]*\}|[{}]| [·|—–] |, |[()[\]]/g;

/**
 * Reads a template: `{name}` is a placeholder, `{{` and `}}` are braces to be shown, and a `brace`
 * is one that stands alone. Linear.
 */
export function readTokens(template: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (const { 0: mark, index } of template.matchAll(MARKS)) {
    if (index > from) tokens.push({ kind: 'words', text: template.slice(from, index) });
    tokens.push(tellMark(mark));
    from = index + mark.length;
  }
  if (from < template.length) tokens.push({ kind: 'words', text: template.slice(from) });
  return tokens;
}

function tellMark(mark: string): Token {
  if (mark === '{{' || mark === '}}') return { kind: 'words', text: mark.charAt(0) };
  if (mark === '{' || mark === '}') return { kind: 'brace', text: mark };
  if (mark.startsWith('{')) return { kind: 'placeholder', text: mark.slice(1, -1).trim() };
  if (mark === '(' || mark === '[') return { kind: 'open', text: mark };
  if (mark === ')' || mark === ']') return { kind: 'close', text: mark };
  return { kind: 'separator', text: mark };
}
