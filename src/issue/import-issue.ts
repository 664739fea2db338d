import { createRequire } from 'node:module';
import { detectFormat, type Format } from './detect-format.ts';
import type * as Feed from './feed/import-feed.ts';
import { hasErrors } from './finding.ts';
import type * as Html from './html/import-html.ts';
import type * as Markdown from './markdown/import-markdown.ts';
import type * as Structured from './structured/import-structured.ts';
import { type Imported, type ImportOptions, importText } from './text/import-text.ts';
import { readDeclaredCharset } from './text/read-declared-charset.ts';
import { decodeSource } from './text/read-source.ts';

/** What the caller knows of the bytes. */
export type ImportIssueOptions = ImportOptions & {
  /** The name of the file, or the path of its address: its extension tells the format. */
  readonly name?: string;
  /** Set when somebody has said what it is. */
  readonly format?: Format;
  /** The address that it comes from, for what is relative in it. */
  readonly base?: string;
};

const require = createRequire(import.meta.url);

/**
 * Reads the issues in the bytes of a file in any format, oldest first: a feed may have many, all else
 * has one. Never throws, and never gives nothing: whatever is wrong is a finding. The parser of a
 * format is loaded when the first file of it comes, so that plain text, which needs none, is read at
 * once.
 */
export function importIssues(bytes: Uint8Array, options: ImportIssueOptions): Imported[] {
  const { text, findings } = decodeSource(readDeclaredCharset(bytes));
  if (hasErrors(findings)) return [{ issue: undefined, findings }];
  const { name, format = detectFormat(name, text), ...known } = options;
  const [first, ...others] = importAs(format, text, known);
  return first === undefined
    ? []
    : [{ ...first, findings: [...findings, ...first.findings] }, ...others];
}

/** Reads an issue; the newest where there are many. */
export function importIssue(bytes: Uint8Array, options: ImportIssueOptions): Imported {
  return importIssues(bytes, options).at(-1) ?? { issue: undefined, findings: [] };
}

function importAs(
  format: Format,
  text: string,
  options: ImportOptions & { readonly base?: string },
): Imported[] {
  switch (format) {
    case 'text':
      return [importText(text, options)];
    case 'markdown': {
      const { importMarkdown } = require('./markdown/import-markdown.ts') as typeof Markdown;
      return [importMarkdown(text, options)];
    }
    case 'html': {
      const { importHtml } = require('./html/import-html.ts') as typeof Html;
      return [importHtml(text, options)];
    }
    case 'feed': {
      const { importFeed } = require('./feed/import-feed.ts') as typeof Feed;
      return importFeed(text, options);
    }
    case 'yaml':
    case 'json': {
      const { importStructured } =
        require('./structured/import-structured.ts') as typeof Structured;
      return [importStructured(text, format)];
    }
  }
}
