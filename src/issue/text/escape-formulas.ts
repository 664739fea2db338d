import { FUNCTIONS, isFormula, isTeX } from './tell-formula.ts';

const CODE_ADDRESS_OR_FORMULA =
  /`+[^`]*`+|<[^<>\s]*>|\$\$([^$`]{1,1000})\$\$|\$((?:\\[\s\S]|[^$\\`]){1,1000})\$|(\\{1,2})\(((?:\\[^\\()]|\\\\(?![()])|[^\\`]){1,1000})\3\)|(?<!\\)\\\[((?:\\[^\\[\]]|\\\\(?![[\]])|[^\\`]){1,1000})\\\]/g;
/** A mark or backslash that Markdown would take for its own; pairs that it reads as one stay. */
const UNESCAPED = /\\[^{}()|,;:!%#]|[*_\\]/g;

/**
 * Keeps Markdown from reading the `_` and `*` of a formula as emphasis, and the backslash of "\{",
 * "\,", "\(" or "\[", written by hand, as its own.
 */
export function escapeFormulas(markdown: string): string {
  if (!/\$|\\[([]/.test(markdown)) return markdown;
  const pattern = new RegExp(CODE_ADDRESS_OR_FORMULA);
  let out = '';
  let from = 0;
  for (let match = pattern.exec(markdown); match !== null; match = pattern.exec(markdown)) {
    const [whole, display, dollars, slash, round, square] = match;
    const tex = display ?? dollars ?? round ?? square;
    if (tex === undefined) continue; // Code or an address.
    const isSpaced = dollars !== undefined && /^\s|\s$/.test(dollars);
    const isWords =
      (slash === '\\' && !isTeX(tex)) || (square !== undefined && !isBetweenBrackets(tex));
    if (isSpaced || isWords || !isFormula(tex)) {
      // Its closing dollar may open the next.
      pattern.lastIndex = match.index + whole.length - 1;
      continue;
    }
    out += markdown.slice(from, match.index);
    out += square === undefined ? escapeMarks(whole) : `\\\\[${escapeMarks(square)}\\\\]`;
    from = pattern.lastIndex;
  }
  return out + markdown.slice(from);
}

function escapeMarks(tex: string): string {
  return tex.replace(UNESCAPED, (mark) => (mark.length > 1 ? mark : `\\${mark}`));
}

/** "\[" is also how Markdown writes a bracket: a formula has a command or a script, and no words. */
function isBetweenBrackets(tex: string): boolean {
  const words = tex.replace(/\{[^{}]*\}|\\[a-z]+/gi, ' ').match(/\p{L}{3,}/gu) ?? [];
  return (
    /\\[a-z]|(?<!\\)[\^_]/i.test(tex) &&
    !tex.includes('](') &&
    words.every((word) => FUNCTIONS.has(word))
  );
}
