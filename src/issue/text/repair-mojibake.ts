import { isPlausible, tellSequence } from './utf8-sequence.ts';

/**
 * Mojibake is UTF-8 that was once read in an 8-bit encoding: "HĂĽbotter" is "Hübotter" read as
 * windows-1250. The encodings are tried in the order in which web pages meet them. What browsers
 * call iso-8859-1 is windows-1252.
 */
export const ENCODINGS = ['windows-1252', 'windows-1250', 'windows-1251'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const RUN = /[\u0080-\uffff]{2,}/g;
/** A closing quotation mark whose last byte, undefined in windows-1252, was dropped on the way. */
const LOST_QUOTE = /(?<![\u0080-\uffff])â€(?=[\s.,;:!?)]|$)/g;
const LONGEST_SEQUENCE = 4;

const tables = new Map(ENCODINGS.map((encoding) => [encoding, makeTable(encoding)]));

/**
 * Puts right the characters whose bytes in one of those encodings are the UTF-8 of a Latin or Greek
 * letter, a punctuation mark, a symbol or an emoji; text mis-read twice too. Text that was right
 * stays as it is. Idempotent; linear in the length of the text; adds and removes no line break.
 */
export function repairMojibake(text: string): string {
  const repaired = text.replace(RUN, (run: string, at: number) =>
    repairRun(Array.from(run), text[at - 1] ?? '', text[at + run.length] ?? ''),
  );
  return repaired.replace(LOST_QUOTE, '”');
}

/**
 * Takes the run character by character and joins the last few as soon as they make a sequence, so
 * that a joined character can be the start of the next: one pass undoes any depth of mis-reading.
 */
function repairRun(run: readonly string[], before: string, after: string): string {
  const done: string[] = [];
  for (const [i, character] of run.entries()) {
    const next = run[i + 1] ?? after;
    let joined: string | undefined = character;
    while (joined !== undefined) {
      done.push(joined);
      joined = joinTail(done, before, next);
    }
  }
  return done.join('');
}

/** Removes a mis-read sequence from the end of `done` and returns what it stands for. */
function joinTail(done: string[], before: string, next: string): string | undefined {
  for (const [encoding, table] of tables) {
    if (!isContinuation(table.get(done.at(-1) ?? ''))) continue;
    const bytes: number[] = [];
    for (let size = 1; size <= Math.min(LONGEST_SEQUENCE, done.length); size += 1) {
      const byte = table.get(done[done.length - size] ?? '');
      if (byte === undefined) break;
      bytes.unshift(byte);
      if (byte < 0xc0) continue;
      const codePoint = tellSequence(bytes);
      if (codePoint === undefined) break;
      const characters = done.slice(-size);
      const previous = done.at(-size - 1) ?? before;
      if (!isPlausible({ codePoint, encoding, characters, previous, next })) break;
      done.length -= size;
      return String.fromCodePoint(codePoint);
    }
  }
  return undefined;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf;
}

/** Character → byte for the upper half of an 8-bit encoding; undefined bytes stand for themselves. */
function makeTable(encoding: Encoding): ReadonlyMap<string, number> {
  const table = new Map<string, number>();
  const decoder = new TextDecoder(encoding);
  for (let byte = 0x80; byte <= 0xff; byte += 1) {
    if (byte < 0xa0) table.set(String.fromCharCode(byte), byte);
    table.set(decoder.decode(Uint8Array.of(byte)), byte);
  }
  return table;
}
