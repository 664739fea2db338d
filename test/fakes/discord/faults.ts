/**
 * Something that goes wrong on the wire. `method` and `path` choose the requests (both absent: any);
 * `path` is matched without `/api/v10` and without the query. `times` is how many requests it
 * strikes (default 1), after letting `skip` others pass. "before" means that nothing is done; "after" that the request takes effect
 * and only its answer is lost.
 */
export type Fault = {
  readonly method?: string | readonly string[];
  readonly path?: RegExp;
  readonly times?: number;
  readonly skip?: number;
} & FaultKind;

type FaultKind =
  | { readonly kind: 'reset-before' }
  | { readonly kind: 'reset-after' }
  | { readonly kind: 'status-before'; readonly status: number }
  | { readonly kind: 'status-after'; readonly status: number }
  /** Discord says no in its own shape, and does nothing. */
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly code: number;
      readonly message: string;
    }
  | { readonly kind: 'hang-before' }
  | { readonly kind: 'hang-after' }
  /** Takes effect, sends the headers and half of the body, then nothing more. */
  | { readonly kind: 'hang-body-after' }
  /**
   * 429 as Discord sends it. Without `hasRetryAfter` (default true) neither header nor body says
   * how long to wait.
   */
  | {
      readonly kind: 'rate-limit';
      readonly retryAfterMs: number;
      readonly hasRetryAfter?: boolean;
      readonly isGlobal?: boolean;
    }
  /** Waits before the request is looked at, then goes on as usual. */
  | { readonly kind: 'delay'; readonly delayMs: number };

/** Faults in waiting, in the order of their injection. */
export type Faults = {
  inject(fault: Fault): void;
  /** Forgets those that have not struck. */
  clear(): void;
  /** The first fault that strikes this request, now used up once. */
  take(method: string, path: string): Fault | undefined;
};

/** An empty queue of faults. */
export function makeFaults(): Faults {
  const queue: { readonly fault: Fault; left: number; toSkip: number }[] = [];
  return {
    inject(fault) {
      queue.push({ fault, left: fault.times ?? 1, toSkip: fault.skip ?? 0 });
    },
    clear() {
      queue.length = 0;
    },
    take(method, path) {
      const index = queue.findIndex((entry) => {
        if (!isStruck(entry.fault, method, path)) return false;
        entry.toSkip -= 1;
        return entry.toSkip < 0;
      });
      const entry = queue[index];
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) queue.splice(index, 1);
      return entry.fault;
    },
  };
}

function isStruck(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && ![fault.method].flat().includes(method)) return false;
  // A sticky or global expression remembers where it stopped; `search` does not.
  return fault.path === undefined || path.search(fault.path) >= 0;
}
