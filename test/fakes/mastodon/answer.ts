import type { IncomingHttpHeaders } from 'node:http';
import type { WireAnswer } from '../discord/wire.ts';
import { MastodonError, refusals } from './errors.ts';
import { parseParams } from './params.ts';
import { familiesOf, type makeRateLimits } from './rate-limits.ts';
import { findRoute, type Route } from './routes.ts';
import type { Account, Token, World } from './world.ts';

export type House = {
  readonly world: World;
  /** Absent: nothing is limited. */
  readonly limits: ReturnType<typeof makeRateLimits> | undefined;
};

type Request = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** Answers one request as Mastodon would: rate limits, route, token, scope, effect. */
export async function answerRequest(house: House, request: Request): Promise<WireAnswer> {
  const { world } = house;
  const date = { date: world.now().toUTCString() };
  const { method, url, headers } = request;
  let limited: Readonly<Record<string, string>> = {};
  try {
    const token = findToken(world, headers.authorization);
    const verdict = house.limits?.count(
      token?.accountId ?? 'nobody',
      familiesOf(method, url.pathname),
    );
    limited = verdict?.headers ?? {};
    if (verdict?.isOver) throw refusals.tooMany();
    const found = findRoute(method, url.pathname);
    // Outside of the API's routes an error is a page.
    if (found === undefined) {
      return {
        status: 404,
        html: '<h1>The page you are looking for isn’t here.</h1>',
        headers: date,
      };
    }
    const account = checkToken(world, token, found.route);
    const params = await parseParams(
      url.searchParams,
      request.bytes,
      headers['content-type'] ?? '',
    );
    const key = headers['idempotency-key'];
    const answer = await found.route.handle(world, {
      id: found.id,
      params,
      query: url.searchParams,
      account,
      token,
      idempotencyKey: typeof key === 'string' && key !== '' ? key : undefined,
    });
    return { ...answer, headers: { ...date, ...limited, ...answer.headers } };
  } catch (error) {
    const sent = { ...date, ...limited };
    if (error instanceof MastodonError) {
      return { status: error.status, body: { error: error.message }, headers: sent };
    }
    // What Rails answers to a bug: a page, without a word of the cause.
    const html = '<h1>We’re sorry, but something went wrong on our end.</h1>';
    return { status: 500, html, headers: sent };
  }
}

function findToken(world: World, header: string | undefined): Token | undefined {
  const text = /^Bearer (.+)$/.exec(header ?? '')?.[1];
  return text === undefined ? undefined : world.tokens.get(text);
}

/**
 * A public route takes a request without a good token as anybody's, but not one with a token that
 * was revoked. https://docs.joinmastodon.org/api/oauth-scopes/
 * https://github.com/mastodon/mastodon/blob/main/app/controllers/api/base_controller.rb
 */
function checkToken(
  world: World,
  token: Token | undefined,
  { scope, isPublic }: Route,
): Account | undefined {
  if (scope === undefined) return undefined;
  if (token === undefined) {
    if (isPublic) return undefined;
    throw refusals.badToken();
  }
  if (token.isRevoked) throw refusals.revokedToken();
  const [verb = ''] = scope.split(':');
  if (!token.scopes.includes(scope) && !token.scopes.includes(verb)) throw refusals.scope();
  const account = world.accounts.get(token.accountId ?? '');
  if (account === undefined && !isPublic) throw refusals.noUser();
  if (account?.isSuspended) throw refusals.disabled();
  return account;
}
