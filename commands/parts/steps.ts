import { readIssue } from '../../src/desk/browse-issues.ts';
import type { Issue } from '../../src/issue/schema.ts';
import type { Ask, Press, Pressed } from '../command.ts';
import { sayNoIssue } from './no-issue.ts';
import type { ReplyBody } from './reply.ts';

const STEPS = { '<': 'older', '>': 'newer', o: 'itself' } as const;

/**
 * The buttons of a card about one issue: "<93" and ">93" turn its message to a neighbour, for
 * another member a message of their own; "o93" opens issue 93 for who presses alone.
 */
export async function pressStep(
  ask: Ask,
  { state, isOwn }: Press,
  write: (ask: Ask, issue: Issue) => Promise<ReplyBody>,
): Promise<Pressed | undefined> {
  const [, step, number] = /^([<>o])(\d{1,6})$/.exec(state) ?? [];
  if (step !== '<' && step !== '>' && step !== 'o') return undefined;
  const from = Number(number);
  const issue =
    (await readIssue(ask.desk, { from, to: STEPS[step] })) ??
    (await readIssue(ask.desk, { from, to: 'itself' }));
  if (issue === undefined) return { ...(await sayNoIssue(ask, from)), isNew: true };
  return { body: await write(ask, issue), isPrivate: true, isNew: step === 'o' || !isOwn };
}
