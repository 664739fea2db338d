import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { describeError, PaperboyError } from '../kit/errors.ts';
import { type ConsoleParts, makeApp } from './make-app.ts';

/** Where the console listens. Port 0 takes one that is free. */
export type ConsoleAddress = { readonly host: string; readonly port: number };

export type Console = {
  readonly port: number;
  /** Stops within a second, whatever clients do. */
  close(): Promise<void>;
};

/** A client that takes longer to say what it wants, or to take the answer, is not waited for. */
const REQUEST_TIMEOUT_MS = 5_000;
const SILENCE_MS = 10_000;
const KEEP_ALIVE_MS = 5_000;
/** A probe, a few scrapers and a person need fewer; more would take files from the rest. */
const MOST_CONNECTIONS = 100;
const MOST_HEADER_BYTES = 8_192;
/** Answers under way have so long to end when the console closes. */
const CLOSE_MS = 300;

const SEEN = {
  EADDRINUSE: 'another program listens there',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no address is known by that name',
} as const;

/**
 * Serves `/healthz`, `/readyz` and `/metrics` until it is closed. Nobody is asked who they are: an
 * address that only those reach who may know is the configuration's to choose. Throws
 * `http.unavailable`.
 */
export async function serveConsole(
  { host, port }: ConsoleAddress,
  parts: ConsoleParts,
): Promise<Console> {
  const server = createServer(
    {
      headersTimeout: REQUEST_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MOST_HEADER_BYTES,
    },
    getRequestListener(makeApp(parts).fetch, {
      hostname: 'localhost',
      overrideGlobalObjects: false,
    }),
  );
  server.timeout = SILENCE_MS;
  server.maxConnections = MOST_CONNECTIONS;
  // Ahead of everything else, so that even what is no request has them in its answer.
  server.prependListener('request', (_, response) => {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
  });
  await listen(server, host, port);
  server.on('error', (error) => {
    parts.log.error({ reason: describeError(error) }, 'http.failed');
  });
  const address = server.address();
  let closed: Promise<void> | undefined;
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => {
      closed ??= close(server);
      return closed;
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const seen = Object.entries(SEEN).find(([name]) => name === code)?.[1];
    throw new PaperboyError(
      'http.unavailable',
      `Cannot listen on ${host} port ${port} as ${seen ?? 'the system refused it'}: ${describeError(error)}`,
      'Give another PAPERBOY_HTTP_PORT or PAPERBOY_HTTP_HOST (http.port and http.host in paperboy.yaml), or end what listens there.',
      error,
    );
  }
  server.off('error', reject);
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
  await promise;
  clearTimeout(timer);
}
