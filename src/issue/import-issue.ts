import { hasErrors } from './finding.ts';
import { type Imported, type ImportOptions, importText } from './text/import-text.ts';
import { decodeSource } from './text/read-source.ts';

/** Reads an issue from the bytes of a file. Never throws: whatever is wrong is a finding. */
export function importIssue(bytes: Uint8Array, options: ImportOptions): Imported {
  const { text, findings } = decodeSource(bytes);
  if (hasErrors(findings)) return { issue: undefined, findings };
  const imported = importText(text, options);
  return { ...imported, findings: [...findings, ...imported.findings] };
}
