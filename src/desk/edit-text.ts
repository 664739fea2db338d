import { cleanOwnText } from '../../formatters/clean-own-text.ts';
import type { Platform } from '../../formatters/draft.ts';
import type { Finding } from '../issue/finding.ts';
import { PaperboyError } from '../kit/errors.ts';
import { findIssue, findPapers } from './find-issue.ts';
import { type ImportDesk, type ImportResult, keepIssue } from './import.ts';

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
 * next revision of the issue: what waits is written anew, what was sent stays. Words that do not
 * fit are told in the findings, and nothing is kept; what was found in the issue before stays with it, and is not told again.
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
  const put = (old: Readonly<Record<string, string>> = {}) => {
    const { [platform]: _replaced, ...others } = old;
    const ownText = text === undefined ? others : { ...others, [platform]: cleanOwnText(text) };
    return Object.keys(ownText).length === 0 ? {} : { ownText };
  };
  const slug = paper === undefined ? undefined : findOne(stored, paper);
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

function findOne(stored: Parameters<typeof findPapers>[0], paper: string): string | undefined {
  return findPapers(stored, paper)[0]?.paper.slug;
}
