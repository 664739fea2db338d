import type { Database } from '../database/open-database.ts';
import type { IssueTable } from '../database/tables.ts';
import type { Finding } from '../issue/finding.ts';
import { type Issue, issueSchema } from '../issue/schema.ts';
import { sha256 } from '../kit/ids.ts';
import { type IssueReader, parseRow, type StoredIssue } from './issue-reader.ts';

/** What `save` did. `conflict` stored nothing: the number is taken by other text. */
export type Saved =
  | { readonly kind: 'new' | 'revised' | 'unchanged'; readonly stored: StoredIssue }
  /** A sample of the same number gave way. */
  | { readonly kind: 'replaced'; readonly stored: StoredIssue }
  | { readonly kind: 'conflict'; readonly stored: StoredIssue }
  /** Nothing was stored: it is not based on the newest revision, which is this. */
  | { readonly kind: 'outdated'; readonly stored: StoredIssue };

export type SaveOptions = {
  readonly findings: readonly Finding[];
  readonly isSample: boolean;
  readonly at: Date;
  /** Store other text under a taken number as its next revision. */
  readonly isRevision: boolean;
  /** Readers may see it at once; else they go on seeing the newest revision that was approved. */
  readonly isApproved: boolean;
  /** The revision that it was made of: with a newer one there, nothing is stored. */
  readonly basedOn?: number;
};

/** The issues of the newsletter, every revision of them. */
export type Archive = IssueReader & {
  save(issue: Issue, options: SaveOptions): Promise<Saved>;
  /** Lets readers see a revision of an issue. False where they could. */
  approve(number: number, revision: number, at: Date): Promise<boolean>;
};

/** The archive in a database, and a reader of the same. */
export function makeArchive(database: Database, reader: IssueReader): Archive {
  return {
    ...reader,
    save: async (issue, options) => {
      // Parsed, so that the same issue has the same bytes whoever made it.
      const content = JSON.stringify(issueSchema.parse(issue));
      const contentHash = sha256(content);
      for (;;) {
        const current = await reader.read(issue.number);
        if (current !== undefined && current.contentHash === contentHash) {
          if (options.isSample || !current.isSample) return { kind: 'unchanged', stored: current };
        }
        if (options.basedOn !== undefined && current?.revision !== options.basedOn) {
          if (current !== undefined) return { kind: 'outdated', stored: current };
        }
        // A sample gives way to a real issue, and never takes the place of anything.
        const isFree =
          current === undefined || (!options.isSample && (options.isRevision || current.isSample));
        if (!isFree) return { kind: 'conflict', stored: current };
        const revision = (current?.revision ?? 0) + 1;
        const next = makeRow(issue, content, contentHash, revision, options);
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
    approve: async (number, revision, at) => {
      const { numUpdatedRows } = await database
        .updateTable('issues')
        .set({ approved_at: at.toISOString() })
        .where('number', '=', number)
        .where('revision', '=', revision)
        .where('approved_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

function makeRow(
  issue: Issue,
  content: string,
  contentHash: string,
  revision: number,
  { findings, isSample, at, isApproved }: SaveOptions,
): IssueTable {
  return {
    number: issue.number,
    revision,
    content,
    content_hash: contentHash,
    findings: JSON.stringify(findings),
    is_sample: isSample ? 1 : 0,
    imported_at: at.toISOString(),
    approved_at: isApproved ? at.toISOString() : null,
  };
}
