import type { Params } from './params.ts';
import { accountRoutes } from './routes-accounts.ts';
import { appRoutes } from './routes-apps.ts';
import { mediaRoutes } from './routes-media.ts';
import { statusRoutes } from './routes-statuses.ts';
import type { Account, Token, World } from './world.ts';

/** A request that passed the door. */
export type RouteRequest = {
  readonly id: string;
  readonly params: Params;
  readonly query: URLSearchParams;
  /** Who asks; undefined where a public route is asked without a token. */
  readonly account: Account | undefined;
  /** What came along, good or not. */
  readonly token: Token | undefined;
  readonly idempotencyKey: string | undefined;
};

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** One route; `:id` stands for an id, `scope` for what a token must have; none: public. */
export type Route = {
  readonly method: string;
  readonly path: string;
  readonly scope?: string;
  /** Read by anybody; a token that comes along must still be good. */
  readonly isPublic?: true;
  readonly handle: (world: World, request: RouteRequest) => Answer | Promise<Answer>;
};

const table = [...accountRoutes, ...appRoutes, ...mediaRoutes, ...statusRoutes].map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replaceAll(':id', '([^/]+)')}$`),
}));

/** The route of a request and the id in its path. */
export function findRoute(
  method: string,
  path: string,
): { readonly route: Route; readonly id: string } | undefined {
  for (const { route, pattern } of table) {
    const found = pattern.exec(path);
    if (found !== null && route.method === method) return { route, id: found[1] ?? '' };
  }
  return undefined;
}
