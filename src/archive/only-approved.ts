import type { IssueReader } from './issue-reader.ts';

/**
 * The archive as readers may see it: an issue is not there before it is approved, and stays as it
 * was approved while a revision of it waits.
 */
export function onlyApproved(archive: IssueReader): IssueReader {
  return { ...archive, ...archive.approved };
}
