import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import type { Venue } from '../venue.ts';

/** What a venue has whose papers show an image: a server that answers with one picture. */
export async function serveImage(): Promise<
  Pick<Required<Venue>, 'imageUrl' | 'settings' | 'close'>
> {
  const create = { width: 64, height: 32, channels: 3, background: '#3a6ea5' } as const;
  const bytes = await sharp({ create }).png().toBuffer();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': bytes.length });
    response.end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    imageUrl: `http://${host}/figure.png`,
    settings: { fetch: { allow: [host] } },
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
