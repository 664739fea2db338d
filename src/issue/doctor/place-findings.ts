import type { Finding } from '../finding.ts';
import { shorten } from './locate.ts';

/** Adds column and words of its line to a finding that knows the line alone. */
export function placeFindings(findings: readonly Finding[], source: string): Finding[] {
  const lines = findings.some(({ line }) => line !== undefined) ? source.split('\n') : [];
  return findings.map((finding) => {
    const { line, column, words } = finding;
    const text = line === undefined ? undefined : lines[line - 1];
    if (text === undefined || column !== undefined || text.trim() === '') return finding;
    return {
      ...finding,
      column: text.length - text.trimStart().length + 1,
      words: words ?? shorten(text.trim()),
    };
  });
}
