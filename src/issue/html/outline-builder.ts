import type { Inline, OutlineNode } from '../outline/outline.ts';
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
  /** Images in a heading stand after it. */
  readonly images: ImageNode[];
  position: Position | undefined;
};

type List = { readonly ordered: boolean; readonly items: Inline[][]; position: Position };

/** Takes a page as a stream of starts, ends and texts, in order, and gives the outline's nodes. */
export type OutlineBuilder = ReturnType<typeof makeOutlineBuilder>;

const START: Position = { line: 1, column: 1 };

/** Makes a builder. Text outside any block becomes a paragraph; blocks without text are dropped. */
export function makeOutlineBuilder() {
  const nodes: OutlineNode[] = [];
  /** Whether each open list is ordered: nested lists are flattened into the outermost. */
  const orders: boolean[] = [];
  let open: Open | undefined;
  let list: List | undefined;
  let figures = 0;
  let earlyCaption: { inline: Inline[]; position: Position } | undefined;

  const begin = (kind: Open['kind'], level = 0): Open => {
    open = { kind, level, runs: [], images: [], position: undefined };
    return open;
  };

  const endBlock = (): void => {
    if (open === undefined) return;
    const { kind, level, runs, images, position = START } = open;
    open = undefined;
    const inline = buildInline(runs);
    if (inline.length > 0) {
      if (kind === 'heading') nodes.push({ kind, level, inline, ...position });
      if (kind === 'paragraph') nodes.push({ kind, inline, ...position });
      if (kind === 'caption') attachCaption(inline, position);
      if (kind === 'item') {
        list ??= { ordered: orders[0] ?? false, items: [], position };
        list.items.push(inline);
      }
    }
    for (const image of images) nodes.push(image);
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
    if (open.kind === 'item' || open.kind === 'caption') appendBreak(open.runs);
    else endBlock();
  };

  return {
    edge,
    text(source: string, marks: readonly Mark[], position: () => Position): void {
      const isBlank = !/[^ \t\n\f\r]/.test(source);
      if (isBlank && open === undefined) return;
      const block = open ?? begin(list === undefined ? 'paragraph' : 'item');
      if (!isBlank) block.position ??= position();
      appendText(block.runs, source, marks);
    },
    lineBreak(): void {
      if (open === undefined) return;
      if (open.kind === 'paragraph' && endsInBreak(open.runs)) endBlock();
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
    image(node: ImageNode): void {
      if (open?.kind === 'heading') {
        open.images.push(node);
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
