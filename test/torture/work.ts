import { makeSlug, makeToken } from './issues.ts';
import type { Expected } from './judge.ts';
import type { Stage } from './stage.ts';
import type { Venue } from './venue.ts';

/** What is done to a paper: it is posted, taken back, or corrected to more or fewer words. */
export type Work = 'post' | 'retract' | 'longer' | 'shorter' | 'reply';

/** An issue for torture, as far as it differs from the others. */
export type IssueName = {
  readonly number: number;
  readonly papers: number;
  readonly from?: number;
};

/** The kinds of work that a venue knows. */
export function listWorks({ corrections }: Pick<Venue, 'corrections'>): Work[] {
  const isChanged = corrections.some((how) => how !== 'reply');
  return [
    'post',
    'retract',
    ...(isChanged ? (['longer', 'shorter'] as const) : []),
    ...(corrections.includes('reply') ? (['reply'] as const) : []),
  ];
}

/** What is in place when the work begins, and what is to be when it has ended. */
export type Terms = { readonly before: Expected; readonly after: Expected };

/**
 * Brings an issue to where the work begins. What it gives reads the terms; `before` is known only
 * where it was asked for, as that costs a process.
 */
export async function prepareWork(
  { venue, must, importIssue, previewWords }: Stage,
  work: Work,
  issue: IssueName,
  { isBeforeWanted }: { readonly isBeforeWanted: boolean },
): Promise<() => Promise<Terms>> {
  await importIssue(issue);
  const none = new Map(listTokens(issue).map((token): [string, string[]] => [token, []]));
  if (work === 'post') {
    return async () => ({ before: none, after: await previewWords(issue.number) });
  }
  const isNeeded = isBeforeWanted || work === 'reply';
  const before = isNeeded ? await previewWords(issue.number) : new Map<string, string[]>();
  await must('post', String(issue.number), '--to', venue.to);
  if (work === 'retract') return async () => ({ before, after: none });
  await importIssue({ ...issue, change: work === 'reply' ? 'longer' : work });
  if (work !== 'reply') return async () => ({ before, after: await previewWords(issue.number) });
  const both = [...before].map(([token, words]): [string, readonly string[]] => {
    return [token, [...words, venue.describe({ text: makeNote(token) })]];
  });
  return async () => ({ before, after: new Map(both) });
}

function listTokens({ papers, from = 0 }: IssueName): string[] {
  return Array.from({ length: papers }, (_, index) => makeToken(from + index));
}

/** What a reply says. */
function makeNote(token: string): string {
  return `A note on ${token}: long steps have been tried since, and they lead nowhere.`;
}

/** The command that does the work to a paper. */
export function makeCommand(
  { to, corrections }: Venue,
  work: Work,
  issue: number,
  token: string,
): string[] {
  const item = [String(issue), '--paper', makeSlug(token), '--to', to];
  if (work === 'post' || work === 'retract') return [work, ...item];
  if (work === 'reply') return ['correct', ...item, '--how', work, '--words', makeNote(token)];
  return ['correct', ...item, '--how', corrections.find((how) => how !== 'reply') ?? 'edit'];
}
