import { URL_SOURCE } from './bare-urls.ts';
import type { Prose } from './prose.ts';
import type { Range } from './sentences.ts';

const UNITS =
  '%|‰|°[CF]?|[kmgtp]?b(?:ytes?|its?)?\\b|[kmg]?hz\\b|ms\\b|[nµ]s\\b|s\\b|sec(?:onds?)?\\b|min(?:utes?)?\\b|hours?\\b|days?\\b|weeks?\\b|months?\\b|years?\\b|percent\\b|thousand\\b|million\\b|billion\\b|trillion\\b|k\\b|tokens?\\b|parameters?\\b|gpus?\\b|times\\b|points?\\b|x\\b|×';
const PROTECTED = [
  URL_SOURCE,
  String.raw`[@#][\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*`,
  String.raw`\$[^$\s](?:[^$\n]{0,80}[^$\s])?\$(?!\d)`,
  // The look-behind starts a number once only: without it a megabyte of digits takes hours.
  String.raw`(?:[$€£¥~≈±<>≤≥−-]\s?)?(?<!\d|\d[.,])\d+(?:[.,]\d+)*[kmbt]?\s(?:${UNITS})`,
];
const PATTERN = new RegExp(PROTECTED.join('|'), 'giu');

/**
 * The stretches that a cut must never go through: URLs, handles, hashtags, formulas, numbers with
 * their units, code, and the words of a link.
 */
export function findProtected(prose: Prose): Range[] {
  const ranges: Range[] = [...prose.text.matchAll(PATTERN)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (const { kind, start, end } of prose.spans) {
    if (kind !== 'strong' && kind !== 'emphasis' && kind !== 'figure') ranges.push({ start, end });
  }
  return ranges;
}
