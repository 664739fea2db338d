import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import packageJson from '../../package.json' with { type: 'json' };

export type Exchange = {
  readonly url: URL;
  /** The IP address to connect to, whatever the host in `url` resolves to. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly limitBytes: number;
  readonly signal: AbortSignal;
};

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  | { readonly kind: 'too large' | 'encoded' };

/** A server's answer. The body is read for a 200 alone. */
export type Answer = {
  readonly status: number;
  readonly location: string | undefined;
  readonly retryAfter: string | undefined;
  readonly mediaType: string | undefined;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly body: Body;
};

/** How content may come compressed. https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1 */
const DECODERS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
] as const);
const USER_AGENT = `Paperboy/${packageJson.version} (newsletter importer)`;
const ACCEPT =
  'text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml, text/*;q=0.9, */*;q=0.5';

/**
 * One GET and its answer, over a connection of its own to the address given. A host name in the
 * URL is only told to the server (Host, and the name its certificate must have). The limit
 * is on the content as it is once it is decompressed, and what is over it is not decompressed. Rejects when the connection fails or `signal`
 * aborts.
 */
export function exchange({ url, address, headers, limitBytes, signal }: Exchange): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const isSecure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const sent = (isSecure ? requestHttps : requestHttp)({
    host: address,
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    // A connection of its own: a kept one might lead elsewhere.
    agent: false,
    signal,
    setHost: false,
    headers: {
      host: url.host,
      'user-agent': USER_AGENT,
      accept: ACCEPT,
      'accept-encoding': 'gzip, br, deflate',
      ...headers,
    },
    // The name that the certificate is checked for; an IP address has none.
    ...(isSecure ? { servername: isIP(host) === 0 ? host : '' } : {}),
  });
  sent.on('error', reject);
  sent.on('response', (response) => {
    readBody(response, limitBytes).then((body) => {
      sent.destroy();
      resolve(makeAnswer(response, body));
    }, reject);
  });
  sent.end();
  return promise;
}

async function readBody(response: IncomingMessage, limitBytes: number): Promise<Body> {
  const nothing: Body = { kind: 'whole', bytes: new Uint8Array() };
  if (response.statusCode !== 200) return nothing;
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const isPlain = encoding === 'identity' || encoding === '';
  const makeDecoder = (DECODERS as ReadonlyMap<string, () => NodeJS.ReadWriteStream>).get(encoding);
  if (!isPlain && makeDecoder === undefined) return { kind: 'encoded' };
  // What goes wrong on the way is thrown by the loop.
  const content =
    makeDecoder === undefined ? response : pipeline(response, makeDecoder(), () => {});
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > limitBytes) return { kind: 'too large' };
    read.push(chunk);
  }
  return { kind: 'whole', bytes: Buffer.concat(read) };
}

function makeAnswer({ statusCode, headers }: IncomingMessage, body: Body): Answer {
  return {
    status: statusCode ?? 0,
    location: headers.location,
    retryAfter: headers['retry-after'],
    mediaType: headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase(),
    etag: headers.etag,
    lastModified: headers['last-modified'],
    body,
  };
}
