import { attribute, type Element, hasClass, isElement, type PageNode } from './element.ts';

/**
 * True for an element whose text is the caption of an image: `<figcaption>` anywhere, and, where
 * nothing stands between it and `image`, what the newsletter's host writes: in feeds
 * `.image__source_text`, in its API `<small>` beside the image, in mails the cell `td.t` under it.
 */
export function isCaption(element: Element, image: Element | undefined): boolean {
  const { tagName } = element;
  if (tagName === 'figcaption') return true;
  if (image === undefined) return false;
  if (tagName === 'td') return attribute(element, 'class').split(/\s+/).includes('t');
  if (tagName === 'small') {
    const isBeside =
      element.parentNode === image.parentNode || element.parentNode === around(image);
    return isBeside || element.childNodes.some(isParagraph);
  }
  return hasClass(element, 'image__source_text') || hasClass(element, 'image__source');
}

/** What holds the link around an image. */
function around({ parentNode }: Element): PageNode | null {
  return parentNode !== null && isElement(parentNode) ? parentNode.parentNode : null;
}

function isParagraph(node: PageNode): boolean {
  return isElement(node) && node.tagName === 'p';
}
