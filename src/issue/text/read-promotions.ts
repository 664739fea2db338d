import type { Finding } from '../finding.ts';
import type { Promotion } from '../schema.ts';
import { isFurniture, type Line } from './line.ts';
import { shorten } from './read-header.ts';
import { isHeadingLike, isProse } from './tell-shape.ts';

/**
 * Reads lines that belong to no paper and no news as promotions: a heading, then its text. They
 * are kept with the issue and never posted.
 */
export function readPromotions(lines: readonly Line[], findings: Finding[]): Promotion[] {
  const promotions: Promotion[] = [];
  const kept = lines.filter((line) => !isFurniture(line));
  kept.forEach((line, index) => {
    const next = kept[index + 1];
    const opens = isHeadingLike(line.text) && next !== undefined && isProse(next.text);
    const current = promotions.at(-1);
    if (opens || current === undefined) {
      promotions.push({ title: line.text, text: '' });
      findings.push(recognised(line));
    } else {
      current.text = current.text === '' ? line.text : `${current.text}\n${line.text}`;
    }
  });
  return promotions;
}

/** A block that is kept and never posted. */
export function recognised(line: Line): Finding {
  return {
    severity: 'info',
    code: 'promotion.recognized',
    line: line.number,
    message: `This block is taken as a promotion and will not be posted: “${shorten(line.text)}”.`,
    remedy: 'If it is a paper, give it a byline and a line with likes under its title.',
  };
}
