import { cleanOwnText } from '../../formatters/clean-own-text.ts';
import { makeIssueDigest } from '../../formatters/digest.ts';
import type { FormatOptions, Platform } from '../../formatters/draft.ts';
import { findOwnText } from '../../formatters/index.ts';
import type { Item } from '../../formatters/item.ts';
import { parseOwnText } from '../../formatters/text/own-text.ts';
import { writeEditable } from '../../formatters/write-editable.ts';
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
 * next revision of the issue: what waits is written anew, what was sent stays. Words that the item
 * is posted in anyhow are not kept, or it would stay behind when the issue is corrected. Words that
 * do not fit are told in the findings, and nothing is kept; what was found in the issue before stays with it, and is not told again.
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
  const formats = [platform, ...names.map(({ name }) => name)].map(desk.format);
  const isNewest = basedOn === undefined || basedOn === stored.revision;
  const item = paperItem ?? makeIssueDigest(issue);
  const isKnown = (words: string): boolean =>
    isPostedSo(item, platform, words, formats) || isSentBack(item, platform, words, formats);
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

/** Whether words are those that a form begins with, read alike: it came back as it was. */
function isSentBack(
  item: Item,
  platform: Platform,
  text: string,
  formats: readonly FormatOptions[],
): boolean {
  if (findOwnText(item)?.[platform] !== undefined) return false;
  const read = (words: string): string => JSON.stringify(parseOwnText(words));
  const words = read(text);
  return formats.some((format) => read(writeEditable(item, platform, format)) === words);
}
