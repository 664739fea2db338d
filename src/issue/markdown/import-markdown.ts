import type { Finding } from '../finding.ts';
import type { Outline, OutlineNode } from '../outline/outline.ts';
import { linkNotWeb } from '../outline/outline-findings.ts';
import { readOutline } from '../outline/read-outline.ts';
import type { Imported, ImportOptions } from '../text/import-text.ts';
import { findDefinitions, writeDefinitions } from './definitions.ts';
import { htmlIgnored, marksIgnored, readInParts } from './markdown-findings.ts';
import { parseChunk } from './parse-chunk.ts';
import { readFrontMatter } from './read-front-matter.ts';
import { readMarkdownBlocks } from './read-markdown-blocks.ts';
import type { InlineContext } from './read-markdown-inline.ts';
import { type Chunk, splitChunks } from './split-chunks.ts';

export type ImportMarkdownOptions = ImportOptions & { readonly base?: string };

/**
 * Reads an issue clipped from its page as Markdown (CommonMark), with front matter or a comment of
 * metadata before it or without. Never throws: whatever is wrong is a finding with its line.
 */
export function importMarkdown(source: string, options: ImportMarkdownOptions): Imported {
  const { base, ...known } = options;
  const findings: Finding[] = [];
  const outline = readMarkdown(source, base, findings);
  const imported = readOutline(outline, known);
  const all = [...findings, ...imported.findings];
  return { issue: imported.issue, findings: all.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

/** Markdown as an outline; what has no place in one is told in `findings`. */
export function readMarkdown(
  source: string,
  base: string | undefined,
  findings: Finding[],
): Outline {
  const text = source
    .toWellFormed()
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n');
  const { end, ...facts } = readFrontMatter(text, findings);
  const firstLine = text.slice(0, end).split('\n').length;
  const body = text.slice(end);
  const definitions = findDefinitions(body);
  const nodes: OutlineNode[] = [];
  for (const chunk of splitChunks(body, firstLine)) {
    const context: InlineContext = {
      line: chunk.line,
      base: facts.url ?? base,
      definitions,
      onHtml: (line, html) => {
        const finding = htmlIgnored(line, html);
        if (findings.at(-1)?.line !== line || findings.at(-1)?.code !== finding.code)
          findings.push(finding);
      },
      onBadLink: (line, address) => findings.push(linkNotWeb(line, address)),
    };
    for (const node of readChunk(chunk, context, findings)) nodes.push(node);
  }
  return { nodes, ...facts };
}

function readChunk(chunk: Chunk, context: InlineContext, findings: Finding[]): OutlineNode[] {
  if (chunk.isForced) findings.push(readInParts(chunk.line));
  const { tree, plain } = parseChunk(
    chunk.text + writeDefinitions(chunk.text, context.definitions),
  );
  for (const what of plain) findings.push(marksIgnored(chunk.line, what));
  return readMarkdownBlocks(tree.children, context);
}
