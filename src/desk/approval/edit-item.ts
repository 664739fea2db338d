import type { Platform } from '../../../formatters/draft.ts';
import { PaperboyError } from '../../kit/errors.ts';
import type { Desk } from '../desk.ts';
import { editText } from '../edit-text.ts';
import type { ImportDesk, ImportResult } from '../import.ts';
import { type ApprovalDesk, checkSeen, findReal, makeDecider, type Seen } from './approve.ts';
import { reviewIssue } from './review-issue.ts';

export type ItemEdit = {
  /** "paper/⟨slug⟩", or "digest". */
  readonly item: string;
  readonly platform: Platform;
  /** Undefined gives the item back to Paperboy's own wording. */
  readonly text: string | undefined;
};

type EditDesk = ImportDesk & ApprovalDesk & Pick<Desk, 'verdicts'>;

/**
 * Puts an editor's own words in the place of an item's posts, as `editText` does, and writes down
 * who did. What was approved stays approved: an editor has written these words. Words that do not
 * fit are told in the findings, and nothing is kept. Throws what `editText` throws, `issue.changed`,
 * `item.not-editable` and `sample.not-decided`.
 */
export async function editItem(
  desk: EditDesk,
  reference: string,
  { item, platform, text }: ItemEdit,
  seen?: Seen,
): Promise<ImportResult> {
  const stored = await findReal(desk, reference);
  checkSeen(stored, seen);
  const { number } = stored.issue;
  const standing = (await reviewIssue(desk, stored)).items.find(
    (one) => one.item === item,
  )?.standing;
  const slug = /^paper\/(.+)$/.exec(item)?.[1];
  if (slug === undefined && item !== 'digest') {
    throw new PaperboyError(
      'item.not-editable',
      `Cannot edit “${item}” of #${number} as only papers and the digest have words of their own`,
      'Correct the news in the issue, and import it with --revise.',
    );
  }
  const edited = await editText(desk, String(number), {
    ...(slug === undefined ? {} : { paper: slug }),
    platform,
    text,
  });
  if (edited.saved !== 'revised') return edited;
  // Editors have made the revision themselves: they need not be asked about the issue again.
  await desk.verdicts.raiseProposal(number, stored.revision, edited.revision ?? stored.revision);
  await desk.verdicts.record(number, 'edit', { ...makeDecider(desk), note: platform }, item);
  if (standing !== 'ready') return edited;
  const now = await findReal(desk, String(number));
  const words = (await reviewIssue(desk, now)).items.filter((one) => one.item === item);
  await desk.verdicts.decide(number, words, 'approved', makeDecider(desk));
  return edited;
}
