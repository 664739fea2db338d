import type { IncomingMessage } from 'node:http';
import { parseBody } from './body.ts';
import { DiscordRefusal, refusals } from './errors.ts';
import { EDIT_OLD, limitedBody, type RateLimits } from './rate-limits.ts';
import { findRoute } from './router.ts';
import { instantOf } from './snowflakes.ts';
import type { WireAnswer } from './wire.ts';
import type { Route, World } from './world.ts';

/** What stands at the door of the API, and the world behind it. */
export type House = {
  readonly world: World;
  /** Absent: nothing is limited. */
  readonly limits: RateLimits | undefined;
  readonly isAuthorized: (header: string | undefined) => boolean;
};

const ONE_HOUR_MS = 3_600_000;
const API_PREFIX = /^\/api(\/v10)?(?=\/)/;

/** The path of a URL without `/api/v10`, as routes and tests name it. */
export function apiPathOf(url: URL): string {
  return url.pathname.replace(API_PREFIX, '');
}

/**
 * Answers one request as Discord would: route, User-Agent, token, rate limits, body, effect.
 * The effect happens at once and whole, in the last step, so two requests never mix.
 */
export async function answerRequest(
  house: House,
  request: IncomingMessage,
  url: URL,
  bytes: Buffer<ArrayBuffer>,
): Promise<WireAnswer> {
  let headers: Readonly<Record<string, string>> = {};
  try {
    if (!API_PREFIX.test(url.pathname)) throw refusals.notFound();
    const { route, ids } = findRoute(request.method ?? 'GET', apiPathOf(url));
    if (!request.headers['user-agent']) throw refusals.noUserAgent();
    if (!route.isOpen && !house.isAuthorized(request.headers.authorization))
      throw refusals.unauthorized();

    const verdict = house.limits?.count(nameRoute(house.world, route, ids), ids[0] ?? '');
    headers = verdict?.headers ?? headers;
    if (verdict?.limited) return { status: 429, body: limitedBody(verdict.limited), headers };

    const body = await parseBody(bytes, request.headers['content-type'], route.takesList);
    const answer = route.handle(house.world, { ids, query: url.searchParams, body });
    return { ...answer, headers };
  } catch (error) {
    if (error instanceof DiscordRefusal) return { status: error.status, body: error.body, headers };
    // A bug of the fake must be seen as one, not as an answer of Discord.
    const body = { message: `The fake Discord is broken: ${String(error)}`, code: -1 };
    return { status: 500, body, headers };
  }
}

/** What a request is counted as. Messages older than an hour are edited under a limit of their own. */
function nameRoute(
  { now }: World,
  { method, path }: Route,
  [, messageId]: readonly string[],
): string {
  const isEdit = method === 'PATCH' && path === '/channels/:id/messages/:id';
  const isOld = isEdit && now().getTime() - instantOf(messageId ?? '0').getTime() > ONE_HOUR_MS;
  return isOld ? EDIT_OLD : `${method} ${path}`;
}
