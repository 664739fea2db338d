import { describeError } from '../kit/errors.ts';
import type { Accounts, Identity, KnownAccount } from '../outbox/accounts.ts';
import type { Refusal, Unavailable } from './publisher.ts';

/** What a platform answers when it is asked whose the credentials are. */
export type Asked = ({ readonly kind: 'known' } & Identity) | Refusal | Unavailable;

/** An account, or why nobody can tell which it is. */
export type Met = KnownAccount | Unmet;
export type Unmet = {
  readonly code: 'account.refused' | 'account.unreachable';
  readonly reason: string;
  readonly remedy: string;
};

/** A platform is asked no longer than this whose account it is. */
const TIMEOUT_MS = 15_000;

/**
 * The account behind an alias. Only one that was never met is asked for: from then on no network is
 * needed to know it. `place` names where is asked, for a person.
 */
export async function meetAccount(
  accounts: Accounts,
  alias: string,
  place: string,
  ask: (signal: AbortSignal) => Promise<Asked>,
): Promise<Met> {
  const known = await accounts.find(alias);
  if (known !== undefined) return known;
  const asked = await ask(AbortSignal.timeout(TIMEOUT_MS));
  switch (asked.kind) {
    case 'known':
      return accounts.bind(alias, asked);
    case 'refused':
      return { code: 'account.refused', reason: asked.reason, remedy: asked.remedy };
    case 'unavailable':
      return {
        code: 'account.unreachable',
        reason: `${place} cannot be reached: ${describeError(asked.cause)}`,
        remedy:
          'Try again when it can be reached: new credentials are only used once it is known whose they are',
      };
  }
}
