/**
 * What the importer noticed. An `error` keeps the issue out; a `warning` is a doubt that a person
 * should look at; an `info` tells what was done to the text. `line` and `column` count from 1,
 * `column` in UTF-16 units.
 */
export type Finding = {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly line?: number;
  readonly column?: number;
  /** The words of the source that it is about. */
  readonly words?: string;
  readonly message: string;
  readonly remedy: string;
};

/** True when at least one finding keeps the issue out. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}
