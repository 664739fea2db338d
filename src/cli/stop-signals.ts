import type { Output } from './output.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** A second signal so long after the first means now. */
const IMPATIENT_MS = 2_000;
/** So long what is in hand may take: the promise is ten seconds, the end of the process included. */
const GRACE_MS = 7_500;
/** A process that is still here then has something open that nobody waits for. */
const LAST_MS = 9_000;

/** What became of the work after a signal; `code` is of work that has come to its end. */
export type Finished<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'overdue' };

/** The signals that end a service. */
export type StopSignals = {
  /** Aborts at the first of them, or at `stop`. */
  readonly signal: AbortSignal;
  /** Calls a listener with the first of them, at once where it has come already. */
  onSignal(listener: (name: NodeJS.Signals) => void): void;
  /** Stops as a signal does. */
  stop(): void;
  /** Waits for the work, after a signal for so long as leaves time to close everything. */
  finish<T>(work: Promise<T>): Promise<Finished<T>>;
};

/**
 * Listens for SIGINT and SIGTERM until the process ends: npm's copy of a signal may come while
 * everything is being closed. The process ends within ten seconds of the first one, whatever hangs;
 * at a second one, at once. What was in hand then is looked up at the next start.
 */
export function watchStopSignals(output: Output): StopSignals {
  const stopping = new AbortController();
  const grace = Promise.withResolvers<Finished<never>>();
  let stoppedAt: number | undefined;
  const listeners: ((name: NodeJS.Signals) => void)[] = [];
  let name: NodeJS.Signals | undefined;
  let timer: NodeJS.Timeout | undefined;

  const stop = (): void => {
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => grace.resolve({ kind: 'overdue' }), GRACE_MS);
    setTimeout(() => process.exit(process.exitCode ?? 1), LAST_MS).unref();
    stopping.abort();
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    // Ctrl+C reaches a process twice under npm, which hands it on: that is one wish, not two.
    if (stoppedAt !== undefined && now - stoppedAt < IMPATIENT_MS) return;
    if (stoppedAt !== undefined) process.exit(1);
    stoppedAt = now;
    name = signal;
    output.line(`\n${signal}: finishing the post in hand, then leaving.`);
    for (const listener of listeners) listener(signal);
    stop();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);

  return {
    signal: stopping.signal,
    onSignal: (listener) => {
      if (name === undefined) listeners.push(listener);
      else listener(name);
    },
    stop,
    finish: async (work) => {
      const done = work.then((value) => ({ kind: 'done', value }) as const);
      return Promise.race([done, grace.promise]).finally(() => clearTimeout(timer));
    },
  };
}
