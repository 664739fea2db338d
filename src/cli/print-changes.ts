import type { ImportResult } from '../desk/import.ts';
import type { Revised } from '../desk/revise.ts';
import { toJson } from './describe-delivery.ts';
import type { Output } from './output.ts';

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

/** What became of a waiting delivery, as `--json` prints it. */
export function toRevisedJson({ delivery, ...rest }: Revised): unknown {
  return { ...rest, delivery: toJson(delivery) };
}
