import type { Platform } from '../../../formatters/draft.ts';
import { PaperboyError } from '../../kit/errors.ts';
import type { Desk } from '../desk.ts';
import { editText } from '../edit-text.ts';
import type { ImportDesk, ImportResult } from '../import.ts';
import {
  type ApprovalDesk,
  approve,
  checkSeen,
  findReal,
  makeDecider,
  type Seen,
} from './approve.ts';
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
 * fit are told in the findings, and nothing is kept. Throws what `editText` throws, `issue.changed`
 * where another editor was first, `item.not-editable` and `sample.not-decided`.
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
    basedOn: stored.revision,
  });
  const { revision } = edited;
  if (edited.saved !== 'revised' || revision === undefined) return edited;
  // Editors have made the revision themselves: they need not be asked about the issue again.
  await desk.verdicts.raiseProposal(number, stored.revision, revision);
  await desk.verdicts.record(number, 'edit', { ...makeDecider(desk), note: platform }, item);
  if (standing !== 'ready') return edited;
  // Whose words they were is decided by who comes next, where somebody has been here meanwhile.
  if ((await findReal(desk, String(number))).revision !== revision) return edited;
  const { revised } = await approve(
    desk,
    String(number),
    { items: [item] },
    { revision, verdict: 'none' },
  );
  // What was left before the words were approved was looked at again.
  const before = edited.revised.filter(({ action }) => action !== 'left');
  return { ...edited, revised: [...before, ...revised] };
}
