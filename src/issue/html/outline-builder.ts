import type { Inline, Lost, OutlineNode } from '../outline/outline.ts';
import { imageInline } from '../outline/outline-findings.ts';
import {
  appendBreak,
  appendText,
  buildInline,
  endsInBreak,
  type Mark,
  type Run,
} from './inline-runs.ts';

export type Position = { readonly line: number; readonly column: number };
export type ImageNode = Extract<OutlineNode, { kind: 'image' }>;

type Open = {
  readonly kind: 'paragraph' | 'heading' | 'item' | 'caption';
  readonly level: number;
  readonly runs: Run[];
  /** Images in a heading stand after it; so does one that no text of the line follows. */
  readonly images: ImageNode[];
  /** Images after the last words of the line: what follows tells whether they are within it. */
  waiting: Waiting[];
  position: Position | undefined;
};

/** An image, the marks on it, and the runs before it. */
type Waiting = { readonly image: ImageNode; readonly marks: readonly Mark[] };

type List = { readonly ordered: boolean; readonly items: Inline[][]; position: Position };

/** Takes a page as a stream of starts, ends and texts, in order, and gives the outline's nodes. */
export type OutlineBuilder = ReturnType<typeof makeOutlineBuilder>;

const START: Position = { line: 1, column: 1 };

/**
 * Makes a builder. Text outside any block becomes a paragraph; blocks without text are dropped. An
 * image with words before and after it on its line is a part of the sentence, which is told.
 */
export function makeOutlineBuilder(lost: Lost) {
  const nodes: OutlineNode[] = [];
  /** Whether each open list is ordered: nested lists are flattened into the outermost. */
  const orders: boolean[] = [];
  let open: Open | undefined;
  let list: List | undefined;
  let figures = 0;
  /** Within what is never the caption of the image above it. */
  let apart = 0;
  let earlyCaption: { inline: Inline[]; position: Position } | undefined;

  const begin = (kind: Open['kind'], level = 0): Open => {
    open = { kind, level, runs: [], images: [], waiting: [], position: undefined };
    return open;
  };

  const endBlock = (): void => {
    if (open === undefined) return;
    const { kind, level, runs, images, waiting, position = START } = open;
    open = undefined;
    const inline = buildInline(runs);
    if (inline.length > 0) {
      if (kind === 'heading') nodes.push({ kind, level, inline, ...position });
      if (kind === 'paragraph') {
        nodes.push({ kind, inline, ...position, ...(apart > 0 ? { isApart: true } : {}) });
      }
      if (kind === 'caption') attachCaption(inline, position);
      if (kind === 'item') {
        list ??= { ordered: orders[0] ?? false, items: [], position };
        list.items.push(inline);
      }
    }
    if (waiting.length > 0) endList();
    for (const image of images) nodes.push(image);
    for (const { image } of waiting) nodes.push(image);
  };

  const endList = (): void => {
    if (list !== undefined) {
      const { ordered, items, position } = list;
      nodes.push({ kind: 'list', ordered, items, ...position });
    }
    list = undefined;
  };

  /** A caption belongs to the image before it; in a figure it may stand above the image. */
  const attachCaption = (inline: Inline[], position: Position): void => {
    const last = nodes.at(-1);
    if (last?.kind === 'image' && last.caption === undefined) {
      nodes[nodes.length - 1] = { ...last, caption: inline };
    } else if (figures > 0 && earlyCaption === undefined) {
      earlyCaption = { inline, position };
    } else {
      nodes.push({ kind: 'paragraph', inline, ...position });
    }
  };

  const endEarlyCaption = (): void => {
    if (earlyCaption === undefined) return;
    const { inline, position } = earlyCaption;
    nodes.push({ kind: 'paragraph', inline, ...position });
    earlyCaption = undefined;
  };

  const endAll = (): void => {
    endBlock();
    endList();
  };

  /** The edge of a block: it ends a paragraph, and only a line of an item or a caption. */
  const edge = (): void => {
    if (open === undefined || open.runs.length === 0) return;
    if (open.waiting.length > 0) endBlock();
    else if (open.kind === 'item' || open.kind === 'caption') appendBreak(open.runs);
    else endBlock();
  };

  /** Words follow: the images are within the sentence, each as its alt text. */
  const placeWaiting = (block: Open): void => {
    for (const { image, marks } of block.waiting) {
      const { line, alt = '', url } = image;
      lost(imageInline(line, alt, url));
      if (alt !== '') appendText(block.runs, alt, marks);
    }
    block.waiting = [];
  };

  return {
    edge,
    /** What follows, until the end of it, is never a caption: terms, rows, lines of code. */
    startApart(): void {
      edge();
      apart += 1;
    },
    endApart(): void {
      edge();
      apart -= 1;
    },
    text(source: string, marks: readonly Mark[], position: () => Position): void {
      const isBlank = !/[^ \t\n\f\r]/.test(source);
      if (isBlank && open === undefined) return;
      const block = open ?? begin(list === undefined ? 'paragraph' : 'item');
      if (!isBlank) {
        block.position ??= position();
        placeWaiting(block);
      }
      appendText(block.runs, source, marks);
    },
    lineBreak(): void {
      if (open === undefined) return;
      if (open.waiting.length > 0) endBlock();
      else if (open.kind === 'paragraph' && endsInBreak(open.runs)) endBlock();
      else appendBreak(open.runs);
    },
    startHeading(level: number): void {
      if (open?.kind === 'caption') {
        edge();
        return;
      }
      endAll();
      begin('heading', level);
    },
    endHeading(): void {
      if (open?.kind === 'heading') endBlock();
    },
    startList(ordered: boolean): void {
      if (open?.kind === 'caption') edge();
      else endBlock();
      orders.push(ordered);
    },
    endList(): void {
      orders.pop();
      if (open?.kind === 'caption') edge();
      else if (orders.length === 0) endAll();
      else endBlock();
    },
    startItem(): void {
      if (open?.kind === 'caption' || orders.length === 0) {
        edge();
        return;
      }
      endBlock();
      begin('item');
    },
    endItem(): void {
      if (open?.kind === 'item') endBlock();
      else edge();
    },
    startFigure(): void {
      edge();
      figures += 1;
    },
    endFigure(): void {
      figures -= 1;
      edge();
      if (figures === 0) endEarlyCaption();
    },
    startCaption(): void {
      endAll();
      begin('caption');
    },
    endCaption(): void {
      if (open?.kind === 'caption') endBlock();
    },
    image(node: ImageNode, marks: readonly Mark[]): void {
      if (open?.kind === 'heading') {
        open.images.push(node);
        return;
      }
      const isText = open?.kind === 'paragraph' || open?.kind === 'item';
      if (open !== undefined && isText && figures === 0 && hasWordsOnLine(open.runs)) {
        open.waiting.push({ image: node, marks });
        return;
      }
      if (open?.kind !== 'caption') endAll();
      const caption = figures > 0 ? earlyCaption?.inline : undefined;
      if (caption !== undefined) earlyCaption = undefined;
      nodes.push(caption === undefined ? node : { ...node, caption });
    },
    rule(position: Position): void {
      if (open?.kind === 'caption') {
        edge();
        return;
      }
      endAll();
      nodes.push({ kind: 'rule', ...position });
    },
    /** True when nothing stands between the last image and what comes now. */
    isAfterImage(): boolean {
      const last = nodes.at(-1);
      if (open !== undefined && open.waiting.length > 0) return true;
      const isFree = open === undefined || (open.kind !== 'caption' && open.runs.length === 0);
      return isFree && list === undefined && last?.kind === 'image' && last.caption === undefined;
    },
    finish(): readonly OutlineNode[] {
      endAll();
      endEarlyCaption();
      return nodes;
    },
  };
}

/** True when words stand before, on the same line. */
function hasWordsOnLine(runs: readonly Run[]): boolean {
  return runs.some(({ text }) => /\S/.test(text)) && !endsInBreak(runs);
}
