import type { mastodon } from 'masto';
import { readMastodonError } from './mastodon-errors.ts';
import { MastodonRefusal, makeMastodonRest } from './mastodon-rest.ts';
import type { Refusal } from './publisher.ts';

/** What Paperboy asks for. https://docs.joinmastodon.org/api/oauth-scopes/ */
export const MASTODON_SCOPES = [
  'read:accounts',
  'read:statuses',
  'write:statuses',
  'write:media',
] as const;
/** The server shows the code in place of sending it somewhere. */
const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';
const TIMEOUT_MS = 20_000;

/** An application that was made for one sign-in; its secret is needed for that alone. */
export type MastodonApp = {
  readonly kind: 'made';
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where a person allows it, in whatever browser, and is shown a code. */
  readonly authorizeUrl: string;
};

/** Whose a token is; `missing` of the scopes, undefined where the server does not tell them. */
export type MastodonToken = {
  readonly kind: 'known';
  readonly acct: string;
  readonly url: string;
  readonly missing: readonly string[] | undefined;
};

type Unreachable = { readonly kind: 'unavailable'; readonly cause: unknown };

/** Makes an application on the server. https://docs.joinmastodon.org/methods/apps/#create */
export async function makeMastodonApp(
  server: string,
  signal: AbortSignal,
): Promise<MastodonApp | Refusal | Unreachable> {
  return orTell(server, async () => {
    const { clientId, clientSecret } = await openClient({ server }, signal).v1.apps.create({
      clientName: 'Paperboy',
      redirectUris: OUT_OF_BAND,
      scopes: MASTODON_SCOPES.join(' '),
    });
    if (!clientId || !clientSecret) throw new MastodonRefusal(404);
    const url = new URL('/oauth/authorize', server);
    url.search = String(
      new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: OUT_OF_BAND,
        scope: MASTODON_SCOPES.join(' '),
      }),
    );
    return { kind: 'made', clientId, clientSecret, authorizeUrl: url.href };
  });
}

/** Gives the code that a person was shown for a token. https://docs.joinmastodon.org/methods/oauth/#token */
export async function redeemMastodonCode(
  server: string,
  { clientId, clientSecret }: MastodonApp,
  code: string,
  signal: AbortSignal,
): Promise<
  | { readonly kind: 'redeemed'; readonly accessToken: string }
  /** The code is wrong, was used or is too old. */
  | { readonly kind: 'turned-down' }
  | Refusal
  | Unreachable
> {
  return orTell(server, async () => {
    const response = await fetch(new URL('/oauth/token', server), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      body: JSON.stringify({
        grant_type: 'authorization_code',
        code,
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uri: OUT_OF_BAND,
        scope: MASTODON_SCOPES.join(' '),
      }),
    });
    const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (answer.error === 'invalid_grant') return { kind: 'turned-down' };
    const { access_token: accessToken } = answer;
    if (response.ok && typeof accessToken === 'string') return { kind: 'redeemed', accessToken };
    const said = typeof answer.error === 'string' ? answer.error : undefined;
    throw new MastodonRefusal(response.ok ? 404 : response.status, said);
  });
}

/** Asks whose a token is and what it may do: its application has the scopes that it was made with. */
export async function checkMastodonToken(
  account: { readonly server: string; readonly accessToken: string },
  signal: AbortSignal,
): Promise<MastodonToken | Refusal | Unreachable> {
  return orTell(account.server, async () => {
    const client = openClient(account, signal);
    const app: { scopes?: unknown } = await client.v1.apps.verifyCredentials();
    const missing = Array.isArray(app.scopes) ? listMissing(app.scopes.map(String)) : undefined;
    // Without this one nothing can be told of the account.
    if (missing?.includes('read:accounts')) return { kind: 'known', acct: '', url: '', missing };
    const { acct, url } = await client.v1.accounts.verifyCredentials();
    return { kind: 'known', acct, url, missing };
  });
}

/** `write` is all of `write:…`. */
function listMissing(scopes: readonly string[]): string[] {
  return MASTODON_SCOPES.filter(
    (one) => !scopes.includes(one) && !scopes.includes(one.split(':')[0] ?? one),
  );
}

function openClient(
  account: { readonly server: string; readonly accessToken?: string },
  signal: AbortSignal,
): mastodon.rest.Client {
  return makeMastodonRest(account, () => new Date()).open(signal);
}

async function orTell<T>(
  server: string,
  run: () => Promise<T>,
): Promise<T | Refusal | Unreachable> {
  try {
    return await run();
  } catch (error) {
    const read = readMastodonError(error, { server });
    if (read.kind === 'refused') return read;
    return { kind: 'unavailable', cause: read.cause };
  }
}
