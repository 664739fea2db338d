import { refusals } from './errors.ts';
import { channelRoutes } from './routes-channels.ts';
import { messageRoutes } from './routes-messages.ts';
import { selfRoutes } from './routes-self.ts';
import type { Route } from './world.ts';

/** The route of a request and the ids in its path. */
export type Match = { readonly route: Route; readonly ids: readonly string[] };

const table = [...selfRoutes, ...channelRoutes, ...messageRoutes].map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replaceAll(':id', '(\\d{1,20})')}$`),
}));

/** Finds the route; throws 404 for an unknown path and 405 for a wrong method, as Discord does. */
export function findRoute(method: string, path: string): Match {
  const matches = table.flatMap(({ route, pattern }) => {
    const found = pattern.exec(path);
    return found === null ? [] : [{ route, ids: found.slice(1) }];
  });
  const match = matches.find(({ route }) => route.method === method);
  if (match !== undefined) return match;
  throw matches.length > 0 ? refusals.methodNotAllowed() : refusals.notFound();
}
