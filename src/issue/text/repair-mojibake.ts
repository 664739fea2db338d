/**
 * Mojibake is UTF-8 that was once read in an 8-bit encoding: "HĂĽbotter" is "Hübotter" read as
 * windows-1250. The encodings are tried in the order in which web pages meet them.
 */
const ENCODINGS = ['windows-1252', 'windows-1250', 'iso-8859-1', 'windows-1251'] as const;

const RUN = /[^\p{ASCII}\s]{2,}/gu;
const utf8 = new TextDecoder('utf-8', { fatal: true });
let tables: readonly ReadonlyMap<string, number>[] | undefined;

/**
 * Puts right every run of characters whose bytes in one of those encodings are well-formed UTF-8.
 * Text that was right stays as it is: real words have no two neighbours that form a UTF-8 sequence.
 */
export function repairMojibake(text: string): string {
  return text.replace(RUN, (run) => repairRun(run));
}

function repairRun(run: string): string {
  tables ??= ENCODINGS.map(makeTable);
  for (const table of tables) {
    const bytes = Array.from(run, (character) => table.get(character));
    if (!bytes.every((byte) => byte !== undefined)) continue;
    try {
      return utf8.decode(Uint8Array.from(bytes));
    } catch {
      // Not UTF-8 in this encoding: try the next one.
    }
  }
  return run;
}

/** Character → byte for the upper half of an 8-bit encoding; undefined bytes stand for themselves. */
function makeTable(encoding: string): ReadonlyMap<string, number> {
  const table = new Map<string, number>();
  const decoder = new TextDecoder(encoding);
  for (let byte = 0x80; byte <= 0xff; byte += 1) {
    table.set(String.fromCharCode(byte), byte);
    table.set(decoder.decode(Uint8Array.of(byte)), byte);
  }
  return table;
}
