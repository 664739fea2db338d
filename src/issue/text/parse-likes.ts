const HEART_LINE = /^[♥❤♡🖤🩷💙💚💛💜🧡]\uFE0F?\s*(\d[\d.,]{0,15}\s?[kKmM]?)(?:\s+|$)(.*)$/u;
const PICK = /(?<=^|\s)[\p{L}\p{N}._-]{1,40}[’'`´]s\s+pick(?=\s|$)/iu;
const WHOLE = /^\d+(?:([.,])\d{3}(?:\1\d{3})*)?$/;
const TOPIC_SEPARATOR = /\s{2,}|\s*[,|·•]\s*/;

/** A line that begins with a heart: the likes and what follows them. */
export type HeartLine = { readonly likes: number; readonly rest: string };

/** Reads "♥ 4.3k Quantization" as 4300 and "Quantization"; anything else is undefined. */
export function parseHeartLine(line: string): HeartLine | undefined {
  const match = HEART_LINE.exec(line);
  if (match === null) return undefined;
  const likes = parseLikes(match[1] ?? '');
  return likes === undefined ? undefined : { likes, rest: (match[2] ?? '').trim() };
}

/** "4.3k" is 4300, "1,204" and "1.204" are 1204, "2m" is 2000000. */
export function parseLikes(text: string): number | undefined {
  const match = /^([\d.,]{1,16})\s?([km])?$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, digits = '', unit] = match;
  // Without a unit there is no half like: what parts the digits parts thousands.
  if (unit === undefined)
    return WHOLE.test(digits) ? toCount(digits.replace(/[.,]/g, '')) : undefined;
  const decimal = /^(\d+(?:,\d{3})*)(?:\.(\d+))?$/.exec(digits) ?? /^(\d+),(\d+)$/.exec(digits);
  if (decimal === null) return undefined;
  const [, whole = '', fraction = '0'] = decimal;
  const factor = unit.toLowerCase() === 'k' ? 1_000 : 1_000_000;
  return toCount(Math.round(Number(`${whole.replaceAll(',', '')}.${fraction}`) * factor));
}

function toCount(value: string | number): number | undefined {
  const count = Number(value);
  return Number.isSafeInteger(count) ? count : undefined;
}

/**
 * Reads what follows the likes of a paper: "Data filtering bycloud’s pick" is the topic
 * "Data filtering", picked. Several topics are set apart by two spaces, a comma, a bar or a dot.
 */
export function parseTopics(rest: string): { topics: string[]; pick: boolean } {
  const label = rest.replace(PICK, '  ');
  const topics = label
    .trim()
    .split(TOPIC_SEPARATOR)
    .filter((topic) => topic !== '');
  return { topics: [...new Set(topics)], pick: label !== rest };
}
