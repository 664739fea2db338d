import { parseProse } from '../../formatters/text/prose.ts';
import type { Block, Issue, Paper } from '../../src/issue/schema.ts';

/** What the reader of an issue expects next; a figure is an empty line in a paper. */
type Expected = { readonly kind: 'figure' } | { readonly kind: 'line'; readonly text: string };

/**
 * Walks the source of an issue line by line beside the issue, and returns what does not agree. Each
 * line must be the next of the main text or of the promotions; nothing else may be left on either
 * side. The likes and topics are written back in the newsletter's notation to compare them.
 */
export function accountForLines(source: string, issue: Issue): string[] {
  const main: Expected[] = [
    line(issue.title),
    line(issue.subtitle ?? ''),
    ...issue.news.flatMap((news) => [
      line(`♥ ${abbreviate(news.likes ?? 0)} ${parseProse(news.text).text}`),
      ...news.figures.map((figure) => line(parseProse(figure.caption ?? '').text)),
    ]),
    ...issue.papers.flatMap(paperLines),
  ];
  const promotions = issue.promotions.flatMap(({ title, text }) => [title, ...text.split('\n')]);
  const problems: string[] = [];
  let isInPapers = false;
  let isEmpty = false;
  source.split('\n').forEach((raw, index) => {
    const text = raw.trim().replace('HĂĽ', 'Hü');
    const next = main[0];
    if (text === '') {
      if (next?.kind === 'figure' && !isEmpty) main.shift();
      else if (isInPapers && !isEmpty) problems.push(`line ${index + 1}: an image is missing`);
      isEmpty = true;
      return;
    }
    isEmpty = false;
    if (next?.kind === 'line' && next.text === text) {
      main.shift();
      isInPapers ||= text === issue.papers[0]?.title;
    } else if (promotions[0] === text) promotions.shift();
    else if (!isOutside(text, issue)) problems.push(`line ${index + 1} is not in its place`);
  });
  return [...problems, ...main.map((left) => `left: ${JSON.stringify(left)}`), ...promotions];
}

/** Breadcrumbs, buttons, the period, the number with its tagline and the heading of the news. */
function isOutside(text: string, issue: Issue): boolean {
  if (/^- |^Reply$|^🗞️ Industry News in 1 Line$/u.test(text)) return true;
  return /^[A-Z][a-z]{2} \d+\w\w ~ [A-Z][a-z]{2} \d+\w\w$/.test(text)
    ? true
    : text.startsWith(`#${issue.number} `);
}

function paperLines(paper: Paper): Expected[] {
  const label = `${paper.topics.join(' ')}${paper.pick ? ' bycloud’s pick' : ''}`;
  return [
    line(paper.title),
    line(paper.byline.text),
    line(`♥ ${abbreviate(paper.likes ?? 0)} ${label}`),
    ...paper.body.flatMap(blockLines),
  ];
}

function blockLines(block: Block): Expected[] {
  switch (block.kind) {
    case 'figure': {
      const caption = block.caption;
      return [
        { kind: 'figure' },
        ...(caption === undefined ? [] : [line(parseProse(caption).text)]),
      ];
    }
    case 'list':
      return block.items.map((item) => line(parseProse(item).text));
    default:
      return [line(parseProse(block.text).text)];
  }
}

function line(text: string): Expected {
  return { kind: 'line', text };
}

function abbreviate(likes: number): string {
  return likes < 1000 ? String(likes) : `${likes / 1000}k`;
}
