/**
 * What a file does not keep as it is: controls and line ends other than `\n` (`decodeSource` takes
 * them out), a byte order mark, halves of characters, and the overrides of direction, which would
 * show a reader other text than is there.
 */
const UNSTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

/** True for a text that reads back the same when it is written to a file as it stands. */
export function isStable(text: string): boolean {
  return text.search(UNSTABLE) < 0 && text.isWellFormed() && text.normalize('NFC') === text;
}

/** A text in double quotes, the same in JSON and YAML, that reads back exactly, whatever is in it. */
export function quote(text: string): string {
  const written = JSON.stringify(text).replace(UNSTABLE, escapeUnit);
  if (written.normalize('NFC') === written) return written;
  // A file is read as NFC: letters in another form, and an accent that would go to the letter of an
  // escape before it, are written by their numbers.
  return JSON.stringify(text).replace(/[^ -~]/g, escapeUnit);
}

/** JSON with two blanks of indentation, in which every text reads back exactly from a file. */
export function writeJson(value: unknown): string {
  const json = JSON.stringify(value, undefined, 2);
  return `${json.replace(/"(?:[^"\\]|\\.)*"/g, (literal) => (isStable(literal) ? literal : quote(JSON.parse(literal))))}\n`;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
