import type { SqliteConnection } from '../database/open-sqlite.ts';
import type { IssueTable } from '../database/tables.ts';
import type { Finding } from '../issue/finding.ts';
import { type Issue, issueSchema } from '../issue/schema.ts';

/** An issue as it is kept. */
export type StoredIssue = {
  readonly issue: Issue;
  readonly revision: number;
  /** Of its bytes: the same text under the same number is the same issue. */
  readonly contentHash: string;
  readonly findings: readonly Finding[];
  readonly isSample: boolean;
  readonly importedAt: Date;
  /** Since when readers may see this revision; undefined while something of it waits. */
  readonly approvedAt: Date | undefined;
};

/** The name of an issue in its latest revision. */
export type RevisionName = {
  readonly number: number;
  readonly revision: number;
};

/** An issue that may be planned. */
export type RecentIssue = {
  readonly stored: StoredIssue;
  /** When its first revision was. */
  readonly firstImportedAt: Date;
};

/** Reads the issues of the newsletter. Nothing here writes. */
export type IssueReader = IssueRows & {
  /** An issue as it was in one of its revisions. */
  readRevision(number: number, revision: number): Promise<StoredIssue | undefined>;
  /** Whether a stored revision is a sample's. */
  isSampleRevision(number: number, revision: number): Promise<boolean>;
  /** The newest issue that readers may see, in the newest revision that they may see. */
  readLatestApproved(): Promise<StoredIssue | undefined>;
  /** The same as readers may see it: of each issue the newest revision of which nothing waited. */
  readonly approved: IssueRows;
};

/** The issues, each in one of its revisions: the latest, or the latest that readers may see. */
export type IssueRows = {
  read(number: number): Promise<StoredIssue | undefined>;
  /** The newest issue, real ones before samples. */
  readLatest(): Promise<StoredIssue | undefined>;
  /** Every issue, newest first. */
  list(): Promise<StoredIssue[]>;
  /** The newest issues, newest first; samples while there is nothing else. */
  listRecent(most: number): Promise<RecentIssue[]>;
  /**
   * The names of all, in no order: cheap, however many there are. Samples are among them while there
   * is nothing else.
   */
  listRevisions(): Promise<RevisionName[]>;
};

const LATEST_REVISIONS = `
  SELECT * FROM issues
  WHERE revision = (SELECT max(other.revision) FROM issues AS other WHERE other.number = issues.number)`;
// An index has the columns that decide, which stand behind the text in the rows. A sample that has
// given way is not seen again while the real issue waits.
const APPROVED_REVISIONS = `
  SELECT * FROM issues
  WHERE approved_at IS NOT NULL
    AND revision = (SELECT max(other.revision) FROM issues AS other
      WHERE other.is_sample = issues.is_sample AND other.number = issues.number
        AND other.approved_at IS NOT NULL)
    AND (is_sample = 0 OR NOT EXISTS
      (SELECT 1 FROM issues AS real WHERE real.is_sample = 0 AND real.number = issues.number))`;
const NEWEST_FIRST = 'ORDER BY is_sample, number DESC';
/** Samples are there while there is nothing else. */
const SHOWN = 'is_sample = (SELECT min(is_sample) FROM issues)';

/** Reads issues over a connection of its own, in plain SQL: see docs/decisions/005. */
export function makeIssueReader(sqlite: SqliteConnection): IssueReader {
  const revision = sqlite.prepare<[number, number], Pick<IssueTable, 'is_sample'>>(
    'SELECT is_sample FROM issues WHERE number = ? AND revision = ?',
  );
  const whole = sqlite.prepare<[number, number], IssueTable>(
    'SELECT * FROM issues WHERE number = ? AND revision = ?',
  );
  const approved = makeRows(sqlite, APPROVED_REVISIONS, `${SHOWN} AND approved_at IS NOT NULL`);
  return {
    ...makeRows(sqlite, LATEST_REVISIONS, SHOWN),
    readRevision: async (number, of) => parseIfThere(whole.get(number, of)),
    isSampleRevision: async (number, of) => revision.get(number, of)?.is_sample === 1,
    readLatestApproved: approved.readLatest,
    approved,
  };
}

/** Reads the revisions that `rows` selects; `named` says the same of the columns of an index. */
function makeRows(sqlite: SqliteConnection, rows: string, named: string): IssueRows {
  const one = sqlite.prepare<[number], IssueTable>(`${rows} AND number = ?`);
  const all = sqlite.prepare<[], IssueTable>(`${rows} ${NEWEST_FIRST}`);
  const newest = sqlite.prepare<[], IssueTable>(`${rows} ${NEWEST_FIRST} LIMIT 1`);
  // An index has these columns: no row is read.
  const names = sqlite.prepare<[], RevisionName>(
    `SELECT number, max(revision) AS revision FROM issues WHERE ${named} GROUP BY number`,
  );
  const recent = sqlite.prepare<[number], IssueTable & { readonly first_imported_at: string }>(
    `SELECT latest.*,
       (SELECT min(imported_at) FROM issues AS any WHERE any.number = latest.number
        AND any.is_sample = latest.is_sample) AS first_imported_at
     FROM (${rows}) AS latest WHERE ${SHOWN} ORDER BY number DESC LIMIT ?`,
  );
  return {
    read: async (number) => parseIfThere(one.get(number)),
    readLatest: async () => parseIfThere(newest.get()),
    list: async () => all.all().map(parseRow),
    listRecent: async (most) =>
      recent.all(most).map((row) => ({
        stored: parseRow(row),
        firstImportedAt: new Date(row.first_imported_at),
      })),
    listRevisions: async () => names.all(),
  };
}

function parseIfThere(row: IssueTable | undefined): StoredIssue | undefined {
  return row === undefined ? undefined : parseRow(row);
}

/** Reads a row of the table of issues. */
export function parseRow(row: IssueTable): StoredIssue {
  return {
    issue: issueSchema.parse(JSON.parse(row.content)),
    revision: row.revision,
    contentHash: row.content_hash,
    findings: JSON.parse(row.findings) as Finding[],
    isSample: row.is_sample === 1,
    importedAt: new Date(row.imported_at),
    approvedAt: row.approved_at === null ? undefined : new Date(row.approved_at),
  };
}
