import { describeError, PaperboyError } from '../../kit/errors.ts';
import type { Ask } from './ask.ts';
import type { ConnectKind, ConnectVariable, Settings } from './settings.ts';

/** What the ways to connect an account work with. */
export type Tools = {
  readonly settings: Settings;
  /** The destination's name: its kind, or a further one of it. */
  readonly name: string;
  readonly ask: Ask;
  /** What a person reads, without the secrets in it. */
  readonly say: (text: string) => void;
  /** From now on this stands nowhere in what is said. */
  readonly hide: (secret: string) => void;
};

/** What was found good and is to be written. */
export type Connected = {
  readonly kind: ConnectKind;
  readonly values: Readonly<Partial<Record<ConnectVariable, string>>>;
  /** For programs: whose it is. No secrets. */
  readonly account: Readonly<Record<string, unknown>>;
  /** What is done when all is written; false where it failed, which it says itself. */
  readonly after?: () => Promise<boolean>;
};

/** What an answer turned out to be. */
export type Tried<T> = { readonly value: T } | { readonly problem: string };

const MOST_TRIES = 3;

/**
 * Asks until an answer is good, three times at most; once where nobody types, as the next line may
 * be a secret, which is no answer to this. Throws `connect.refused` with the last problem.
 */
export async function tryThrice<T>(
  { ask, say }: Pick<Tools, 'ask' | 'say'>,
  once: () => Promise<Tried<T>>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const tried = await once();
    if ('value' in tried) return tried.value;
    if (tries === MOST_TRIES || !ask.isTyped) {
      throw new PaperboyError(
        'connect.refused',
        `Cannot connect the account as the answers do not do, and .env is as it was: ${tried.problem}`,
        ask.isTyped
          ? 'Do this again with other answers.'
          : 'Put that right, and do this again: without a terminal nothing is asked twice.',
      );
    }
    say(`✗ ${tried.problem}`);
  }
}

/** What is set already: in the environment, which wins, or in `.env`. */
export function findStanding(
  { settings, name }: Pick<Tools, 'settings' | 'name'>,
  variable: ConnectVariable,
): string | undefined {
  const { inEnvironment, inFile } = settings.find(variable, name);
  return inEnvironment ?? inFile;
}

/** The error for a server that could not be asked, whatever it is that was asked. */
export function unreachable(address: string, cause: unknown): PaperboyError {
  const { host } = new URL(address);
  return new PaperboyError(
    'connect.unreachable',
    `Cannot ask ${host} as it cannot be reached or does not answer as it should, and .env is as it was: ${describeError(cause)}`,
    `Look whether ${host} is right, and whether this machine reaches it (a proxy, a firewall, DNS); then do this again.`,
    cause,
  );
}

/** The error for a server that refuses what no other answer would change. */
export function refused(reason: string, remedy: string): PaperboyError {
  return new PaperboyError(
    'connect.refused',
    `Cannot connect the account, and .env is as it was: ${reason}`,
    remedy.endsWith('.') ? remedy : `${remedy}.`,
  );
}
