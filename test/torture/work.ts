import { type Change, makeSlug } from './issues.ts';
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

/** Brings an issue to where the work begins. */
export async function prepareWork(
  { venue, must, importIssue, previewWords }: Stage,
  work: Work,
  issue: IssueName,
): Promise<Terms> {
  await importIssue(issue);
  const old = await previewWords(issue.number);
  const none = new Map([...old.keys()].map((token) => [token, []]));
  if (work === 'post') return { before: none, after: old };
  await must('post', String(issue.number), '--to', venue.to);
  if (work === 'retract') return { before: old, after: none };
  const change: Change = work === 'reply' ? 'longer' : work;
  await importIssue({ ...issue, change });
  const after = await previewWords(issue.number);
  if (work !== 'reply') return { before: old, after };
  const both = [...old].map(([token, words]) => [token, [...words, ...(after.get(token) ?? [])]]);
  return { before: old, after: new Map(both as [string, string[]][]) };
}

/** The command that does the work to a paper; without a token, to all of the issue. */
export function makeCommand(
  { to, corrections }: Venue,
  work: Work,
  issue: number,
  token?: string,
): string[] {
  const paper = token === undefined ? [] : ['--paper', makeSlug(token)];
  const item = [String(issue), ...paper, '--to', to];
  if (work === 'post' || work === 'retract') return [work, ...item];
  const how = work === 'reply' ? work : corrections.find((one) => one !== 'reply');
  return ['correct', ...item, '--how', how ?? 'edit'];
}
