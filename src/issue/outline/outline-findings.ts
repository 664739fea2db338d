import type { Finding } from '../finding.ts';
import { shorten } from '../text/read-header.ts';
import { isWrapped } from './clean-url.ts';

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

/** A picture with neither an address nor a word. */
export function imageUnreadable(line: number): Finding {
  return {
    severity: 'info',
    code: 'figure.left-out',
    line,
    message: 'This image has no http(s) address and no alt text, so it is left out.',
    remedy: 'Nothing to do, or put the image where it can be fetched, and give its address.',
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
    message: `This image leads to another site and has no caption, so it is taken as a promotion and will not be posted: “${shorten(link)}”.`,
    remedy: 'If it is a figure of the paper, give it a caption or take its link away.',
  };
}

/** A heading beside the papers that neither a byline nor its words explain. */
export function promotionDoubtful(line: number, heading: string): Finding {
  return {
    severity: 'warning',
    code: 'promotion.doubtful',
    line,
    message: `This heading has no byline under it, so its block is taken as a promotion and will not be posted: “${shorten(heading)}”.`,
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
    message: `The paper’s own link is taken from its text, while ${others === 1 ? 'another one stands' : `${others} others stand`} there or in its title: ${url}`,
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

/** A link through a mailer's redirect that hides where it leads. */
export function linkWrapper(line: number, words: string, address: string): Finding {
  return {
    severity: 'warning',
    code: 'link.wrapper',
    line,
    ...(words === '' ? {} : { words }),
    message: `This link leads through a mailer’s redirect that counts one subscriber, so its address is left out and its words stay: “${shorten(words === '' ? address : words)}”.`,
    remedy: 'Import the page instead of the mail, or put the address that it leads to in.',
  };
}

/** Why an address gives no link; undefined for a place in the same page, which leads nowhere else. */
export function linkLost(
  line: number,
  address: string,
  words: string,
  base?: string,
): Finding | undefined {
  if (address.trim().startsWith('#')) return undefined;
  return isWrapped(address, base)
    ? linkWrapper(line, words, address)
    : linkNotWeb(line, words === '' || words === address ? address : `${words} (${address})`);
}

/** A part of a page that is not the article, or cannot be shown in one. */
export function leftOut(
  line: number,
  what: string,
  words: string,
  urls: readonly string[] = [],
): Finding {
  const shown = [words === '' ? '' : `“${shorten(words)}”`, urls.join(', ')];
  return {
    severity: 'info',
    code: 'html.left-out',
    line,
    message: `This part of the page is left out, as it is ${what}: ${shown.filter((part) => part !== '').join(' ')}.`,
    remedy: 'Nothing to do, or write it in a paragraph of the text.',
  };
}

/** An image within a sentence, which an issue cannot hold. */
export function imageInline(line: number, alt: string, url: string | undefined): Finding {
  const name = [alt === '' ? '' : `“${shorten(alt)}”`, url ?? ''].filter((part) => part !== '');
  return {
    severity: 'info',
    code: 'image.inline',
    line,
    message: `This image stands within a sentence, where ${alt === '' ? 'nothing stands in its place' : 'its alt text stands in its place'}: ${name.join(' ')}.`,
    remedy: 'Nothing to do, or put the image on a line of its own if it is a figure.',
  };
}

/** Words that the author crossed out. */
export function textStruck(line: number, words: string, urls: readonly string[] = []): Finding {
  return {
    severity: 'info',
    code: 'text.struck',
    line,
    message: `These words are crossed out, so they are left out: ${[`“${shorten(words)}”`, ...urls].join(' ')}.`,
    remedy: 'Nothing to do, or take the line through them away.',
  };
}

/** A table, which an issue keeps as one paragraph a row. */
export function tableFlattened(line: number): Finding {
  return {
    severity: 'info',
    code: 'table.flattened',
    line,
    message: 'This table becomes one paragraph a row, with dots between its cells.',
    remedy: 'Nothing to do, or show it as an image.',
  };
}

/** Code of several lines, which an issue keeps as one paragraph a line. */
export function codeFlattened(line: number): Finding {
  return {
    severity: 'info',
    code: 'code.flattened',
    line,
    message: 'This block keeps its lines, one paragraph each, and loses their indentation.',
    remedy: 'Nothing to do, or show it as an image.',
  };
}
