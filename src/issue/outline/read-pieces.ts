import type { Finding } from '../finding.ts';
import type { Figure } from '../schema.ts';
import { repaired } from '../text/issue-findings.ts';
import { repairMojibake } from '../text/repair-mojibake.ts';
import { cleanBareUrls } from './bare-urls.ts';
import { cleanUrl } from './clean-url.ts';
import { cleanText, flattenInline, type Run } from './flatten-inline.ts';
import type { Inline, Outline, OutlineNode } from './outline.ts';
import { imageUnreadable, imageWithoutAddress, linkWrapper } from './outline-findings.ts';
import { fromRuns, type Passage, writePassage } from './passage.ts';
import { splitPassage } from './split-passage.ts';

/** A block of an outline, its text read: what the readers of header, news and papers work on. */
export type Piece =
  | { readonly kind: 'heading'; readonly level: number; readonly passage: Passage }
  | {
      readonly kind: 'paragraph';
      readonly passage: Passage;
      /** Never the caption of an image above it. */
      readonly isApart?: boolean;
    }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Passage[] }
  | ImagePiece
  | { readonly kind: 'rule' };
export type ImagePiece = {
  readonly kind: 'image';
  readonly line: number;
  readonly figure: Figure;
  readonly link: string | undefined;
};

/** Nothing that small is a picture: mails count their readers with such images. */
const SMALLEST_PIXELS = 3;

/** Reads the nodes of an outline; blocks without any text are left out. */
export function readPieces({ nodes }: Outline, findings: Finding[]): Piece[] {
  return nodes.flatMap((node) => readNode(node, findings));
}

function readNode(node: OutlineNode, findings: Finding[]): Piece[] {
  switch (node.kind) {
    case 'rule':
      return [{ kind: 'rule' }];
    case 'image':
      return readImage(node, findings);
    case 'list': {
      const { ordered, items: inlines, itemLines } = node;
      const items = inlines.flatMap((inline, index) => {
        const line = itemLines?.[index] ?? node.line;
        tellRepairs(inline, line, findings);
        const passage = fromRuns(readRuns(inline, line, findings), { line });
        return passage.words === '' ? [] : [passage];
      });
      return items.length === 0 ? [] : [{ kind: 'list', ordered, items }];
    }
    default: {
      tellRepairs(node.inline, node.line, findings);
      const runs = readRuns(node.inline, node.line, findings);
      const isApart = node.kind === 'paragraph' && node.isApart === true;
      const [kind, level] = node.kind === 'heading' ? [node.kind, node.level] : [node.kind, 0];
      return splitPassage(runs).flatMap((group, index): Piece[] => {
        const passage = fromRuns(group, node);
        if (passage.words === '') return [];
        // Under a heading's first line, a byline or likes are no heading of their own.
        return kind === 'heading' && index === 0
          ? [{ kind, level, passage }]
          : [{ kind: 'paragraph', passage, isApart }];
      });
    }
  }
}

function readImage(node: Extract<OutlineNode, { kind: 'image' }>, findings: Finding[]): Piece[] {
  const { line, width, height } = node;
  if (Math.min(width ?? SMALLEST_PIXELS, height ?? SMALLEST_PIXELS) < SMALLEST_PIXELS) return [];
  const words = node.caption === undefined ? '' : captionOf(node.caption, line, findings);
  const imageUrl = node.url === undefined ? undefined : cleanUrl(node.url);
  const alt = cleanText(node.alt ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  if (imageUrl === undefined && words === '' && alt === '') {
    findings.push(imageUnreadable(line));
    return [];
  }
  if (imageUrl === undefined) findings.push(imageWithoutAddress(line, alt));
  const figure: Figure = {
    kind: 'figure',
    ...(words === '' ? {} : { caption: words }),
    ...(imageUrl === undefined ? {} : { imageUrl }),
    ...(alt === '' ? {} : { alt }),
    ...(isSize(width) ? { width } : {}),
    ...(isSize(height) ? { height } : {}),
  };
  return [{ kind: 'image', line, figure, link: node.link }];
}

function isSize(pixels: number | undefined): pixels is number {
  return pixels !== undefined && Number.isSafeInteger(pixels) && pixels > 0;
}

function captionOf(inline: readonly Inline[], line: number, findings: Finding[]): string {
  tellRepairs(inline, line, findings);
  const runs = readRuns(inline, line, findings);
  const isItalic = runs.every(({ isEmphasis, text }) => isEmphasis || text.trim() === '');
  // Italics that all of a caption wears are its dress.
  return writePassage(
    fromRuns(isItalic ? runs.map((run) => ({ ...run, isEmphasis: false })) : runs, { line }),
  );
}

/** The runs of a text, with the addresses that it writes out as they may be posted. */
function readRuns(inline: readonly Inline[], line: number, findings: Finding[]): Run[] {
  const runs = flattenInline(inline);
  if (!runs.some(({ text }) => text.includes('://'))) return runs;
  return runs.map((run) => {
    if (run.isCode) return run;
    const onWrapper = (url: string): number => findings.push(linkWrapper(line, '', url));
    return { ...run, text: cleanBareUrls(run.text, onWrapper) };
  });
}

/** A finding where letters were garbled; it compares text by text, as the repair goes. */
function tellRepairs(inline: readonly Inline[], line: number, findings: Finding[]): void {
  const stack: Inline[] = [...inline];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if ('inline' in part) {
      for (const inner of part.inline) stack.push(inner);
      continue;
    }
    if (!/[\u0080-\uffff]{2}/.test(part.text)) continue;
    const before = part.text.toWellFormed();
    const after = repairMojibake(before);
    if (before !== after) {
      findings.push(repaired(line, before, after));
      return;
    }
  }
}
