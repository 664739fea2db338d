import type { mastodon } from 'masto';
import { OtherAccount, readMastodonError } from './mastodon-errors.ts';
import { type MastodonAccount, makeMastodonRest } from './mastodon-rest.ts';
import type { Asked } from './meet-account.ts';

/** The address of a post: https://social.example/@news/112233 */
const NAMED = /"https?:\/\/[^/"]+\/@[^/"]+\/\d+"/;

/** Tells by whom the token is, and that it is the account that it should be. */
export type Owner = {
  /** Rejects with `OtherAccount` where it is not. */
  check(client: mastodon.rest.Client): Promise<void>;
  /** The account's id; rejects in the same way. */
  readId(client: mastodon.rest.Client): Promise<string>;
};

/** Asks whose the token is. https://docs.joinmastodon.org/methods/accounts/#verify_credentials */
export async function askMastodonAccount(
  account: MastodonAccount,
  now: () => Date,
  signal: AbortSignal,
): Promise<Asked> {
  const { server } = account;
  const { host } = new URL(server);
  try {
    const client = makeMastodonRest(account, now).open(signal);
    const { id, acct, url } = await client.v1.accounts.verifyCredentials();
    return {
      kind: 'known',
      id: nameId(server, id),
      name: `mastodon/${acct}@${host}`,
      formerName: `mastodon/${host}`,
      owns: (receipt) => {
        if (receipt.includes(`"${url}/`)) return true;
        // Other programs that speak Mastodon's API do not name the account in a post's address.
        return NAMED.test(receipt) ? false : undefined;
      },
    };
  } catch (error) {
    const read = readMastodonError(error, account);
    return read.kind === 'unknown' ? { kind: 'unavailable', cause: read.cause } : read;
  }
}

/** The server is asked once; a token is one account's for good. */
export function makeOwner({ server, accountId }: MastodonAccount): Owner {
  let own: string | undefined;
  const readId: Owner['readId'] = async (client) => {
    if (own !== undefined) return own;
    const { id, acct } = await client.v1.accounts.verifyCredentials();
    if (accountId !== undefined && accountId !== nameId(server, id)) {
      throw new OtherAccount(acct);
    }
    own = id;
    return id;
  };
  return {
    readId,
    check: async (client) => {
      if (accountId !== undefined) await readId(client);
    },
  };
}

/** An id of an account counts on its server only; this one counts everywhere. */
function nameId(server: string, id: string): string {
  return `${id}@${new URL(server).host}`;
}
