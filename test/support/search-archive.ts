import { existsSync, readFileSync } from 'node:fs';
import type { SqliteConnection } from '../../src/database/open-sqlite.ts';
import { importIssue } from '../../src/issue/import-issue.ts';
import type { Issue } from '../../src/issue/schema.ts';
import { sha256 } from '../../src/kit/ids.ts';

const FILES = ['issue-093.txt', 'issue-102.txt'];
const SAMPLES = new URL('../../issues/', import.meta.url);
/** The real issues are not published with the project; they lie beside it where it is developed. */
const REAL = new URL('../../../shared/issues/', import.meta.url);

/** The sample issues, which tell of the same papers as the real ones in words of their own. */
export function readSampleIssues(): Issue[] {
  return FILES.map((file) => read(new URL(file, SAMPLES)));
}

/** The real issues; undefined where they are not there. */
export function readRealIssues(): Issue[] | undefined {
  const files = FILES.map((file) => new URL(file, REAL));
  return files.every((file) => existsSync(file)) ? files.map(read) : undefined;
}

/** Puts issues into the table as the archive does, all in one transaction. */
export function storeIssues(
  sqlite: SqliteConnection,
  issues: readonly Issue[],
  {
    isSample = false,
    revision = 1,
    isApproved = true,
  }: { isSample?: boolean; revision?: number; isApproved?: boolean } = {},
): void {
  const insert = sqlite.prepare(
    `INSERT INTO issues (number, revision, content, content_hash, findings, is_sample, imported_at, approved_at)
     VALUES (?, ?, ?, ?, '[]', ?, '2026-11-23T09:00:00.000Z', ?)`,
  );
  sqlite
    .transaction(() => {
      for (const issue of issues) {
        const content = JSON.stringify(issue);
        const approvedAt = isApproved ? '2026-11-23T09:00:00.000Z' : null;
        const of = [content, sha256(content), isSample ? 1 : 0, approvedAt];
        insert.run(issue.number, revision, ...of);
      }
    })
    .immediate();
}

function read(file: URL): Issue {
  const { issue } = importIssue(readFileSync(file), { now: new Date('2026-05-01T12:00:00Z') });
  if (issue === undefined) throw new Error(`${file.pathname} cannot be read`);
  return issue;
}
