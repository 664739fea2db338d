/** Lines of the source that can be parsed by themselves; `line` counts from 1. */
export type Chunk = { readonly text: string; readonly line: number; readonly isForced: boolean };

/** The parser takes more than linear time; above this size a new chunk begins where it can. */
const SIZE_WANTED = 4_000;
/** Above this size it begins at the end of any line. */
const SIZE_MOST = 16_000;
/** What a line costs beside its characters: the parser is slow on many short ones. */
const LINE_COST = 20;

/**
 * Parts Markdown between top-level blocks, so that a parser that is slow on long texts reads short
 * ones. A list, a fence and a comment stay whole, unless they are longer than a text can be.
 */
export function splitChunks(source: string, firstLine: number): Chunk[] {
  const chunks: Chunk[] = [];
  let lines: string[] = [];
  let size = 0;
  let start = firstLine;
  let fence: string | undefined;
  let isComment = false;
  let isAfterBlank = true;
  const cut = (at: number, isForced: boolean): void => {
    if (lines.length > 0) chunks.push({ text: lines.join('\n'), line: start, isForced });
    lines = [];
    size = 0;
    start = at;
  };
  source.split('\n').forEach((line, index) => {
    const isWhole = fence === undefined && !isComment;
    const isStart = isAfterBlank && /^(?![-*+>]|\d{1,9}[.)]\s)\S/.test(line);
    const isTooLarge = size + line.length > SIZE_MOST && size > 0;
    if ((size >= SIZE_WANTED && isWhole && isStart) || isTooLarge) {
      cut(firstLine + index, isTooLarge && !(isWhole && isStart));
      if (isTooLarge) [fence, isComment] = [undefined, false];
    }
    lines.push(line);
    size += line.length + LINE_COST;
    isAfterBlank = /^\s*$/.test(line);
    const mark = isComment ? undefined : /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (mark?.[1] !== undefined) fence = nextFence(fence, mark[1], mark[2] ?? '');
    if (fence === undefined) isComment = endsInComment(line, isComment);
  });
  cut(0, false);
  return chunks;
}

function nextFence(open: string | undefined, mark: string, info: string): string | undefined {
  if (open === undefined) return mark.startsWith('`') && info.includes('`') ? undefined : mark;
  const isEnd = mark[0] === open[0] && mark.length >= open.length && info.trim() === '';
  return isEnd ? undefined : open;
}

/** Follows comments that begin a line. */
function endsInComment(line: string, isOpen: boolean): boolean {
  if (!isOpen && !/^ {0,3}<!--/.test(line)) return false;
  return line.lastIndexOf('-->') <= (isOpen ? -1 : line.indexOf('<!--'));
}
