import { Agent, get as httpGet } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { serveConsole } from '../../src/console/serve.ts';
import { HOST, startConsole } from './console-rig.ts';

/** Who is let go by a timeout is let go after that long at the earliest. */
const SOONEST_MS = 5_000;

/** A connection that says what it is told, and then waits. */
async function openSocket(port: number, text: string): Promise<Socket> {
  const socket = connect(port, HOST);
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(text);
  return socket;
}

async function readAnswer(port: number, text: string): Promise<string> {
  const socket = await openSocket(port, text);
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    answer += chunk;
  });
  await new Promise((resolve) => socket.once('close', resolve));
  return answer;
}

test.each(['/', '/nothing', '/metrics/', '/healthz/../secret', '/%00', '//evil.test/metrics'])(
  'what is not there is answered with a list of what is: %s',
  async (path) => {
    const { console } = await startConsole();

    const answer = await readAnswer(
      console.port,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );

    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain('/healthz');
    expect(answer).toContain('/readyz');
    expect(answer).toContain('/metrics');
    expect(answer).not.toContain('evil');
  },
);

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
  '%s is answered with 405, whatever it brings',
  async (method) => {
    const { get } = await startConsole();
    const body = method === 'OPTIONS' ? null : 'x'.repeat(200_000);

    const response = await get('/metrics', { method, body });

    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  },
);

test('every answer says that it is not to be kept nor guessed at, and that no other page may read it', async () => {
  const { get, console } = await startConsole();
  const origin = { headers: { origin: 'https://evil.test' } };

  const responses = [
    await get('/healthz', origin),
    await get('/readyz', origin),
    await get('/metrics', origin),
    await get('/nothing', origin),
    await get('/healthz', { method: 'POST', ...origin }),
  ];
  const malformed = await readAnswer(
    console.port,
    'GET /a\\b HTTP/1.1\r\nHost: <>\r\nConnection: close\r\n\r\n',
  );

  for (const { headers } of responses) {
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect([...headers.keys()].filter((name) => /^access-control|^set-cookie/.test(name))).toEqual(
      [],
    );
  }
  expect(malformed).toMatch(/^HTTP\/1\.1 400 /);
  expect(malformed).toMatch(/cache-control: no-store/i);
});

test('HEAD is answered as GET is, without the text', async () => {
  const { get } = await startConsole();

  const response = await get('/healthz', { method: 'HEAD' });

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(await response.text()).toBe('');
});

test('a GET with a text is answered, and the text is left unread', async () => {
  const { console } = await startConsole();
  const text = 'GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 999999\r\n\r\nbegin';

  const socket = await openSocket(console.port, text);
  const answer = await new Promise((resolve) => socket.once('data', resolve));

  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
});

test('a taken port is told with what to do', async () => {
  const { console, parts } = await startConsole();

  const second = serveConsole({ host: HOST, port: console.port }, parts);

  await expect(second).rejects.toMatchObject({
    code: 'http.unavailable',
    message: expect.stringMatching(
      new RegExp(`^Cannot listen on ${HOST} port ${console.port} as another program listens`),
    ),
    remedy: expect.stringMatching(/PAPERBOY_HTTP_PORT.*http\.port/),
  });
});

test('an address that is not of this machine is told with what to do', async () => {
  const { parts } = await startConsole();

  const elsewhere = serveConsole({ host: '192.0.2.1', port: 0 }, parts);

  await expect(elsewhere).rejects.toMatchObject({
    code: 'http.unavailable',
    message: expect.stringContaining('this machine has no such address'),
    remedy: expect.stringContaining('PAPERBOY_HTTP_HOST'),
  });
});

test('a port is free again once its console is closed, and closing twice is closing once', async () => {
  const { console, parts } = await startConsole();

  await Promise.all([console.close(), console.close()]);
  const next = await serveConsole({ host: HOST, port: console.port }, parts);

  expect(next.port).toBe(console.port);
  await next.close();
});

test('closing waits for no client, whatever they do', async () => {
  const { console, parts } = await startConsole();
  const slow = await serveConsole(
    { host: HOST, port: 0 },
    {
      ...parts,
      metrics: { ...parts.metrics, write: () => new Promise<string>(() => {}) },
    },
  );
  const huge = await serveConsole(
    { host: HOST, port: 0 },
    { ...parts, metrics: { ...parts.metrics, write: async () => 'x'.repeat(50_000_000) } },
  );
  const whole = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  await new Promise((resolve, reject) => {
    const url = `http://${HOST}:${console.port}/healthz`;
    httpGet(url, { agent }, (response) => response.resume().on('end', resolve)).on('error', reject);
  });
  await openSocket(console.port, '');
  await openSocket(console.port, 'GET /healthz HT');
  await openSocket(console.port, 'POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1');
  await openSocket(slow.port, whole('/metrics'));
  (await openSocket(huge.port, whole('/metrics'))).pause();
  await delay(100);

  const startedAt = performance.now();
  await Promise.all([console.close(), slow.close(), huge.close()]);

  // That it ends soon is the promise itself: a second, and here what a busy machine makes of it.
  expect(performance.now() - startedAt).toBeLessThan(SOONEST_MS);
});

test('an answer that is under way when it closes still comes whole', async () => {
  const { parts } = await startConsole();
  const { promise, resolve } = Promise.withResolvers<string>();
  const asked = Promise.withResolvers<void>();
  const write = (): Promise<string> => {
    asked.resolve();
    return promise;
  };
  const own = await serveConsole(
    { host: HOST, port: 0 },
    { ...parts, metrics: { ...parts.metrics, write } },
  );
  const response = fetch(`http://${HOST}:${own.port}/metrics`);
  await asked.promise;

  const closed = own.close();
  await new Promise((done) => setImmediate(done));
  resolve('late 1\n');

  expect(await (await response).text()).toBe('late 1\n');
  await closed;
});

test('a client that never says what it wants is let go, though it goes on talking', async () => {
  const { console } = await startConsole();
  const socket = await openSocket(console.port, 'GET /healthz HTTP/1.1\r\nX: ');
  const talking = setInterval(() => socket.write('x'), 500);
  onTestFinished(() => clearInterval(talking));
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    answer += chunk;
  });

  await new Promise((resolve) => socket.once('close', resolve));

  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});
