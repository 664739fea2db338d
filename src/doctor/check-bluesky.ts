import { describeError } from '../kit/errors.ts';
import { examineBluesky } from '../publishers/bluesky-examine.ts';
import type { BlueskyAccount, SessionStore } from '../publishers/bluesky-session.ts';
import { doubt, fault, type Seen, well } from './check.ts';

export type BlueskyParts = {
  readonly name: string;
  readonly account: BlueskyAccount;
  readonly store: SessionStore;
  /** Whose posts the ledger has under these credentials; undefined for nobody's yet. */
  readonly knownId: string | undefined;
  /** What is left of its budgets, in words; undefined where that is not known. */
  readonly readLeft: () => Promise<string | undefined>;
};

/** Whose credentials of Bluesky are, whether they are good, and whether the account is marked as a bot. */
export async function checkBluesky(
  { name, account, store, knownId, readLeft }: BlueskyParts,
  signal: AbortSignal,
): Promise<Seen[]> {
  const seen = await examineBluesky(account, store, signal);
  if (seen.kind === 'refused') {
    return [fault('doctor.bluesky-login', `${name}: ${seen.reason}`, seen.remedy)];
  }
  if (seen.kind === 'unavailable') {
    return [
      fault(
        'doctor.bluesky-unreachable',
        `${name}: ${account.service} cannot be used: ${describeError(seen.cause)}`,
        'Look whether BLUESKY_SERVICE is right, and at https://status.bsky.app; what waits is posted later by itself',
      ),
    ];
  }
  const { did, handle, isLabelled } = seen;
  if (knownId !== undefined && knownId !== did) {
    return [
      fault(
        'doctor.bluesky-other',
        `${name}: the credentials are those of ${did}, but what was posted is on ${knownId}`,
        `Set BLUESKY_IDENTIFIER and BLUESKY_APP_PASSWORD to those of ${knownId}; to post as the other account from now on, set BLUESKY_IDENTIFIER to ${did}`,
      ),
    ];
  }
  const left = await readLeft();
  const budget = left === undefined ? '' : `; left are ${left}`;
  const found = [well('doctor.bluesky', `${name}: signed in as @${handle} (${did})${budget}`)];
  if (isLabelled)
    return [...found, well('doctor.bluesky-label', `${name}: its profile says that it is a bot`)];
  return [
    ...found,
    doubt(
      'doctor.bluesky-unlabelled',
      `${name}: its profile does not say that it is a bot`,
      `Let it be said: paperboy connect bluesky${name === 'bluesky' ? '' : ` --name ${name}`}`,
    ),
  ];
}
