import type { IssueReader, StoredIssue } from './issue-reader.ts';

/** The archive as readers may see it: an issue is not there before it is approved. */
export function onlyApproved(archive: IssueReader): IssueReader {
  return {
    ...archive,
    read: async (number) => unlessProposed(await archive.read(number)),
    readLatest: () => archive.readLatestApproved(),
    list: async () => (await archive.list()).filter(({ approvedAt }) => approvedAt !== undefined),
    listRecent: async (most) =>
      (await archive.listRecent(most)).filter(({ stored }) => stored.approvedAt !== undefined),
    listRevisions: async () =>
      (await archive.listRevisions()).filter(({ isApproved }) => isApproved),
  };
}

function unlessProposed(stored: StoredIssue | undefined): StoredIssue | undefined {
  return stored?.approvedAt === undefined ? undefined : stored;
}
