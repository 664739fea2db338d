import { nameItem } from '../../formatters/item.ts';
import { putFirst } from '../desk/approval/put-first.ts';
import { printFirst } from './approve.ts';
import type { CliContext, ExitCode } from './context.ts';
import { plainLine } from './plain-line.ts';
import { toItemJson } from './tell-items.ts';

/** `paperboy order ISSUE SLUG…` */
export async function runOrder(
  { output, openDesk }: CliContext,
  reference: string,
  papers: readonly string[],
  { json }: { readonly json?: boolean },
): Promise<ExitCode> {
  const { desk } = await openDesk();
  const { stored, items, isChanged } = await putFirst(desk, reference, papers);
  const { number } = stored.issue;
  const ordered = items.filter(({ lane }) => lane === 'papers');
  if (json) {
    output.json({ issue: number, isChanged, items: ordered.map(toItemJson) });
    return 0;
  }
  const said = isChanged ? 'goes out in this order' : 'goes out in this order already';
  output.line(`${output.style('green', '✓')} #${number} ${said}:`);
  output.table(
    [],
    ordered.map(({ of }, index) => [`  ${index + 1}`, plainLine(nameItem(of).title)]),
  );
  await printFirst(output, desk, number);
  return 0;
}
