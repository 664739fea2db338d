import type { Finding } from '../finding.ts';
import { findPaperUrl } from '../outline/find-paper-url.ts';
import type { Passage } from '../outline/passage.ts';
import type { Block, Byline, Paper } from '../schema.ts';
import { makeSlug } from '../slug.ts';
import { escapeInline } from './escape-inline.ts';
import type { PaperStart } from './find-papers.ts';
import { isButton, isFurniture, type Line } from './line.ts';
import { parseByline } from './parse-byline.ts';
import { parseHeartLine, parseTopics } from './parse-likes.ts';
import { shorten } from './read-header.ts';
import { doubtfulCaption } from './read-news.ts';
import { isPromotion } from './tell-promotion.ts';
import { guessCaption, isHeadingLike, isProse } from './tell-shape.ts';

/** The byline of a paper that has none. */
export const NO_BYLINE: Byline = { text: '', authors: [], etAl: false, organizations: [] };

/** Reads the paper from `start` to before line index `end`; a promotion ends it, as `rest`. */
export function readPaper(
  lines: readonly Line[],
  start: PaperStart,
  end: number,
  slugs: ReadonlySet<string>,
  findings: Finding[],
): { readonly paper: Paper; readonly rest: readonly Line[] } {
  const titleLine = lines[start.titleAt];
  const title = titleLine?.text ?? '';
  const place = { line: titleLine?.number ?? 1, title };
  const bylineLine = start.bylineAt === undefined ? undefined : lines[start.bylineAt];
  const read = bylineLine === undefined ? undefined : parseByline(bylineLine.text);
  if (read === undefined) findings.push(missing('warning', 'byline', place));
  const heartLine = start.heartAt === undefined ? undefined : lines[start.heartAt];
  const heart = heartLine === undefined ? undefined : parseHeartLine(heartLine.text);
  const { topics, pick } = parseTopics(heart?.rest ?? '');
  if (heart === undefined) findings.push(missing('warning', 'likes', place));
  else if (topics.length === 0) findings.push(missing('warning', 'topic', place));

  const { body, restAt } = readBody(lines, start.bodyAt, end, findings);
  const hasText = body.some((block) => block.kind === 'paragraph' || block.kind === 'list');
  if (!hasText) findings.push(missing('error', 'body', place));

  const head = [titleLine, bylineLine].map((line) => line && toPassage(line));
  const text = lines.slice(start.bodyAt, restAt).filter((line) => line.text.includes('://'));
  const url = findPaperUrl(head, text.map(toPassage), findings);

  const paper: Paper = {
    slug: makeSlug(title, (slug) => slugs.has(slug)),
    title,
    byline: read === undefined ? NO_BYLINE : withoutCertainty(read),
    ...(heart === undefined ? {} : { likes: heart.likes }),
    topics,
    pick,
    ...(url === undefined ? {} : { url }),
    body,
  };
  return { paper, rest: lines.slice(restAt, end) };
}

function toPassage({ number, text }: Line): Passage {
  const run = { text, isCode: false, isStrong: false, isEmphasis: false, url: undefined };
  return { line: number, runs: [run], words: text, label: text };
}

/** The byline as an issue keeps it. */
export function withoutCertainty({ text, authors, etAl, organizations }: Byline): Byline {
  return { text, authors, etAl, organizations };
}

function readBody(
  lines: readonly Line[],
  from: number,
  end: number,
  findings: Finding[],
): { body: Block[]; restAt: number } {
  const body: Block[] = [];
  let textEnd = end;
  while (textEnd > from && isFurnitureAt(lines, textEnd - 1)) textEnd -= 1;
  for (let i = from; i < textEnd; i += 1) {
    const line = lines[i];
    if (line === undefined) break;
    if (isButton(line)) {
      if (line.isAfterGap) body.push(captionless(line, findings));
      continue;
    }
    if (isPromotion(line, lines.slice(i + 1, Math.min(i + 3, end)))) return { body, restAt: i };
    const list = readList(lines, i, textEnd);
    if (list !== undefined) {
      body.push(list);
      i += list.items.length - 1;
      continue;
    }
    if (looksLikeStart(line)) findings.push(titleMissing(line));
    body.push(...readBlock(line, lines[i + 1], i + 1 >= textEnd, findings));
  }
  // An image may stand between the last paragraph and the buttons of the page.
  const button = textEnd < end ? lines[textEnd] : undefined;
  if (button?.isAfterGap) body.push(captionless(button, findings));
  return { body, restAt: end };
}

const BULLET = /^[-–*•‣◦]\s+(?=\S)/u;
const NUMBER = /^\d{1,2}[.)]\s+(?=\S)/;

/** Two or more lines in a row that begin with bullets, or with numbers. */
function readList(
  lines: readonly Line[],
  from: number,
  end: number,
): Extract<Block, { kind: 'list' }> | undefined {
  const first = lines[from]?.text ?? '';
  const marker = [BULLET, NUMBER].find((pattern) => pattern.test(first));
  if (marker === undefined) return undefined;
  const items: string[] = [];
  for (let i = from; i < end; i += 1) {
    const line = lines[i];
    if (line === undefined || !marker.test(line.text)) break;
    if (i > from && line.isAfterGap) break;
    items.push(escapeInline(line.text.replace(marker, '')));
  }
  return items.length < 2 ? undefined : { kind: 'list', ordered: marker === NUMBER, items };
}

function isFurnitureAt(lines: readonly Line[], at: number): boolean {
  const line = lines[at];
  return line !== undefined && isFurniture(line);
}

/** A byline or a heart inside a paper belongs to another one, whose title was not recognized. */
export function looksLikeStart({ text }: Line): boolean {
  return parseHeartLine(text) !== undefined || (parseByline(text)?.isSure ?? false);
}

function readBlock(
  line: Line,
  next: Line | undefined,
  isLast: boolean,
  findings: Finding[],
): Block[] {
  const text = escapeInline(line.text);
  if (line.isAfterGap) {
    const guess = guessCaption(line.text, isLast);
    if (guess.isCaption) {
      if (guess.isDoubtful) findings.push(doubtfulCaption(line));
      return [{ kind: 'figure', caption: text }];
    }
    if (guess.isDoubtful) findings.push(doubtfulParagraph(line));
    return [captionless(line, findings), { kind: 'paragraph', text }];
  }
  const isHeading = isHeadingLike(line.text) && !isProse(line.text) && line.text.length <= 80;
  if (isHeading && !isLast && next !== undefined && isProse(next.text)) {
    findings.push(heading(line));
    return [{ kind: 'heading', text }];
  }
  return [{ kind: 'paragraph', text }];
}

function captionless(line: Line, findings: Finding[]): Block {
  findings.push({
    severity: 'info',
    code: 'figure.caption-missing',
    line: line.number,
    message: 'The empty line above this one is taken as an image without a caption.',
    remedy: 'Nothing to do; add the caption on the line after the empty one if there is one.',
  });
  return { kind: 'figure' };
}

/** A text after an image that could as well be its caption. */
export function doubtfulParagraph(line: Line): Finding {
  return {
    severity: 'warning',
    code: 'figure.paragraph-doubtful',
    line: line.number,
    message: `This line is taken as a paragraph after an image: “${shorten(line.text)}”.`,
    remedy: 'If it is the caption of the image, take the full stop off its end.',
  };
}

/** The start of a paper without its title. */
export function titleMissing(line: Line): Finding {
  return {
    severity: 'warning',
    code: 'paper.title-missing',
    line: line.number,
    message: `This line belongs to the start of a paper, but no title was found above it: “${shorten(line.text)}”.`,
    remedy: 'Put the title, the byline and the likes of the paper on three lines, in this order.',
  };
}

/** A short text in a paper that nothing but its shape makes a heading. */
export function heading(line: Line): Finding {
  return {
    severity: 'warning',
    code: 'paper.heading-doubtful',
    line: line.number,
    message: `This short line is taken as a heading inside the paper: “${shorten(line.text)}”.`,
    remedy:
      'If it begins a promotion or another paper, give it a byline or move it below the papers.',
  };
}

const LACKS = {
  byline: 'Add a line such as “Xin et al. [NVIDIA]” under the title.',
  likes: 'Add a line such as “♥ 4.3k Quantization” under the byline.',
  topic: 'Write the topic after the likes, as in “♥ 4.3k Quantization”.',
  body: 'Write at least one paragraph under its title, byline and likes.',
} as const;

/** What a paper lacks. */
export function missing(
  severity: Finding['severity'],
  what: keyof typeof LACKS,
  place: { line: number; title: string },
): Finding {
  const name = what === 'likes' ? 'likes' : what === 'body' ? 'text' : `a ${what}`;
  return {
    severity,
    code: `paper.${what}-missing`,
    line: place.line,
    message: `The paper “${shorten(place.title)}” lacks ${name}.`,
    remedy: LACKS[what],
  };
}
