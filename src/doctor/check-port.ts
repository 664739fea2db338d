import { createServer } from 'node:net';
import { describeError } from '../kit/errors.ts';
import { fault, type Seen, well } from './check.ts';

export type PortParts = {
  readonly host: string;
  readonly port: number;
  /** Whether a started Paperboy shows life on this data. */
  readonly isRunning: boolean;
};

/** Whether health and metrics can be served where they are to be, or are. */
export async function checkPort(
  { host, port, isRunning }: PortParts,
  signal: AbortSignal,
): Promise<Seen> {
  const place = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (port === 0)
    return well('doctor.http', 'health and metrics are served at a port that is free');
  const code = await tryListening(host, port);
  if (code === undefined) {
    return well('doctor.http', `health and metrics can be served at ${place}: it is free`);
  }
  if (code === 'EADDRINUSE') {
    if (isRunning && (await isOurs(place.replace(/^(?:0\.0\.0\.0|\[::\])/, '127.0.0.1'), signal))) {
      return well('doctor.http', `health and metrics are served at ${place}`);
    }
    return fault(
      'doctor.http-taken',
      `health and metrics cannot be served at ${place}: another program listens there`,
      'Set http.port in paperboy.yaml (or PAPERBOY_HTTP_PORT) to another port, or end the other program',
    );
  }
  return fault(
    'doctor.http-unusable',
    `health and metrics cannot be served at ${place}: ${code}`,
    'Set http.host in paperboy.yaml (or PAPERBOY_HTTP_HOST) to an address of this machine, and http.port to one above 1023',
  );
}

/** Undefined where it works; else the code of the error. */
async function tryListening(host: string, port: number): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const server = createServer();
  server.once('error', (error) =>
    resolve('code' in error ? String(error.code) : describeError(error)),
  );
  server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  return promise;
}

async function isOurs(place: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(`http://${place}/healthz`, { signal });
    const health: unknown = await answer.json();
    return typeof health === 'object' && health !== null && 'role' in health;
  } catch {
    return false;
  }
}
