/**
 * What the importer noticed. An `error` keeps the issue out; a `warning` is a doubt that a person
 * should look at; an `info` tells what was done to the text. `line` counts from 1.
 */
export type Finding = {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly line?: number;
  readonly message: string;
  readonly remedy: string;
};

/** True when at least one finding keeps the issue out. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}
