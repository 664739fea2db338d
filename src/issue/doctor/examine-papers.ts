import type { Finding } from '../finding.ts';
import { isWrapped } from '../outline/clean-url.ts';
import type { Block, Figure, Issue, Paper } from '../schema.ts';
import { markPaper } from './known.ts';
import type { KnownIndex } from './known-index.ts';
import { shorten } from './locate.ts';
import { readLinks } from './read-links.ts';

const ENTRY = {
  byline: ['a byline', 'Add a line such as “Xin et al. [NVIDIA]” under the title.'],
  likes: ['likes', 'Add a line such as “♥ 4.3k Quantization” under the byline.'],
  topic: ['a topic', 'Write the topic after the likes, as in “♥ 4.3k Quantization”.'],
  body: ['text', 'Write at least one paragraph under its title, byline and likes.'],
  link: ['a link to the paper itself', 'Link the title to the paper, on arXiv for example.'],
} as const;

/** What the papers of an issue lack. */
export function examinePapers({ papers }: Issue): Finding[] {
  if (papers.length === 0) return [noPapers()];
  const findings: Finding[] = [];
  const hasLinks = papers.some(({ url }) => url !== undefined);
  for (const paper of papers) {
    const { title, byline, likes, topics, url, body } = paper;
    if (byline.text === '') findings.push(missing('byline', title));
    if (likes === undefined) findings.push(missing('likes', title));
    // Topics stand beside the likes: without likes there is one thing to put right.
    else if (topics.length === 0) findings.push(missing('topic', title));
    if (!body.some(({ kind }) => kind === 'paragraph' || kind === 'list')) {
      findings.push(missing('body', title));
    }
    if (url === undefined && hasLinks) findings.push(missing('link', title));
    findings.push(...examineFigures(body, `the paper “${shorten(title)}”`, title));
  }
  // Copied text has no links at all: that is told once, and nobody's fault.
  if (!hasLinks) findings.push(noLinks());
  return findings;
}

/** Papers that were in another issue, the oldest of which is told, or twice in this one. */
export function examineDuplicates({ number, papers }: Issue, known: KnownIndex): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const whereIs = (mark: string): number | undefined =>
    seen.has(mark) ? number : findOldest(known.listMarked(mark), number);
  for (const paper of papers) {
    const own = markPaper(paper);
    const mark = own.find((one) => whereIs(one) !== undefined);
    const where = mark === undefined ? undefined : whereIs(mark);
    for (const one of own) seen.add(one);
    if (mark === undefined || where === undefined) continue;
    const why = mark.startsWith('arXiv') ? mark : 'the same title';
    findings.push({
      severity: 'warning',
      code: 'paper.duplicate',
      words: paper.title,
      message: `The paper “${shorten(paper.title)}” is ${where === number ? 'twice in this issue' : `in issue #${where} already`}: ${why}.`,
      remedy: 'Take it out, unless it is meant to be posted again.',
    });
  }
  return findings;
}

function findOldest(numbers: Iterable<number>, except: number): number | undefined {
  let oldest: number | undefined;
  for (const number of numbers) {
    if (number !== except && number < (oldest ?? Infinity)) oldest = number;
  }
  return oldest;
}

/** Links within the text that lead to no page, and images that nobody describes. */
export function examineText({ url: own, news, papers }: Issue): Finding[] {
  const texts = [
    ...news.map(({ text }) => text),
    ...papers.flatMap(({ body }) => body.flatMap(readTexts)),
  ];
  const findings = texts.flatMap(readLinks).flatMap(examineLink);
  for (const { url } of [{ url: own }, ...papers])
    if (url !== undefined) findings.push(...examineLink(url));
  for (const { text, figures } of news) {
    findings.push(...examineFigures(figures, `the news “${shorten(text)}”`, text));
  }
  return findings;
}

function readTexts(block: Block): string[] {
  if (block.kind === 'list') return block.items;
  if (block.kind === 'figure') return block.caption === undefined ? [] : [block.caption];
  return [block.text];
}

function examineLink(address: string): Finding[] {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return [notHttp(address)];
  return isWrapped(address) ? [linkPrivate(address)] : [];
}

/** A figure of plain text has no image either: there is nothing to describe. */
function examineFigures(blocks: readonly (Block | Figure)[], of: string, words: string): Finding[] {
  const bare = blocks.filter(
    (block) =>
      block.kind === 'figure' &&
      block.imageUrl !== undefined &&
      block.caption === undefined &&
      (block.alt ?? '') === '',
  ).length;
  if (bare === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'figure.text-missing',
      words,
      message: `${bare === 1 ? 'An image' : `${bare} images`} of ${of} ${bare === 1 ? 'has' : 'have'} neither caption nor alt text.`,
      remedy: 'Say in an alt text what the image shows: some readers cannot see it.',
    },
  ];
}

function missing(what: keyof typeof ENTRY, title: Paper['title']): Finding {
  const [name, remedy] = ENTRY[what];
  return {
    severity: 'warning',
    code: `paper.${what}-missing`,
    words: title,
    message: `The paper “${shorten(title)}” lacks ${name}.`,
    remedy,
  };
}

function noLinks(): Finding {
  return {
    severity: 'info',
    code: 'issue.links-missing',
    message: 'No paper has a link to the paper itself.',
    remedy: 'Link each title to its paper, or import a form of the issue that has the links.',
  };
}

function noPapers(): Finding {
  return {
    severity: 'warning',
    code: 'issue.papers-missing',
    message: 'The issue has no paper: nothing of it can be posted.',
    remedy: 'Add the papers under “papers”.',
  };
}

function linkPrivate(address: string): Finding {
  return {
    severity: 'warning',
    code: 'link.wrapper',
    words: address,
    message: `The link “${shorten(address)}” leads through a mailer’s redirect that counts one subscriber.`,
    remedy: 'Put the address that it leads to in.',
  };
}

function notHttp(address: string): Finding {
  return {
    severity: 'warning',
    code: 'link.not-http',
    words: address,
    message: `The link “${shorten(address)}” is no http(s) address.`,
    remedy: 'Write the whole address, beginning with https://.',
  };
}
