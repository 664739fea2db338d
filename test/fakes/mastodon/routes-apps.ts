import { MastodonError, refusals } from './errors.ts';
import { textOf } from './params.ts';
import type { Route } from './routes.ts';
import { makeSecret } from './world.ts';

/** Applications, and how a person lets one act for them. */
export const appRoutes: readonly Route[] = [
  {
    // https://docs.joinmastodon.org/methods/apps/#create
    method: 'POST',
    path: '/api/v1/apps',
    handle: (world, { params }) => {
      const name = textOf(params, 'client_name');
      const redirectUri = textOf(params, 'redirect_uris');
      if (name === undefined || redirectUri === undefined) {
        throw new MastodonError(422, "Validation failed: Name can't be blank");
      }
      const scopes = (textOf(params, 'scopes') ?? 'read').split(' ');
      const [clientId, clientSecret] = [makeSecret(), makeSecret()];
      world.apps.set(clientId, { clientId, clientSecret, name, redirectUri, scopes });
      const secrets = { client_id: clientId, client_secret: clientSecret };
      const body = { id: world.makeId(), name, website: null, scopes, ...secrets };
      return { status: 200, body: { ...body, redirect_uri: redirectUri, vapid_key: '' } };
    },
  },
  {
    // https://docs.joinmastodon.org/methods/apps/#verify_credentials
    method: 'GET',
    path: '/api/v1/apps/verify_credentials',
    handle: ({ hidesScopes }, { token }) => {
      if (token === undefined) throw refusals.badToken();
      if (token.isRevoked) throw refusals.revokedToken();
      const scopes = hidesScopes ? {} : { scopes: token.scopes };
      return { status: 200, body: { id: '1', name: 'An app', website: null, ...scopes } };
    },
  },
  {
    // https://docs.joinmastodon.org/methods/oauth/#token
    method: 'POST',
    path: '/oauth/token',
    handle: (world, { params }) => {
      const app = world.apps.get(textOf(params, 'client_id') ?? '');
      if (app === undefined || app.clientSecret !== textOf(params, 'client_secret')) {
        return { status: 401, body: { error: 'invalid_client', error_description: 'Unknown' } };
      }
      const text = textOf(params, 'code') ?? '';
      const code = world.codes.get(text);
      const isRight =
        code?.clientId === app.clientId &&
        textOf(params, 'grant_type') === 'authorization_code' &&
        textOf(params, 'redirect_uri') === app.redirectUri;
      if (!isRight) {
        const body = { error: 'invalid_grant', error_description: 'It is invalid or expired.' };
        return { status: 400, body };
      }
      world.codes.delete(text);
      const { scopes } = app;
      const made = makeSecret();
      world.tokens.set(made, { text: made, accountId: code.accountId, scopes, isRevoked: false });
      const body = { access_token: made, token_type: 'Bearer', scope: scopes.join(' ') };
      return { status: 200, body: { ...body, created_at: Math.floor(Date.now() / 1000) } };
    },
  },
];
