import { explainDatabaseError } from '../database/explain-error.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import { within } from './within.ts';

/** Something that the process needs for its work. */
export type Check = {
  /** "database", for whoever reads the list. */
  readonly name: string;
  /** Resolves with why it fails, as half a sentence; with undefined where it does not. */
  readonly run: () => Promise<string | undefined>;
};

export type Checked = { readonly name: string; readonly ok: boolean; readonly reason?: string };

/** No check is waited for longer. */
const TIMEOUT_MS = 3_000;

/** Runs every check, all at once; what goes wrong in one is its reason. Never rejects. */
export async function readReadiness(checks: readonly Check[], log: Log): Promise<Checked[]> {
  return Promise.all(
    checks.map(async ({ name, run }) => {
      const reason = await findReason(run, log);
      return reason === undefined ? { name, ok: true } : { name, ok: false, reason };
    }),
  );
}

async function findReason(run: Check['run'], log: Log): Promise<string | undefined> {
  try {
    const answer = await within(TIMEOUT_MS, run());
    return answer === 'late' ? `no answer within ${TIMEOUT_MS / 1000} seconds` : answer.value;
  } catch (error) {
    const explained = explainDatabaseError(error);
    if (explained !== undefined) return `${explained.message}. ${explained.remedy}`;
    // What an unforeseen error says is for the log alone, which is not open to whoever asks.
    log.error({ reason: describeError(error) }, 'http.failed');
    return 'it could not be looked at; the log says why: http.failed';
  }
}
