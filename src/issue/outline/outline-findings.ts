import type { Finding } from '../finding.ts';
import { shorten } from '../text/read-header.ts';

/** A picture whose address is no http(s) one. */
export function imageWithoutAddress(line: number, alt: string): Finding {
  return {
    severity: 'warning',
    code: 'figure.url-missing',
    line,
    message: `This image has no http(s) address${alt === '' ? '' : `: “${shorten(alt)}”`}.`,
    remedy: 'Put the image where it can be fetched, and give its address.',
  };
}

/** A picture that belongs to nothing. */
export function imageUnplaced(line: number, what: string): Finding {
  return {
    severity: 'info',
    code: 'figure.unplaced',
    line,
    message: `This image belongs to no paper and no news line and is left out: “${shorten(what)}”.`,
    remedy: 'Nothing to do, or move it under the text that it belongs to.',
  };
}

/** A linked picture in a paper that may be a figure of it after all. */
export function promotionImageDoubtful(line: number, link: string): Finding {
  return {
    severity: 'warning',
    code: 'promotion.image-doubtful',
    line,
    message: `This image leads to another site and has no caption, so it is taken as a promotion: “${shorten(link)}”.`,
    remedy: 'If it is a figure of the paper, give it a caption or take its link away.',
  };
}

/** A heading beside the papers that neither a byline nor its words explain. */
export function promotionDoubtful(line: number, heading: string): Finding {
  return {
    severity: 'warning',
    code: 'promotion.doubtful',
    line,
    message: `This heading has no byline under it, so its block is taken as a promotion: “${shorten(heading)}”.`,
    remedy:
      'If it is a paper, write a byline under it; if it is a part of the paper above, make it a heading one level deeper.',
  };
}

/** A heading over other headings, with no text of its own. */
export function sectionHeading(line: number, heading: string): Finding {
  return {
    severity: 'info',
    code: 'heading.section',
    line,
    message: `This heading has no text of its own and is left out: “${shorten(heading)}”.`,
    remedy: 'Nothing to do, or write a text under it.',
  };
}

/** A link that cannot be the paper's for sure. */
export function linkDoubtful(line: number, url: string, others: number): Finding {
  return {
    severity: 'warning',
    code: 'paper.link-doubtful',
    line,
    message: `The paper’s own link is taken from its text, where ${others === 1 ? 'another one stands' : `${others} others stand`}: ${url}`,
    remedy: 'Link the title of the paper to its page.',
  };
}

/** A link that leads to no web page. */
export function linkNotWeb(line: number, words: string): Finding {
  return {
    severity: 'warning',
    code: 'link.not-web',
    line,
    message: `A link here is no http(s) address; its words stay: “${shorten(words)}”.`,
    remedy: 'Correct the address, or take the link away.',
  };
}
