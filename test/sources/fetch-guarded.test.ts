import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../src/sources/fetch.ts';
import { type GuardedFetchOptions, makeGuardedFetch } from '../../src/sources/fetch-guarded.ts';
import { serve } from './serve.ts';

const now = (): Date => new Date('2026-11-23T08:00:00.000Z');

/** Nothing is allowed and no name is known, unless a test says so. */
function makeFetch(options: Partial<GuardedFetchOptions> = {}): Fetch {
  return makeGuardedFetch({ allow: [], resolve: async () => [], now, ...options });
}

describe('a guarded fetch', () => {
  it('gets what an allowed host has, and says who asks', async () => {
    let agent = '';
    const { host } = await serve((request, response) => {
      agent = `${request.headers['user-agent']} ${request.headers['accept-encoding']}`;
      response.setHeader('content-type', 'Text/HTML; charset=utf-8');
      response.setHeader('etag', '"a"');
      response.end('<p>Hi');
    });

    const fetched = await makeFetch({ allow: [host] })(`http://${host}/issue?n=93#top`);

    expect(fetched).toEqual({
      kind: 'fetched',
      url: `http://${host}/issue?n=93#top`,
      bytes: Buffer.from('<p>Hi'),
      mediaType: 'text/html',
      etag: '"a"',
      lastModified: undefined,
    });
    expect(agent).toMatch(/^Paperboy\/\d.* gzip, br, deflate$/);
  });

  it('says that nothing has changed', async () => {
    const { host } = await serve((request, response) => {
      const isSame =
        request.headers['if-none-match'] === '"a"' &&
        request.headers['if-modified-since'] === 'Mon, 23 Nov 2026 08:00:00 GMT';
      response.writeHead(isSame ? 304 : 200).end();
    });

    const fetched = await makeFetch({ allow: [host] })(`http://${host}/`, {
      etag: '"a"',
      lastModified: 'Mon, 23 Nov 2026 08:00:00 GMT',
    });

    expect(fetched).toEqual({ kind: 'unchanged' });
  });

  it.each([
    'http://127.0.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0x7f.1:PORT/',
    'http://017700000001:PORT/',
    'http://127.1:PORT/',
    'http://0:PORT/',
    'http://①②⑦.0.0.1:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[64:ff9b::127.0.0.1]:PORT/',
    'http://[2002:7f00:1::]:PORT/',
  ])('does not reach this machine by %s', async (form) => {
    const { host, asked } = await serve((_, response) => response.end('secret'));
    const port = host.split(':')[1] ?? '';

    const fetched = await makeFetch()(form.replace('PORT', port));

    expect(fetched).toMatchObject({ kind: 'refused', remedy: expect.stringContaining('allow') });
    expect(asked).toEqual([]);
  });

  it('does not reach this machine by a name', async () => {
    const { host, asked } = await serve((_, response) => response.end('secret'));
    const resolve = async (): Promise<string[]> => ['93.184.215.14', '127.0.0.1'];

    const fetched = await makeFetch({ resolve })(`http://feed.example:${host.split(':')[1]}/`);

    expect(fetched).toMatchObject({ kind: 'refused' });
    expect(asked).toEqual([]);
  });

  it('does not reach this machine by the real name of it', async () => {
    const { host, asked } = await serve((_, response) => response.end('secret'));
    const fetch = makeGuardedFetch({ allow: [], now });

    const fetched = await fetch(`http://localhost:${host.split(':')[1]}/`);

    expect(fetched).toMatchObject({ kind: 'refused' });
    expect(asked).toEqual([]);
  });

  it('does not reach this machine by a redirect', async () => {
    const secret = await serve((_, response) => response.end('secret'));
    const { host } = await serve((_, response) => {
      response.writeHead(302, { location: `http://${secret.host}/` }).end();
    });

    const fetched = await makeFetch({ allow: [host] })(`http://${host}/`);

    expect(fetched).toMatchObject({ kind: 'refused' });
    expect(secret.asked).toEqual([]);
  });

  it('does not reach this machine by a redirect to a name', async () => {
    const secret = await serve((_, response) => response.end('secret'));
    const { host } = await serve((_, response) => {
      const port = secret.host.split(':')[1];
      response.writeHead(301, { location: `//evil.example:${port}/` }).end();
    });
    const resolve = async (): Promise<string[]> => ['10.0.0.7'];

    const fetched = await makeFetch({ allow: [host], resolve })(`http://${host}/`);

    expect(fetched).toMatchObject({ kind: 'refused' });
    expect(secret.asked).toEqual([]);
  });

  it('connects to the address that it checked, whatever the name says next', async () => {
    const { host, asked } = await serve((_, response) => response.end('secret'));
    const answers = ['203.0.114.1', '127.0.0.1'];
    let questions = 0;
    const resolve = async (): Promise<string[]> => [answers[questions++] ?? '127.0.0.1'];

    // The guard of the tests stops the connection, and names the address that it would go to.
    const fetched = await makeFetch({ resolve })(`http://rebind.example:${host.split(':')[1]}/`);

    expect(fetched).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('203.0.114.1'),
    });
    expect(questions).toBe(1);
    expect(asked).toEqual([]);
  });

  it('checks a name anew when a redirect leads back to it', async () => {
    const { host, asked } = await serve((_, response) => response.end('secret'));
    const port = host.split(':')[1];
    const { host: first } = await serve((_, response) => {
      response.writeHead(302, { location: `http://rebind.example:${port}/` }).end();
    });
    const resolve = async (): Promise<string[]> => ['127.0.0.1'];

    const fetched = await makeFetch({ allow: [first], resolve })(`http://${first}/`);

    expect(fetched).toMatchObject({ kind: 'refused' });
    expect(asked).toEqual([]);
  });

  it('allows a host on the port that was named, and on no other', async () => {
    const { host } = await serve((_, response) => response.end());
    const other = await serve((_, response) => response.end('secret'));

    const fetched = await makeFetch({ allow: [host] })(`http://${other.host}/`);

    expect(fetched).toMatchObject({ kind: 'refused' });
    expect(other.asked).toEqual([]);
  });

  it('reaches an allowed name at its own address, with its own name', async () => {
    let seen: string | undefined;
    const { host } = await serve((request, response) => {
      seen = request.headers.host;
      response.end();
    });
    const name = `feed.example:${host.split(':')[1]}`;
    const resolve = async (): Promise<string[]> => ['127.0.0.1'];

    const fetched = await makeFetch({ allow: [name], resolve })(`http://${name}/`);

    expect(fetched).toMatchObject({ kind: 'fetched' });
    expect(seen).toBe(name);
  });

  it.each(['file:///etc/passwd', 'ftp://feed.example/', 'data:text/html,hi', 'feed', ''])(
    'refuses %j',
    async (url) => {
      expect(await makeFetch()(url)).toMatchObject({ kind: 'refused' });
    },
  );

  it('refuses a redirect out of the web', async () => {
    const { host } = await serve((_, response) => {
      response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    });

    expect(await makeFetch({ allow: [host] })(`http://${host}/`)).toMatchObject({
      kind: 'refused',
    });
  });

  it('refuses a password in an address, without repeating it', async () => {
    const fetched = await makeFetch()('https://editor:hunter2@feed.example/');

    expect(fetched).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(fetched)).not.toContain('hunter2');
  });

  it('follows five redirects and no more', async () => {
    const { host, asked } = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(307, { location: `/${left - 1}` }).end();
    });
    const fetch = makeFetch({ allow: [host] });

    expect(await fetch(`http://${host}/5`)).toMatchObject({ kind: 'fetched' });
    expect(await fetch(`http://${host}/6`)).toMatchObject({ kind: 'refused' });
    expect(asked).toHaveLength(6 + 6);
  });

  it('gives up on a server that sends a drop at a time', async () => {
    const { host } = await serve((_, response) => {
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const fetched = await makeFetch({ allow: [host], timeoutMs: 300 })(`http://${host}/`);

    expect(fetched).toMatchObject({ kind: 'unavailable', reason: 'no whole answer in 0.3 s' });
  });

  it('gives up on a server that never answers, and on a name that is never found', async () => {
    const { host } = await serve(() => {});
    const resolve = (): Promise<string[]> => new Promise(() => {});

    const silent = await makeFetch({ allow: [host], timeoutMs: 200 })(`http://${host}/`);
    const unknown = await makeFetch({ resolve, timeoutMs: 200 })('http://slow.example/');

    expect([silent.kind, unknown.kind]).toEqual(['unavailable', 'unavailable']);
  });

  it('stops when it is told to', async () => {
    const { host } = await serve(() => {});
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);

    const fetched = await makeFetch({ allow: [host] })(`http://${host}/`, { signal: stop.signal });

    expect(fetched).toMatchObject({ kind: 'unavailable' });
  });

  it('stops reading a body without end', async () => {
    let sent = 0;
    const { host } = await serve((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'a');
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', pour);
      pour();
    });

    const fetched = await makeFetch({ allow: [host], limitBytes: 1024 * 1024 })(`http://${host}/`);

    expect(fetched).toMatchObject({ kind: 'refused', reason: expect.stringContaining('larger') });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('unpacks %s', async (encoding, pack) => {
    const { host } = await serve((_, response) => {
      response.setHeader('content-encoding', encoding);
      response.end(pack('words and words'));
    });

    const fetched = await makeFetch({ allow: [host] })(`http://${host}/`);

    expect(fetched.kind === 'fetched' && new TextDecoder().decode(fetched.bytes)).toBe(
      'words and words',
    );
  });

  it('unpacks no more than an issue can have', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    const { host } = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(bomb);
    });

    const fetched = await makeFetch({ allow: [host] })(`http://${host}/`);

    expect(fetched).toMatchObject({ kind: 'refused', reason: expect.stringContaining('larger') });
  });

  it.each([
    ['gzip', 'no gzip at all', 'unavailable'],
    ['zstd', 'whatever', 'refused'],
  ])('takes %s that says %j for %s', async (encoding, content, kind) => {
    const { host } = await serve((_, response) => {
      response.setHeader('content-encoding', encoding);
      response.end(content);
    });

    expect(await makeFetch({ allow: [host] })(`http://${host}/`)).toMatchObject({ kind });
  });

  it.each([
    [404, 'refused'],
    [410, 'refused'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ] as const)('takes %i as %s', async (status, kind) => {
    const { host } = await serve((_, response) => {
      response.writeHead(status, { 'retry-after': '120' }).end();
    });

    const fetched = await makeFetch({ allow: [host] })(`http://${host}/`);

    expect(fetched).toMatchObject({
      kind,
      ...(kind === 'refused' ? {} : { retryAfterMs: 120_000 }),
    });
  });

  it('never repeats a connection that broke off as if it were whole', async () => {
    const { host } = await serve((_, response) => {
      response.setHeader('content-length', '100');
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });

    expect(await makeFetch({ allow: [host] })(`http://${host}/`)).toMatchObject({
      kind: 'unavailable',
    });
  });
});
