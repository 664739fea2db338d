import type { Finding } from '../finding.ts';
import { cleanUrl } from '../outline/clean-url.ts';
import { flattenInline } from '../outline/flatten-inline.ts';
import type { Inline, Lost, Outline, OutlineNode } from '../outline/outline.ts';
import { codeFlattened, leftOut, tableFlattened, textStruck } from '../outline/outline-findings.ts';
import { readWords } from '../outline/write-inline.ts';
import { writeScript } from '../outline/write-script.ts';
import { isFurniture } from '../text/line.ts';
import {
  type Element,
  isElement,
  isText,
  isUnseen,
  type PageNode,
  type TextNode,
} from './element.ts';
import { findContent } from './find-content.ts';
import { firstWords } from './first-words.ts';
import type { Mark } from './inline-runs.ts';
import { isDataTable } from './is-data-table.ts';
import { makeOutlineBuilder, type OutlineBuilder } from './outline-builder.ts';
import { parsePage } from './parse-page.ts';
import { place, placeOfText } from './place.ts';
import { readHead } from './read-head.ts';
import { readEmoji, readImage } from './read-image.ts';
import { isCaption } from './tell-caption.ts';
import { tellLeftOut } from './tell-left-out.ts';
import { tellMarks } from './tell-marks.ts';
import { walk } from './walk.ts';

/** The outline of a page, and what its markup says about it. */
export type HtmlOutline = Outline & {
  /** The host shows only the beginning to who has not paid. */
  readonly isPaywalled: boolean;
  /** The page has more tags than are read: what follows them is missing. */
  readonly isCut: boolean;
};

const BLOCKS = new Set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption footer header hgroup legend main menu option p plaintext pre search section summary table tbody td tfoot th thead tr xmp'.split(
    ' ',
  ),
);
const NO_MARKS: readonly Mark[] = [];
const START = { line: 1, column: 1 };
const STRUCK = /^(?:s|del|strike)$/;
const MAX_LINKS = 5;

/** Where an author's text seldom is: around the article these are the page's own. */
const CHROME = new Set('nav footer header aside form button dialog'.split(' '));

/** What is known of a page while it is read, and who is told what was left out. */
type Page = {
  readonly source: string;
  readonly base: string | undefined;
  readonly lost: Lost;
  /** What is passed over without a word. */
  readonly isSkipped: (element: Element) => boolean;
};

/**
 * Reads a page, a mail, or a fragment as a feed holds it: the article alone, told by tags and by
 * the host's containers, with its text as a browser shows it. `base` is what relative links are
 * relative to. Pure, never throws, nothing is executed; linear in the length of the source.
 */
export function readHtml(source: string, base?: string): HtmlOutline {
  const { document, isCut } = parsePage(source);
  const head = readHead(document, base);
  const { parts, lacksSubtitle, isPaywalled, isGeneral } = findContent(document, head.description);
  const losses: Finding[] = [];
  const lost: Lost = (finding) => losses.push(finding);
  const page: Page = { source, base: head.base, lost, isSkipped: () => false };
  const builder = makeOutlineBuilder(lost);
  parts.forEach((part, index) => {
    readPart(part, page, builder);
    builder.edge();
    if (index === 0 && lacksSubtitle && head.description !== undefined) {
      builder.text(head.description, NO_MARKS, () => ({ line: 1, column: 1 }));
      builder.edge();
    }
  });
  if (isGeneral) tellOutside(document, parts, page);
  return {
    nodes: builder.finish(),
    lost: losses,
    ...(head.title === undefined ? {} : { title: head.title }),
    ...(head.url === undefined ? {} : { url: head.url }),
    ...(head.publishedAt === undefined ? {} : { publishedAt: head.publishedAt }),
    isPaywalled,
    isCut,
  };
}

/** Tells of the text around an `<article>` that no host's markup says to be the page's own. */
function tellOutside(document: PageNode, parts: readonly PageNode[], page: Page): void {
  const isPart = new Set(parts);
  const isSkipped = (element: Element): boolean =>
    isPart.has(element) || CHROME.has(element.tagName);
  // All of it is told below, but for what the author struck out.
  const lost: Lost = (finding) => {
    if (finding.code === 'text.struck') page.lost(finding);
  };
  const builder = makeOutlineBuilder(lost);
  readPart(document, { ...page, lost, isSkipped }, builder);
  for (const node of builder.finish()) {
    const inlines = inlinesOf(node);
    const runs = inlines.flatMap(flattenInline);
    const words = inlines.map(readWords).join(' ').trim();
    const urls = [...new Set(runs.flatMap(({ url }) => url ?? []))];
    if (words === '' || isFurniture({ number: node.line, text: words, isAfterGap: false }))
      continue;
    page.lost(leftOut(node.line, 'outside the article', words, urls.slice(0, MAX_LINKS)));
  }
}

function inlinesOf(node: OutlineNode): readonly (readonly Inline[])[] {
  if (node.kind === 'list') return node.items;
  if (node.kind === 'image') return node.caption === undefined ? [] : [node.caption];
  return 'inline' in node ? [node.inline] : [];
}

function readPart(root: PageNode, page: Page, builder: OutlineBuilder): void {
  const { source, base, lost } = page;
  /** The marks around each open element. */
  const outer: (readonly Mark[])[] = [];
  let marks = NO_MARKS;
  let caption: Element | undefined;
  let image: Element | undefined;
  let table: Element | undefined;
  let cells = 0;
  let pre: Element | undefined;

  const addText = (node: TextNode): void => {
    if (pre === undefined || !node.value.includes('\n')) {
      builder.text(node.value, marks, () => placeOfText(node, source));
      return;
    }
    node.value.split('\n').forEach((text, index) => {
      if (index > 0) builder.edge();
      const line = place(node).line + index;
      builder.text(text, marks, () => ({ line, column: 1 }));
    });
  };

  /** A raised or struck text as a whole, where it is one; true when nothing in it is left to read. */
  const addWhole = (element: Element): boolean => {
    const { tagName } = element;
    if (tagName !== 'sup' && tagName !== 'sub' && !STRUCK.test(tagName)) return false;
    const { words, tags, hrefs } = firstWords(element);
    if (words === '') return false;
    const urls = hrefs.flatMap((href) =>
      href.startsWith('#') ? [] : (cleanUrl(href, base) ?? []),
    );
    if (STRUCK.test(tagName)) {
      lost(textStruck(place(element).line, words, urls));
      return true;
    }
    // What is linked or shows an image is read as it stands.
    const isScript = tagName === 'sup' || tagName === 'sub';
    if (!isScript || tags.has('img') || urls.length > 0) return false;
    const written = writeScript(tagName, words);
    if (written === words) return false;
    builder.text(written, marks, () => place(element));
    return true;
  };

  /** The edges of what stands in a table of data: a row is a paragraph, its cells are parted. */
  const startInTable = ({ tagName }: Element): boolean => {
    if (tagName === 'tr') {
      builder.edge();
      cells = 0;
    } else if (tagName === 'td' || tagName === 'th') {
      cells += 1;
      if (cells > 1) builder.text(' · ', NO_MARKS, () => START);
    } else if (tagName === 'br' || BLOCKS.has(tagName)) builder.text(' ', NO_MARKS, () => START);
    else return false;
    return true;
  };

  walk(root, {
    enter(node) {
      if (isText(node)) addText(node);
      if (!isElement(node)) return node === root;
      if (page.isSkipped(node)) return false;
      if (isUnseen(node)) {
        const finding = tellLeftOut(node, base);
        if (finding !== undefined) lost(finding);
        return false;
      }
      if (addWhole(node)) return false;
      outer.push(marks);
      marks = tellMarks(node, marks, base, lost);
      if (caption === undefined && isCaption(node, builder.isAfterImage() ? image : undefined)) {
        caption = node;
        builder.startCaption();
      } else if (node.tagName === 'img') {
        image = node;
        addImage(node, marks, base, builder);
      } else if (table !== undefined && startInTable(node)) {
        return true;
      } else if (pre !== undefined && node.tagName === 'br') {
        builder.edge();
      } else {
        start(node, builder);
        if (node.tagName === 'table' && isDataTable(node)) {
          table = node;
          builder.startApart();
          lost(tableFlattened(place(node).line));
        } else if (node.tagName === 'pre' && pre === undefined) {
          pre = node;
          builder.startApart();
          if (hasLines(node)) lost(codeFlattened(place(node).line));
        } else if (node.tagName === 'dt') builder.startApart();
      }
      return true;
    },
    leave(node) {
      if (!isElement(node)) return;
      marks = outer.pop() ?? NO_MARKS;
      if (node === caption) {
        caption = undefined;
        builder.endCaption();
        return;
      }
      const isInTable = table !== undefined && node !== table;
      if (isInTable && node.tagName !== 'tr' && BLOCKS.has(node.tagName)) return;
      end(node, builder);
      if (node !== table && node !== pre && node.tagName !== 'dt') return;
      builder.endApart();
      if (node === table) table = undefined;
      if (node === pre) pre = undefined;
    },
  });
}

function hasLines(element: Element): boolean {
  let text = '';
  walk(element, {
    enter(node) {
      if (isText(node)) text += node.value;
      if (isElement(node) && node.tagName === 'br') text += '\n';
      return isElement(node);
    },
  });
  return text.trim().includes('\n');
}

function start(element: Element, builder: OutlineBuilder): void {
  const { tagName } = element;
  if (/^h[1-6]$/.test(tagName)) builder.startHeading(Number(tagName[1]));
  else if (tagName === 'br') builder.lineBreak();
  else if (tagName === 'hr') builder.rule(place(element));
  else if (tagName === 'ul' || tagName === 'ol') builder.startList(tagName === 'ol');
  else if (tagName === 'li') builder.startItem();
  else if (tagName === 'figure') builder.startFigure();
  else if (BLOCKS.has(tagName)) builder.edge();
}

function end(element: Element, builder: OutlineBuilder): void {
  const { tagName } = element;
  if (/^h[1-6]$/.test(tagName)) builder.endHeading();
  else if (tagName === 'ul' || tagName === 'ol') builder.endList();
  else if (tagName === 'li') builder.endItem();
  else if (tagName === 'figure') builder.endFigure();
  else if (BLOCKS.has(tagName)) builder.edge();
}

function addImage(
  element: Element,
  marks: readonly Mark[],
  base: string | undefined,
  builder: OutlineBuilder,
): void {
  const emoji = readEmoji(element);
  const link = marks.find((mark) => mark.kind === 'link')?.url;
  const image = readImage(element, place(element), base, link);
  if (emoji !== undefined) builder.text(emoji, marks, () => place(element));
  else if (image !== undefined) builder.image(image, marks);
}
