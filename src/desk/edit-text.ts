import { cleanOwnText } from '../../formatters/clean-own-text.ts';
import { makeIssueDigest } from '../../formatters/digest.ts';
import type { FormatOptions, Platform } from '../../formatters/draft.ts';
import type { Finding } from '../issue/finding.ts';
import { PaperboyError } from '../kit/errors.ts';
import { findIssue, findPapers } from './find-issue.ts';
import { type ImportDesk, type ImportResult, keepIssue } from './import.ts';
import { isPostedSo } from './is-posted-so.ts';

export type EditRequest = {
  /** A slug, or words of a slug or title; the digest of the issue without it. */
  readonly paper?: string;
  readonly platform: Platform;
  /** Undefined gives the item back to Paperboy's own wording. */
  readonly text: string | undefined;
  /** The revision that the editor had before them; the newest without it. */
  readonly basedOn?: number;
};

/**
 * Puts an editor's own words in the place of an item's posts on one platform. They are kept as the
 * next revision of the issue: what waits is written anew, what was sent stays. Words that go out
 * anyhow, at every destination of the platform, are not kept, or they would stay behind when the issue
 * is corrected. Words that do not fit are told in the findings, and nothing is kept; what was found in
 * the issue before stays with it, and is not told again.
 * Throws what `findIssue` and `findPapers` throw, `sample.not-editable`, and `issue.changed` where
 * somebody has stored a revision meanwhile, which would be lost.
 */
export async function editText(
  desk: ImportDesk,
  reference: string,
  { paper, platform, text, basedOn }: EditRequest,
): Promise<ImportResult> {
  const stored = await findIssue(desk, reference);
  const { issue } = stored;
  if (stored.isSample) {
    throw new PaperboyError(
      'sample.not-editable',
      `Cannot edit issue #${issue.number} as it is a sample that comes with Paperboy`,
      'Import an issue of your own.',
    );
  }
  const [paperItem] = paper === undefined ? [] : findPapers(stored, paper);
  const slug = paperItem?.paper.slug;
  const names = desk.destinations.filter((one) => one.platform === platform && !one.isFollowed);
  const formats = (names.length === 0 ? [platform] : names.map(({ name }) => name)).map(
    desk.format,
  );
  const isNewest = basedOn === undefined || basedOn === stored.revision;
  const item = paperItem ?? makeIssueDigest(issue);
  const isKnown = (words: string): boolean => {
    const isSo = (format: FormatOptions): boolean => isPostedSo(item, platform, words, format);
    // A form has the words of one destination, and came back as it was.
    return basedOn === undefined ? formats.every(isSo) : formats.some(isSo);
  };
  if (isNewest && text !== undefined && isKnown(cleanOwnText(text))) {
    const { revision } = stored;
    return { issue, findings: [], saved: 'unchanged', revision, changes: [], revised: [] };
  }
  const put = (old: Readonly<Record<string, string>> = {}) => {
    const { [platform]: _replaced, ...others } = old;
    const ownText = text === undefined ? others : { ...others, [platform]: cleanOwnText(text) };
    return Object.keys(ownText).length === 0 ? {} : { ownText };
  };
  const { ownText, ...rest } = issue;
  const edited =
    slug === undefined
      ? { ...rest, ...put(ownText) }
      : {
          ...issue,
          papers: issue.papers.map(({ ownText: own, ...one }) => ({
            ...one,
            ...(one.slug === slug ? put(own) : own === undefined ? {} : { ownText: own }),
          })),
        };
  const imported = { issue: edited, findings: stored.findings, isWhole: true };
  const based = { isRevision: true, basedOn: basedOn ?? stored.revision };
  const result = await keepIssue(desk, imported, based);
  const known = new Set(stored.findings.map(({ code, message }) => `${code} ${message}`));
  const isNew = ({ code, message }: Finding): boolean => !known.has(`${code} ${message}`);
  return { ...result, findings: result.findings.filter(isNew) };
}
