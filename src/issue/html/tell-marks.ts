import { cleanUrl } from '../outline/clean-url.ts';
import { attribute, type Element } from './element.ts';
import { addMark, type Mark } from './inline-runs.ts';

/** The marks on the text in an element, given those around it. A link without an address is none. */
export function tellMarks(
  element: Element,
  marks: readonly Mark[],
  base: string | undefined,
): readonly Mark[] {
  switch (element.tagName) {
    case 'b':
    case 'strong':
      // Documents pasted from an editor are wrapped in a <b> that is none.
      return /font-weight\s*:\s*(?:normal|400)/i.test(attribute(element, 'style'))
        ? marks
        : addMark(marks, { kind: 'strong' });
    case 'i':
    case 'em':
      return addMark(marks, { kind: 'emphasis' });
    case 'code':
    case 'kbd':
    case 'samp':
    case 'tt':
      return addMark(marks, { kind: 'code' });
    case 'a': {
      const href = attribute(element, 'href');
      const url = href === '' ? undefined : cleanUrl(href, base);
      return url === undefined ? marks : addMark(marks, { kind: 'link', url });
    }
    default:
      return marks;
  }
}
