import type { Draft, Platform } from '../../formatters/draft.ts';
import { formatItem, platforms } from '../../formatters/index.ts';
import type { ReadingDesk } from './desk.ts';
import { findIssue, findItems } from './find-issue.ts';

/** The drafts of an issue or of one paper, for every platform or one, exactly as they would be sent. */
export async function preview(
  desk: Pick<ReadingDesk, 'archive' | 'format'>,
  reference: string,
  only: { readonly paper?: string; readonly platform?: Platform },
): Promise<Draft[]> {
  const stored = await findIssue(desk, reference);
  const wanted = only.platform === undefined ? platforms : [only.platform];
  return findItems(stored, only.paper).flatMap((item) =>
    wanted.map((platform) => formatItem(item, platform, desk.format)),
  );
}
