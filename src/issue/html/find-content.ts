import type { DefaultTreeAdapterTypes } from 'parse5';
import { isFurniture } from '../text/line.ts';
import { attribute, type Element, hasClass, isElement, isText, isUnseen } from './element.ts';
import { walk } from './walk.ts';

/** The parts of a page that are the article, in order, and what was noticed on the way. */
export type Content = {
  readonly parts: readonly (Element | DefaultTreeAdapterTypes.Document)[];
  /** True when the title stands above the article and no subtitle was found beside it. */
  readonly lacksSubtitle: boolean;
  readonly isPaywalled: boolean;
  /** The article was told by a general tag: what stands around it may be an author's too. */
  readonly isGeneral: boolean;
};

/** Where the newsletter's host puts the text of an issue, by channel; the narrowest first. */
const CONTAINERS: readonly ((element: Element) => boolean)[] = [
  (element) => hasClass(element, 'dream-post-content-doc'),
  (element) => hasClass(element, 'beehiiv__body'),
  (element) => attribute(element, 'id').endsWith('content-blocks'),
  (element) => element.tagName === 'article',
  (element) => element.tagName === 'main',
];
const FIRST_GENERAL = 3;
/** A general element is the article only if it holds this share of the page's text. */
const LEAST_SHARE = 0.5;
const LONGEST_SUBTITLE = 300;
const DATE = /\b(?:19|20)\d\d\b|^\d+ (?:min|hours?|days?)\b/;
const BLOCK = /^(?:p|h[1-6])$/;

type Candidate = {
  readonly element: Element;
  readonly rank: number;
  readonly firstBlock: number;
  readonly before: number;
  endBlock: number;
  letters: number;
};
type Survey = {
  readonly candidates: readonly Candidate[];
  /** Paragraphs and headings in order. */
  readonly blocks: readonly Element[];
  readonly letters: number;
  readonly isPaywalled: boolean;
};

/**
 * Finds the article: the host's container where there is one, else an `<article>` or a `<main>`
 * that holds most of the text, else the whole page. A title above it, with its subtitle, belongs.
 */
export function findContent(
  document: DefaultTreeAdapterTypes.Document,
  description: string | undefined,
): Content {
  const { candidates, blocks, letters, isPaywalled } = survey(document);
  const chosen = choose(candidates, letters);
  const [first] = chosen;
  const isTitled = chosen.some(({ firstBlock, endBlock }) =>
    blocks.slice(firstBlock, endBlock).some(({ tagName }) => tagName === 'h1'),
  );
  const isGeneral = first !== undefined && first.rank >= FIRST_GENERAL;
  const whole = { parts: [document], lacksSubtitle: false, isPaywalled, isGeneral };
  if (first === undefined) return whole;
  const parts = chosen.map(({ element }) => element);
  const above = blocks.slice(0, first.firstBlock);
  const titleAt = isTitled ? -1 : above.findLastIndex(({ tagName }) => tagName === 'h1');
  const title = above[titleAt];
  if (title === undefined) return { ...whole, parts };
  const subtitle = findSubtitle(above.slice(titleAt + 1), description);
  if (subtitle !== undefined) return { ...whole, parts: [title, subtitle, ...parts] };
  return { ...whole, parts: [title, ...parts], lacksSubtitle: true };
}

/** The visible text of an element, its blanks collapsed. */
export function readVisible(element: Element): string {
  let text = '';
  walk(element, {
    enter(node) {
      if (isText(node)) text += node.value;
      return isElement(node) && !isUnseen(node);
    },
  });
  return text.replace(/\s+/g, ' ').trim();
}

function survey(document: DefaultTreeAdapterTypes.Document): Survey {
  const candidates: Candidate[] = [];
  const open: Candidate[] = [];
  const blocks: Element[] = [];
  let letters = 0;
  let isPaywalled = false;
  walk(document, {
    enter(node) {
      if (isText(node) && /\S/.test(node.value)) letters += node.value.length;
      if (!isElement(node)) return node === document;
      if (isUnseen(node)) return false;
      isPaywalled ||= hasClass(node, 'paywall');
      if (BLOCK.test(node.tagName)) blocks.push(node);
      const rank = CONTAINERS.findIndex((isContainer) => isContainer(node));
      if (rank >= 0 && open.every((other) => other.rank !== rank)) {
        const place = { firstBlock: blocks.length, endBlock: 0, before: letters, letters: 0 };
        const candidate = { element: node, rank, ...place };
        candidates.push(candidate);
        open.push(candidate);
      }
      return true;
    },
    leave(node) {
      const candidate = open.at(-1);
      if (candidate === undefined || node !== candidate.element) return;
      candidate.endBlock = blocks.length;
      candidate.letters = letters - candidate.before;
      open.pop();
    },
  });
  return { candidates, blocks, letters, isPaywalled };
}

function choose(candidates: readonly Candidate[], letters: number): readonly Candidate[] {
  for (let rank = 0; rank < CONTAINERS.length; rank += 1) {
    const found = candidates.filter((one) => one.rank === rank && one.letters > 0);
    if (found.length > 0 && rank < FIRST_GENERAL) return found;
    const largest = found.reduce<Candidate | undefined>(
      (best, one) => (best === undefined || one.letters > best.letters ? one : best),
      undefined,
    );
    if (largest !== undefined && largest.letters >= letters * LEAST_SHARE) return [largest];
  }
  return [];
}

/** Of the few blocks under the title: the one that the page describes itself with, else the first. */
function findSubtitle(
  blocks: readonly Element[],
  description: string | undefined,
): Element | undefined {
  const near = blocks.slice(0, 4).filter((element) => {
    const text = readVisible(element);
    const isButton = isFurniture({ number: 1, text, isAfterGap: false });
    const isLong = text.length > LONGEST_SUBTITLE;
    return (
      text !== '' && !isLong && !isButton && !DATE.test(text) && !/^(?:written )?by\b/i.test(text)
    );
  });
  return near.find((element) => readVisible(element) === description) ?? near[0];
}
