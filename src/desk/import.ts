import type { Saved } from '../archive/archive.ts';
import type { Finding } from '../issue/finding.ts';
import { importIssue } from '../issue/import-issue.ts';
import type { Issue } from '../issue/schema.ts';
import type { Imported } from '../issue/text/import-text.ts';
import type { Desk } from './desk.ts';

export type ImportRequest = {
  readonly year?: number;
  /** Store other text under a taken number as its next revision. */
  readonly isRevision?: boolean;
  readonly isSample?: boolean;
};

/** What became of an import. Nothing is stored unless `saved` says so. */
export type ImportResult = {
  readonly issue: Issue | undefined;
  readonly findings: readonly Finding[];
  readonly saved: Saved['kind'] | undefined;
  readonly revision: number | undefined;
};

/** Reads an issue, checks it, and keeps it unless something is wrong with it. */
export async function importToArchive(
  { archive, clock }: Pick<Desk, 'archive' | 'clock'>,
  bytes: Uint8Array,
  request: ImportRequest = {},
): Promise<ImportResult> {
  const now = clock.now();
  const { issue, findings } = await readIssue(archive, bytes, now, request.year);
  if (issue === undefined) {
    return { issue, findings, saved: undefined, revision: undefined };
  }
  const saved = await archive.save(issue, {
    findings,
    isSample: request.isSample ?? false,
    isRevision: request.isRevision ?? false,
    at: now,
  });
  const { revision } = saved.stored;
  if (saved.kind !== 'conflict') return { issue, findings, saved: saved.kind, revision };
  return { issue, findings: [...findings, taken(issue)], saved: saved.kind, revision };
}

/**
 * A period has no year in the text. The same file imported again a year later is still the same
 * issue: where the archive has its number, the year is the one that was found then.
 */
async function readIssue(
  archive: Desk['archive'],
  bytes: Uint8Array,
  now: Date,
  year: number | undefined,
): Promise<Imported> {
  const imported = importIssue(bytes, { now, ...(year === undefined ? {} : { year }) });
  const { issue, isYearInferred } = imported;
  if (issue === undefined || !isYearInferred) return imported;
  const known = await archive.read(issue.number);
  const knownYear = Number(known?.issue.period.start.slice(0, 4));
  const isOther = known !== undefined && !issue.period.start.startsWith(String(knownYear));
  return isOther ? importIssue(bytes, { now, year: knownYear }) : imported;
}

function taken({ number }: Issue): Finding {
  return {
    severity: 'error',
    code: 'issue.number-taken',
    message: `Issue #${number} is in the archive already, with other text. Nothing was stored.`,
    remedy: `If this is a corrected #${number}, import it with --revise; otherwise put its own number in the file.`,
  };
}
