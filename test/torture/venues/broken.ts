import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { VenueKind } from '../venue.ts';

/** What stands between a program and its Discord, and breaks what exactly-once rests upon. */
export type Breakage =
  /** Each message is sent twice, as by a program that never looks. */
  | 'doubles'
  /** Whatever is asked, nothing is in place: a program that has died sends again. */
  | 'forgets'
  /** Every second message is swallowed and answered with the one before. */
  | 'swallows';

/** A kind of place on Discord behind a proxy that breaks it. */
export function breakKind(kind: VenueKind, breakage: Breakage): VenueKind {
  return {
    ...kind,
    open: async (cwd) => {
      const venue = await kind.open(cwd);
      const target = venue.env.DISCORD_API ?? '';
      const proxy = await startProxy(new URL(target).origin, breakage);
      return {
        ...venue,
        env: { ...venue.env, DISCORD_API: `${proxy.origin}${new URL(target).pathname}` },
        close: async () => {
          await proxy.close();
          await venue.close();
        },
      };
    },
  };
}

async function startProxy(
  target: string,
  breakage: Breakage,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  let sent = 0;
  let lastAnswer: Answer | undefined;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isMessages = /\/messages(\?|$)/.test(request.url ?? '');
    const body = await buffer(request);
    if (isMessages && request.method === 'GET' && breakage === 'forgets') {
      return end(response, { status: 200, type: 'application/json', body: Buffer.from('[]') });
    }
    const isSending = isMessages && request.method === 'POST';
    if (isSending) sent += 1;
    if (isSending && breakage === 'swallows' && sent % 2 === 0 && lastAnswer !== undefined) {
      return end(response, lastAnswer);
    }
    const answer = await forward(target, request, body);
    if (isSending && breakage === 'doubles') await forward(target, request, body);
    if (isSending) lastAnswer = answer;
    end(response, answer);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Answer = { readonly status: number; readonly type: string; readonly body: Buffer };

async function forward(
  target: string,
  { method = 'GET', url = '', headers }: IncomingMessage,
  body: Buffer<ArrayBuffer>,
): Promise<Answer> {
  const { authorization = '', 'content-type': contentType = 'application/json' } = headers;
  const answer = await fetch(`${target}${url}`, {
    method,
    headers: { authorization, 'content-type': contentType, 'user-agent': 'DiscordBot (x, 1)' },
    ...(body.length > 0 ? { body } : {}),
  });
  const type = answer.headers.get('content-type') ?? 'application/json';
  return { status: answer.status, type, body: Buffer.from(await answer.arrayBuffer()) };
}

function end(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': body.length }).end(body);
}
