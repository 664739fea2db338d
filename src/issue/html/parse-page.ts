import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';

/** An issue has a few thousand elements, 10 MB of issues 150,000; markup that multiplies ends here. */
const MAX_ELEMENTS = 250_000;

/** A page as a tree. `isCut` tells that it has more tags than are read; what follows is missing. */
export type ParsedPage = {
  readonly document: DefaultTreeAdapterTypes.Document;
  readonly isCut: boolean;
};

class TooManyElements extends Error {}

/**
 * Parses HTML as browsers do (https://html.spec.whatwg.org/multipage/parsing.html), with the place
 * where every node begins in the source. Unclosed formatting is opened again in every later block, so that n
 * tags can mean n² elements: their number is capped. Nothing is executed, nothing is fetched.
 */
export function parsePage(source: string): ParsedPage {
  let document = defaultTreeAdapter.createDocument();
  let elements = 0;
  const count = (): void => {
    elements += 1;
    if (elements > MAX_ELEMENTS) throw new TooManyElements();
  };
  const treeAdapter: typeof defaultTreeAdapter = {
    ...defaultTreeAdapter,
    createDocument() {
      document = defaultTreeAdapter.createDocument();
      return document;
    },
    createElement(tagName, namespaceURI, attrs) {
      count();
      return defaultTreeAdapter.createElement(tagName, namespaceURI, attrs);
    },
    createCommentNode(data) {
      count();
      return defaultTreeAdapter.createCommentNode(data);
    },
    // Nobody asks where a node ends, and the end of a text moves with every word of it.
    updateNodeSourceCodeLocation() {},
  };
  try {
    parse(source.toWellFormed(), { treeAdapter, sourceCodeLocationInfo: true });
    return { document, isCut: false };
  } catch (error) {
    if (error instanceof TooManyElements) return { document, isCut: true };
    throw error;
  }
}
