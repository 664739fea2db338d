const HEART_LINE = /^[♥❤♡🖤]\uFE0F?\s*(\d[\d.,]*\s?[kKmM]?)(?:\s+|$)(.*)$/u;
const PICK = /(?:^|\s+)[\p{L}\p{N}._-]+[’'`´]s\s+pick$/iu;
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

/** "4.3k" is 4300, "1,204" is 1204, "2m" is 2000000. */
export function parseLikes(text: string): number | undefined {
  const match = /^(\d+(?:,\d{3})*|\d*)(?:[.,](\d+))?\s?([km])?$/i.exec(text.trim());
  if (match === null || !/\d/.test(text)) return undefined;
  const [, whole = '', fraction = '', unit = ''] = match;
  const factor = { '': 1, k: 1_000, m: 1_000_000 }[unit.toLowerCase()] ?? 1;
  if (fraction !== '' && factor === 1) return undefined;
  const value = Number(`${whole.replaceAll(',', '') || '0'}.${fraction || '0'}`);
  return Math.round(value * factor);
}

/**
 * Reads what follows the likes of a paper: "Data filtering bycloud’s pick" is the topic
 * "Data filtering", picked. Several topics are set apart by two spaces, a comma, a bar or a dot.
 */
export function parseTopics(rest: string): { topics: string[]; pick: boolean } {
  const label = rest.replace(PICK, '');
  const topics = label.split(TOPIC_SEPARATOR).filter((topic) => topic !== '');
  return { topics: [...new Set(topics)], pick: label !== rest };
}
