const FENCE = '```';
/** Room for the fences, which Discord counts. */
export const FENCE_LENGTH = 2 * (FENCE.length + 1);

/** A text that no Markdown is read in; what would end the block early is set apart invisibly. */
export function writeBlock(text: string): string {
  return `${FENCE}\n${text.replace(/`(?=`)/g, '`\u200B')}\n${FENCE}`;
}

/** A block that gives its text back letter for letter. */
export type KeptBlock = {
  readonly block: string;
  /** The character that stands for the third of three backticks: one that the text has not. */
  readonly standIn: number;
};

/** Private use: nobody writes them, and there are more of them than a form takes characters. */
const FIRST_STAND_IN = 0xe000;

/** Puts a text into a block out of which `readKept` gets it again; it grows by the fences alone. */
export function keepInBlock(text: string): KeptBlock {
  let standIn = FIRST_STAND_IN;
  while (text.includes(String.fromCharCode(standIn))) standIn += 1;
  const safe = text.replaceAll(FENCE, `\`\`${String.fromCharCode(standIn)}`);
  return { block: `${FENCE}\n${safe}\n${FENCE}`, standIn };
}

/** The text of a block; undefined for anything else. */
export function readKept(block: string, standIn: number): string | undefined {
  const start = `${FENCE}\n`;
  const end = `\n${FENCE}`;
  if (!block.startsWith(start) || !block.endsWith(end)) return undefined;
  return block
    .slice(start.length, -end.length)
    .replaceAll(`\`\`${String.fromCharCode(standIn)}`, FENCE);
}
