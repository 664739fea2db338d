import type { IssueReader, StoredIssue } from './issue-reader.ts';

/** The archive as members see it: the title of a sample says that it is one. */
export function markSamples(archive: IssueReader): IssueReader {
  return {
    ...archive,
    read: async (number) => mark(await archive.read(number)),
    readLatest: async () => mark(await archive.readLatest()),
    readLatestApproved: async () => mark(await archive.readLatestApproved()),
    list: async () => (await archive.list()).map((stored) => mark(stored) ?? stored),
  };
}

function mark(stored: StoredIssue | undefined): StoredIssue | undefined {
  if (stored?.isSample !== true) return stored;
  const { issue } = stored;
  return { ...stored, issue: { ...issue, title: `${issue.title} (sample)` } };
}
