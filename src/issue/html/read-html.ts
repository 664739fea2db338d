import type { Outline } from '../outline/outline.ts';
import { type Element, isElement, isText, isUnseen, type PageNode } from './element.ts';
import { findContent } from './find-content.ts';
import type { Mark } from './inline-runs.ts';
import { makeOutlineBuilder, type OutlineBuilder } from './outline-builder.ts';
import { parsePage } from './parse-page.ts';
import { place, placeOfText } from './place.ts';
import { readHead } from './read-head.ts';
import { readEmoji, readImage } from './read-image.ts';
import { isCaption } from './tell-caption.ts';
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

/**
 * Reads a page, a mail, or a fragment as a feed holds it: the article alone, told by tags and by
 * the host's containers, with its text as a browser shows it. `base` is what relative links are
 * relative to. Pure, never throws, nothing is executed; linear in the length of the source.
 */
export function readHtml(source: string, base?: string): HtmlOutline {
  const { document, isCut } = parsePage(source);
  const head = readHead(document, base);
  const { parts, lacksSubtitle, isPaywalled } = findContent(document, head.description);
  const builder = makeOutlineBuilder();
  parts.forEach((part, index) => {
    readPart(part, source, head.base, builder);
    builder.edge();
    if (index === 0 && lacksSubtitle && head.description !== undefined) {
      builder.text(head.description, NO_MARKS, () => ({ line: 1, column: 1 }));
      builder.edge();
    }
  });
  return {
    nodes: builder.finish(),
    ...(head.title === undefined ? {} : { title: head.title }),
    ...(head.url === undefined ? {} : { url: head.url }),
    ...(head.publishedAt === undefined ? {} : { publishedAt: head.publishedAt }),
    isPaywalled,
    isCut,
  };
}

function readPart(
  root: PageNode,
  source: string,
  base: string | undefined,
  builder: OutlineBuilder,
): void {
  /** The marks around each open element. */
  const outer: (readonly Mark[])[] = [];
  let marks = NO_MARKS;
  let caption: Element | undefined;
  let image: Element | undefined;
  walk(root, {
    enter(node) {
      if (isText(node)) builder.text(node.value, marks, () => placeOfText(node, source));
      if (!isElement(node)) return node === root;
      if (isUnseen(node)) return false;
      outer.push(marks);
      marks = tellMarks(node, marks, base);
      if (caption === undefined && isCaption(node, builder.isAfterImage() ? image : undefined)) {
        caption = node;
        builder.startCaption();
      } else if (node.tagName === 'img') {
        image = node;
        addImage(node, marks, base, builder);
      } else {
        start(node, builder);
      }
      return true;
    },
    leave(node) {
      if (!isElement(node)) return;
      marks = outer.pop() ?? NO_MARKS;
      if (node !== caption) return end(node, builder);
      caption = undefined;
      builder.endCaption();
    },
  });
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
  else if (image !== undefined) builder.image(image);
}
