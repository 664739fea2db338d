import { cleanUrl } from '../outline/clean-url.ts';
import type { Lost } from '../outline/outline.ts';
import { linkLost } from '../outline/outline-findings.ts';
import { attribute, type Element } from './element.ts';
import { firstWords } from './first-words.ts';
import { addMark, type Mark } from './inline-runs.ts';
import { place } from './place.ts';

/** The marks on the text in an element, given those around it. A link to no web page is none, and told. */
export function tellMarks(
  element: Element,
  marks: readonly Mark[],
  base: string | undefined,
  lost: Lost,
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
      if (url !== undefined) return addMark(marks, { kind: 'link', url });
      const finding =
        href === ''
          ? undefined
          : linkLost(place(element).line, href, firstWords(element).words, base);
      if (finding !== undefined) lost(finding);
      return marks;
    }
    default:
      return marks;
  }
}
