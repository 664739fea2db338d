import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The ways to fail: see the contract's rig for the words. */
export type ReceiverFault =
  | 'reset-before'
  | 'reset-after'
  | 'status-before'
  | 'status-after'
  | 'hang-before'
  | 'hang-after'
  | 'hang-body'
  | 'rate-limit'
  | 'rate-limit-silent';

/** An answer in place of the receiver's own; it does not act. */
export type CannedAnswer = {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  /** The body goes on for as long as the connection lasts. */
  readonly isEndless?: boolean;
};

/** A request as it came in. */
export type SeenRequest = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** An event's payload. */
export type Payload = {
  readonly type: string;
  readonly timestamp: string;
  readonly data: {
    readonly delivery: string;
    readonly platform: string;
    readonly posts?: readonly unknown[];
    readonly replaces?: readonly string[];
    readonly retracts?: readonly string[];
  };
};

/** What is in place: events that were acted on, and neither replaced nor taken back since. */
export type Kept = { readonly id: string; readonly payload: Payload };

/** A receiver of webhooks as the standard wants one. */
export type Receiver = {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  readonly kept: readonly Kept[];
  /** How many events it acted on. */
  readonly acted: number;
  /** The secret that it verifies with. */
  secret: string;
  /** 404 to everything. */
  isGone: boolean;
  empty(): void;
  /** One request fails so: the next one, or the one after `skip` others. */
  inject(fault: ReceiverFault, skip?: number): void;
  answerNext(answer: CannedAnswer): void;
  /** Forgets what has not struck. */
  calm(): void;
  close(): Promise<void>;
};

const TOLERANCE_S = 5 * 60;

/**
 * Starts a receiver on loopback. It verifies signatures by itself, refuses timestamps five minutes
 * off, and answers an id that it has seen without acting again; what it acts on, it keeps.
 */
export async function startReceiver(secret: string): Promise<Receiver> {
  const requests: SeenRequest[] = [];
  const faults: { readonly fault: ReceiverFault | CannedAnswer; skip: number }[] = [];
  const seen = new Set<string>();
  let kept: Kept[] = [];
  let acted = 0;

  const server = createServer(async (request, response) => {
    const body = await text(request);
    requests.push({ headers: request.headers, body });
    const fault = takeFault();
    if (typeof fault === 'object') return answer(response, fault);
    if (fault === 'reset-before') return request.socket.resetAndDestroy();
    if (fault === 'hang-before') return;
    if (fault === 'status-before') return answer(response, { status: 502 });
    if (fault === 'rate-limit') {
      return answer(response, { status: 429, headers: { 'retry-after': '7' } });
    }
    if (fault === 'rate-limit-silent') return answer(response, { status: 429 });
    const status = receive(request.headers, body);
    if (fault === 'reset-after') return request.socket.resetAndDestroy();
    if (fault === 'hang-after') return;
    if (fault === 'status-after') return answer(response, { status: 502 });
    if (fault === 'hang-body') {
      response.writeHead(status, { 'content-length': 100 });
      return response.write('x'.repeat(50));
    }
    answer(response, { status });
  });
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function takeFault(): ReceiverFault | CannedAnswer | undefined {
    const [next] = faults;
    if (next === undefined) return undefined;
    if (next.skip === 0) return faults.shift()?.fault;
    next.skip -= 1;
    return undefined;
  }

  function answer(response: ServerResponse, canned: CannedAnswer): void {
    const { status, headers, body = 'ok', isEndless = false } = canned;
    response.writeHead(status, headers);
    if (!isEndless) return void response.end(body);
    const talk = (): void => {
      while (!response.destroyed && response.write('x'.repeat(16_000)));
    };
    response.on('drain', talk);
    talk();
  }

  function receive(headers: IncomingHttpHeaders, body: string): number {
    if (receiver.isGone) return 404;
    const id = String(headers['webhook-id']);
    const timestamp = String(headers['webhook-timestamp']);
    const key = Buffer.from(receiver.secret.replace(/^whsec_/, ''), 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
    const isSigned = String(headers['webhook-signature'])
      .split(' ')
      .filter((signature) => signature.startsWith('v1,'))
      .map((signature) => Buffer.from(signature.slice(3), 'base64'))
      .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
    if (!isSigned || !/^\d+$/.test(timestamp)) return 401;
    if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_S) return 401;
    if (headers['content-type'] !== 'application/json') return 415;
    if (!seen.has(id)) act(id, JSON.parse(body) as Payload);
    seen.add(id);
    return 200;
  }

  function act(id: string, payload: Payload): void {
    acted += 1;
    const { replaces = [], retracts = [] } = payload.data;
    kept = kept.filter((one) => !replaces.includes(one.id) && !retracts.includes(one.id));
    if (payload.type !== 'item.retracted') kept.push({ id, payload });
  }

  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=a-secret`,
    requests,
    get kept() {
      return kept;
    },
    get acted() {
      return acted;
    },
    secret,
    isGone: false,
    empty: () => {
      kept = [];
    },
    inject: (fault, skip = 0) => void faults.push({ fault, skip }),
    answerNext: (fault) => void faults.push({ fault, skip: 0 }),
    calm: () => void faults.splice(0),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return receiver;
}
