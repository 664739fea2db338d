import type { Finding } from '../finding.ts';
import type { Issue } from '../schema.ts';
import { examineNames } from './examine-names.ts';
import { examineDuplicates, examinePapers, examineText } from './examine-papers.ts';
import { examinePeriod } from './examine-period.ts';
import type { Known } from './known.ts';
import { type KnownIndex, makeKnownIndex } from './known-index.ts';
import { locate } from './locate.ts';

/**
 * What a careful colleague would ask about an issue that can be read: what its papers lack, and
 * what does not go with older issues. Warnings and infos only, with their place where `source` has
 * the words. An issue is not compared with its own older revision. Pure.
 */
export function examineIssue(issue: Issue, known: Known | KnownIndex, source = ''): Finding[] {
  const index = 'issues' in known ? makeKnownIndex(known.issues) : known;
  const findings = [
    ...examinePeriod(issue, index),
    ...examinePapers(issue),
    ...examineText(issue),
    ...examineNames(issue, index),
    ...examineDuplicates(issue, index),
  ];
  return findings.map((finding) => locateFinding(finding, source));
}

/** The finding with the place of its words in the source, where they are there. */
export function locateFinding(finding: Finding, source: string): Finding {
  const place = finding.words === undefined ? undefined : locate(source, finding.words);
  return place === undefined ? finding : { ...finding, line: place.line, column: place.column };
}

/** What the importer and the doctor found, each thing once, in the order of the text. */
export function mergeFindings(
  imported: readonly Finding[],
  examined: readonly Finding[],
): Finding[] {
  const told = new Set(imported.map(({ code, message }) => `${code} ${message}`));
  const all = [
    ...imported,
    ...examined.filter(({ code, message }) => !told.has(`${code} ${message}`)),
  ];
  return all.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
