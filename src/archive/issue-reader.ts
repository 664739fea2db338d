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
  readonly approvedAt: Date | undefined;
};

/** The name of an issue in its latest revision. */
export type RevisionName = {
  readonly number: number;
  readonly revision: number;
  /** Readers may see it. */
  readonly isApproved: boolean;
};

/** An issue that may be planned. */
export type RecentIssue = {
  readonly stored: StoredIssue;
  /** When its first revision was. */
  readonly firstImportedAt: Date;
};

/** Reads the issues of the newsletter. Nothing here writes. */
export type IssueReader = {
  /** The latest revision of an issue. */
  read(number: number): Promise<StoredIssue | undefined>;
  /** Whether a stored revision is a sample's. */
  isSampleRevision(number: number, revision: number): Promise<boolean>;
  /** The newest issue, real ones before samples. */
  readLatest(): Promise<StoredIssue | undefined>;
  /** The newest issue that is approved. */
  readLatestApproved(): Promise<StoredIssue | undefined>;
  /** The latest revision of every issue, newest first. */
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
const NEWEST_FIRST = 'ORDER BY is_sample, number DESC';

/** Reads issues over a connection of its own, in plain SQL: see docs/decisions/005. */
export function makeIssueReader(sqlite: SqliteConnection): IssueReader {
  const one = sqlite.prepare<[number], IssueTable>(`${LATEST_REVISIONS} AND number = ?`);
  const all = sqlite.prepare<[], IssueTable>(`${LATEST_REVISIONS} ${NEWEST_FIRST}`);
  const newest = sqlite.prepare<[], IssueTable>(`${LATEST_REVISIONS} ${NEWEST_FIRST} LIMIT 1`);
  const newestApproved = sqlite.prepare<[], IssueTable>(
    `${LATEST_REVISIONS} AND approved_at IS NOT NULL ${NEWEST_FIRST} LIMIT 1`,
  );
  const revision = sqlite.prepare<[number, number], Pick<IssueTable, 'is_sample'>>(
    'SELECT is_sample FROM issues WHERE number = ? AND revision = ?',
  );
  // An index has these columns: no row is read.
  const names = sqlite.prepare<[], Pick<IssueTable, 'number' | 'revision' | 'approved_at'>>(
    `SELECT number, max(revision) AS revision, approved_at FROM issues
     WHERE is_sample = (SELECT min(is_sample) FROM issues) GROUP BY number`,
  );
  const recent = sqlite.prepare<[number], IssueTable & { readonly first_imported_at: string }>(
    `SELECT latest.*,
       (SELECT min(imported_at) FROM issues AS any WHERE any.number = latest.number
        AND any.is_sample = latest.is_sample) AS first_imported_at
     FROM (${LATEST_REVISIONS}) AS latest
     WHERE is_sample = (SELECT min(is_sample) FROM issues) ORDER BY number DESC LIMIT ?`,
  );
  const parse = (row: IssueTable | undefined): StoredIssue | undefined =>
    row === undefined ? undefined : parseRow(row);
  return {
    read: async (number) => parse(one.get(number)),
    isSampleRevision: async (number, of) => revision.get(number, of)?.is_sample === 1,
    readLatest: async () => parse(newest.get()),
    readLatestApproved: async () => parse(newestApproved.get()),
    list: async () => all.all().map(parseRow),
    listRecent: async (most) =>
      recent.all(most).map((row) => ({
        stored: parseRow(row),
        firstImportedAt: new Date(row.first_imported_at),
      })),
    // SQLite gives the other columns of the row that has the maximum.
    // https://sqlite.org/lang_select.html#bareagg
    listRevisions: async () =>
      names.all().map(({ number, revision, approved_at }) => ({
        number,
        revision,
        isApproved: approved_at !== null,
      })),
  };
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
