import { explainDatabaseError } from '../database/explain-error.ts';
import { describeError } from '../kit/errors.ts';
import { type Check, fault, SECTIONS, type Section, type Seen, skip } from './check.ts';

/** What was seen, and what was looked at. */
export type Examined = Seen & { readonly section: Section };

export type RunOptions = {
  readonly isOffline: boolean;
  /** Told what is still looked at, whenever that changes. */
  readonly onProgress?: (pending: readonly string[]) => void;
  readonly deadlineMs?: number;
};

/** A server that has not answered by then is not waited for. */
const DEADLINE_MS = 8_000;

/**
 * Runs every check and tells what they saw in the order of the sections. Servers are asked all at
 * once, and then the machine is looked at, which may hold up all else for a while: a server that
 * answers is heard. A check that fails, or does not end, is a fault like any other. Never rejects.
 */
export async function runChecks(
  checks: readonly Check[],
  { isOffline, onProgress = () => {}, deadlineMs = DEADLINE_MS }: RunOptions,
): Promise<readonly Examined[]> {
  const pending = new Set(checks);
  const tell = (): void => onProgress([...pending].map(({ title }) => title));
  tell();
  const seen = new Map<Check, readonly Seen[]>();
  const runAll = async (some: readonly Check[]): Promise<void> => {
    await Promise.all(
      some.map(async (check) => {
        seen.set(check, await runOne(check, isOffline, deadlineMs));
        pending.delete(check);
        tell();
      }),
    );
  };
  await runAll(checks.filter(({ isRemote }) => isRemote));
  await runAll(checks.filter(({ isRemote }) => !isRemote));
  return SECTIONS.flatMap((section) =>
    checks
      .filter((check) => check.section === section)
      .flatMap((check) => (seen.get(check) ?? []).map((one) => ({ ...one, section }))),
  );
}

async function runOne(
  check: Check,
  isOffline: boolean,
  deadlineMs: number,
): Promise<readonly Seen[]> {
  const { title, code, isRemote, run } = check;
  if (isRemote && isOffline) return [skip(code, `${title}: not asked (--offline)`)];
  const ending = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = isRemote ? setTimeout(() => resolve('late'), deadlineMs) : undefined;
  try {
    const work = Promise.resolve(run(ending.signal));
    // What is called off fails later, and nobody waits for that.
    work.catch(() => undefined);
    const seen = await Promise.race([work, late]);
    return seen === 'late' ? [tellLate(title, deadlineMs)] : seen;
  } catch (error) {
    const known = explainDatabaseError(error);
    if (known !== undefined) return [fault('doctor.database', known.message, known.remedy)];
    return [
      fault(
        'doctor.check-failed',
        `${title}: it could not be looked at: ${describeError(error)}`,
        'Try again; if it stays so, report it with what is said here.',
      ),
    ];
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}

function tellLate(title: string, deadlineMs: number): Seen {
  return fault(
    'doctor.no-answer',
    `${title}: no answer in ${deadlineMs / 1000} seconds`,
    'Look whether the server is up and can be reached from this machine, then: paperboy doctor',
  );
}
