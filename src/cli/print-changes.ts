import type { Desk } from '../desk/desk.ts';
import { findOutdated } from '../desk/find-outdated.ts';
import type { ImportResult } from '../desk/import.ts';
import type { Revised } from '../desk/revise.ts';
import { toJson } from './describe-delivery.ts';
import { count, type Output } from './output.ts';
import { hang } from './wrap.ts';

const MARK = { added: ['green', '+'], removed: ['red', '-'], changed: ['yellow', '~'] } as const;

/** Prints what a revision changed, paper by paper, and what became of the deliveries that wait. */
export function printChanges(
  output: Output,
  { changes, revised }: Pick<ImportResult, 'changes' | 'revised'>,
): void {
  for (const { part, kind, title, details } of changes) {
    const [style, sign] = MARK[kind];
    const mark = output.style(style, sign);
    output.line(
      `  ${mark} ${part === 'issue' ? 'the issue' : title}${kind === 'changed' ? '' : ` (${kind})`}`,
    );
    for (const detail of details) output.line(`      ${detail}`);
  }
  for (const { delivery, action, reason } of revised) {
    const { title, destination } = delivery;
    const said = {
      rendered: 'waits with the new text',
      merged: 'waits once: the new text was queued already',
      left: `is left as it was: ${reason}. See it with: paperboy queue`,
    }[action];
    const mark = action === 'left' ? output.style('yellow', '!') : output.style('blue', '↻');
    output.line(`  ${mark} ${title} → ${destination} ${said}`);
  }
}

/**
 * Says where older revisions of an issue are in place whose posts are other ones now, and the command
 * that corrects them.
 */
export async function printOutdated(output: Output, desk: Desk, issue: number): Promise<void> {
  const outdated = await findOutdated(desk, issue);
  if (outdated.length === 0) return;
  const items = [...new Set(outdated.map(({ item }) => item))];
  const places = new Set(outdated.map(({ destination }) => destination));
  const revisions = [...new Set(outdated.map(({ revision }) => revision))].sort((a, b) => a - b);
  const digests: Readonly<Record<string, string>> = { digest: 'issue', news: 'news' };
  const papers = items.filter((item) => item.startsWith('paper/'));
  const which = [
    ...(papers.length > 1 ? ['--all'] : papers.map((item) => `--paper ${item.slice(6)}`)),
    ...items.flatMap((item) => (digests[item] === undefined ? [] : [`--digest ${digests[item]}`])),
  ];
  const named = `revision${revisions.length > 1 ? 's' : ''} ${revisions.join(', ')}`;
  const what = items.length > 1 ? `, ${items.length} items` : '';
  output.line(
    hang(
      `  ${output.style('yellow', '!')} posted in ${count(places.size, 'place')} as ${named}${what}:`,
      '    ',
    ),
  );
  for (const option of which) output.line(`    → paperboy correct ${issue} ${option}`);
}

/** What became of a waiting delivery, as `--json` prints it. */
export function toRevisedJson({ delivery, ...rest }: Revised): unknown {
  return { ...rest, delivery: toJson(delivery) };
}
