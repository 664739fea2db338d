import type { Database } from '../database/open-database.ts';
import type { IssueTable } from '../database/tables.ts';
import type { Finding } from '../issue/finding.ts';
import { type Issue, issueSchema } from '../issue/schema.ts';
import { sha256 } from '../kit/ids.ts';

/** An issue as it is kept. */
export type StoredIssue = {
  readonly issue: Issue;
  readonly revision: number;
  readonly findings: readonly Finding[];
  readonly isSample: boolean;
  readonly importedAt: Date;
  readonly approvedAt: Date | undefined;
};

/** What `save` did. `conflict` stored nothing: the number is taken by other text. */
export type Saved =
  | { readonly kind: 'new' | 'revised' | 'unchanged'; readonly stored: StoredIssue }
  /** A sample of the same number gave way. */
  | { readonly kind: 'replaced'; readonly stored: StoredIssue }
  | { readonly kind: 'conflict'; readonly stored: StoredIssue };

export type SaveOptions = {
  readonly findings: readonly Finding[];
  readonly isSample: boolean;
  readonly at: Date;
  /** Store other text under a taken number as its next revision. */
  readonly isRevision: boolean;
};

export type RevisionName = {
  readonly number: number;
  readonly revision: number;
  readonly isSample: boolean;
};

/** The issues of the newsletter, every revision of them. */
export type Archive = {
  save(issue: Issue, options: SaveOptions): Promise<Saved>;
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
  /** The names of those alone: cheap, however many there are. */
  listRevisions(): Promise<RevisionName[]>;
};

/** The archive in a database. */
export function makeArchive(database: Database): Archive {
  const latestRevisions = () =>
    database
      .selectFrom('issues')
      .selectAll()
      .where(({ eb, selectFrom }) =>
        eb(
          'revision',
          '=',
          selectFrom('issues as other')
            .select(({ fn }) => fn.max('other.revision').as('newest'))
            .whereRef('other.number', '=', 'issues.number'),
        ),
      )
      .orderBy('is_sample', 'asc')
      .orderBy('number', 'desc');

  const readRow = (number: number): Promise<IssueTable | undefined> =>
    latestRevisions().where('number', '=', number).executeTakeFirst();

  return {
    read: async (number) => {
      const row = await readRow(number);
      return row === undefined ? undefined : parseRow(row);
    },
    save: async (issue, options) => {
      // Parsed, so that the same issue has the same bytes whoever made it.
      const content = JSON.stringify(issueSchema.parse(issue));
      const contentHash = sha256(content);
      for (;;) {
        const row = await readRow(issue.number);
        const current = row === undefined ? undefined : parseRow(row);
        if (current !== undefined && row?.content_hash === contentHash) {
          if (options.isSample || !current.isSample) return { kind: 'unchanged', stored: current };
        }
        // A sample gives way to a real issue, and never takes the place of anything.
        const isFree =
          current === undefined || (!options.isSample && (options.isRevision || current.isSample));
        if (!isFree) return { kind: 'conflict', stored: current };
        const next = makeRow(issue, content, contentHash, (current?.revision ?? 0) + 1, options);
        const inserted = await database
          .insertInto('issues')
          .values(next)
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        // Another process may have stored this number since it was read: look again.
        if (inserted.numInsertedOrUpdatedRows === 0n) continue;
        const kind = current === undefined ? 'new' : current.isSample ? 'replaced' : 'revised';
        return { kind, stored: parseRow(next) };
      }
    },
    isSampleRevision: async (number, revision) => {
      const row = await database
        .selectFrom('issues')
        .select('is_sample')
        .where('number', '=', number)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return row?.is_sample === 1;
    },
    readLatest: async () => {
      const row = await latestRevisions().limit(1).executeTakeFirst();
      return row === undefined ? undefined : parseRow(row);
    },
    readLatestApproved: async () => {
      const row = await latestRevisions()
        .where('approved_at', 'is not', null)
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : parseRow(row);
    },
    list: async () => (await latestRevisions().execute()).map(parseRow),
    listRevisions: async () => {
      // All of them in their order, the last one of each number kept: no query for each row.
      const rows = await database
        .selectFrom('issues')
        .select(['number', 'revision', 'is_sample'])
        .orderBy('number', 'desc')
        .orderBy('revision')
        .execute();
      const latest = new Map(rows.map((row) => [row.number, row]));
      return [...latest.values()].map(({ number, revision, is_sample }) => {
        return { number, revision, isSample: is_sample === 1 };
      });
    },
  };
}

function makeRow(
  issue: Issue,
  content: string,
  contentHash: string,
  revision: number,
  { findings, isSample, at }: SaveOptions,
): IssueTable {
  return {
    number: issue.number,
    revision,
    content,
    content_hash: contentHash,
    findings: JSON.stringify(findings),
    is_sample: isSample ? 1 : 0,
    imported_at: at.toISOString(),
    // Approval is by import until editors can be asked.
    approved_at: at.toISOString(),
  };
}

function parseRow(row: IssueTable): StoredIssue {
  return {
    issue: issueSchema.parse(JSON.parse(row.content)),
    revision: row.revision,
    findings: JSON.parse(row.findings) as Finding[],
    isSample: row.is_sample === 1,
    importedAt: new Date(row.imported_at),
    approvedAt: row.approved_at === null ? undefined : new Date(row.approved_at),
  };
}
