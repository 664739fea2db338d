import { refusals } from './errors.ts';
import { channelRoutes } from './routes-channels.ts';
import { commandRoutes } from './routes-commands.ts';
import { guildRoutes } from './routes-guild.ts';
import { interactionRoutes } from './routes-interactions.ts';
import { messageRoutes } from './routes-messages.ts';
import { selfRoutes } from './routes-self.ts';
import type { Route } from './world.ts';

/** The route of a request and the ids in its path. */
export type Match = { readonly route: Route; readonly ids: readonly string[] };

const routes = [
  ...selfRoutes,
  ...guildRoutes,
  ...channelRoutes,
  ...messageRoutes,
  ...commandRoutes,
  ...interactionRoutes,
];

const table = routes.map((route) => {
  const ids = route.path.replaceAll(':id', '(\\d{1,20})').replaceAll(':token', '([\\w.-]+)');
  // A client may write the @ of a path as it is or encoded; `/users/@me` comes as it is.
  const pattern = new RegExp(`^${ids.replaceAll('@', '(?:@|%40)')}$`);
  return { route, pattern };
});

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
