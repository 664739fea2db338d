import { existsSync, readFileSync } from 'node:fs';
import { listItems, type PaperItem } from '../formatters/item.ts';
import { importIssue } from '../src/issue/import-issue.ts';

/** The papers of one issue, as items. */
export type IssuePapers = { readonly name: string; readonly items: readonly PaperItem[] };

const FILES = ['issue-093.txt', 'issue-102.txt'];
/** The samples tell of the same papers in words of their own; the real issues are not published. */
const SAMPLES = new URL('../issues/', import.meta.url);
const REAL = new URL('../../shared/issues/', import.meta.url);

/** The project's sample issues. */
export function readSamples(): IssuePapers[] {
  return FILES.map((file) => readPapers('sample', new URL(file, SAMPLES)));
}

/** The real issues, where they lie beside the project; else none. */
export function readRealIssues(): IssuePapers[] {
  return FILES.map((file) => new URL(file, REAL))
    .filter((file) => existsSync(file))
    .map((file) => readPapers('real', file));
}

function readPapers(kind: string, file: URL): IssuePapers {
  const { issue } = importIssue(readFileSync(file), { now: new Date('2026-05-01T12:00:00Z') });
  if (issue === undefined) throw new Error(`${file.pathname} cannot be read`);
  return { name: `${kind} #${issue.number}`, items: listItems(issue) };
}
