import type { Saved } from '../archive/archive.ts';
import type { IssueReader, StoredIssue } from '../archive/issue-reader.ts';
import { type Change, compareIssues } from '../issue/doctor/compare-issues.ts';
import { examineIssue, mergeFindings } from '../issue/doctor/examine-issue.ts';
import { shorten } from '../issue/doctor/locate.ts';
import { keepFromBefore, matchPapers } from '../issue/doctor/match-papers.ts';
import { placeFindings } from '../issue/doctor/place-findings.ts';
import type { Finding } from '../issue/finding.ts';
import { type ImportIssueOptions, importIssues } from '../issue/import-issue.ts';
import type { Issue } from '../issue/schema.ts';
import type { Imported } from '../issue/text/import-text.ts';
import { readDeclaredCharset } from '../issue/text/read-declared-charset.ts';
import { decodeSource } from '../issue/text/read-source.ts';
import { isDecided } from './approval/open-decided.ts';
import { reviewWords } from './approval/review-issue.ts';
import type { Desk } from './desk.ts';
import { makeIssueChanged } from './issue-changed.ts';
import { tellOwnTexts } from './own-text.ts';
import { isFresh, RECENT } from './plan/list-planned.ts';
import { readKnown } from './read-known.ts';
import { type ReviseDesk, type Revised, reviseWaiting } from './revise.ts';

export type ImportRequest = Omit<ImportIssueOptions, 'now'> & {
  /**
   * Store other text under a taken number as its next revision: always, or where it is recognisably
   * the same issue. Never by default: the number may be a mistake.
   */
  readonly isRevision?: Revising;
  readonly isSample?: boolean;
};

export type Revising = boolean | 'where-same';

/** What became of an import. Nothing is stored unless `saved` says so. */
export type ImportResult = {
  readonly issue: Issue | undefined;
  readonly findings: readonly Finding[];
  readonly saved: Exclude<Saved['kind'], 'outdated'> | undefined;
  readonly revision: number | undefined;
  /** What a revision changed, paper by paper; empty unless `saved` is `revised`. */
  readonly changes: readonly Change[];
  /** What became of the deliveries of older revisions that wait. */
  readonly revised: readonly Revised[];
};

/** What importing works with. */
export type ImportDesk = ReviseDesk & Pick<Desk, 'clock'>;

/**
 * Reads the issues of a source, checks each and keeps it unless something is wrong with it. A feed
 * may have many, oldest first; all else has one.
 */
export async function importAllToArchive(
  desk: ImportDesk,
  bytes: Uint8Array,
  request: ImportRequest = {},
): Promise<ImportResult[]> {
  const { isRevision, isSample, ...options } = request;
  const results: ImportResult[] = [];
  const all = await readIssues(desk.archive, bytes, { ...options, now: desk.clock.now() });
  for (const { imported, source } of all) {
    results.push(await keepIssue(desk, imported, { isRevision, isSample, source }));
  }
  return results;
}

/** The same for a source with one issue; of a feed it tells the newest. */
export async function importToArchive(
  desk: ImportDesk,
  bytes: Uint8Array,
  request: ImportRequest = {},
): Promise<ImportResult> {
  const newest = (await importAllToArchive(desk, bytes, request)).at(-1);
  if (newest === undefined) throw new Error('a source gives at least one import');
  return newest;
}

/** An issue as it was read, and the text that its findings have their places in. */
export type ReadIssue = { readonly imported: Imported; readonly source: string | undefined };

/** Reads the issues of a source, each in its year. Without an archive there is none to know. */
export async function readIssues(
  archive: IssueReader | undefined,
  bytes: Uint8Array,
  options: ImportIssueOptions,
): Promise<ReadIssue[]> {
  const read = (year: number | undefined): Imported[] =>
    importIssues(bytes, { ...options, ...(year === undefined ? {} : { year }) });
  const all = read(options.year);
  const source = decodeSource(readDeclaredCharset(bytes)).text;
  const issues: ReadIssue[] = [];
  for (const [index, first] of all.entries()) {
    const again = (year: number | undefined): Imported =>
      year === options.year ? first : (read(year)[index] ?? first);
    const imported = archive === undefined ? first : await readInYear(archive, again, options.year);
    // The places in the HTML inside a feed are nobody's to look at.
    issues.push({ imported, source: all.length > 1 ? undefined : source });
  }
  return issues;
}

/**
 * Examines an issue that was read and keeps it, unless something is wrong with it. A revision
 * leaves what was sent alone and renders anew what waits; its papers keep their slugs. Readers see it
 * at once unless something of it waits for an editor. Throws `issue.changed` where it is not based on
 * the newest revision.
 */
export async function keepIssue(
  desk: ImportDesk,
  imported: Imported,
  options: {
    readonly isRevision?: Revising | undefined;
    readonly isSample?: boolean | undefined;
    /** The text that it was read from, for the places of findings. */
    readonly source?: string | undefined;
    /** The revision that it was made of. */
    readonly basedOn?: number | undefined;
  },
): Promise<ImportResult> {
  const { archive, clock } = desk;
  if (imported.issue === undefined) {
    const nothing = { saved: undefined, revision: undefined, changes: [], revised: [] };
    return { ...imported, ...nothing };
  }
  const isSample = options.isSample ?? false;
  const current = isSample ? undefined : await archive.read(imported.issue.number);
  const before = current?.isSample ? undefined : current?.issue;
  const issue =
    before === undefined
      ? imported.issue
      : keepFromBefore(before, imported.issue, !imported.isWhole);
  const read = [...imported.findings, ...tellKeptSlugs(imported.issue, issue)];
  const told = isSample
    ? read
    : mergeFindings(read, examineIssue(issue, await readKnown(archive), options.source));
  const findings = options.source === undefined ? told : placeFindings(told, options.source);
  const misfits = tellOwnTexts(issue, desk.format, options.source);
  if (misfits.length > 0) {
    const nothing = { saved: undefined, revision: undefined, changes: [], revised: [] };
    return { issue, findings: [...findings, ...misfits], ...nothing };
  }
  const { kind: saved, stored } = await archive.save(issue, {
    findings,
    isSample,
    isRevision:
      options.isRevision === 'where-same'
        ? before !== undefined && isSameIssue(before, issue)
        : (options.isRevision ?? false),
    at: clock.now(),
    isApproved: isSample || (await mayBeRead(desk, issue)),
    ...(options.basedOn === undefined ? {} : { basedOn: options.basedOn }),
  });
  const { revision } = stored;
  if (saved === 'outdated') {
    throw makeIssueChanged(issue.number, options.basedOn ?? revision, revision);
  }
  if (saved === 'conflict') {
    return {
      issue,
      findings: [...findings, taken(issue)],
      saved,
      revision,
      changes: [],
      revised: [],
    };
  }
  const isRevised = saved === 'revised' && before !== undefined;
  return {
    issue,
    findings,
    saved,
    revision,
    changes: isRevised ? compareIssues(before, issue) : [],
    // Also when nothing has changed: a process may have died after it had stored the revision.
    revised: await reviseWaiting(desk, stored),
  };
}

/**
 * A period has no year in the text. The same file imported again a year later is still the same
 * issue: where the archive has its number, the year is the one that was found then.
 */
export async function readInYear(
  archive: IssueReader,
  read: (year: number | undefined) => Imported,
  year: number | undefined,
): Promise<Imported> {
  const imported = read(year);
  const { issue, isYearInferred } = imported;
  if (issue === undefined || !isYearInferred) return imported;
  const known = await archive.read(issue.number);
  const knownYear = Number(known?.issue.period.start.slice(0, 4));
  const isOther = known !== undefined && !issue.period.start.startsWith(String(knownYear));
  return isOther ? read(knownYear) : imported;
}

/** Whether readers may see these words before an editor has decided anything more. */
async function mayBeRead(desk: ImportDesk, issue: Issue): Promise<boolean> {
  // What the clock will not post is nobody's to approve.
  if (desk.approval.kind !== 'never' && !(await isForPlan(desk, issue))) return true;
  return isDecided((await reviewWords(desk, { issue, isSample: false })).items);
}

/** Whether an issue that is imported now is news, or was when it came: editors may be asked about it. */
async function isForPlan({ archive, clock }: ImportDesk, issue: Issue): Promise<boolean> {
  const recent = await archive.listRecent(RECENT);
  const known = recent.find(({ stored }) => isReal(stored) && stored.issue.number === issue.number);
  if (isFresh({ issue }, known?.firstImportedAt ?? clock.now())) return true;
  const newest = recent[0]?.stored;
  return newest === undefined || !isReal(newest) || newest.issue.number <= issue.number;
}

function isReal({ isSample }: StoredIssue): boolean {
  return !isSample;
}

/** Half of its papers or more are those of the other: a wrong number has none of them. */
function isSameIssue(before: Issue, after: Issue): boolean {
  const most = Math.max(before.papers.length, after.papers.length);
  return matchPapers(before, after).size * 2 >= most;
}

function taken({ number }: Issue): Finding {
  return {
    severity: 'error',
    code: 'issue.number-taken',
    message: `Issue #${number} is in the archive already, with other text. Nothing was stored.`,
    remedy: `If this is a corrected #${number}, import it with --revise; otherwise put its own number in the file.`,
  };
}

function tellKeptSlugs(read: Issue, kept: Issue): Finding[] {
  return kept.papers.flatMap(({ slug, title }, index): Finding[] => {
    if (read.papers[index]?.slug === slug) return [];
    return [
      {
        severity: 'info',
        code: 'paper.slug-kept',
        words: title,
        message: `The paper “${shorten(title)}” keeps the address “${slug}” that it has in the archive.`,
        remedy: 'Nothing to do: so it is known to be the same paper, and not posted twice.',
      },
    ];
  });
}
