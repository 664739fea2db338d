import { readFileSync } from 'node:fs';
import type { Finding } from '../../src/issue/finding.ts';
import { importIssue } from '../../src/issue/import-issue.ts';
import type { Issue } from '../../src/issue/schema.ts';
import { type Imported, importText } from '../../src/issue/text/import-text.ts';

/** A day after both issues: their year is inferred as 2026. */
export const NOW = new Date('2026-05-01T12:00:00Z');
export const OPTIONS = { now: NOW };

/** The text of one of the project's own sample issues. */
export function readSample(number: 93 | 102): string {
  const name = `issue-${String(number).padStart(3, '0')}.txt`;
  return readFileSync(new URL(`../../issues/${name}`, import.meta.url), 'utf8');
}

/** Imports a text as a file holds it, in UTF-8. */
export function importString(text: string): Imported {
  return importIssue(new TextEncoder().encode(text), OPTIONS);
}

/** The issue of a text that must import; fails the test with its findings otherwise. */
export function mustImport(text: string): Issue {
  return mustHaveIssue(importText(text, OPTIONS));
}

export function mustHaveIssue({ issue, findings }: Imported): Issue {
  if (issue === undefined) throw new Error(`No issue: ${JSON.stringify(findings, null, 1)}`);
  return issue;
}

/** The element at `index`, which must be there. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items.at(index);
  if (item === undefined) throw new Error(`There is no element ${index} of ${items.length}.`);
  return item;
}

/** Replaces the one occurrence of `old`; a variation that changes nothing is a mistake. */
export function vary(text: string, old: string, replacement: string): string {
  const parts = text.split(old);
  if (parts.length !== 2) throw new Error(`“${old}” stands ${parts.length - 1} times in the text.`);
  return parts.join(replacement);
}

export function codes(findings: readonly Finding[]): string[] {
  return findings.map(({ code }) => code);
}

/** The findings that ask something of a person. */
export function complaints(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity !== 'info');
}
