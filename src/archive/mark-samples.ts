import type { IssueReader, IssueRows, StoredIssue } from './issue-reader.ts';

/** The archive as members see it: the title of a sample says that it is one. */
export function markSamples(archive: IssueReader): IssueReader {
  return {
    ...archive,
    ...markRows(archive),
    readLatestApproved: async () => mark(await archive.readLatestApproved()),
    approved: markRows(archive.approved),
  };
}

function markRows(rows: IssueRows): IssueRows {
  return {
    read: async (number) => mark(await rows.read(number)),
    readLatest: async () => mark(await rows.readLatest()),
    list: async () => (await rows.list()).map((stored) => mark(stored) ?? stored),
    listRecent: rows.listRecent,
    listRevisions: rows.listRevisions,
  };
}

function mark(stored: StoredIssue | undefined): StoredIssue | undefined {
  if (stored?.isSample !== true) return stored;
  const { issue } = stored;
  return { ...stored, issue: { ...issue, title: `${issue.title} (sample)` } };
}
