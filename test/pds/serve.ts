/**
 * Runs a real Bluesky PDS with a fake PLC directory, for tests and benchmarks:
 *
 *     node test/pds/serve.ts [--accounts 1] [--rate-limits] [--port 0]
 *
 * When it is ready it prints one line of JSON, a {@link Ready}. It runs until SIGTERM, SIGINT or
 * the end of its stdin, so that it never outlives its parent; then it removes its data.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startFakePlc } from './fake-plc.ts';

/** An account on the test PDS. A bot logs in with its app password, as on the real network. */
export type Account = {
  readonly handle: string;
  readonly did: string;
  readonly password: string;
  readonly appPassword: string;
};

/** The line that says where the PDS is. */
export type Ready = {
  readonly url: string;
  readonly accounts: readonly Account[];
  /** What its operator has: to close accounts, and to sign tokens (HS256). */
  readonly adminPassword: string;
  readonly jwtSecret: string;
};

/** As much of `@atproto/pds` as is used here: the root's type check does not see the package. */
type PdsModule = { PDS: { fromEnv(env: Record<string, unknown>): Promise<Server> } };
type Server = { start(): Promise<unknown>; destroy(): Promise<void> };

await serve();

async function serve(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      accounts: { type: 'string', default: '1' },
      'rate-limits': { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
    },
  });
  const stop = untilToldToStop();
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-pds-'));
  const plc = await startFakePlc();
  let pds: Server | undefined;
  try {
    const port = Number(flags.port) || (await findFreePort());
    const [bypassKey, jwtSecret, adminPassword] = [makeSecret(), makeSecret(), makeSecret()];
    const { PDS } = await importPds();
    pds = await PDS.fromEnv({
      devMode: true,
      hostname: 'localhost',
      port,
      dataDirectory: folder,
      blobstoreDiskLocation: join(folder, 'blobs'),
      didPlcUrl: plc.url,
      serviceHandleDomains: ['.test'],
      inviteRequired: false,
      enableDidDocWithSession: true,
      rateLimitsEnabled: flags['rate-limits'],
      rateLimitBypassKey: bypassKey,
      jwtSecret,
      adminPassword,
      plcRotationKeyK256PrivateKeyHex: makeSecret(),
    });
    await pds.start();
    const url = `http://localhost:${port}`;
    const accounts: Account[] = [];
    for (let number = 1; number <= Number(flags.accounts); number += 1) {
      accounts.push(await makeAccount(url, `courier-${number}`, bypassKey));
    }
    const ready: Ready = { url, accounts, adminPassword, jwtSecret };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
    await stop;
  } finally {
    await pds?.destroy();
    await plc.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  process.exit();
}

/** The settings are read when the packages load: no log lines, no proxy between PDS and PLC. */
async function importPds(): Promise<PdsModule> {
  process.env.LOG_ENABLED = 'false';
  process.env.NO_PROXY = 'localhost';
  const moduleName: string = '@atproto/pds';
  return import(moduleName);
}

/** Listens from the first moment on, so that a parent that dies early is noticed too. */
function untilToldToStop(): Promise<unknown> {
  process.stdin.resume();
  return Promise.race([
    once(process.stdin, 'close'),
    once(process, 'SIGTERM'),
    once(process, 'SIGINT'),
  ]);
}

/** The PDS writes its port into every DID document, so it has to know it before it listens. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The bypass key keeps the setup from using up the limits that a test wants to reach. */
async function makeAccount(url: string, name: string, bypassKey: string): Promise<Account> {
  const handle = `${name}.test`;
  const password = makeSecret();
  const call = async (method: string, body: unknown, token?: string): Promise<unknown> => {
    const response = await fetch(`${url}/xrpc/com.atproto.server.${method}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-ratelimit-bypass': bypassKey,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    if (response.ok) return response.json();
    throw new Error(`Cannot make account ${handle} as ${method} said: ${await response.text()}`);
  };
  const account = { handle, password, email: `${name}@mail.test` };
  const { did, accessJwt } = (await call('createAccount', account)) as Record<string, string>;
  const made = await call('createAppPassword', { name: 'paperboy' }, accessJwt);
  const { password: appPassword } = made as Record<string, string>;
  if (!did || !appPassword) throw new Error(`Cannot make account ${handle} as its answer is empty`);
  return { handle, did, password, appPassword };
}

function makeSecret(): string {
  return randomBytes(32).toString('hex');
}
