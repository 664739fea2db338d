import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

/** Which requests a fault hits. */
type Match = {
  /** For example `POST`; any method when absent. */
  readonly method?: string;
  /** Tested against path and query, for example `/applyWrites/`. */
  readonly path: RegExp;
  /** How many requests it hits before it is used up; 1 when absent. */
  readonly times?: number;
  /** How many pass before the first that it hits; none when absent. */
  readonly skip?: number;
};

/** What an outage answers. */
type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: OutgoingHttpHeaders;
};

/**
 * One way to fail. "before": the PDS never sees the request; "after": the PDS has done it, and the
 * client never learns. A hang lasts until the client gives up or the proxy closes; of a body that
 * hangs, the headers and the first half arrive. "with-token": the request arrives, but signed with
 * another token than the client's. "meanwhile": something else happens before it arrives.
 */
export type Fault = Match &
  (
    | { readonly kind: 'reset-before' | 'reset-after' | 'hang-before' | 'hang-after' }
    | ({ readonly kind: 'status-before' | 'status-after' } & Answer)
    | { readonly kind: 'hang-body' }
    | { readonly kind: 'with-token'; readonly token: string }
    | { readonly kind: 'delay'; readonly delayMs: number }
    | { readonly kind: 'meanwhile'; readonly act: () => Promise<unknown> }
  );

/** A request as the client saw it end: `status` is undefined where no answer was given. */
export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
};

/** A proxy in front of a server, which fails on command. */
export type FaultyProxy = {
  readonly url: string;
  /** In the order in which they ended or were left hanging; paths without their queries. */
  readonly requests: readonly SeenRequest[];
  /** Adds a fault; where several match a request, the oldest that is not used up hits it. */
  inject(fault: Fault): void;
  /** Forgets all faults that have not hit. */
  calm(): void;
  close(): Promise<void>;
};

type Reply = {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
};

/**
 * Starts a reverse proxy on loopback in front of `targetUrl`. Whole bodies are read before they
 * are passed on. In the answers of `com.atproto.server.*` the target's address is replaced by the
 * proxy's: sessions carry the DID document, and a client moves to the address that stands there.
 */
export async function startFaultyProxy(targetUrl: string): Promise<FaultyProxy> {
  const target = new URL(targetUrl).origin;
  const faults: { fault: Fault; left: number; skip: number }[] = [];
  const requests: SeenRequest[] = [];

  const server = createServer(async (request, response) => {
    const { method = 'GET', url: path = '/' } = request;
    const fault = take(method, path);
    const end = (reply?: Reply) => {
      requests.push({ method, path: path.replace(/\?.*/s, ''), status: reply?.status });
      if (reply) response.writeHead(reply.status, reply.headers).end(reply.body);
      else if (!fault?.kind.startsWith('hang')) request.socket.resetAndDestroy();
    };
    try {
      const body = await buffer(request);
      if (fault?.kind === 'delay') await wait(fault.delayMs);
      if (fault?.kind === 'meanwhile') await fault.act();
      if (fault?.kind.endsWith('before')) return end(formatAnswer(fault));
      if (fault?.kind === 'with-token') request.headers.authorization = `Bearer ${fault.token}`;
      const reply = await forward(target, request, body);
      if (fault?.kind === 'hang-body') {
        requests.push({ method, path: path.replace(/\?.*/s, ''), status: reply.status });
        response.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length });
        response.write(reply.body.subarray(0, reply.body.length >> 1));
        return;
      }
      if (fault?.kind.endsWith('after')) return end(formatAnswer(fault));
      end(path.includes('com.atproto.server.') ? moveAddress(reply, target, url) : reply);
    } catch {
      end();
    }
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;

  function take(method: string, path: string): Fault | undefined {
    const hit = faults.find(
      ({ fault, left }) =>
        left > 0 && (fault.method ?? method) === method && path.search(fault.path) >= 0,
    );
    if (hit !== undefined && hit.skip > 0) {
      hit.skip -= 1;
      return undefined;
    }
    if (hit) hit.left -= 1;
    return hit?.fault;
  }

  return {
    url,
    requests,
    inject: (fault) => void faults.push({ fault, left: fault.times ?? 1, skip: fault.skip ?? 0 }),
    calm: () => void faults.splice(0),
    async close() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The answer of a fault, if it gives one. */
function formatAnswer(fault: Fault): Reply | undefined {
  if (fault.kind !== 'status-before' && fault.kind !== 'status-after') return undefined;
  const body = Buffer.from(JSON.stringify(fault.body ?? {}));
  const headers = { 'content-type': 'application/json', ...fault.headers };
  return { status: fault.status, headers: { ...headers, 'content-length': body.length }, body };
}

async function forward(target: string, request: IncomingMessage, body: Buffer): Promise<Reply> {
  const onward = send(new URL(request.url ?? '/', target), {
    method: request.method,
    headers: { ...dropOwnHeaders(request.headers), 'accept-encoding': 'identity' },
  });
  onward.end(body);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  const headers = dropOwnHeaders(answer.headers);
  return { status: answer.statusCode ?? 502, headers, body: await buffer(answer) };
}

/** Removes what belongs to one connection, not to the message. */
function dropOwnHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const own = ['host', 'connection', 'keep-alive', 'transfer-encoding'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.includes(name)));
}

function moveAddress(reply: Reply, from: string, to: string): Reply {
  const body = Buffer.from(reply.body.toString().replaceAll(from, to));
  return { ...reply, headers: { ...reply.headers, 'content-length': body.length }, body };
}
