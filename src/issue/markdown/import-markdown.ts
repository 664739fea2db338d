import type { Finding } from '../finding.ts';
import type { Outline, OutlineNode } from '../outline/outline.ts';
import { readOutline } from '../outline/read-outline.ts';
import type { Imported, ImportOptions } from '../text/import-text.ts';
import { type Definition, findDefinitions, writeDefinitions } from './definitions.ts';
import { definitionUnused, HTML_IGNORED, marksIgnored, readInParts } from './markdown-findings.ts';
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
  return readOutline(readMarkdown(source, base), known);
}

/** Markdown as an outline, and what has no place in one. */
export function readMarkdown(source: string, base: string | undefined): Outline {
  const lost: Finding[] = [];
  const text = source
    .toWellFormed()
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n');
  const { end, ...facts } = readFrontMatter(text, lost);
  const firstLine = text.slice(0, end).split('\n').length;
  const body = text.slice(end);
  const definitions = findDefinitions(body, firstLine);
  const used = new Set<Definition>();
  const nodes: OutlineNode[] = [];
  for (const chunk of splitChunks(body, firstLine)) {
    const context: InlineContext = {
      line: chunk.line,
      base: facts.url ?? base,
      definitions: definitions.byLabel,
      used,
      lost: (finding) => {
        const last = lost.at(-1);
        const isSame = last?.line === finding.line && last?.code === finding.code;
        if (!isSame || finding.code !== HTML_IGNORED) lost.push(finding);
      },
    };
    for (const node of readChunk(chunk, context)) nodes.push(node);
  }
  for (const definition of definitions.all) {
    if (!used.has(definition)) lost.push(definitionUnused(definition));
  }
  return { nodes, lost, ...facts };
}

function readChunk(chunk: Chunk, context: InlineContext): OutlineNode[] {
  if (chunk.isForced) context.lost(readInParts(chunk.line));
  const { tree, plain } = parseChunk(
    chunk.text + writeDefinitions(chunk.text, context.definitions),
  );
  for (const what of plain) context.lost(marksIgnored(chunk.line, what));
  return readMarkdownBlocks(tree.children, context);
}
