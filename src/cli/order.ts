import { nameItem } from '../../formatters/item.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import { shortenId } from '../desk/act.ts';
import { putFirst } from '../desk/approval/put-first.ts';
import type { Desk } from '../desk/desk.ts';
import { findPosted } from '../desk/find-posted.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { printFirst } from './approve.ts';
import type { CliContext, ExitCode } from './context.ts';
import { makeWords, type Words } from './describe-delivery.ts';
import { plainLine } from './plain-line.ts';
import { nameOption, toItemJson } from './tell-items.ts';
import { hang } from './wrap.ts';

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
  const words = makeWords(desk);
  const deliveries = await listDone(desk, stored);
  const papersJson = ordered.map((paper) => ({
    ...toItemJson(paper),
    done: (deliveries.get(paper.item) ?? []).map((one) => ({
      ...{ destination: words.place(one.destination), state: one.state, deliveryId: one.id },
      command: tellCommand(one) ?? null,
    })),
  }));
  if (json) {
    output.json({ issue: number, isChanged, items: papersJson });
    return 0;
  }
  const said = isChanged ? 'goes out in this order' : 'goes out in this order already';
  output.line(`${output.style('green', '✓')} #${number} ${said}:`);
  const digits = String(ordered.length).length;
  for (const [index, { item, of, standing }] of ordered.entries()) {
    const place = `  ${String(index + 1).padEnd(digits)}`;
    output.table([], [[place, plainLine(nameItem(of).title)]]);
    const said = [
      ...(standing === 'held'
        ? [`held: paperboy release ${number} ${nameOption(item, stored.issue)}`]
        : []),
      ...(deliveries.get(item) ?? []).map((one) => tellDone(one, words)),
    ];
    if (said.length === 0) continue;
    const mark = output.style('dim', '·');
    output.line(hang(`    ${mark} ${said.join('; ')}`, '      '));
  }
  await printFirst(output, desk, number);
  return 0;
}

/** What does not go out by itself, at each place of the clock, by item: it did, or a person has to act. */
async function listDone(desk: Desk, stored: StoredIssue): Promise<Map<string, Delivery[]>> {
  const done = new Map<string, Delivery[]>();
  for (const place of desk.scheduled) {
    for (const [item, delivery] of await findPosted(desk, stored, place)) {
      if (['planned', 'sending', 'unknown'].includes(delivery.state)) continue;
      done.set(item, [...(done.get(item) ?? []), delivery]);
    }
  }
  return done;
}

function tellDone(delivery: Delivery, { place }: Words): string {
  const { state, destination } = delivery;
  const command = tellCommand(delivery);
  const said =
    state === 'retracted' ? 'taken back from' : `${state} ${state === 'sent' ? 'to' : 'at'}`;
  return `${said} ${place(destination)}${command === undefined ? '' : `: ${command}`}`;
}

/** What lets it go out after all. */
function tellCommand({ id, state }: Delivery): string | undefined {
  if (state === 'sent') return undefined;
  return `paperboy ${state === 'held' ? 'release' : 'retry'} ${shortenId(id)}`;
}
