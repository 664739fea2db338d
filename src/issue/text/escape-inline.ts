/** What may have to be escaped. */
const SPECIAL = /[\\`*_\]<&]/;

/**
 * Writes literal text as CommonMark inline that reads back as exactly that text, with as few
 * backslashes as will do, so that plain prose stays plain. Expects one line, trimmed.
 */
export function escapeInline(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replace(/\\(?=[!-/:-@[-`{-~])|`/g, '\\$&')
    .replace(/\*(?<!\s\*(?=\s))/g, '\\*')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/\](?=\()/g, '\\]')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&');
}
