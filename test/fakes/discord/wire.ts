import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import { limitedBody, limitedHeaders } from './rate-limits.ts';

/** An answer with its headers; `html` replaces the JSON when a proxy speaks instead of Discord. */
export type WireAnswer = {
  readonly status: number;
  readonly body?: unknown;
  readonly html?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What a fault does: answers in Discord's place, goes silent, cuts the line, or half of it. */
export type Ending =
  | { readonly kind: 'answer'; readonly answer: WireAnswer }
  | { readonly kind: 'half'; readonly answer: WireAnswer }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

/** How a fault ends a request of which nothing is done; nothing when the request goes on. */
export function endBefore(fault: Fault | undefined): Ending | undefined {
  switch (fault?.kind) {
    case 'reset-before':
      return { kind: 'reset' };
    case 'hang-before':
      return { kind: 'hang' };
    case 'status-before':
      return { kind: 'answer', answer: proxyPage(fault.status) };
    case 'refuse': {
      const { status, code, message } = fault;
      return { kind: 'answer', answer: { status, body: { message, code } } };
    }
    case 'rate-limit': {
      const limited = { ...fault, isGlobal: fault.isGlobal ?? false };
      const headers = limitedHeaders(limited);
      return { kind: 'answer', answer: { status: 429, body: limitedBody(limited), headers } };
    }
    default:
      return undefined;
  }
}

/** How a request ends that took effect and would be answered so. */
export function endAfter(fault: Fault | undefined, answer: WireAnswer): Ending {
  switch (fault?.kind) {
    case 'reset-after':
      return { kind: 'reset' };
    case 'hang-after':
      return { kind: 'hang' };
    case 'hang-body-after':
      return { kind: 'half', answer };
    case 'status-after':
      return { kind: 'answer', answer: proxyPage(fault.status) };
    default:
      return { kind: 'answer', answer };
  }
}

/** Ends the request; the status that reaches the client, or null when none does. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  ending: Ending,
): number | null {
  if (ending.kind === 'hang') return null;
  if (ending.kind === 'reset') {
    request.socket.resetAndDestroy();
    return null;
  }
  const { status, body, html, headers } = ending.answer;
  const hasBody = body !== undefined || html !== undefined;
  const bytes = Buffer.from(html ?? (body === undefined ? '' : JSON.stringify(body)));
  response.writeHead(status, {
    ...headers,
    ...(hasBody ? { 'content-type': html === undefined ? 'application/json' : 'text/html' } : {}),
    ...(status === 204 ? {} : { 'content-length': bytes.length }),
  });
  if (ending.kind === 'half') response.write(bytes.subarray(0, bytes.length >> 1));
  else response.end(bytes);
  return status;
}

/** The whole body of a request. */
export async function readBytes(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** An error page of the proxy before Discord: HTML, no JSON, no rate-limit headers. */
function proxyPage(status: number): WireAnswer {
  const html = `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center><hr><center>cloudflare</center></body></html>`;
  return { status, html };
}
