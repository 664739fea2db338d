import { SUBSCRIPTS, SUPERSCRIPTS } from './formula-symbols.ts';

const WORD = /^[\p{L}\p{M}\p{N}]+$/u;
const ENDS_IN_WORD = /[\p{L}\p{N}]$/u;
const BEGINS_WORD = /^[\p{L}\p{N}]/u;

/** What is written so far. `last` is its last piece: asking a growing string would copy it. */
export type Writer = { readonly parts: string[]; last: string; isAfterName: boolean };

/** Puts a piece behind what is written, apart from a name that it would run together with. */
export function write(writer: Writer, text: string): void {
  if (text === '') return;
  const isApart = writer.isAfterName && BEGINS_WORD.test(text) && ENDS_IN_WORD.test(writer.last);
  if (isApart) writer.parts.push(' ');
  writer.parts.push(text);
  writer.last = text;
  writer.isAfterName = false;
}

/** Writes what must not run together with the letters beside it. */
export function writeName(writer: Writer, name: string): void {
  writer.isAfterName = true;
  write(writer, name);
  writer.isAfterName = true;
}

/** A script belongs to the name before it. */
export function writeRaised(writer: Writer, text: string, place: '^' | '_'): void {
  const script = writeScript(text, place);
  const isName = writer.isAfterName || (script.startsWith(place) && WORD.test(script.slice(1)));
  writer.isAfterName = false;
  write(writer, script);
  writer.isAfterName = isName;
}

/** Text raised or lowered: "²", "ᵢ", or "^(a, b)" where Unicode lacks a character. */
export function writeScript(text: string, place: '^' | '_'): string {
  const content = tidy(text);
  if (content === '') return '';
  const table = place === '^' ? SUPERSCRIPTS : SUBSCRIPTS;
  const raised = [...content.replace(/ /g, '')].map((character) => table.get(character));
  if (!raised.includes(undefined)) return raised.join('');
  const tight = content.replace(/ ?([×·+=<>−-]) ?/g, '$1');
  return place + (WORD.test(tight) || isBracketed(tight) ? tight : `(${tight})`);
}

/** One line, single blanks, composed letters. */
export function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim().normalize('NFC');
}

/** True for what stands in one pair of brackets as a whole. */
export function isBracketed(text: string): boolean {
  return /^(?:\([^()]*\)|\[[^[\]]*\])$/.test(text);
}
