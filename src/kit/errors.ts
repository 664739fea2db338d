/**
 * An error meant for a person. `message` reads "Cannot ⟨verb⟩ ⟨thing⟩ as ⟨rule⟩: ⟨what was seen⟩",
 * `remedy` is an imperative that names the file, variable or command to change, and `code` is
 * stable: programs and documents may rely on it.
 */
export class PaperboyError extends Error {
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'PaperboyError';
    this.code = code;
    this.remedy = remedy;
  }
}

/** One line that says what an unknown thrown value was, with its innermost cause, without a stack. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  const own = `${error.message || error.name}${code}`;
  const first = error instanceof AggregateError ? error.errors[0] : error.cause;
  return first === undefined ? own : `${own}: ${describeError(first)}`;
}
