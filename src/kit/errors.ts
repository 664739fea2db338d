import { redactShapes } from './redact-shapes.ts';

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

let hideSecrets: (text: string) => string = redactShapes;

/**
 * From now on, in all of this process, what is said of an error is written by `redact`. It has to
 * know the secrets by name: of one that only its shape gives away, a part may be left that nobody
 * recognises later.
 */
export function describeErrorsWith(redact: (text: string) => string): void {
  hideSecrets = redact;
}

/** Characters: what a server says may be a page. */
const MOST_SAID = 1_000;

/** Causes nest a few deep; more of them, or a cause that leads back to itself, tell nothing more. */
const MOST_CAUSES = 8;

/**
 * One line that says what an unknown thrown value was, with its innermost cause, without a stack,
 * and without secrets: clients quote what they sent, and servers what they got.
 */
export function describeError(error: unknown): string {
  const parts: string[] = [];
  let seen = error;
  for (let depth = 0; depth <= MOST_CAUSES; depth += 1) {
    const part = describeOne(seen);
    // Clients wrap an error in one that says the same.
    if (!parts.some((said) => said.includes(part))) parts.push(part);
    if (!(seen instanceof Error)) break;
    seen = seen instanceof AggregateError ? seen.errors[0] : seen.cause;
    if (seen === undefined) break;
  }
  // Cut after that: of a secret that is cut, the rest is not known for a part of one.
  return cutSaid(hideSecrets(parts.join(': ')), MOST_SAID);
}

/** The beginning of what somebody said, at most so many UTF-16 units, and a mark where it goes on. */
export function cutSaid(said: string, most: number): string {
  return said.length <= most ? said : `${said.slice(0, most).toWellFormed()}…`;
}

function describeOne(error: unknown): string {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string'
      ? ` (${error.code})`
      : '';
  const text = error instanceof Error ? error.message || error.name : String(error);
  return `${text.replace(/\s*[\r\n]+\s*/g, ' ')}${code}`;
}
