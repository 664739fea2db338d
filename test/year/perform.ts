import { approve } from '../../src/desk/approval/approve.ts';
import { arrange } from '../../src/desk/approval/arrange.ts';
import { editItem } from '../../src/desk/approval/edit-item.ts';
import { holdItems, releaseItems } from '../../src/desk/approval/hold-items.ts';
import { postNamed } from '../../src/desk/approval/post-named.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { importToArchive } from '../../src/desk/import.ts';
import { writeIssue } from './make-issues.ts';
import type { Act } from './timeline.ts';

/** Does at the desk what somebody does; gives it with the time at which it was done. */
export async function perform(desk: Desk, act: Act): Promise<Act> {
  await actAt(desk, act);
  return { ...act, at: desk.clock.now() };
}

async function actAt(desk: Desk, act: Act): Promise<void> {
  switch (act.kind) {
    case 'import': {
      const bytes = new TextEncoder().encode(writeIssue(act.issue));
      const isRevision = act.saved === 'revised';
      const { saved, findings } = await importToArchive(desk, bytes, { isRevision });
      if (saved === act.saved) return;
      throw new Error(`issue ${act.issue.number} was ${saved}: ${JSON.stringify(findings)}`);
    }
    case 'approve':
    case 'hold':
    case 'release': {
      const verb = { approve, hold: holdItems, release: releaseItems }[act.kind];
      await verb(desk, String(act.issue), act.items === undefined ? {} : { items: act.items });
      return;
    }
    case 'arrange':
      await arrange(desk, String(act.issue), act.item, act.place);
      return;
    case 'edit': {
      const { item, text } = act;
      const request = { item, text, platform: 'bluesky' } as const;
      const { saved, findings } = await editItem(desk, String(act.issue), request);
      if (saved === 'revised') return;
      throw new Error(`${item} could not be edited: ${JSON.stringify(findings)}`);
    }
    case 'post': {
      const { item, issue, to } = act;
      const named =
        item === 'digest'
          ? { digest: 'issue' as const }
          : item === 'news'
            ? { digest: 'news' as const }
            : { paper: item.replace('paper/', '') };
      await postNamed(desk, String(issue), to === undefined ? named : { ...named, to });
    }
  }
}
